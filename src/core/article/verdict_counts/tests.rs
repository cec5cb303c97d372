use super::*;

fn reading(counts: &[(PageVerdict, u64)], waiting: u64) -> PageVerdictCounts {
    PageVerdictCounts {
        settled: counts.iter().copied().collect(),
        waiting,
    }
}

#[track_caller]
fn check(counts: &[(PageVerdict, u64)], waiting: u64, sentence: &str) {
    assert_eq!(reading(counts, waiting).sentence(), sentence);
}

#[test]
fn counts_are_a_sentence() {
    use PageVerdict::{Gone, NotAsked, Paywalled, Robots, Unreachable, Whole};
    check(&[], 0, "");
    check(&[(Whole, 0)], 0, "");
    check(
        &[
            (Unreachable, 10),
            (Whole, 214),
            (Paywalled, 9),
            (Robots, 12),
        ],
        3,
        "214 read whole, 31 by the feed's text only: 9 paywalled, 12 refused by robots.txt, 10 unreachable; \
             3 pages are still waited for",
    );
    check(&[(Whole, 1)], 0, "1 read whole");
    check(&[], 1, "1 page is still waited for");
    check(
        &[(Gone, 1)],
        1,
        "none read whole, 1 by the feed's text only: gone; 1 page is still waited for",
    );
    check(
        &[(Whole, 2), (NotAsked, 5)],
        0,
        "2 read whole, 5 by the feed's text only: all not asked for",
    );
}

#[test]
fn every_verdict_reads_as_one_and_as_many() {
    for verdict in PageVerdict::ALL.into_iter().skip(1) {
        let one = reading(&[(verdict, 1)], 0).sentence();
        let many = reading(&[(verdict, 7)], 0).sentence();
        let words = verdict.counted();
        assert!(one.ends_with(&format!("1 by the feed's text only: {words}")));
        assert!(many.ends_with(&format!("only: all {words}")), "{many}");
    }
}

#[test]
fn readings_are_added_up() {
    let mut all = reading(&[(PageVerdict::Whole, 2)], 1);
    all += &reading(&[(PageVerdict::Whole, 3), (PageVerdict::Gone, 1)], 4);
    assert_eq!(
        all,
        reading(&[(PageVerdict::Whole, 5), (PageVerdict::Gone, 1)], 5)
    );
    assert_eq!((all.total(), all.by_feed_text_only()), (6, 1));
    let json = serde_json::to_string(&all).unwrap();
    assert_eq!(json, r#"{"verdicts":{"whole":5,"gone":1},"waiting":5}"#);
}

#[test]
fn what_came_of_one_page_is_a_sentence() {
    let page = |verdict, why: Option<&str>| PageRead {
        verdict,
        why: why.map(str::to_owned),
        address: "https://news.example/a".to_owned(),
        gives_text: false,
    };
    let waiting = page(None, None);
    assert_eq!(waiting.sentence(), "its page is still waited for");
    assert_eq!(
        page(Some(PageVerdict::Whole), None).sentence(),
        "read whole"
    );
    let walled = page(Some(PageVerdict::Paywalled), Some("402 Payment Required"));
    assert_eq!(
        walled.sentence(),
        "by the feed's text only: paywalled (402 Payment Required)"
    );
    let json = serde_json::to_string(&[waiting, walled]).unwrap();
    assert_eq!(
        json,
        r#"[{"verdict":"waiting","why":null,"address":"https://news.example/a"},"#.to_owned()
            + r#"{"verdict":"paywalled","why":"402 Payment Required","address":"https://news.example/a"}]"#
    );
}

#[test]
fn ten_pages_of_which_none_was_read_say_that_none_ever_is() {
    use PageVerdict::{FeedText, NotAsked, Paywalled, Robots, Whole};
    let is = |counts: &[_]| reading(counts, 0).is_unreadable();
    assert!(is(&[(Paywalled, 10)]));
    assert!(is(&[(Paywalled, 4), (Robots, 6)]));
    assert!(!is(&[(Paywalled, 9)]));
    assert!(!is(&[(Paywalled, 9), (Whole, 1)]));
    assert!(!is(&[(Paywalled, 9), (NotAsked, 40)]));
    let told = |counts: &[_]| reading(counts, 0).unreadable();
    let paywalled = told(&[(Paywalled, 8), (PageVerdict::Gone, 2)]);
    assert_eq!(
        paywalled,
        "none of its last 10 pages was read whole: 8 paywalled, 2 gone; with a subscription, set its \
             `cookie` in feeds.toml; articles = \"off\" stops asking for them"
    );
    assert!(told(&[(FeedText, 10)]).contains("article show URL --selector"));
    assert!(!told(&[(Robots, 10)]).contains("cookie"));
}
