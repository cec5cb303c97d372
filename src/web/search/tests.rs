use super::*;
use crate::core::text::sanitize::visible_text;
use crate::web::site_tests::{Item, TestSite, begin};

const WATCHES: [(&str, &str); 2] = [
    ("police", "polic* OR policía OR 警察"),
    ("all", "the OR el OR 警察"),
];

const ITEMS: [Item<'static>; 6] = [
    (
        "The police shot a protester",
        "It was in Lima.",
        &[("link", "https://news.example.org/1")],
    ),
    (
        "Police detained the writer",
        "Nobody was hurt. \u{2029}A picture",
        &[("author", "Ana Example")],
    ),
    (
        "La policía detuvo a la escritora",
        "el juez calló",
        &[("language", "es"), ("categories", "[\"Courts\"]")],
    ),
    ("The concert ended", "the policy of the band", &[]),
    ("警察が記者を逮捕した", "東京で", &[("language", "ja")]),
    ("The U.N. asked the police", "No answer.", &[]),
];

/// The items that an address finds, the newest first, each once.
fn found_at(site: &TestSite, query: &str, limit: usize) -> Found {
    let address = HitsAddress::read(query).unwrap();
    let typed = address.search.clone().unwrap_or_default();
    let asked = SearchTerms::read(&typed, &site.config.lists)
        .unwrap_or_else(|told| panic!("{}", told.text));
    find(
        &site.connection,
        &site.config,
        &site.places,
        Criteria {
            address: &address,
            asked: &asked,
            times: (None, None),
        },
        limit,
    )
    .unwrap()
}

fn items(found: &Found) -> Vec<i64> {
    let mut items: Vec<i64> = found.page.hits.iter().map(|hit| hit.entry_id).collect();
    items.dedup();
    items
}

#[track_caller]
fn check(site: &TestSite, search: &str, expected: &[i64]) {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", search)
        .finish();
    assert_eq!(items(&found_at(site, &query, 50)), expected, "of {search}");
}

#[test]
fn words_and_queries_find_what_they_say() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    check(&site, "", &[6, 5, 4, 3, 2, 1]);
    check(&site, "police", &[6, 2, 1]);
    check(&site, "polic*", &[6, 4, 3, 2, 1]);
    check(&site, "police detained", &[2]);
    check(&site, "逮捕", &[5]);
    check(&site, "polic* AND NOT band", &[6, 3, 2, 1]);
    check(&site, "police NEAR/2 (shot OR asked)", &[6, 1]);
    check(&site, "police PRE/1 shot", &[1]);
    check(&site, "shot PRE/1 police", &[]);
    check(&site, "detain~", &[2]);
    check(&site, "detener~ AND policía", &[3]);
    check(&site, "title:polic*", &[6, 3, 2, 1]);
    check(&site, "author:ana", &[2]);
    check(&site, "category:courts", &[3]);
    check(&site, "site:example.org", &[1]);
    check(&site, "U.N. AND police", &[6]);
    check(&site, "警察 AND 記者", &[5]);
    check(&site, "=Police", &[2]);
    check(&site, "MIN/2(police, shot, writer)", &[2, 1]);
    check(&site, "nowhere AND police", &[]);
}

#[test]
fn lists_are_those_of_the_watches() {
    let lists = "[[words]]\nid = \"harm\"\ntitle = \"Harm\"\nany = [\"shot\", \"逮捕\"]\n";
    let site = TestSite::new(&WATCHES, &ITEMS).with(&[("harm", "@harm")], lists);
    check(&site, "@harm", &[5, 1]);
    check(&site, "@harm AND police", &[1]);
}

#[test]
fn filters_and_searches_hold_together() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let only = |query: &str| {
        let found = found_at(&site, query, 50);
        let watches: Vec<String> = found
            .page
            .hits
            .iter()
            .map(|hit| hit.watch_id.clone())
            .collect();
        (items(&found), watches)
    };
    assert_eq!(only("q=police+AND+the&watch=all").0, [6, 2, 1]);
    assert!(
        only("q=police+AND+the&watch=all")
            .1
            .iter()
            .all(|id| id == "all")
    );
    assert_eq!(only("q=polic*&language=es").0, [3]);
    assert_eq!(only("place=PE").0, [1]);
    assert_eq!(only("place=PE&q=police+AND+shot").0, [1]);
    assert!(only("place=PE&q=police+AND+concert").0.is_empty());
    assert!(only("place=nowhere").0.is_empty());
    assert_eq!(only("judgment=none").0, [6, 5, 4, 3, 2, 1]);
    assert!(only("judgment=any").0.is_empty());
}

#[test]
fn a_mistyped_name_is_told_from_an_empty_list() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let told = |query: &str| {
        let address = HitsAddress::read(query).unwrap();
        unknown(&site.connection, &site.config, &address)
            .unwrap()
            .unwrap_or_default()
    };
    assert_eq!(
        told("watch=polcie"),
        "there is no watch `polcie`, and none of that id ever had a hit; did you mean `police`?"
    );
    assert!(told("feed=nowhere").starts_with("there is no feed `nowhere`"));
    assert!(told("place=Peru").ends_with("did you mean `PE`?"));
    assert_eq!(told("watch=police&place=PE&feed=outlet"), "");
}

