//! Made-up pages of hits, and of what a query would find.

use super::*;
use crate::core::digest::TextSegment;
use crate::web::pages::hits::{Chosen, Filter, Hit, HitsPage, ShownSearch, Story};

/// Marked where it stands in brackets.
fn pieces(text: &str) -> Vec<TextSegment> {
    let pieces = text.split(['[', ']']).enumerate();
    pieces
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| TextSegment {
            text: text.to_owned(),
            marked: at % 2 == 1,
        })
        .collect()
}

fn hit(id: i64, language: &str, outlet: &str, title: &str, excerpt: &str) -> Hit {
    Hit {
        id,
        item: id * 7,
        address: format!("/hits/{id}"),
        title: pieces(title),
        language: Some(language.to_owned()),
        outlet: outlet.to_owned(),
        places: vec!["Uganda".to_owned()],
        time: time("2026-11-27T06:14:00Z"),
        excerpt: pieces(excerpt),
        watches: vec![(
            "/watches/torture".to_owned(),
            "Torture and ill-treatment".to_owned(),
        )],
        verdict: (id % 3 == 0).then_some("relevant"),
    }
}

fn hits() -> Vec<Hit> {
    vec![
        hit(
            1,
            "en",
            "Example Wire",
            "Court orders inquiry into [beatings] of [detainees] in Gulu",
            "Eleven people who were held after the march say that officers [beat] them in the cells. The court asked for their names.",
        ),
        hit(
            2,
            "ar",
            "صحيفة المثال",
            "[احتجاز] صحفيين في العاصمة",
            "قالت النقابة إن السلطات [احتجزت] ثلاثة صحفيين يوم الخميس.",
        ),
        hit(
            3,
            "ru",
            "Пример-новости",
            "[Задержаны] трое участников пикета",
            "Полиция [задержала] их у здания суда.",
        ),
        hit(
            4,
            "zh",
            "示例日报",
            "[警方]拘留三名[记者]",
            "他们在法院外被带走。",
        ),
        hit(
            5,
            "hi",
            "उदाहरण समाचार",
            "पत्रकारों की [गिरफ्तारी] पर सवाल",
            "तीन लोगों को अदालत के बाहर से ले जाया गया।",
        ),
        hit(
            6,
            "es",
            "Diario Ejemplo",
            HOSTILE,
            "La policía usó [gases lacrimógenos] contra los manifestantes.",
        ),
    ]
}

pub(super) fn hits_page() -> HitsPage {
    let stories = hits().into_iter().map(|lead| Story {
        also_in: "Also in: Diario Ejemplo and 1 more".to_owned(),
        others: if lead.id == 1 {
            hits().split_off(4)
        } else {
            Vec::new()
        },
        lead,
    });
    let option = |value: &str, name: &str, selected| Choice {
        value: value.to_owned(),
        name: name.to_owned(),
        selected,
    };
    HitsPage {
        frame: frame(Section::Hits),
        title: format!("“beat~ {HOSTILE}” · Hits"),
        heading: "Hits".to_owned(),
        search: format!("beat~ {HOSTILE}"),
        choices: vec![Filter {
            key: "watch",
            label: "Watch",
            any: "Any watch",
            options: vec![
                option("torture", "Torture and ill-treatment", true),
                option("x", HOSTILE, false),
            ],
            is_written: false,
        }],
        chosen: vec![Chosen {
            name: "Watch",
            value: "Torture and ill-treatment".to_owned(),
            without: "/hits?q=beat~".to_owned(),
        }],
        extent: "The newest 50 of those that were found, in 44 stories.".to_owned(),
        stories: stories.collect(),
        newest: Some("/hits?q=beat~".to_owned()),
        newer: Some("/hits?q=beat~&newer=1.2".to_owned()),
        older: Some("/hits?q=beat~&older=1.1".to_owned()),
        query: "q=beat~".to_owned(),
        searches: vec![ShownSearch {
            name: HOSTILE.to_owned(),
            query: "q=1".to_owned(),
            forget: "/searches/forget?name=x&query=q%3D1".to_owned(),
        }],
        exports: vec![
            ("/hits.csv?q=1".to_owned(), "CSV"),
            ("/hits.jsonl?q=1".to_owned(), "JSON lines"),
            ("/hits.atom?q=1".to_owned(), "Atom"),
        ],
        ..HitsPage::default()
    }
}

fn verdicts() -> Vec<hit::Verdict> {
    [
        ("relevant", "Relevant", 'r'),
        ("too-broad", "Too broad", 'b'),
        ("not-a-violation", "Not a violation", 'v'),
        ("other-place", "Other place", 'p'),
        ("duplicate", "Duplicate", 'd'),
        ("undecided", "Undecided", 'u'),
    ]
    .map(|(value, name, key)| hit::Verdict { value, name, key })
    .to_vec()
}

