use super::*;

mod denied;

#[test]
fn what_changed_comes_apart_again() {
    let what = |before, after| change((before, ""), (after, "")).unwrap().what;
    let found = what("12 killed in Huamanga", "21 killed in Huamanga");
    let parts = Part::of(&found).unwrap_or_default();
    let [Part::Became { before, after }] = parts[..] else {
        panic!("{found}");
    };
    assert!(before.contains("12") && after.contains("21"), "{found}");
    assert!(!format!("{before}{after}").contains(['“', '”']), "{found}");
    // Words that are quoted in the text take no part in it.
    let found = what(
        "12 “” became “ killed in Huamanga",
        "21 “” became “ killed in Huamanga",
    );
    assert!(
        matches!(Part::of(&found).as_deref(), Some([Part::Became { after, .. }]) if after.contains("21")),
        "{found}"
    );
    let found = correction_notice("Correction: “12” became “21”", "").unwrap();
    assert_eq!(
        Part::of(&found),
        Some(vec![Part::Says("Correction: \"12\" became \"21\"")])
    );
    for other in [
        "",
        "”",
        "“”",
        "“a” became",
        "a became b",
        "begins a story",
        "“a” became “b”; c",
        "“a” became “b”; and more",
    ] {
        assert_eq!(Part::of(other), None, "{other}");
    }
}

#[test]
fn an_item_corrects_that_begins_with_the_words_of_it() {
    let corrects = |title| correction_notice(title, "");
    assert_eq!(
        corrects("Correction: Police wounded 2").unwrap(),
        "it says that it was corrected: “Correction: Police wounded 2”"
    );
    for title in [
        "CORRECTION - Police wounded 2, not 12",
        "[Correction] Police wounded 2",
        "CORRECTED-Police wounded 2",
        "correction: police wounded 2",
        "Clarification: the mayor was not held",
        "Fe de errores: la policía hirió a 2",
        "FE DE ERRATAS. La policía hirió a 2",
        "Corrección: hirió a 2",
        "Rectificatif : deux blessés",
        "Erratum: deux blessés",
        "Erramos: polícia feriu 2",
        "تصحيح: الشرطة جرحت اثنين",
        "Исправление: полиция ранила двоих",
        "【更正】警方打伤2人",
        "更正：警方打伤2人",
        "訂正：負傷者は2人",
    ] {
        assert!(corrects(title).is_some(), "{title}");
    }
    for title in [
        "Correctional officers strike",
        "CORRECTIONS OFFICERS STRIKE",
        "CORRECTION OFFICERS STRIKE",
        "Course correction: the army withdraws",
        "Errata of history",
        "Police wounded 2; an earlier version of this article said 12",
        "Исправление ошибок",
        "",
        ":",
    ] {
        assert_eq!(corrects(title), None, "{title}");
    }
    assert!(
        super::correction_notice("Police wounded 2", "(Corrects number of dead) Police").is_some()
    );
}

#[test]
fn two_corrections_under_one_headline_are_told_apart() {
    for (title, first, second) in [
        (
            "Correction: Police raid on market in Kano",
            "The commander is Musa Bello.",
            "Two were held.",
        ),
        (
            "Fe de errores: redada en Lima",
            "El comandante es Juan Quispe.",
            "Hubo dos detenidos.",
        ),
        (
            "Rectificatif : rafle à Lille",
            "Le commandant est Jean Roux.",
            "Deux personnes ont été arrêtées.",
        ),
        (
            "Correção: operação no Recife",
            "O comandante é João Lima.",
            "Duas pessoas foram presas.",
        ),
        ("تصحيح: مداهمة في حلب", "القائد هو سامي.", "اعتقل شخصان."),
        (
            "Исправление: рейд в Минске",
            "Командир — Иван Лес.",
            "Задержаны двое.",
        ),
    ] {
        let [one, two] = [first, second].map(|lead| correction_notice(title, lead).unwrap());
        assert_ne!(one, two, "{title}");
        assert!(
            one.contains(title) && one.contains(first.trim_end_matches('.')),
            "{one}"
        );
        assert!(Part::of(&one).is_some(), "{one}");
    }
}

fn of(before: &str, after: &str) -> Option<Change> {
    change((before, ""), (after, ""))
}

#[test]
fn a_number_that_grew_is_told_and_no_correction() {
    let found = of(
        "Police raid leaves 12 killed in Lima",
        "Police raid leaves 21 killed in Lima",
    )
    .expect("a change");
    assert_eq!(
        found.what,
        "“raid leaves 12 killed in” became “raid leaves 21 killed in”"
    );
    assert!(!found.correction);
    let fell = of("21 killed in Lima raid", "Twelve killed in Lima raid").expect("a change");
    assert!(fell.correction);
}

