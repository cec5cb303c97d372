use super::*;

#[test]
fn what_changed_comes_apart_again() {
    let what = |before, after| change((before, ""), (after, "")).unwrap().what;
    let found = what("12 killed in Huamanga", "21 killed in Huamanga");
    let Some(Parts::Became { before, after }) = Parts::of(&found) else {
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
        matches!(Parts::of(&found), Some(Parts::Became { after, .. }) if after.contains("21")),
        "{found}"
    );
    let found = corrects("Correction: “12” became “21”", "").unwrap();
    assert_eq!(
        Parts::of(&found),
        Some(Parts::Says("Correction: \"12\" became \"21\""))
    );
    for other in ["", "”", "“”", "“a” became", "a became b", "begins a story"] {
        assert_eq!(Parts::of(other), None, "{other}");
    }
}

#[test]
fn an_item_corrects_that_begins_with_the_words_of_it() {
    let corrects = |title| corrects(title, "");
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
    assert!(super::corrects("Police wounded 2", "(Corrects number of dead) Police").is_some());
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
        let [one, two] = [first, second].map(|lead| corrects(title, lead).unwrap());
        assert_ne!(one, two, "{title}");
        assert!(
            one.contains(title) && one.contains(first.trim_end_matches('.')),
            "{one}"
        );
        assert!(Parts::of(&one).is_some(), "{one}");
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
fn of_several_changes_the_number_or_the_name_is_told() {
    let pairs = [
        (
            "A dozen arrested at parliament",
            "Three arrested at parliament, not a dozen",
            "Three",
        ),
        (
            "12 killed in Lima raid, says the ministry",
            "2 killed in Lima raid, not 12, says the ministry",
            "2 killed",
        ),
        (
            "Police hold editor Anna Roe in Lima",
            "Police hold editor Bea Lund in Lima, not Anna Roe",
            "Bea Lund",
        ),
        (
            "Detienen al editor Juan Quispe en Puno",
            "Detienen al editor Pedro Mamani en Puno, no a Juan Quispe",
            "Pedro Mamani",
        ),
        (
            "Une attaque fait 12 morts au Mali",
            "Une attaque fait 2 morts au Mali, et non 12",
            "2 morts",
        ),
        (
            "Операция: 12 погибших в Алеппо",
            "Операция: 2 погибших в Алеппо, а не 12",
            "2 погибших",
        ),
        (
            "Raid leaves 12 killed in Lima",
            "Raid leaves two killed in Lima rather than 12",
            "two killed",
        ),
        // What is or is not so weighs more than a number that grew.
        (
            "Police fired on a crowd in Lima, 12 hurt",
            "Police did not fire on a crowd in Lima, 13 hurt",
            "did not",
        ),
        (
            "No police were present in Lima, 12 hurt",
            "Police were present in Lima, 2 hurt",
            "2 hurt",
        ),
    ];
    for (before, after, told) in pairs {
        let found = of(before, after).expect(after);
        assert!(found.correction, "{found:?}");
        let Some(Parts::Became { after, .. }) = Parts::of(&found.what) else {
            panic!("{found:?}");
        };
        assert!(after.contains(told), "{found:?}");
    }
}

#[test]
fn words_of_a_clause_with_a_negation_in_it_are_not_denied() {
    let pairs = [
        (
            "Police dispersed a protest in Lagos on Monday",
            "Police dispersed a rally in Lagos on Monday, but they did not say how many had joined the protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, and did not say who led the protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rather large rally in Lagos, the first protest there this year",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, and no protest had been allowed there",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó una marcha en Lima, una protesta que tuvo lugar por primera vez",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima, y no dijo quién llamó a la protesta",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé une manifestation à Lille, une marche qui a eu lieu sans incident",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille, mais n’a pas dit qui menait la marche",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou o ato em Recife, o protesto que teve lugar pela primeira vez",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou o ato em Recife, mas não disse quem organizou o protesto",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала акцию в Минске, но не сообщила, кто созвал митинг",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب، لكنها لم تذكر من دعا إلى مظاهرة",
        ),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .filter_map(|(before, after)| of(before, after))
        .filter(|found| found.correction)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_stands_right_behind_a_contrast_is_denied() {
    for (before, after) in [
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, not a protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, rather than a protest as first reported",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos instead of a protest",
        ),
        (
            "Police hold editor Anna Roe in Lima on Friday",
            "Police hold publisher Bea Lund in Lima on Friday, not editor Anna Roe",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima, y no la protesta",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima en lugar de la protesta",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima en vez de la protesta",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille, et non la marche",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille au lieu de la marche",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou a marcha em Recife, e não o protesto",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou a marcha em Recife em vez do protesto",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала шествие в Минске, а не митинг",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала шествие в Минске вместо митинг",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب وليس مظاهرة",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب بدلا من مظاهرة",
        ),
    ] {
        let found = of(before, after);
        assert!(
            found.as_ref().is_some_and(|found| found.correction),
            "{after}: {found:?}"
        );
    }
}

#[test]
fn dates_and_days_that_are_left_correct_nothing() {
    let pairs = [
        (
            "Raid in Lima. Last updated on 12 May 2024",
            "Raid in Lima. Last updated on 2 June 2024",
        ),
        (
            "Raid in Lima: updated May 12, 2024",
            "Raid in Lima: updated June 2, 2025",
        ),
        (
            "Trial of the editor opens in 12 days",
            "Trial of the editor opens in 11 days",
        ),
        (
            "Trial of the editor opens in 2 weeks",
            "Trial of the editor opens in 1 week",
        ),
        (
            "Redada en Lima: actualizado el 12 de mayo de 2024",
            "Redada en Lima: actualizado el 2 de junio de 2024",
        ),
        (
            "El juicio empieza en 12 días",
            "El juicio empieza en 11 días",
        ),
        (
            "Rafle à Lille : mis à jour le 12 mai 2024",
            "Rafle à Lille : mis à jour le 2 juin 2024",
        ),
        (
            "Le procès s’ouvre dans 12 jours",
            "Le procès s’ouvre dans 11 jours",
        ),
        (
            "Operação no Recife: atualizado em 12 de maio de 2024",
            "Operação no Recife: atualizado em 2 de junho de 2024",
        ),
        (
            "O julgamento começa em 12 dias",
            "O julgamento começa em 11 dias",
        ),
        (
            "Рейд в Минске: обновлено 12 мая 2024",
            "Рейд в Минске: обновлено 2 июня 2024",
        ),
        ("Суд начнётся через 12 дней", "Суд начнётся через 11 дней"),
        (
            "مداهمة في حلب تحديث 12 مايو 2024",
            "مداهمة في حلب تحديث 2 يونيو 2024",
        ),
        ("المحاكمة تبدأ بعد 12 يوما", "المحاكمة تبدأ بعد 11 يوما"),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .filter_map(|(before, after)| of(before, after))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (before, after) in [
        (
            "Editor held for 12 days in Lima",
            "Editor held for 2 days in Lima",
        ),
        (
            "12 may have been killed in Lima",
            "2 may have been killed in Lima",
        ),
        (
            "On 12 May police killed 12 in Lima",
            "On 13 May police killed 2 in Lima",
        ),
        (
            "Juicio en 12 días por 12 muertos",
            "Juicio en 11 días por 2 muertos",
        ),
    ] {
        assert!(
            of(before, after).is_some_and(|found| found.correction),
            "{after}"
        );
    }
}

#[test]
fn long_and_odd_texts_are_bounded() {
    let long = "not 12 Lima ".repeat(20_000);
    let other = "21 Cusco ".repeat(20_000);
    let found = change((&long, &long), (&other, &other));
    assert!(found.is_none_or(|found| found.what.chars().count() < 200));
    let found = of(
        "12 dead\u{202E}\n\u{7} in Lima raid",
        "21 dead\u{202E}\n\u{7} in Lima raid",
    )
    .expect("a change");
    assert!(!found.what.contains(['\u{202E}', '\n', '\u{7}']));
}