pub(super) fn hit_page() -> hit::HitPage {
    let judged = |verdict: &str, note: &str| hit::Judged {
        verdict: verdict.to_owned(),
        by: "maria".to_owned(),
        time: time("2026-11-28T09:00:00Z"),
        note: note.to_owned(),
    };
    let change = |text: &str, added, removed| hit::Change {
        text: text.to_owned(),
        added,
        removed,
    };
    let part = |depth, text: &str, holds, found: &str| hit::Part {
        depth,
        text: text.to_owned(),
        holds,
        found: found.to_owned(),
    };
    let first = hits().remove(0);
    hit::HitPage {
        frame: frame(Section::Hits),
        id: 1,
        plain_title: "Court orders inquiry".to_owned(),
        title: first.title,
        language: first.language,
        outlet: first.outlet,
        author: "A. Writer".to_owned(),
        places: first.places,
        time: first.time,
        link: Some("https://news.example.org/1".to_owned()),
        paragraphs: vec![first.excerpt, pieces(HOSTILE)],
        source: "The text is that of the article, read on 27 Nov 2026.".to_owned(),
        watch_address: "/watches/torture".to_owned(),
        watch_title: "Torture and ill-treatment".to_owned(),
        found: time("2026-11-27T06:20:00Z"),
        versions: "The watch has not changed since.".to_owned(),
        why: vec![
            part(0, "@torture NEAR/10 @held", true, "beatings … detainees"),
            part(1, "NOT title:(film OR novel)", true, ""),
            part(1, "waterboarding", false, ""),
        ],
        siblings: vec![("/hits/9".to_owned(), "Detention".to_owned())],
        revisions: vec![hit::Revision {
            time: time("2026-11-27T08:00:00Z"),
            changes: vec![
                change("Court orders ", false, false),
                change("review of", false, true),
                change("inquiry into", true, false),
                change(" beatings", false, false),
            ],
        }],
        story: Some(hit::Story {
            sentence: "3 reports by 2 independent outlets. First reported by Example Wire, 09:14."
                .to_owned(),
            reports: vec![hit::Report {
                outlet: "Example Wire".to_owned(),
                time: time("2026-11-27T06:14:00Z"),
                relation: "first".to_owned(),
                title: HOSTILE.to_owned(),
                language: Some("en".to_owned()),
                address: Some("/hits/1".to_owned()),
                why: "begins a story".to_owned(),
            }],
        }),
        told: vec![hit::Notification {
            recipient: "desk".to_owned(),
            how: "in full, in a digest that was sent".to_owned(),
            time: Some(time("2026-11-27T07:00:00Z")),
            mail: Some(41),
        }],
        current: Some(judged("irrelevant: too broad", HOSTILE)),
        history: vec![
            judged("", "Ask the union. اسأل النقابة"),
            judged("undecided", ""),
        ],
        verdicts: verdicts(),
        left_out: "There is no room here for: 3 changes.".to_owned(),
        onward: hit::NextHitLinks {
            next: "q=beat~".to_owned(),
            back: ("/hits?q=beat~".to_owned(), "Back to these hits"),
            skip: "/hits/1/next?q=beat~".to_owned(),
            progress: "3 of 20 judged, 17 to go.".to_owned(),
        },
        example: Some("no = [\"Court orders inquiry into beatings\"]".to_owned()),
    }
}

/// As it stands where a query is tried: in the room, elsewhere, or nowhere to be read.
fn item(hit: Hit) -> try_watch::Item {
    try_watch::Item {
        number: hit.item,
        title: hit.title.iter().map(|piece| piece.text.as_str()).collect(),
        language: hit.language,
        outlet: hit.outlet,
        time: hit.time,
        hit: (hit.id % 3 == 0).then_some(hit.address),
        link: (hit.id % 3 == 1).then(|| "https://news.example.org/1".to_owned()),
    }
}

pub(super) fn try_page() -> try_watch::TryPage {
    try_watch::TryPage {
        frame: frame(Section::Try),
        watches: vec![Choice {
            value: "torture".to_owned(),
            name: "Torture".to_owned(),
            selected: true,
        }],
        watch: Some(("torture".to_owned(), "Torture".to_owned())),
        query: format!("beat~ AND {HOSTILE}"),
        days: 30,
        mistakes: String::new(),
        warnings: "warning: beat~ finds beats and beaten".to_owned(),
        result: Some(try_watch::Tried {
            sentence: "Over 12,400 items of 30 days: 6 hits gained, none lost.".to_owned(),
            gained: hits().into_iter().map(item).collect(),
            gained_more: 12,
            paste: "match = '''\nbeat~\n'''".to_owned(),
            ..try_watch::Tried::default()
        }),
    }
}
