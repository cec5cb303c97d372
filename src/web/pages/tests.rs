//! Each page with contents in six scripts, some of them hostile. `NEWSVIGIL_PAGES=FOLDER` writes them there, to be
//! looked at.

use askama::Template;

use super::hits::{Chosen, Filter, Hit, HitsPage, ShownSearch, Story};
use super::*;
use crate::core::digest::TextSegment;
use crate::web::chart::Chart;

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";
/// Bytes of a page, without fonts.
const MOST: usize = 40_000;

fn time(text: &str) -> Time {
    Time::new(
        text.parse().unwrap(),
        &TimeZone::get("Africa/Kampala").unwrap(),
    )
}

fn frame(here: Section) -> Frame {
    Frame {
        reader: Some("maria".to_owned()),
        zone: "Africa/Kampala".to_owned(),
        here: Some(here),
    }
}

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

fn hits_page() -> HitsPage {
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

fn hit_page() -> hit::HitPage {
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

fn chart(days: usize) -> Chart {
    Chart {
        label: format!("Hits a day, the last {days} days"),
        of: "Day",
        counts: "Hits",
        values: (0..days)
            .map(|day| {
                (
                    format!("day {day}"),
                    (day % 9 != 4).then_some((day as u64 * 7) % 23),
                )
            })
            .collect(),
    }
}

fn watch_page() -> watches::WatchPage {
    watches::WatchPage {
        frame: frame(Section::Watches),
        id: "torture".to_owned(),
        title: "Torture and ill-treatment".to_owned(),
        about: "Topic: Torture. Alerts at once, to desk.".to_owned(),
        hits_address: "/hits?watch=torture".to_owned(),
        unjudged_address: "/hits?watch=torture&judgment=none".to_owned(),
        try_address: Some("/try?watch=torture".to_owned()),
        days: chart(56),
        versions: vec![watches::Version {
            name: "3f9a11c2".to_owned(),
            is_current: true,
            last: time("2026-11-27T06:20:00Z"),
            drawn: "18 of 23 judged; 58 to 90 %".to_owned(),
            chosen: "5 of 9 judged".to_owned(),
        }],
        reasons: vec![("too broad", 3), ("not a violation", 2)],
        false_terms: vec![("tortuous".to_owned(), 2), (HOSTILE.to_owned(), 1)],
        has_hits: true,
        unjudged: 112,
        sample: 20,
        source: "@torture NEAR/10 @held\nAND NOT title:(film OR novel)".to_owned(),
    }
}

fn watches_page() -> watches::WatchesPage {
    watches::WatchesPage {
        frame: frame(Section::Watches),
        first: 0,
        all: 1,
        next: None,
        topics: vec![watches::Topic {
            name: "Torture".to_owned(),
            watches: vec![watches::WatchLine {
                id: "torture".to_owned(),
                title: HOSTILE.to_owned(),
                week: 14,
                unjudged: 9,
                unjudged_address: "/hits?watch=torture&judgment=none".to_owned(),
                precision: "18 of 23 judged; 58 to 90 %".to_owned(),
            }],
        }],
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

fn try_page() -> try_watch::TryPage {
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

fn feed(title: &str) -> feeds::Feed {
    feeds::Feed {
        id: "example-wire".to_owned(),
        title: title.to_owned(),
        address: "https://news.example.org/feed".to_owned(),
        health: "failing for 3 h (4 times): 503 Service Unavailable".to_owned(),
        rhythm: chart(28),
        gaps: vec!["Tue 17 Nov, 09:00 to 11:30: the connection was refused".to_owned()],
        more_gaps: 3,
    }
}

fn feeds_page() -> feeds::FeedsPage {
    let group = |name, is_bad, titles: &[&str]| feeds::Group {
        name,
        is_bad,
        feeds: titles.iter().map(|title| feed(title)).collect(),
    };
    feeds::FeedsPage {
        frame: frame(Section::Feeds),
        verdict: "40 feeds, 38 fine".to_owned(),
        first: 0,
        all: 40,
        groups: vec![
            group("Not fine", true, &[HOSTILE]),
            group("Not known yet", false, &["उदाहरण समाचार"]),
            group(
                "Fine",
                false,
                &[
                    "صحيفة المثال",
                    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
                ],
            ),
        ],
        next: Some("/feeds?from=4".to_owned()),
    }
}

fn feed_page() -> feeds::FeedPage {
    feeds::FeedPage {
        frame: frame(Section::Feeds),
        feed: feed(HOSTILE),
        is_bad: true,
        notes: vec!["It was read with repairs: two items had no id.".to_owned()],
        items: 1240,
        hits_address: "/hits?feed=example-wire".to_owned(),
    }
}

fn mails_page() -> mail::MailsPage {
    mail::MailsPage {
        frame: frame(Section::Mail),
        verdict: "212 sent, 0 waiting, none given up".to_owned(),
        is_complete: true,
        groups: vec![mail::Group {
            name: "Sent, the last first",
            is_cut: true,
            mails: vec![mail::MailLine {
                number: 41,
                recipient: "desk".to_owned(),
                subject: HOSTILE.to_owned(),
                made: time("2026-11-27T07:00:00Z"),
                state: "sent Fri 27 Nov 2026, 10:00: 250 2.0.0 Ok".to_owned(),
            }],
        }],
    }
}

fn mail_page() -> mail::MailPage {
    mail::MailPage {
        frame: frame(Section::Mail),
        subject: HOSTILE.to_owned(),
        facts: vec![
            ("To", "desk@example.org".to_owned()),
            ("Made", "Fri 27 Nov 2026, 10:00".to_owned()),
        ],
        hits: Some(("/hits?mail=41".to_owned(), 5)),
        words: Some(format!("newsvigil\n{HOSTILE}\n")),
        is_cut: true,
        without: String::new(),
    }
}

fn overview_page() -> overview::OverviewPage {
    let list = |number: u64| overview::List {
        address: "/hits?from=2026-11-23&to=2026-11-29".to_owned(),
        hits: format!("{number} hits"),
        number,
    };
    let row = |name: &str, stories: u64, width| overview::Row {
        name: name.to_owned(),
        hits: list(2 * stories),
        stories,
        habit: "4.5".to_owned(),
        width,
        width_before: width / 2,
    };
    overview::OverviewPage {
        frame: frame(Section::Overview),
        heading: "58 stories, Mon 23 to Sun 29 Nov".to_owned(),
        completeness: "All 40 feeds were read, and all mails were delivered.".to_owned(),
        is_complete: true,
        today: list(0),
        all: list(102),
        unusual: vec![overview::UnusualLine {
            name: "Torture and ill-treatment".to_owned(),
            text: "14 stories; 3 is usual".to_owned(),
            hits: list(31),
            headline: Some(("/hits/2".to_owned(), "احتجاز صحفيين في العاصمة".to_owned())),
        }],
        tables: vec![
            overview::Table {
                name: "Topics",
                of: "Topic",
                more: 3,
                rows: vec![row("Detention", 31, 120), row(HOSTILE, 2, 8)],
            },
            overview::Table {
                name: "Places",
                of: "Place",
                more: 0,
                rows: vec![row("Peru", 22, 120), row("السودان", 5, 27)],
            },
        ],
    }
}

fn invitation_page() -> sign_in::SignInPage {
    sign_in::SignInPage {
        invitation: Some("c2VjcmV0".to_owned()),
        name: "maria".to_owned(),
        leads_on: true,
        ..sign_in::SignInPage::default()
    }
}

fn forget_page() -> forget::ForgetPage {
    forget::ForgetPage {
        frame: frame(Section::Hits),
        name: HOSTILE.to_owned(),
        by: "maria".to_owned(),
        time: time("2026-11-27T06:14:00Z"),
        query: HOSTILE.to_owned(),
        back: "/hits?q=beat~".to_owned(),
    }
}

fn notice_page() -> notice::NoticePage {
    notice::NoticePage {
        frame: frame(Section::Hits),
        heading: "This address cannot be read".to_owned(),
        sentence: "`from` is no day: write it as 2026-01-31.".to_owned(),
        detail: HOSTILE.to_owned(),
        onward: Some(("/hits".to_owned(), "All hits".to_owned())),
    }
}

/// As they are on the first day: nothing was found, sent or judged.
fn young() -> Vec<(&'static str, String)> {
    let overview = overview::OverviewPage {
        frame: frame(Section::Overview),
        heading: "0 stories, Sun 22 to Sat 28 Nov 2026".to_owned(),
        completeness: "No feed was to be read.".to_owned(),
        ..overview::OverviewPage::default()
    };
    let watch = watches::WatchPage {
        days: Chart {
            values: vec![("Sat 28 Nov".to_owned(), Some(0))],
            ..chart(1)
        },
        versions: Vec::new(),
        reasons: Vec::new(),
        false_terms: Vec::new(),
        has_hits: false,
        unjudged: 0,
        sample: 0,
        ..watch_page()
    };
    let watches = watches::WatchesPage {
        frame: frame(Section::Watches),
        ..watches::WatchesPage::default()
    };
    let feeds = feeds::FeedsPage {
        frame: frame(Section::Feeds),
        verdict: "No feed is configured".to_owned(),
        ..feeds::FeedsPage::default()
    };
    let mails = mail::MailsPage {
        frame: frame(Section::Mail),
        verdict: "No mail was sent yet".to_owned(),
        is_complete: true,
        groups: Vec::new(),
    };
    let trial = try_watch::TryPage {
        frame: frame(Section::Try),
        days: 30,
        mistakes: "query:1:8: error: something is missing".to_owned(),
        ..try_watch::TryPage::default()
    };
    vec![
        ("young-overview", overview.render().unwrap()),
        ("young-watch", watch.render().unwrap()),
        ("young-watches", watches.render().unwrap()),
        ("young-feeds", feeds.render().unwrap()),
        ("young-mails", mails.render().unwrap()),
        ("young-try", trial.render().unwrap()),
    ]
}

fn pages() -> Vec<(&'static str, String)> {
    let mut pages = young();
    pages.extend([
        ("hits", hits_page().render().unwrap()),
        ("hit", hit_page().render().unwrap()),
        ("watch", watch_page().render().unwrap()),
        ("watches", watches_page().render().unwrap()),
        ("try", try_page().render().unwrap()),
        ("feeds", feeds_page().render().unwrap()),
        ("feed", feed_page().render().unwrap()),
        ("mails", mails_page().render().unwrap()),
        ("mail", mail_page().render().unwrap()),
        ("overview", overview_page().render().unwrap()),
        ("forget", forget_page().render().unwrap()),
        ("invitation", invitation_page().render().unwrap()),
        ("sign-in", sign_in::SignInPage::default().render().unwrap()),
        ("notice", notice_page().render().unwrap()),
    ]);
    pages
}

#[test]
fn what_others_wrote_is_text_and_never_markup() {
    for (name, page) in pages() {
        for word in [
            "<script",
            "<img",
            "onerror=alert(1)>",
            "style=",
            "javascript:",
        ] {
            assert!(!page.contains(word), "{word} in {name}");
        }
        // The one sheet and the icon are ours; nothing else is fetched.
        assert!(!page.contains("src=\""), "{name}");
        assert!(page.len() < MOST, "{name}: {} bytes", page.len());
    }
}

#[test]
fn each_page_has_what_a_screen_reader_goes_by() {
    for (name, page) in pages() {
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert_eq!(page.matches("<main").count(), 1, "{name}");
        assert!(page.contains("<html lang=\"en\""), "{name}");
        assert!(page.contains("class=\"skip\" href=\"#main\""), "{name}");
        let fields = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let mut ids: Vec<&str> = fields.collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id stands twice");
        for label in page.split("<label for=\"").skip(1) {
            let id = label.split('"').next().unwrap();
            assert!(
                ids.contains(&id),
                "{name}: a label for {id}, which is not there"
            );
        }
    }
}

#[test]
fn where_one_is_stands_in_the_head() {
    let page = hits_page().render().unwrap();
    assert!(page.contains("<a href=\"/hits\" aria-current=\"page\">Hits</a>"));
    assert_eq!(page.matches("aria-current").count(), 1);
    let nobody = sign_in::SignInPage::default().render().unwrap();
    assert!(
        !nobody.contains("<nav"),
        "nothing is shown to who is not signed in"
    );
}

#[test]
fn pages_are_written_out_to_be_looked_at() {
    let Some(folder) = std::env::var_os("NEWSVIGIL_PAGES") else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    for (name, page) in pages() {
        let page = page.replace("href=\"/style.css\"", "href=\"style.css\"");
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
    std::fs::write(folder.join("style.css"), STYLE).unwrap();
}
