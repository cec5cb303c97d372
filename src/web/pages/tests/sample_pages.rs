//! Made-up pages of watches, feeds, mails and all the rest.

use super::*;

pub(super) fn chart(days: usize) -> Chart {
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

pub(super) fn watch_page() -> watches::WatchPage {
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

pub(super) fn watches_page() -> watches::WatchesPage {
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

pub(super) fn feeds_page() -> feeds::FeedsPage {
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

pub(super) fn feed_page() -> feeds::FeedPage {
    feeds::FeedPage {
        frame: frame(Section::Feeds),
        feed: feed(HOSTILE),
        is_bad: true,
        notes: vec!["It was read with repairs: two items had no id.".to_owned()],
        items: 1240,
        hits_address: "/hits?feed=example-wire".to_owned(),
    }
}

pub(super) fn mails_page() -> mail::MailsPage {
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

pub(super) fn mail_page() -> mail::MailPage {
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

pub(super) fn overview_page() -> overview::OverviewPage {
    let list = |number: u64| overview::List {
        address: "/hits?from=2026-11-23&to=2026-11-29".to_owned(),
        hits: format!("{number} hits"),
        number,
    };
    let row = |name: &str, stories: u64, width| overview::Row {
        name: name.to_owned(),
        hits: list(2 * stories),
        stories,
        median: "4.5".to_owned(),
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

pub(super) fn invitation_page() -> sign_in::SignInPage {
    sign_in::SignInPage {
        invitation: Some("c2VjcmV0".to_owned()),
        name: "maria".to_owned(),
        leads_on: true,
        ..sign_in::SignInPage::default()
    }
}

pub(super) fn forget_page() -> forget::ForgetPage {
    forget::ForgetPage {
        frame: frame(Section::Hits),
        name: HOSTILE.to_owned(),
        by: "maria".to_owned(),
        time: time("2026-11-27T06:14:00Z"),
        query: HOSTILE.to_owned(),
        back: "/hits?q=beat~".to_owned(),
    }
}

pub(super) fn notice_page() -> notice::NoticePage {
    notice::NoticePage {
        frame: frame(Section::Hits),
        heading: "This address cannot be read".to_owned(),
        sentence: "`from` is no day: write it as 2026-01-31.".to_owned(),
        detail: HOSTILE.to_owned(),
        onward: Some(("/hits".to_owned(), "All hits".to_owned())),
    }
}
