//! A made-up morning: one digest with everything that a digest can hold.

mod stories;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::core::digest::{
    Coverage, Digest, FeedTrouble, GroupBy, HitItem, HitOrigin, Kind, Language, Mute, Privacy,
    Reason, Recipient, SpanRecord, TroubleCause, Undelivered, compose,
};
use crate::core::document::Field;

pub(super) use stories::stories;

pub(in crate::mail) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(in crate::mail) fn recipient() -> Recipient {
    Recipient {
        id: "americas-desk".to_owned(),
        address: "desk@example.org".to_owned(),
        name: Some("Americas desk".to_owned()),
        time_zone: TimeZone::get("America/Lima").unwrap(),
        privacy: Privacy::Open,
        group_by: GroupBy::Topic,
        language: Language::English,
    }
}

pub(in crate::mail) fn coverage() -> Coverage {
    Coverage {
        feeds_polled: 31,
        failing: Vec::new(),
        silent: Vec::new(),
        interrupted: Vec::new(),
        incomplete: Vec::new(),
        possibly_missed: Vec::new(),
        handled_with_care: Vec::new(),
        reading: PageVerdictCounts::default(),
        unreadable: Vec::new(),
        muted: Vec::new(),
        undeliverable: Vec::new(),
        version: "0.1.0".to_owned(),
        window_start: Some(at("2026-11-23T12:30:00Z")),
        window_end: at("2026-11-24T12:30:00Z"),
    }
}

/// A hit whose spans are found by their words.
pub(super) fn hit(
    id: i64,
    watch: (&str, &str, Option<&str>),
    title: &str,
    summary: &str,
    words: &[&str],
) -> HitItem {
    let mut spans = Vec::new();
    for (field, text) in [(Field::Title, title), (Field::Summary, summary)] {
        for word in words {
            for (start, found) in text.match_indices(word) {
                spans.push(SpanRecord {
                    field,
                    start,
                    end: start + found.len(),
                    term: (*word).to_lowercase(),
                });
            }
        }
    }
    HitItem {
        hit_id: id,
        entry_id: 4700 + id,
        watch_id: watch.0.to_owned(),
        watch_title: watch.1.to_owned(),
        topic: watch.2.map(str::to_owned),
        score: 0,
        spans,
        feed_id: "example-wire".to_owned(),
        feed_title: "Example Wire".to_owned(),
        title: title.into(),
        summary: summary.into(),
        text: "".into(),
        author: String::new(),
        link: Some(format!("https://news.example.org/2026/11/24/{id}")),
        language: Some("en".to_owned()),
        published: Some(
            at("2026-11-24T09:00:00Z")
                .checked_add(jiff::SignedDuration::from_mins(id * 7))
                .unwrap(),
        ),
        first_seen: at("2026-11-24T11:00:00Z"),
        updated: false,
        urgent: false,
        alerted: false,
        origin: HitOrigin::New,
        in_article: false,
    }
}

pub(super) const FORCE: (&str, &str, Option<&str>) = (
    "use-of-force",
    "Use of force at protests",
    Some("Assembly and protest"),
);
pub(super) const KILLINGS: (&str, &str, Option<&str>) =
    ("killings", "Killings and the death penalty", Some("Life"));
pub(super) const DETENTION: (&str, &str, Option<&str>) = (
    "detention",
    "Arbitrary detention",
    Some("Liberty and fair trial"),
);

