use proptest::prelude::*;

use super::*;

/// The sentences of a text, between bars.
fn sentences(text: &str) -> String {
    let mut all = Vec::new();
    let mut at = Some(Sentence::around(text, 0, 0));
    while let Some(sentence) = at {
        all.push(sentence.of(text));
        at = sentence.next(text);
    }
    all.join("|")
}

#[test]
fn sentences_end_in_every_script() {
    for text in [
        "Two died.|Police said so!|Why?|Nobody knows…|It rained.",
        "Murieron dos.|¿Por qué?|¡Nadie sabe!|Llovió.",
        "Двое погибли.|Почему?|Никто не знает.",
        "قُتل اثنان.|لماذا؟|لا أحد يعلم.",
        "پولیس نے گولی چلائی۔|دو ہلاک ہوئے۔",
        "दो लोग मारे गए।|पुलिस ने कहा।",
        "警方开枪。|两人死亡！|为什么？",
        "警察が発砲した。|二人が死亡した。",
        "ሁለት ሰዎች ሞቱ።|ፖሊስ ተናገረ።",
    ] {
        let parted: Vec<&str> = text.split('|').collect();
        assert_eq!(sentences(&parted.join(" ")), text);
    }
    assert_eq!(sentences("警方开枪。两人死亡。"), "警方开枪。|两人死亡。");
    assert_eq!(sentences("One line\nand another"), "One line|and another");
}

#[test]
fn a_quotation_ends_with_its_mark() {
    for text in [
        "\"They shot.\"|He left.",
        "“They shot!”|He left.",
        "Dijo: «Dispararon.»|Se fue.",
        "「発砲した。」|彼は去った。",
        "(They shot.)|He left.",
        "\"Stop!\" he cried.|They shot.",
        "He asked \"why?\" and left.|They shot.",
    ] {
        let parted: Vec<&str> = text.split('|').collect();
        assert_eq!(sentences(&parted.join(" ")), text);
    }
}

#[test]
fn a_full_stop_within_a_sentence_ends_none() {
    for text in [
        "Mr. J. Smith of the U.S. Army met Gen. Lopez on Nov. 3 at 5 p.m. on Main St. Police came",
        "El Sr. Gómez y la Sra. Ruiz, de EE. UU., vieron al Gral. Paz",
        "М. Иванов жил в г. Москва на ул. Ленина, 3, стр. Б",
        "قال د. سالم إن القوات أطلقت النار",
        "M. Dupont et MM. Martin ont vu 3.5 millions de gens",
        "O Exmo. Dep. Silva e o Cel. Souza falaram",
        "Visit www.outlet.example for 1.500 more",
    ] {
        assert_eq!(sentences(text), text);
    }
}

#[test]
fn a_sentence_is_whole_as_long_as_it_can_be_shown() {
    let long = format!("He was shot {}there.", "and people ran ".repeat(20));
    let text = format!("It rained. {long} They left.");
    assert!(long.chars().count() > REACH && long.chars().count() <= LONGEST);
    let at = text.find("shot").unwrap();
    let sentence = Sentence::around(&text, at, at + 4);
    assert_eq!(sentence.of(&text), long);
    assert!(sentence.is_whole(&text));
    assert_eq!(sentence.previous(&text).unwrap().of(&text), "It rained.");
    let endless = format!("He was shot {}there.", "and people ran ".repeat(2_000));
    let cut = Sentence::around(&endless, 7, 11);
    assert!(!cut.is_whole(&endless) && endless[cut.end..].starts_with(' '));
    assert!(cut.of(&endless).chars().count() <= REACH + 11);
}

proptest! {
    #[test]
    fn sentences_lie_in_their_text_and_come_to_an_end(text in "[a-cA-B .!\"»。\n\u{e9}د؟]{0,80}", at in 0_usize..90) {
        let around = Sentence::around(&text, at.min(text.len()), at.min(text.len()));
        prop_assert!(text.get(around.start..around.end).is_some());
        let mut sentence = Sentence::around(&text, 0, 0);
        while let Some(next) = sentence.next(&text) {
            prop_assert!(next.start >= sentence.end && next.end > sentence.end);
            sentence = next;
        }
    }
}
