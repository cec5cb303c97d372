use proptest::prelude::*;

use super::*;

#[track_caller]
fn wrong(query: &str, expected: &[&str]) {
    let told = HitsAddress::read(query).unwrap_err();
    let told: Vec<String> = told.iter().map(InvalidParameter::to_string).collect();
    assert_eq!(told, expected, "of {query}");
}

#[test]
fn what_is_wrong_is_told_with_its_name_and_reason() {
    wrong(
        "from=yesterday&to=31.01.2026&judgment=good&watch=a&watch=b&colour=red&wach=x",
        &[
            "from = “yesterday”: write a day like 2026-01-31, or how long ago like 24h, 7d, 4w",
            "to = “31.01.2026”: write a day like 2026-01-31",
            "judgment = “good”: it is one of none, relevant, irrelevant, undecided, any",
            "watch = “b”: it is given twice, and one is meant",
            "colour = “red”: there is no such parameter; there are q, watch, topic, place, feed, language, from, to, \
             judgment, mail, older, newer",
            "wach = “x”: there is no such parameter; did you mean watch?",
        ],
    );
    wrong("q=%ff", &["q = “%ff”: it is no UTF-8 in percent encoding"]);
    wrong(
        "watch=a%00b",
        &["watch = “a%00b”: it is no UTF-8 in percent encoding"],
    );
    wrong(
        "feed=a%0Ab",
        &["feed = “a\nb”: a name has no line breaks and the like"],
    );
    wrong(
        "language=English",
        &["language = “English”: write a language as its code, such as es or zh-Hant"],
    );
    wrong(
        "older=1.2&newer=3.4",
        &["newer = “3.4”: a page begins at one place"],
    );
    wrong(
        "to=2026-01-01&from=2026-02-01",
        &["to = “2026-01-01”: it is before from, 2026-02-01, so nothing lies between"],
    );
    for bad in [
        "1",
        "1.x",
        "-1.2",
        "1.2.3",
        "99999999999999999999.1",
        "+1.2",
    ] {
        let after = form_urlencoded::byte_serialize(bad.as_bytes()).collect::<String>();
        wrong(
            &format!("older={after}"),
            &[&format!(
                "older = “{bad}”: it comes from the link to older or newer hits, and is none"
            )],
        );
    }
    for bad in [
        "2026-02-30",
        "2026-1-1",
        "20260101",
        "0d",
        "-7d",
        "7",
        "99999999999w",
        "2026-01-01T00",
    ] {
        assert!(HitsAddress::read(&format!("from={bad}")).is_err(), "{bad}");
    }
    let long = format!("q={}", "a".repeat(LONGEST_SEARCH + 1));
    assert!(
        HitsAddress::read(&long).unwrap_err()[0]
            .reason
            .contains("4001")
    );
}

#[test]
fn what_a_form_sends_empty_is_not_asked_for() {
    let address = HitsAddress::read("q=&watch=&from=&to=+&judgment=&place=PE&").unwrap();
    assert_eq!(address.query(), "place=PE");
    assert_eq!(address.on("/hits"), "/hits?place=PE");
    assert_eq!(address.without("place").on("/hits"), "/hits");
    assert_eq!(HitsAddress::read("").unwrap(), HitsAddress::default());
}

#[test]
fn days_are_those_of_the_reader() {
    let zone = TimeZone::get("America/Lima").unwrap();
    let now: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
    let times = |query: &str| {
        let (from, to) = HitsAddress::read(query).unwrap().times(now, &zone);
        let text = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
        (text(from), text(to))
    };
    let expected = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        times("from=2026-03-01&to=2026-03-01"),
        expected("2026-03-01T05:00:00Z", "2026-03-02T05:00:00Z")
    );
    assert_eq!(times("from=24h"), expected("2026-03-09T12:00:00Z", ""));
    assert_eq!(times("to=9999-12-31"), expected("", ""));
}

/// What people and programs write, trimmed and without what no address holds.
fn text(longest: usize) -> impl Strategy<Value = Option<String>> {
    let any = proptest::collection::vec(any::<char>(), 1..longest);
    let tricky = proptest::sample::select(vec![
        "a&b=c",
        "a+b c",
        "100%",
        "%41",
        "#",
        "?",
        "é à",
        "逮捕",
        "\u{202e}x",
        "police NEAR/5 (shot OR \"tear gas\")",
    ]);
    let value = prop_oneof![
        any.prop_map(|letters| letters.into_iter().collect::<String>()),
        tricky.prop_map(str::to_owned),
    ];
    proptest::option::of(value).prop_map(|value| {
        let value = value?.replace(char::is_control, "").trim().to_owned();
        (!value.is_empty()).then_some(value)
    })
}

fn day() -> impl Strategy<Value = Date> {
    (0..=9999_i16, 1..=12_i8, 1..=28_i8)
        .prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn start() -> impl Strategy<Value = Start> {
    let key = (0..200_000_000_000_i64, 0..i64::MAX).prop_map(|(found, id)| Key {
        found: Timestamp::from_second(found).unwrap(),
        id,
    });
    prop_oneof![
        Just(Start::Newest),
        key.clone().prop_map(Start::Before),
        key.prop_map(Start::Behind),
    ]
}

fn addresses() -> impl Strategy<Value = HitsAddress> {
    let from = prop_oneof![
        day().prop_map(Since::Day),
        (1..5_000_000_i64).prop_map(|time| Since::Ago(SignedDuration::from_secs(time))),
    ];
    let language = proptest::sample::select(vec!["es", "zh-Hant", "yue", "sr-Latn-RS"]);
    let names = (text(40), text(20), text(20), text(20), text(20));
    let rest = (
        proptest::option::of(language),
        proptest::option::of(from),
        proptest::option::of(day()),
        proptest::option::of(proptest::sample::select(JudgmentFilter::ALL.to_vec())),
        (proptest::option::of(0..i64::MAX), start()),
    );
    (names, rest).prop_map(|(names, rest)| {
        let (search, watch, topic, place, feed) = names;
        let (language, from, to, judgment, (mail, start)) = rest;
        let in_order = |day: &Date| !matches!(from, Some(Since::Day(first)) if first > *day);
        HitsAddress {
            search,
            watch,
            topic,
            place,
            feed,
            language: language.map(str::to_owned),
            from,
            to: to.filter(in_order),
            judgment,
            mail,
            start,
        }
    })
}

proptest! {
    #[test]
    fn an_address_says_all_that_is_asked_for(address in addresses()) {
        let query = address.query();
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_graphic()), "{query}");
        prop_assert_eq!(HitsAddress::read(&query), Ok(address), "{}", query);
    }

    #[test]
    fn whatever_stands_there_is_read_or_refused(query in "\\PC{0,60}") {
        if let Ok(address) = HitsAddress::read(&query) {
            prop_assert_eq!(HitsAddress::read(&address.query()), Ok(address));
        }
    }
}

#[test]
fn a_language_is_the_same_however_it_is_written() {
    let read = HitsAddress::read("language=pt-br").unwrap();
    assert_eq!(read, HitsAddress::read("language=PT-BR").unwrap());
}