pub(super) fn hits() -> Vec<HitItem> {
    let mut force = hit(
        1,
        FORCE,
        "Lawmakers warn of lethal force against protesters in the southern highlands",
        "In a letter to the foreign ministry, fifteen members of the assembly say that threats to human rights are growing. At least 49 civilians died between December and February, most of them when police used lethal force against protesters, the letter says. Nobody has been held to account.",
        &["lethal force", "protesters", "police"],
    );
    force.score = 7;
    "R. Quispe".clone_into(&mut force.author);
    let mut killings = hit(
        2,
        KILLINGS,
        &force.title,
        &force.summary,
        &["civilians died"],
    );
    killings.entry_id = force.entry_id;
    killings.published = force.published;
    killings.link = force.link.clone();
    killings.score = 3;

    let mut spanish = hit(
        3,
        FORCE,
        "Denuncian uso de gases lacrimógenos contra manifestantes en la plaza mayor",
        "Varios manifestantes resultaron heridos durante la noche. Según la defensoría, la policía usó gases lacrimógenos «sin aviso» y detuvo a once personas.",
        &["gases lacrimógenos", "manifestantes"],
    );
    spanish.language = Some("es".to_owned());
    "La Gaceta de Ejemplo".clone_into(&mut spanish.feed_title);
    spanish.updated = true;

    let mut arabic = hit(
        4,
        DETENTION,
        "منظمة حقوقية: اعتقال تعسفي لعشرات الصحفيين بعد احتجاجات (AFP)",
        "قالت منظمة حقوقية يوم الثلاثاء إن السلطات نفذت حملة اعتقال تعسفي طالت 34 صحفيا. ولم يصدر تعليق رسمي.",
        &["اعتقال تعسفي"],
    );
    arabic.language = Some("ar".to_owned());
    "صحيفة المثال".clone_into(&mut arabic.feed_title);

    let mut russian = hit(
        5,
        DETENTION,
        "Суд продлил арест правозащитника до конца января",
        "Адвокаты называют задержание произвольным. Заседание прошло в закрытом режиме.",
        &["арест", "задержание"],
    );
    russian.language = Some("ru".to_owned());
    russian.in_article = true;

    let mut chinese = hit(
        6,
        DETENTION,
        "律师被拘留三周后仍无法会见家属",
        "家属称，警方拒绝说明拘留地点。律师协会要求立即放人。",
        &["拘留"],
    );
    chinese.language = Some("zh".to_owned());
    chinese.published = None;

    let mut alerted = hit(
        7,
        KILLINGS,
        "Court upholds death penalty for three protesters",
        "The supreme court upheld the death penalty.",
        &["death penalty"],
    );
    alerted.alerted = true;

    let other = hit(
        8,
        ("water", "Access to water", None),
        "Villagers walk nine hours for clean water",
        "",
        &["clean water"],
    );
    vec![
        force, killings, spanish, arabic, russian, chinese, alerted, other,
    ]
}

/// How the pages behind the items were read.
pub(super) fn reading() -> PageVerdictCounts {
    let counts = [
        (PageVerdict::Whole, 214),
        (PageVerdict::Paywalled, 9),
        (PageVerdict::Robots, 12),
        (PageVerdict::Unreachable, 10),
    ];
    PageVerdictCounts {
        settled: counts.into(),
        waiting: 3,
    }
}

fn paywalled() -> PageVerdictCounts {
    PageVerdictCounts {
        settled: [(PageVerdict::Paywalled, 8), (PageVerdict::Gone, 2)].into(),
        waiting: 0,
    }
}

pub(super) fn troubled_coverage() -> Coverage {
    let feed = |title: &str, since: &str, reason: &str| FeedTrouble {
        id: "feed".to_owned(),
        title: title.to_owned(),
        since: Some(at(since)),
        until: None,
        reason: reason.into(),
    };
    Coverage {
        failing: vec![
            feed(
                "Example Courier",
                "2026-11-21T03:10:00Z",
                "503 Service Unavailable",
            ),
            feed(
                "Radio Ejemplo",
                "2026-11-24T01:00:00Z",
                "the certificate has expired",
            ),
        ],
        silent: vec![feed(
            "Sample Monitor",
            "2026-11-10T00:00:00Z",
            "usually three items a day",
        )],
        interrupted: Vec::new(),
        handled_with_care: Vec::new(),
        reading: reading(),
        unreadable: vec![FeedTrouble {
            since: None,
            reason: TroubleCause::Unreadable(paywalled()),
            ..feed("Sample Gazette", "2026-11-24T02:00:00Z", "")
        }],
        incomplete: Vec::new(),
        possibly_missed: vec![feed(
            "Example Wire",
            "2026-11-24T02:00:00Z",
            "two polls shared no items",
        )],
        muted: vec![Mute {
            watch_title: "Surveillance and shutdowns".to_owned(),
            until: at("2026-11-27T12:00:00Z"),
            reason: "trade fair".to_owned(),
            held_back: 14,
        }],
        undeliverable: vec![Undelivered {
            subject: "3 new · Court upholds death penalty".to_owned(),
            queued: at("2026-11-18T12:30:00Z"),
            reason: "RCPT TO: 550 5.1.1 mailbox unavailable".to_owned(),
        }],
        ..coverage()
    }
}

pub(super) fn digest() -> Digest {
    compose(
        recipient(),
        hits(),
        troubled_coverage(),
        Kind::Digest(Reason::Scheduled),
    )
}

pub(super) fn alert() -> Digest {
    let hits = hits()
        .into_iter()
        .filter(|hit| hit.watch_id == "use-of-force")
        .collect();
    let kind = Kind::Alert {
        watch_id: FORCE.0.to_owned(),
        watch_title: FORCE.1.to_owned(),
    };
    compose(recipient(), hits, coverage(), kind)
}

pub(super) fn empty() -> Digest {
    compose(
        recipient(),
        Vec::new(),
        coverage(),
        Kind::Digest(Reason::Scheduled),
    )
}