#[test]
fn changes_of_weight_are_seen_in_six_languages_and_without_spaces() {
    let pairs = [
        (
            "Police fired on the crowd in Lima",
            "Police did not fire on the crowd in Lima",
            true,
        ),
        (
            "Police arrest editor in Lima, union says",
            "Police arrest editor in Cusco, union says",
            true,
        ),
        (
            "Pastor killed in Iran, church says",
            "Pastor killed in Iraq, church says",
            true,
        ),
        (
            "Soldiers shot a man in Niger on patrol",
            "Soldiers shot a man in Nigeria on patrol",
            true,
        ),
        (
            "La policía disparó contra la multitud",
            "La policía no disparó contra la multitud",
            true,
        ),
        (
            "Protesta deja 12 heridos en Lima",
            "Protesta deja 30 heridos en Lima",
            false,
        ),
        (
            "Detienen al editor Juan Quispe en Puno",
            "Detienen al editor Pedro Mamani en Puno",
            true,
        ),
        (
            "La police a tiré sur la foule",
            "La police n'a pas tiré sur la foule",
            true,
        ),
        (
            "Une attaque fait 12 morts au Mali",
            "Une attaque fait 21 morts au Mali",
            false,
        ),
        (
            "A polícia atirou contra a multidão",
            "A polícia não atirou contra a multidão",
            true,
        ),
        (
            "Operação deixa 12 mortos no Rio",
            "Operação deixa 21 mortos no Rio",
            false,
        ),
        (
            "Полиция стреляла в толпу",
            "Полиция не стреляла в толпу",
            true,
        ),
        (
            "Журналист задержан в Минске вечером",
            "Журналист задержан в Гомеле вечером",
            true,
        ),
        (
            "الشرطة أطلقت النار على الحشد",
            "الشرطة لم تطلق النار على الحشد",
            true,
        ),
        (
            "مقتل ١٢ شخصا في غارة على حلب",
            "مقتل ٢١ شخصا في غارة على حلب",
            false,
        ),
        ("اعتقال صحفي في حلب مساء", "اعتقال صحفي في حمص مساء", true),
        ("爆炸造成12人死亡", "爆炸造成21人死亡", false),
        ("警方向人群开枪", "警方未向人群开枪", true),
        ("爆発で12人が死亡した", "爆発で21人が死亡した", false),
        ("ตำรวจยิงผู้ชุมนุม", "ตำรวจไม่ยิงผู้ชุมนุม", true),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .map(|(before, after, correction)| (before, of(before, after), correction))
        .filter(|(_, found, correction)| {
            found.as_ref().map(|found| found.correction) != Some(*correction)
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn spelling_order_and_sentences_added_are_no_change() {
    let pairs = [
        (("Police fire on crowd", ""), ("Police fire on crowd", "")),
        (("Police fire on crowd", ""), ("Police fire on crowd!", "")),
        (
            ("Zelensky visits the front", ""),
            ("Zelenskyy visits the front", ""),
        ),
        (
            ("The editor Jon Smyth was held", ""),
            ("The editor John Smith was held", ""),
        ),
        (
            ("Twelve held in Lima raid", ""),
            ("12 held in Lima raid", ""),
        ),
        (
            ("1,200 held in Lima raid", ""),
            ("1200 held in Lima raid", ""),
        ),
        (
            ("In Lima, police fire on crowd", ""),
            ("Police fire on crowd in Lima", ""),
        ),
        (
            ("UN condemns the raid in Goma", ""),
            ("United Nations condemns the raid in Goma", ""),
        ),
        (
            ("Minister Castillo resigns over raid", ""),
            ("President Castillo resigns over raid", ""),
        ),
        (
            ("Raid", "Police fired on a crowd."),
            (
                "Raid",
                "Police fired on a crowd. The ministry did not comment. 12 were held.",
            ),
        ),
        (
            ("Raid", "Police fired on a crowd. Updated 09:14 GMT"),
            ("Raid", "Police fired on a crowd. Updated 10:20 GMT"),
        ),
        (
            ("Raid", "Police fired on a crowd. 3 min read"),
            ("Raid", "Police fired on a crowd. 4 min read"),
        ),
        (
            ("Журналист задержан в Минске", ""),
            ("Журналист задержан в Минске: подробности", ""),
        ),
        (
            ("La policía disparó contra la multitud", ""),
            ("La policia disparo contra la multitud", ""),
        ),
        (("", ""), ("", "")),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .filter_map(|(before, after)| change(before, after))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_item_that_says_it_was_corrected_is_a_correction() {
    for title in [
        "Correction: Police fire on crowd",
        "CORRECTED-Police fire on crowd",
        "Fe de errores: policía en Lima",
        "Rectificatif : la police à Lima",
        "Correção: polícia em Lima",
        "Исправление: полиция в Лиме",
        "تصحيح: الشرطة في ليما",
        "更正：警方",
    ] {
        let plain = title
            .split([':', '：', '-'])
            .next_back()
            .unwrap_or_default();
        let found = of(plain, title);
        assert!(found.is_some_and(|found| found.correction), "{title}");
        assert_eq!(of(title, title), None);
    }
    let lead = "Police fired. An earlier version of this article gave a wrong date.";
    assert!(
        change(("Raid", "Police fired."), ("Raid", lead)).is_some_and(|found| found.correction)
    );
    assert_eq!(
        of(
            "Correction officers strike",
            "Correction officers on strike"
        ),
        None
    );
}

#[test]
fn every_change_of_weight_is_said_what_was_wrong_first() {
    for (before, after, said, correction) in [
        (
            (
                "Raid in Lima",
                "Police had fired on the crowd. The ministry had confirmed the deaths.",
            ),
            (
                "Raid in Lima",
                "Police had not fired on the crowd. The ministry had not confirmed the deaths.",
            ),
            &["fired", "confirmed"][..],
            true,
        ),
        (
            ("Police hold editor Anna Roe in Lima", "12 were hurt."),
            ("Police hold editor Bea Lund in Lima", "2 were hurt."),
            &["Anna Roe", "12 were"][..],
            true,
        ),
        (
            (
                "12 killed in Lima raid",
                "Police fired on the crowd at the gate.",
            ),
            (
                "21 killed in Lima raid",
                "Police did not fire on the crowd at the gate.",
            ),
            &["fired", "12 killed"],
            true,
        ),
        (
            ("12 killed and 30 hurt in Lima raid", ""),
            ("21 killed and 40 hurt in Lima raid", ""),
            &["12 killed", "30 hurt"],
            false,
        ),
        (
            ("Detienen al editor Juan Quispe en Puno", "Hubo 12 heridos."),
            ("Detienen al editor Pedro Mamani en Puno", "Hubo 2 heridos."),
            &["Juan Quispe", "12 heridos"],
            true,
        ),
        (
            ("اعتقال صحفي في حلب مساء", "الغارة أسفرت عن 12 قتيلا"),
            ("اعتقال صحفي في حمص مساء", "الغارة أسفرت عن 2 قتيلا"),
            &["حلب", "12"],
            true,
        ),
        // One change, in the headline and below, and with the clause that denies what stood there.
        (
            ("12 killed in Lima raid", "The raid killed 12 people."),
            ("2 killed in Lima raid", "The raid killed 2 people, not 12."),
            &["12 killed"],
            true,
        ),
        (
            ("A dozen arrested at parliament", ""),
            ("Three arrested at parliament, not a dozen", ""),
            &["A dozen"],
            true,
        ),
    ] {
        let found = change(before, after).expect(after.0);
        assert_eq!(found.correction, correction, "{found:?}");
        let parts = Part::of(&found.what).unwrap_or_default();
        assert_eq!(parts.len(), said.len(), "{found:?}");
        for (part, said) in parts.iter().zip(said) {
            assert!(
                matches!(part, Part::Became { before, .. } if before.contains(said)),
                "{part:?}: {said}"
            );
        }
    }
}

#[test]
fn three_changes_are_said_and_the_rest_counted() {
    let text = |numbers: [u32; 5]| {
        let [dead, held, burnt, shot, freed] = numbers;
        format!(
            "Raid killed {dead} miners. Police held {held} teachers. Fire burnt {burnt} houses there. \
             Soldiers shot {shot} horses. Courts freed {freed} farmers."
        )
    };
    let (before, after) = (text([11, 12, 13, 14, 15]), text([21, 22, 23, 24, 5]));
    let found = change(("Lima", &before), ("Lima", &after)).expect("a change");
    let parts = Part::of(&found.what).unwrap_or_default();
    assert!(found.correction, "{found:?}");
    assert!(
        matches!(parts[..], [Part::Became { before, .. }, _, _, Part::More(2)] if before.contains("15 farmers")),
        "{found:?}"
    );
}

#[test]
fn long_and_odd_texts_are_bounded() {
    let long = "not 12 Lima ".repeat(20_000);
    let other = "21 Cusco ".repeat(20_000);
    let found = change((&long, &long), (&other, &other));
    assert!(found.is_none_or(|found| found.what.chars().count() < 500));
    let found = of(
        "12 dead\u{202E}\n\u{7} in Lima raid",
        "21 dead\u{202E}\n\u{7} in Lima raid",
    )
    .expect("a change");
    assert!(!found.what.contains(['\u{202E}', '\n', '\u{7}']));
}
