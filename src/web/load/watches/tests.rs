use askama::Template as _;

use super::*;
use crate::core::judgment::{Reason, Verdict};
use crate::store::judgments::NewJudgment;
use crate::web::site_tests::{Item, TestSite};

const ITEMS: [Item<'static>; 6] = [
    ("Police in the square", "", &[]),
    ("Police again", "", &[]),
    ("Police and more", "", &[]),
    ("Police at the concert", "", &[]),
    ("The army came", "", &[]),
    ("Police at noon", "", &[]),
];

fn judge(site: &mut TestSite, hit: i64, verdict: Verdict, at_random: bool) {
    let new = NewJudgment {
        verdict,
        reason: (verdict == Verdict::Irrelevant).then_some(Reason::TooBroad),
        note: String::new(),
        by: "ana".to_owned(),
        at_random,
    };
    let now = crate::web::site_tests::begin();
    assert!(judgments::record(&mut site.connection, hit, &new, now).unwrap());
}

#[test]
fn what_was_drawn_and_what_was_chosen_are_told_apart() {
    let mut site = TestSite::new(&[("force", "police OR army")], &ITEMS);
    let empty = watch(site.sources(), "force").unwrap().unwrap();
    assert!(empty.versions.is_empty() && empty.has_hits);
    assert_eq!((empty.unjudged, empty.sample), (6, 6));
    judge(&mut site, 1, Verdict::Relevant, true);
    judge(&mut site, 2, Verdict::Irrelevant, true);
    judge(&mut site, 3, Verdict::Relevant, false);
    judge(&mut site, 4, Verdict::Undecided, false);
    judge(&mut site, 5, Verdict::Irrelevant, false);
    let page = watch(site.sources(), "force").unwrap().unwrap();
    assert_eq!(page.versions.len(), 1);
    // Of 1 of 2, Wilson's interval is from 9.45 to 90.55 %.
    assert_eq!(page.versions[0].drawn, "1 of 2 judged; 9 to 91 %");
    assert_eq!(page.versions[0].chosen, "1 of 2 judged");
    assert!(page.versions[0].is_current);
    assert_eq!((page.unjudged, page.sample), (1, 1));
    assert_eq!(page.reasons, [("too broad", 2)]);
    assert_eq!(page.false_terms, [("army".to_owned(), 1)]);
    let all = watches(site.sources(), 0).unwrap();
    assert_eq!(
        all.topics[0].watches[0].precision,
        "1 of 2 judged; 9 to 91 %"
    );
    assert!(watch(site.sources(), "none").unwrap().is_none());
}

#[test]
fn many_watches_stand_on_pages_that_are_small_enough() {
    let ids: Vec<String> = (0..300).map(|at| format!("watch-{at:03}")).collect();
    let all: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), "police")).collect();
    let site = TestSite::new(&all, &ITEMS[..1]);
    let (mut from, mut seen) = (0, Vec::new());
    loop {
        let page = watches(site.sources(), from).unwrap();
        assert!(page.render().unwrap().len() < 40_000);
        let shown = page.topics.iter().flat_map(|topic| &topic.watches);
        seen.extend(shown.map(|watch| watch.id.clone()));
        from += page.shown();
        match page.next {
            Some(next) => assert_eq!(next, format!("/watches?from={from}")),
            None => break,
        }
    }
    assert_eq!(seen, ids);
}
