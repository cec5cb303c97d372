use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use crate::core::digest::{FeedTrouble, Language, Mute};
use crate::core::week::{
    Anomaly, AnomalySubject, FeedChanges, Headline, Place, Rate, WeekCoverage,
};
use crate::mail::tests::sample::{at, coverage, recipient};
use crate::mail::tests::snapshots::same;

mod tables;

fn baseline_of(median: f64, weeks: usize) -> Baseline {
    Baseline {
        median,
        weeks,
        spread: median.max(1.0).sqrt(),
    }
}

fn row(name: &str, stories: u64, baseline: f64) -> Row {
    Row {
        name: Some(name.to_owned()),
        stories,
        baseline: Some(baseline_of(baseline, 8)),
    }
}

fn trouble(title: &str, reason: &str, until: Option<&str>) -> FeedTrouble {
    FeedTrouble {
        id: title.to_lowercase(),
        title: title.to_owned(),
        since: Some(at("2026-11-18T09:00:00Z")),
        until: until.map(at),
        reason: reason.into(),
    }
}

fn place(name: &str, id: &str) -> AnomalySubject {
    AnomalySubject::Place(Place {
        name: name.to_owned(),
        id: id.to_owned(),
    })
}

fn unusual(what: AnomalySubject, stories: u64, baseline: f64) -> Anomaly {
    Anomaly {
        what,
        stories,
        baseline: baseline_of(baseline, 8),
        day: None,
        item: i64::try_from(stories).unwrap_or_default(),
    }
}

fn week(language: Language) -> Week {
    let mut recipient = recipient();
    recipient.language = language;
    recipient.time_zone = TimeZone::get("Europe/Berlin").unwrap();
    let mut coverage = coverage();
    coverage.failing = vec![trouble(
        "Diario Ejemplo",
        "HTTP 503: Service Unavailable",
        None,
    )];
    coverage.interrupted = vec![trouble(
        "Example Wire",
        "the connection was refused",
        Some("2026-11-19T11:30:00Z"),
    )];
    coverage.silent.clear();
    coverage.incomplete.clear();
    coverage.possibly_missed.clear();
    Week {
        recipient,
        first: date(2026, 11, 16),
        last: date(2026, 11, 22),
        time: "2026-11-15T23:00:00Z".parse().unwrap().."2026-11-22T23:00:00Z".parse().unwrap(),
        stories: 1_058,
        baseline: Some(baseline_of(42.5, 8)),
        weeks: 8,
        watched: WeekCoverage {
            days: 7,
            feeds: 38,
            of_feeds: 40,
        },
        missed_since: None,
        topics: vec![
            row("Detention", 31, 9.0),
            row("Freedom of assembly and of peaceful association", 14, 12.5),
            Row {
                name: None,
                stories: 8,
                baseline: None,
            },
            row("lgbti-rights", 2, 6.0),
        ],
        places: vec![
            row("Peru", 22, 4.0),
            row("Democratic Republic of the Congo", 9, 8.0),
            row("Niger", 1, 0.0),
            row("السودان", 1, 0.0),
            row("コートジボワール共和国", 1, 0.0),
        ],
        places_in_part: false,
        unusual: vec![
            unusual(
                AnomalySubject::Watch {
                    id: "torture".to_owned(),
                    title: "Torture & ill-treatment".to_owned(),
                },
                14,
                3.0,
            ),
            unusual(place("Peru", "PE"), 22, 4.0),
            unusual(place("السودان", "SD"), 5, 0.0),
        ],
        headlines: [
            (
                14,
                "Prisoners describe beatings after the riot & the raid",
                true,
            ),
            (
                22,
                "Un juez de Lima admite la demanda por las torturas",
                true,
            ),
            (5, "السلطات تحتجز صحفيًا في الخرطوم", false),
        ]
        .into_iter()
        .map(|(item, title, has_link)| {
            let headline = Headline {
                title: title.to_owned(),
                link: has_link.then(|| format!("https://news.example.org/{item}?a&b")),
            };
            (item, headline)
        })
        .collect(),
        feeds: FeedChanges {
            new: vec!["Radio Ejemplo".to_owned()],
            gone: vec!["Old Herald".to_owned()],
            rates: vec![Rate {
                title: "Sample Herald".to_owned(),
                items: 212,
                baseline: baseline_of(60.0, 5),
            }],
            in_trouble_before: 2,
        },
        coverage,
    }
}