#[test]
fn days_bound_what_is_found() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let address = HitsAddress::default();
    let since = begin() + jiff::SignedDuration::from_mins(3);
    let until = begin() + jiff::SignedDuration::from_mins(5);
    let times = (Some(since), Some(until));
    let found = find(
        &site.connection,
        &site.config,
        &site.places,
        Criteria {
            address: &address,
            asked: &SearchTerms::Everything,
            times,
        },
        50,
    );
    assert_eq!(items(&found.unwrap()), [4, 3]);
}

#[test]
fn pages_of_a_query_follow_each_other_without_a_gap() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let whole: Vec<i64> = found_at(&site, "q=polic*+AND+NOT+band", 50)
        .page
        .hits
        .iter()
        .map(|hit| hit.id)
        .collect();
    let (mut seen, mut older) = (Vec::new(), String::new());
    loop {
        let found = found_at(&site, &format!("q=polic*+AND+NOT+band{older}"), 2);
        assert!(found.stopped.is_none());
        assert_eq!(found.page.has_newer, !seen.is_empty());
        seen.extend(found.page.hits.iter().map(|hit| hit.id));
        if !found.page.has_older {
            break;
        }
        let key = found.page.hits.last().unwrap().key();
        older = format!("&older={}.{}", key.found.as_second(), key.id);
    }
    assert_eq!(seen, whole);
    assert!(seen.len() > 4, "there are several pages");
    // And back, though something is found meanwhile.
    let third = found_at(&site, &format!("q=polic*+AND+NOT+band{older}"), 2);
    let key = third.newer.expect("there are newer ones");
    assert_eq!(key, third.page.hits[0].key());
    let newer = format!("&newer={}.{}", key.found.as_second(), key.id);
    let back = found_at(&site, &format!("q=polic*+AND+NOT+band{newer}"), 2);
    let ids: Vec<i64> = back.page.hits.iter().map(|hit| hit.id).collect();
    let at = whole.iter().position(|id| *id == key.id).unwrap();
    assert_eq!(ids, whole[at - 2..at]);
    assert_eq!(back.older, back.page.hits.last().map(HitRow::key));
}

#[test]
fn what_was_looked_for_is_marked_where_it_stands() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let marked = |query: &str| {
        let found = found_at(&site, query, 1);
        let hit = &found.page.hits[0];
        let text = |span: &SpanRecord| match span.field {
            Field::Title => hit.title[span.start..span.end].to_owned(),
            Field::Text => hit.text[span.start..span.end].to_owned(),
            _ => panic!("there is no other"),
        };
        found.spans[0].iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(marked("q=polic*+concert"), ["concert", "policy"]);
    assert_eq!(marked("q=policy+NEAR%2F3+band"), ["policy", "band"]);
    assert!(marked("").is_empty());
}

#[test]
fn what_is_wrong_is_shown_with_its_place_and_what_to_write() {
    let told = |typed: &str| match SearchTerms::read(typed, &WordLists::default()) {
        Err(told) => told,
        Ok(_) => panic!("{typed} is no mistake"),
    };
    let mistakes = told("police protest AND shot OR killed");
    assert!(mistakes.text.contains("error: "), "{}", mistakes.text);
    assert!(mistakes.text.contains('^'), "{}", mistakes.text);
    assert_eq!(visible_text(&mistakes.text), mistakes.text);
    // What is suggested leaves no mistake.
    let mistakes = told("title: police AND (shot OR killed");
    if let Some(instead) = &mistakes.instead {
        assert!(
            SearchTerms::read(instead, &WordLists::default()).is_ok(),
            "{instead}"
        );
    }
    assert!(told("@nowhere AND police").text.contains("nowhere"));
    assert!(told("police w*").text.starts_with("w* is too little"));
    for words in [
        "police protest",
        "\"never closed",
        "Lima (Peru",
        "???",
        "\u{1b}[31m",
    ] {
        assert!(
            SearchTerms::read(words, &WordLists::default()).is_ok(),
            "{words}"
        );
    }
}

#[test]
fn what_takes_too_long_is_shown_as_far_as_it_went() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let address = HitsAddress::read("q=polic*+AND+NOT+band").unwrap();
    let asked = SearchTerms::read("polic* AND NOT band", &WordLists::default())
        .unwrap_or_else(|_| panic!());
    let SearchTerms::Query(asking) = &asked else {
        panic!("it is a query");
    };
    let mut looking = HitScan {
        connection: &site.connection,
        asking: Some(asking),
        place: None,
        scratch: Scratch::default(),
        start: Start::Newest,
        end: Instant::now(),
        end_behind: None,
        seen: HashMap::new(),
        spans: HashMap::new(),
        last: None,
        stopped: None,
        error: None,
    };
    let criteria = Criteria {
        address: &address,
        asked: &asked,
        times: (None, None),
    };
    let page = page(
        &site.connection,
        &filter(criteria),
        Start::Newest,
        50,
        &mut looking,
    );
    let hits = page.unwrap().hits;
    assert_eq!(hits.len(), 1, "one at least is looked at");
    assert_eq!(
        looking.stopped,
        Some(hits[0].key()),
        "it says where it goes on"
    );
}
