//! Titles and dates that stand around a link.

use super::*;

#[test]
fn selectors_of_title_and_date_look_around_the_link() {
    let page = LinkPage {
        title: Some(".headline".to_owned()),
        date: Some(".when".to_owned()),
        ..LinkPage::by("td a")
    };
    let body = "<table><tr><td class=when>Published on 3 March 2026, Geneva</td><td class=headline>Five held</td>
        <td><a href=/a>PDF</a></td></tr><tr><td class=when title='2026-03-02'>Monday</td>
        <td class=headline>Court sits</td><td><a href=/b>PDF</a></td></tr>
        <tr><td>5 May 2026</td><td></td><td><a href=/c>Word</a></td></tr></table>";
    let feed = taken(&page, body).unwrap();
    let found = items(&feed);
    let expected = [
        ("/a", "Five held", "2026-03-03"),
        ("/b", "Court sits", "2026-03-02"),
        ("/c", "Word", ""),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(feed.warnings.len(), 2, "{:?}", feed.warnings);
    assert!(feed.warnings[0].contains("`.headline` gives nothing for 1 of 3 items"));
}

#[test]
fn dates_are_read_in_the_languages_of_pages() {
    for (language, written) in [
        ("en", "November 28, 2026"),
        ("en", "28 Nov 2026 | Press release"),
        ("es", "28 de noviembre de 2026"),
        ("fr", "28 novembre 2026"),
        ("pt", "28 de novembro de 2026"),
        ("ru", "28 ноября 2026 г."),
        ("ar", "28 نوفمبر 2026"),
        ("ar", "٢٨ نوفمبر ٢٠٢٦"),
        ("zh", "2026年11月28日"),
        ("de", "28.11.2026"),
        ("en", "Date: 2026-11-28"),
    ] {
        let body = format!(
            "<html lang={language}><ul><li><p>{written}</p><a href=/a>A headline of 12 words</a></li>
             <li><a href=/b>5 held in 2026</a><p>Another of 1999</p></li></ul>"
        );
        let feed = feed("li a", &body);
        assert_eq!(items(&feed)[0].2, "2026-11-28", "{written}");
        assert_eq!(feed.entries[1].published, None, "{written}");
    }
}

#[test]
fn the_dates_of_a_page_decide_together_what_they_mean() {
    let body = "<ul><li><a href=/a>A</a><time>03/12/2025</time><li><a href=/b>B</a><time>25/11/2025</time></ul>";
    let days: Vec<String> = items(&feed("a", body))
        .into_iter()
        .map(|item| item.2)
        .collect();
    assert_eq!(days, ["2025-12-03", "2025-11-25"]);
}

#[test]
fn pages_in_other_scripts_are_read() {
    let arabic = "<html lang=ar dir=rtl><main><article><h3><a href='/ar/1'>السلطات تفرج عن خمسة صحفيين</a></h3>
        <time>٢٨ نوفمبر ٢٠٢٦</time></article><article><h3><a href='/ar/2' lang=en>In English</a></h3></article></main>";
    let feed_of = feed("main a", arabic);
    assert_eq!(feed_of.language.as_deref(), Some("ar"));
    assert_eq!(items(&feed_of)[0].1, "السلطات تفرج عن خمسة صحفيين");
    assert_eq!(items(&feed_of)[0].2, "2026-11-28");
    assert_eq!(feed_of.entries[0].language, None);
    assert_eq!(feed_of.entries[1].language.as_deref(), Some("en"));

    let chinese = "<html lang=zh-Hans><meta charset=gbk><ul><li><a href=/zh/1>法院开庭审理五名记者</a><span>2026年11月27日</span></ul>";
    let (bytes, ..) = encoding_rs::GBK.encode(chinese);
    let context = ParseContext {
        content_type: Some("text/html; charset=gbk"),
        ..ParseContext::default()
    };
    let feed = read(&bytes, &LinkPage::by("li a"), &context, &|| false).unwrap();
    assert_eq!(
        feed.entries[0].title.as_deref(),
        Some("法院开庭审理五名记者")
    );
}
