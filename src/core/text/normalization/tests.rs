use super::super::tokenizer::fold_text;

fn check_same(pairs: &[(&str, &str)]) {
    for (left, right) in pairs {
        assert_eq!(fold_text(left), fold_text(right), "{left} and {right}");
    }
}

fn check_different(pairs: &[(&str, &str)]) {
    for (left, right) in pairs {
        assert_ne!(fold_text(left), fold_text(right), "{left} and {right}");
    }
}

#[test]
fn case_width_and_latin_accents_fold_together() {
    check_same(&[
        ("MAÑANA", "manana"),
        ("man\u{0303}ana", "mañana"),
        ("Ｐｏｌｉｃｅ", "police"),
        ("Großdemo", "grossdemo"),
        ("GROẞDEMO", "Großdemo"),
        ("Øystein Łódź", "oystein lodz"),
        ("Đặng", "dang"),
        ("İSTANBUL ısırgan", "istanbul isirgan"),
        ("Ærø œuvre", "aero oeuvre"),
        ("oﬃce", "office"),
        ("Ħal", "hal"),
        ("m²", "m2"),
    ]);
}

#[test]
fn greek_accents_and_final_sigma_fold() {
    check_same(&[
        ("ΑΣΤΥΝΟΜΙΑΣ", "αστυνομίας"),
        ("ᾅδης", "αδησ"),
        ("προϊόν", "προιον"),
    ]);
}

#[test]
fn cyrillic_keeps_its_letters_and_drops_stress() {
    check_same(&[
        ("Ёлка", "елка"),
        ("е\u{0308}лка", "елка"),
        ("за\u{0301}мок", "замок"),
        ("и\u{0306}од", "йод"),
        ("ТРЕТИЙ", "третий"),
        ("і\u{0308}жак", "їжак"),
    ]);
    check_different(&[
        ("третий", "третии"),
        ("їжак", "іжак"),
        ("ўсё", "усё"),
        ("ќе", "ке"),
    ]);
}

#[test]
fn arabic_vowel_signs_tatweel_and_alef_forms_fold() {
    check_same(&[
        ("أُحْتُجِزَ", "احتجز"),
        ("إعدام", "اعدام"),
        ("آخر", "اخر"),
        ("ٱلشرطة", "الشرطة"),
        ("تعـــذيب", "تعذيب"),
        ("ﻻ", "لا"),
        ("ﻷن", "لان"),
        ("کیان", "كيان"),
    ]);
    check_different(&[("علي", "على"), ("مؤمن", "مومن"), ("حرية", "حريه")]);
}

#[test]
fn invisible_characters_do_not_split_words() {
    check_same(&[
        ("de\u{00AD}tained", "detained"),
        ("می\u{200C}روم", "میروم"),
        ("\u{202B}تعذيب\u{202C}", "تعذيب"),
        ("\u{FEFF}police", "police"),
    ]);
}

#[test]
fn kana_and_hangul_are_composed() {
    check_same(&[
        ("ｶﾞｻﾞ", "ガザ"),
        ("カ\u{3099}", "ガ"),
        ("\u{1112}\u{1161}\u{11AB}", "한"),
    ]);
    check_different(&[("カ", "ガ")]);
}