fn rendered(week: &Week) -> RenderedMessage {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    render_week(week, &options, "week", at("2026-11-23T07:00:00Z")).unwrap()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_week_looks_as_it_did() {
    let message = rendered(&week(Language::English));
    same("week.html", &message.html);
    same("week.txt", &message.text);
    assert_eq!(
        message.subject,
        "Week of Mon 16 Nov: Torture & ill-treatment: 14 stories, against 3 in a usual week"
    );
    assert_eq!(message.told, crate::mail::ShownEntries::default());
}

#[test]
fn a_week_is_told_in_each_language() {
    for (tag, language) in Language::NAMED {
        let message = rendered(&week(language));
        let direction = if tag == "ar" { "rtl" } else { "ltr" };
        let html = format!("<html lang=\"{tag}\" dir=\"{direction}\">");
        assert!(message.html.contains(&html), "{}", message.html);
        assert!(!message.html.contains("<img"));
        if language != Language::English {
            for english in ["stories", "Unusual", "By place", "usually", "Feeds"] {
                assert!(!message.text.contains(english), "{tag}: {}", message.text);
            }
        }
        if let Some(folder) = std::env::var_os("NEWSVIGIL_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("week-{tag}.html"));
            std::fs::write(path, &message.html).unwrap();
            let path = std::path::Path::new(&folder).join(format!("week-{tag}.txt"));
            std::fs::write(path, &message.text).unwrap();
        }
    }
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let text = |language| rendered(&week(language)).text;
    assert!(text(Language::English).contains("1,058 stories"));
    assert!(text(Language::English).contains("42.5 in a usual week"));
    assert!(text(Language::Portuguese).contains("1.058 histórias"));
    assert!(text(Language::Portuguese).contains("42,5"));
    assert!(text(Language::Russian).contains("1\u{a0}058 сюжетов"));
}

#[test]
fn a_week_that_was_not_watched_says_so_first() {
    let mut quiet = week(Language::English);
    quiet.stories = 0;
    quiet.topics.clear();
    quiet.places.clear();
    quiet.unusual.clear();
    quiet.watched = WeekCoverage {
        days: 0,
        feeds: 0,
        of_feeds: 40,
    };
    let message = rendered(&quiet);
    assert_eq!(message.subject, "Week of Mon 16 Nov: not watched");
    let text = message.text.replace('\n', " ");
    assert!(
        text.contains("Mon 16 Nov to Sun 22 Nov: not watched"),
        "{text}"
    );
    assert!(text.contains("what happened in it is not known"), "{text}");
    assert!(!text.contains("0 stories"), "{text}");
    // In part, it says in what part.
    quiet.watched = WeekCoverage {
        days: 3,
        feeds: 28,
        of_feeds: 40,
    };
    let message = rendered(&quiet);
    assert_eq!(
        message.subject,
        "Week of Mon 16 Nov: 0 stories, read on 3 of 7 days"
    );
    let text = message.text.replace('\n', " ");
    assert!(
        text.contains("Most feeds were read on only 3 of its seven days"),
        "{text}"
    );
    assert!(
        text.contains("12 of 40 feeds were not read on any day"),
        "{text}"
    );
    // Each feed on some days, and most of them on none.
    quiet.stories = 15;
    quiet.watched.days = 0;
    let message = rendered(&quiet);
    assert_eq!(
        message.subject,
        "Week of Mon 16 Nov: 15 stories, most feeds read on no day"
    );
    let text = one_line(&message.text);
    assert!(
        text.contains("On no day of this week were most feeds read"),
        "{text}"
    );
    // Days alone are not all.
    quiet.watched.days = 7;
    quiet.watched.feeds = 4;
    let message = rendered(&quiet);
    let text = message.text.replace('\n', " ");
    let head = text.split("FEEDS").next().unwrap();
    assert!(
        head.contains("36 of 40 feeds were not read on any day"),
        "{text}"
    );
}

#[test]
fn weeks_of_which_no_summary_was_made_and_mails_that_did_not_arrive_are_named() {
    let mut late = week(Language::English);
    late.missed_since = Some(date(2026, 10, 26));
    late.coverage.undeliverable = vec![crate::core::digest::Undelivered {
        subject: "Week of Mon 9 Nov: 3 stories".to_owned(),
        queued: at("2026-11-16T07:00:00Z"),
        reason: "550 5.1.1 no such user".to_owned(),
    }];
    let text = rendered(&late).text.replace('\n', " ");
    assert!(
        text.contains("No summary was made of the time from Mon 26 Oct to Sun 15 Nov."),
        "{text}"
    );
    assert!(
        text.contains("Mails that could not be delivered (1):"),
        "{text}"
    );
    assert!(text.contains("Week of Mon 9 Nov: 3 stories"), "{text}");
}

#[test]
fn a_watch_that_is_muted_is_told_before_the_numbers_and_by_its_name() {
    let mute = |title: &str, until: &str| Mute {
        watch_title: title.to_owned(),
        until: at(until),
        reason: "trade fair".to_owned(),
        held_back: 5,
    };
    let mut quiet = week(Language::English);
    quiet.coverage.window_end = at("2026-11-23T07:00:00Z");
    quiet.coverage.muted = vec![mute("Over", "2026-11-20T12:00:00Z")];
    assert!(!rendered(&quiet).text.contains("watch is muted"));
    (quiet.coverage.muted).push(mute("In force", "2026-11-27T12:00:00Z"));
    let text = one_line(&rendered(&quiet).text);
    let (head, feeds) = text.split_once("FEEDS").unwrap();
    assert!(head.contains("1 watch is muted."), "{text}");
    for told in [
        "Muted (1): - In force: until Fri 27 Nov 2026, 13:00 CET, 5 hits held back (trade fair)",
        "No longer muted (1): - Over: until",
    ] {
        assert!(feeds.contains(told), "{told}: {text}");
    }
    quiet.recipient.privacy = Privacy::Sealed;
    let text = one_line(&rendered(&quiet).text);
    assert!(text.contains("1 watch is muted."), "{text}");
    assert!(!text.contains("In force"), "{text}");
}

#[test]
fn a_habit_says_on_how_many_weeks_it_rests() {
    let mut young = week(Language::English);
    young.baseline = None;
    young.weeks = 0;
    young.topics[0].baseline = Some(baseline_of(9.0, 5));
    young.unusual[0].baseline = baseline_of(3.0, 4);
    let text = one_line(&rendered(&young).text);
    assert!(
        text.contains("none of the eight weeks before was watched"),
        "{text}"
    );
    assert!(text.contains("usually 9 (median of 5 weeks)"), "{text}");
    assert!(
        text.contains("against 3 in a usual week (median of 4 weeks)"),
        "{text}"
    );
    // As many as those of the whole, which the head gives.
    young.baseline = Some(baseline_of(42.5, 5));
    let text = one_line(&rendered(&young).text);
    assert!(text.contains("median of those 5 of the eight"), "{text}");
    assert!(!text.contains("(median of 5 weeks)"), "{text}");
    assert!(
        text.contains("against 3 in a usual week (median of 4 weeks)"),
        "{text}"
    );
    assert!(text.contains("usually 12.5 (median of 8 weeks)"), "{text}");
    young.baseline = None;
    young.weeks = 3;
    let text = one_line(&rendered(&young).text);
    assert!(
        text.contains("3 of the eight weeks before were watched every day"),
        "{text}"
    );
}

#[test]
fn the_days_that_a_digest_calls_unusual_are_told_with_day_number_and_habit() {
    let day = |number| Anomaly {
        day: Some(date(2026, 11, 16).saturating_add(jiff::Span::new().days(number))),
        ..unusual(place("Peru", "PE"), 9, 1.5)
    };
    let days: Vec<Anomaly> = (0..8).map(day).collect();
    let lines = unusual_days(catalog(Language::English), &days);
    assert_eq!(lines.len(), 7, "{lines:?}");
    assert_eq!(
        lines[1],
        "Unusual: 9 stories under Peru on Tue 17 Nov, where 1.5 is usual for that weekday (median of 8 weeks)"
    );
    assert_eq!(lines[6], "2 more days were unusual for watches or places.");
}

#[test]
fn what_strangers_call_themselves_neither_breaks_the_mail_nor_fills_it() {
    let mut hostile = week(Language::English);
    let name = "<script>alert(1)</script>\u{202e}\r\nBcc: x@example.org ".repeat(50);
    hostile.feeds.new = vec![name.clone(); 500];
    hostile.feeds.gone = vec![name.clone()];
    hostile.topics = vec![row(&name, 3, 1.0); 500];
    hostile.places = vec![row(&name, u64::MAX, f64::MAX); 2];
    hostile.unusual = vec![unusual(place(&name, &name), u64::MAX, 1e300); 100];
    let message = rendered(&hostile);
    assert!(!message.html.contains("<script"), "{}", message.html);
    assert!(!message.html.contains('\u{202e}') && !message.text.contains('\u{202e}'));
    assert!(!message.subject.contains(['\r', '\n']));
    assert!(message.html.len() < 60_000, "{}", message.html.len());
    assert!(message.text.contains("488 more topics"), "{}", message.text);
    assert!(message.text.contains("480 more"), "{}", message.text);
}

#[test]
fn what_is_left_of_a_refused_summary_says_where_it_is() {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    let message =
        render_bare_week(&recipient(), &options, "bare", at("2026-11-23T07:00:00Z")).unwrap();
    assert_eq!(message.subject, "The summary of the week");
    let command = format!("newsvigil digest preview --week {}", recipient().id);
    assert!(
        message.text.replace('\n', " ").contains(&command),
        "{}",
        message.text
    );
}
