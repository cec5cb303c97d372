//! Stories written for the project: what must stay apart, what belongs together, and what may never change it.

mod random;
mod revisions;
mod sources;
mod tolls;

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};

use super::story_item::{Relation, StoryItem};
use super::{ClusterAssignment, Engine};

/// Language, then feed, headline and lead of two items, and the minutes between them.
type Pair = (
    &'static str,
    &'static str,
    [&'static str; 2],
    i64,
    &'static str,
    [&'static str; 2],
);

/// Two events of one kind, headlines that come back, and templates.
static APART: LazyLock<Vec<Pair>> = LazyLock::new(|| pairs(include_str!("tests/apart.tsv")));

/// One event in two reports.
static TOGETHER: LazyLock<Vec<Pair>> = LazyLock::new(|| pairs(include_str!("tests/together.tsv")));

/// A pair a line: language, minutes between the two, then feed, headline and lead of each; tabs between.
fn pairs(lines: &'static str) -> Vec<Pair> {
    lines
        .lines()
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            let [
                language,
                minutes,
                feed,
                title,
                lead,
                other_feed,
                other_title,
                other_lead,
            ] = parts[..]
            else {
                panic!("{line}");
            };
            (
                language,
                feed,
                [title, lead],
                minutes.parse().unwrap(),
                other_feed,
                [other_title, other_lead],
            )
        })
        .collect()
}

pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + 60 * minutes).unwrap()
}

pub(super) fn report<'a>(
    id: i64,
    feed: &'a str,
    text: [&'a str; 2],
    language: &'a str,
    minutes: i64,
) -> StoryItem<'a> {
    StoryItem {
        id,
        title: text[0],
        lead: text[1],
        language: (!language.is_empty()).then_some(language),
        published: Some(at(minutes)),
        feed,
        outlet: feed,
    }
}

fn pair(engine: &mut Engine, pair: &Pair, first: i64) -> (ClusterAssignment, ClusterAssignment) {
    let (language, feed, text, minutes, other_feed, other) = *pair;
    let one = engine.place(&report(first, feed, text, language, 0), at(0));
    let two = engine.place(
        &report(first + 1, other_feed, other, language, minutes),
        at(minutes),
    );
    (one, two)
}

#[test]
fn two_events_of_one_kind_stay_apart() {
    for events in APART.iter() {
        let (one, two) = pair(&mut Engine::new(), events, 1);
        assert_ne!(one.story, two.story, "{events:?}: {}", two.why);
    }
}

#[test]
fn two_reports_of_one_event_are_one_story() {
    for reports in TOGETHER.iter() {
        let (one, two) = pair(&mut Engine::new(), reports, 1);
        assert_eq!(one.story, two.story, "{reports:?}: {}", two.why);
        assert_eq!(one.relation, Relation::First);
    }
}

/// Nothing else has been seen yet, so that no word is known to be rare.
#[test]
fn a_name_and_a_rare_word_are_enough_in_the_first_hour() {
    let reports: [Pair; 3] = [
        (
            "es",
            "diario",
            ["Chile despide al poeta Aurelio Montt", ""],
            120,
            "prensa",
            ["Muere Aurelio Montt, la voz poética del sur chileno", ""],
        ),
        (
            "es",
            "faro",
            [
                "Sicarios asesinan a líder campesino en Bajo Aguán",
                "Abel Murillo, de la plataforma agraria, fue acribillado frente a su casa en Tocoa.",
            ],
            120,
            "diario",
            [
                "Honduras: matan a dirigente de la plataforma agraria",
                "Abel Murillo luchaba por la recuperación de tierras en el Bajo Aguán.",
            ],
        ),
        (
            "ru",
            "golos",
            [
                "Удар по больнице в Сумах: двое погибших",
                "Беспилотник попал в приёмное отделение, ранены шесть человек.",
            ],
            120,
            "mir",
            [
                "Дрон ударил по больнице в Сумах",
                "Погибли медсестра и пациент, сообщила городская администрация.",
            ],
        ),
    ];
    for reports in &reports {
        let (one, two) = pair(&mut Engine::new(), reports, 1);
        assert_eq!(one.story, two.story, "{reports:?}: {}", two.why);
    }
}

#[test]
fn a_story_says_why() {
    let (_, two) = pair(&mut Engine::new(), &TOGETHER[2], 1);
    assert_eq!(two.relation, Relation::SameEvent);
    assert!(
        two.why.starts_with("shares “") && two.why.ends_with(" with the story"),
        "{}",
        two.why
    );
    assert!(
        two.why.contains("Moyo") || two.why.contains("Tendai"),
        "{}",
        two.why
    );
}

