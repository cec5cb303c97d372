use super::*;

#[test]
#[allow(clippy::too_many_lines)] // a table
fn credits_are_read_where_they_stand() {
    let items = [
        ("12 killed in Lima - Reuters", "", "", "Reuters"),
        ("12 killed in Lima | AP", "", "", "AP"),
        ("12 killed in Lima (AFP)", "", "", "AFP"),
        ("12 killed in Lima: Agence France-Presse", "", "", "AFP"),
        ("Reuters: 12 killed in Lima", "", "", "Reuters"),
        ("", "LIMA, Nov 3 (AP) — Police fired on a crowd.", "", "AP"),
        ("", "(Reuters) - Police fired on a crowd.", "", "Reuters"),
        (
            "",
            "By Jane Roe\nLIMA (Reuters) – Police fired on a crowd.",
            "",
            "Reuters",
        ),
        (
            "",
            "NEW DELHI, Nov 3 (PTI): Police fired on a crowd.",
            "",
            "PTI",
        ),
        ("", "Police fired on a crowd. (AFP)", "", "AFP"),
        (
            "",
            "Police fired on a crowd. The Associated Press contributed to this report.",
            "",
            "AP",
        ),
        (
            "",
            "Police fired. (Reporting by Jane Roe; Editing by John Doe)",
            "",
            "Reuters",
        ),
        ("", "", "Reuters Staff", "Reuters"),
        ("", "", "By JANE ROE, Associated Press", "AP"),
        ("", "", "Jane Roe, AFP", "AFP"),
        ("", "", "Agence France-Presse in Lima", "AFP"),
        ("", "Lima, 3 nov (EFE).- La policía disparó.", "", "EFE"),
        (
            "",
            "La policía disparó. Con información de Europa Press",
            "",
            "Europa Press",
        ),
        (
            "",
            "MADRID, 3 Nov. (EUROPA PRESS) - La policía disparó.",
            "",
            "Europa Press",
        ),
        ("", "", "Agencia EFE", "EFE"),
        ("", "Paris (AFP) – La police a tiré.", "", "AFP"),
        ("La police tire sur la foule (avec AFP)", "", "", "AFP"),
        (
            "",
            "Lisboa, 03 nov 2026 (Lusa) - A polícia disparou.",
            "",
            "Lusa",
        ),
        ("", "", "Agência Brasil", "Agência Brasil"),
        ("", "(ANSA) - ROMA, 03 NOV - La polizia spara.", "", "ANSA"),
        ("", "Berlin (dpa) - Die Polizei schoss.", "", "dpa"),
        ("", "ANKARA (AA) - Polis ateş açtı.", "", "Anadolu"),
        (
            "",
            "МОСКВА, 3 ноября. /ТАСС/. Полиция открыла огонь.",
            "",
            "TASS",
        ),
        (
            "",
            "МОСКВА, 3 ноя - РИА Новости. Полиция открыла огонь.",
            "",
            "RIA Novosti",
        ),
        (
            "",
            "Москва. 3 ноября. ИНТЕРФАКС - Полиция открыла огонь.",
            "",
            "Interfax",
        ),
        ("Полиция открыла огонь — Рейтер", "", "", "Reuters"),
        ("", "القاهرة (رويترز) - أطلقت الشرطة النار.", "", "Reuters"),
        ("", "غزة 3-11-2026 وفا- أطلقت الشرطة النار.", "", "WAFA"),
        ("", "أطلقت الشرطة النار. (أ ف ب)", "", "AFP"),
        (
            "",
            "新华社北京11月3日电（记者 张三）警方开枪。",
            "",
            "Xinhua",
        ),
        ("", "（法新社利马3日电）警方开枪。", "", "AFP"),
        ("", "【AFP＝時事】警察が発砲した。", "", "AFP"),
        ("", "［東京 3日 ロイター］ 警察が発砲した。", "", "Reuters"),
        ("", "警察が発砲した（共同）", "", "Kyodo"),
    ];
    let wrong: Vec<_> = items
        .into_iter()
        .filter(|(title, lead, author, expected)| agency(title, lead, author) != Some(*expected))
        .map(|item| (item, agency(item.0, item.1, item.2)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_agency_that_is_the_news_is_not_credited() {
    let items = [
        ("AP reporter arrested in Lima", "", ""),
        (
            "Reuters journalist killed in Lebanon",
            "A Reuters journalist was killed on Tuesday.",
            "",
        ),
        (
            "Police raid AFP bureau",
            "Police raided the bureau of Agence France-Presse (AFP) on Tuesday.",
            "",
        ),
        (
            "Court fines Xinhua",
            "The state agency Xinhua was fined.",
            "Jane Roe",
        ),
        ("Journalist of Associated Press (AP)", "", ""),
        ("", "Reuters – which employs her – said she was safe.", ""),
        (
            "Detienen a periodista de EFE",
            "Un periodista de la agencia EFE fue detenido.",
            "Juan Mena",
        ),
        (
            "Журналист ТАСС задержан в Минске",
            "Журналист агентства ТАСС задержан.",
            "",
        ),
        (
            "اعتقال صحفي من رويترز",
            "اعتقلت الشرطة صحفيا يعمل في وكالة رويترز.",
            "",
        ),
        (
            "Police fire on crowd - witnesses",
            "LIMA (witnesses) - Police fired.",
            "Ani Petrosyan",
        ),
        ("", "", ""),
        ("-", "-", "-"),
        ("(", "((((", "/"),
    ];
    let wrong: Vec<_> = items
        .into_iter()
        .filter_map(|(title, lead, author)| {
            Some((title, lead, author, agency(title, lead, author)?))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_lead_begins_behind_its_credit() {
    for lead in [
        "LIMA, Nov 3 (AP) — Police fired on a crowd.",
        "(Reuters) - Police fired on a crowd.",
        "LIMA — Police fired on a crowd.",
        "Lima, 3 nov (EFE).- Police fired on a crowd.",
        "МОСКВА, 3 ноября. /ТАСС/. Police fired on a crowd.",
        "Police fired on a crowd.",
    ] {
        assert_eq!(without_credit(lead), "Police fired on a crowd.", "{lead}");
    }
    assert_eq!(
        without_title_credit("12 killed in Lima - Reuters"),
        "12 killed in Lima"
    );
    assert_eq!(
        without_title_credit("12 killed in Lima - witnesses"),
        "12 killed in Lima - witnesses"
    );
    assert_eq!(agency_of_outlet("Reuters.com"), Some("Reuters"));
    assert_eq!(agency_of_outlet("example.org"), None);
}
