//! Codes of languages that nobody uses, and the ones that were probably meant.

/// The two-letter codes of ISO 639-1, those of the most usual languages first.
const CODES: &str = "en es fr pt ar ru zh de it nl tr fa uk pl id hi bn ur sw ja ko vi th my km \
    aa ab ae af ak am an as av ay az ba be bg bi bm bo br bs ca ce ch co cr cs cu cv cy da dv dz ee \
    el eo et eu ff fi fj fo fy ga gd gl gn gu gv ha he ho hr ht hu hy hz ia ie ig ii ik io is iu jv \
    ka kg ki kj kk kl kn kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt na \
    nb nd ne ng nn no nr nv ny oc oj om or os pa pi ps qu rm rn ro rw sa sc sd se sg sh si sk sl sm \
    sn so sq sr ss st su sv ta te tg ti tk tl tn to ts tt tw ty ug uz ve vo wa wo xh yi yo za zu";

/// All codes, the usual ones first.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CODES.split_whitespace()
}

/// What people write: codes of countries, old codes, and the three letters of ISO 639-2 and 639-3.
const INSTEAD: [(&str, &str); 46] = [
    ("sp", "es"),
    ("spa", "es"),
    ("us", "en"),
    ("gb", "en"),
    ("eng", "en"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("por", "pt"),
    ("ara", "ar"),
    ("rus", "ru"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cn", "zh"),
    ("deu", "de"),
    ("ger", "de"),
    ("ita", "it"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("tur", "tr"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("ir", "fa"),
    ("ukr", "uk"),
    ("ua", "uk"),
    ("pol", "pl"),
    ("ind", "id"),
    ("in", "id"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("urd", "ur"),
    ("swa", "sw"),
    ("jpn", "ja"),
    ("jp", "ja"),
    ("kor", "ko"),
    ("vie", "vi"),
    ("vn", "vi"),
    ("tha", "th"),
    ("mya", "my"),
    ("mm", "my"),
    ("gr", "el"),
    ("dk", "da"),
    ("cz", "cs"),
    ("iw", "he"),
    ("heb", "he"),
];

/// The code that was probably meant by a well-formed tag; none when its own language is a known one.
pub(super) fn meant_by(tag: &str) -> Option<&'static str> {
    let primary = tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if let Some((_, instead)) = INSTEAD.iter().find(|(code, _)| *code == primary) {
        return Some(instead);
    }
    // Languages with three letters only are too many for a list.
    if primary.len() != 2 || CODES.split_whitespace().any(|code| code == primary) {
        return None;
    }
    CODES
        .split_whitespace()
        .min_by_key(|code| strsim::damerau_levenshtein(code, &primary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_pass_and_others_get_the_one_that_was_meant() {
        for tag in ["es", "pt-BR", "zh-Hant", "ckb", "kmr", "EN", "sw"] {
            assert_eq!(meant_by(tag), None, "{tag}");
        }
        for (tag, meant) in [
            ("sp", "es"),
            ("spa", "es"),
            ("cn", "zh"),
            ("jp-JP", "ja"),
            ("ua", "uk"),
            ("rx", "ru"),
        ] {
            assert_eq!(meant_by(tag), Some(meant), "{tag}");
        }
        for (_, instead) in INSTEAD {
            assert!(CODES.contains(instead), "{instead}");
        }
    }
}