#[test]
fn an_event_in_two_languages_is_linked_and_not_merged() {
    let mut engine = Engine::new();
    let english = [
        "Opposition leader Tendai Moyo arrested in Harare, Zimbabwe",
        "Tendai Moyo, Nelson Chikore and Harare lawyer Beatrice Mtetwa were arrested.",
    ];
    let french = [
        "Zimbabwe : l’opposant Tendai Moyo arrêté à Harare",
        "Tendai Moyo, Nelson Chikore et l’avocate Beatrice Mtetwa ont été arrêtés à Harare.",
    ];
    let one = engine.place(&report(1, "a", english, "en", 0), at(0));
    let two = engine.place(&report(2, "b", french, "fr", 30), at(30));
    assert_ne!(one.story, two.story);
    assert_eq!(two.linked, [one.story]);
}

#[test]
fn a_thousand_small_changes_are_one_story() {
    let mut engine = Engine::new();
    for number in 0..1_000 {
        let title =
            format!("Police fire on protesters near the central station of Lima, version {number}");
        let lead = format!(
            "Police in Lima fired on a crowd of protesters, witnesses told reporter {number}."
        );
        let placed = engine.place(
            &report(number, "a", [&title, &lead], "en", number / 10),
            at(number / 10),
        );
        assert_eq!(placed.story, 0, "{number}: {}", placed.why);
    }
}

#[test]
fn an_old_item_does_not_ride_in_an_open_story() {
    let mut engine = Engine::new();
    let text = [
        "Gunmen kill 12 villagers in Plateau state",
        "Gunmen on motorcycles attacked a farming village in Plateau state, residents said.",
    ];
    engine.place(&report(1, "a", text, "en", 0), at(0));
    let mut old = report(2, "b", text, "en", 0);
    old.published = Some(at(0) - SignedDuration::from_hours(24 * 9));
    assert_eq!(engine.place(&old, at(10)).story, 2);
    // Nor does one of the future push it out of its time.
    let mut future = report(3, "c", text, "en", 0);
    future.published = Some(at(0) + SignedDuration::from_hours(24 * 400));
    assert_eq!(engine.place(&future, at(20)).story, 1);
    assert_eq!(
        engine.place(&report(4, "d", text, "en", 30), at(30)).story,
        1
    );
}

#[test]
fn a_story_closes_after_a_week() {
    let mut engine = Engine::new();
    let text = TOGETHER[0].2;
    assert_eq!(engine.place(&report(1, "a", text, "en", 0), at(0)).story, 1);
    assert_eq!(
        engine
            .place(&report(2, "b", text, "en", 5 * 1_440), at(5 * 1_440))
            .story,
        1
    );
    assert_eq!(
        engine
            .place(&report(3, "c", text, "en", 8 * 1_440), at(8 * 1_440))
            .story,
        3
    );
}

#[test]
fn a_feed_that_sends_its_briefing_again_within_hours_sends_one_item() {
    let briefing = [
        "Morning briefing",
        "Good morning. Here is what you need to know today.",
    ];
    let mut engine = Engine::new();
    engine.place(&report(1, "a", briefing, "en", 0), at(0));
    let again = engine.place(&report(2, "a", briefing, "en", 60), at(60));
    assert_eq!((again.story, again.relation), (1, Relation::Copy));
    let tomorrow = engine.place(&report(3, "a", briefing, "en", 1_440), at(1_440));
    assert_eq!(tomorrow.story, 3);
}

#[test]
fn what_a_template_makes_is_never_one_story() {
    let mut engine = Engine::new();
    let mut joined = 0;
    // Names of made-up syllables, so that no two are one.
    let syllables = [
        "ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te",
    ];
    let called = |number: i64| {
        let at = |step: i64| syllables[usize::try_from(number / step % 12).unwrap()];
        format!("B{}{}{}n", at(1), at(12), at(144))
    };
    for number in 0..600_i64 {
        let name = format!("{} {}", called(number), called(number * 7 + 1_000));
        let (town, day) = (called(number * 3 + 500), number % 28 + 1);
        let (feed, title, lead) = match number % 3 {
            0 => (
                "quakes",
                format!(
                    "M {}.{} - {number} km S of {town}",
                    2 + number % 4,
                    number % 10
                ),
                format!(
                    "DYFI? - II Location {}.{number}N Depth {}.00 km",
                    number % 60,
                    number % 90
                ),
            ),
            1 => (
                "police",
                format!("Missing person: {name}, {}", 10 + number % 71),
                format!(
                    "Police are appealing for information about {name}, who was last seen in {town} on {day} May."
                ),
            ),
            _ => (
                "court",
                format!("{name} v {town} Council [2026] EWCA Civ {number}"),
                format!(
                    "Judgment of the Court of Appeal in {name} v {town} Council. Case CA-2026-{number}."
                ),
            ),
        };
        let placed = engine.place(
            &report(number, feed, [&title, &lead], "en", number * 7),
            at(number * 7),
        );
        joined += usize::from(placed.story != number) + placed.merged.len();
    }
    assert!(joined <= 1, "{joined}");
}
