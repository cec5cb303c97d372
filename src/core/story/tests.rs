//! Stories written for the project: what must stay apart, what belongs together, and what may never change it.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::story_item::{Relation, StoryItem};
use super::{ClusterAssignment, Engine};

mod tolls;
mod voices;

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
fn the_same_text_under_another_headline_is_a_copy() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let mut engine = Engine::new();
    engine.place(
        &report(1, "a", ["Dhaka factory fire kills 17", text], "en", 0),
        at(0),
    );
    let copy = engine.place(
        &report(
            2,
            "b",
            ["Workers trapped behind locked doors", text],
            "en",
            30,
        ),
        at(30),
    );
    assert_eq!(
        (copy.story, copy.relation, copy.copy_of),
        (1, Relation::Copy, Some(1))
    );
}

#[test]
fn an_item_that_corrects_its_story_is_an_update() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let first = ["Dhaka factory fire kills 17 garment workers", text];
    let other = "At least 11 garment workers died in the Dhaka factory fire behind locked doors, the fire service said; \
        an earlier report counted others.";
    for (again, corrects) in [
        (
            [
                "Correction: Dhaka factory fire kills 11 garment workers",
                other,
            ],
            true,
        ),
        (
            [
                "Dhaka factory fire kills 11 garment workers",
                &format!("(Corrects number of dead) {other}"),
            ],
            true,
        ),
        // Its text is a copy, and it is a correction all the same.
        (
            [
                "CORRECTED-Dhaka factory fire kills 11 garment workers",
                text,
            ],
            true,
        ),
        (
            ["Dhaka factory fire kills 11 garment workers", other],
            false,
        ),
    ] {
        let mut engine = Engine::new();
        engine.place(&report(1, "a", first, "en", 0), at(0));
        let placed = engine.place(&report(2, "b", again, "en", 30), at(30));
        assert_eq!(placed.story, 1, "{again:?}: {}", placed.why);
        // Another number alone is no correction.
        assert_eq!(placed.relation, Relation::Update, "{again:?}");
        assert_eq!(placed.corrects.is_some(), corrects, "{again:?}");
    }
    // What begins a story corrects none.
    let title = "Correction: Dhaka factory fire kills 11 garment workers";
    let alone = Engine::new().place(&report(1, "a", [title, other], "en", 0), at(0));
    assert_eq!((alone.relation, alone.corrects), (Relation::First, None));
}

#[test]
fn a_revision_says_whether_it_corrects() {
    let mut engine = Engine::new();
    let title = "12 protesters killed in Huamanga";
    let before = report(1, "a", [title, ""], "en", 0);
    engine.place(&before, at(0));
    for (title, changed, is_correction) in [
        ("21 protesters killed in Huamanga", true, false),
        ("2 protesters killed in Huamanga", true, true),
        ("12 protesters killed in Arequipa", true, true),
        (
            "12 protesters killed in Huamanga, officials say",
            false,
            false,
        ),
    ] {
        let revised = engine.revise(&before, &report(1, "a", [title, ""], "en", 0), at(30));
        assert_eq!(
            (revised.changed.is_some(), revised.is_correction),
            (changed, is_correction),
            "{title}: {:?}",
            revised.changed
        );
    }
}

#[test]
fn what_tells_of_another_event_by_now_does_not_belong_to_its_story() {
    let mut engine = Engine::new();
    let says = |id, feed, title, minutes| report(id, feed, [title, ""], "en", minutes);
    let title = "Police fire tear gas at striking dock workers in Port Calder";
    engine.place(&says(1, "a", title, 0), at(0));
    let before = says(
        2,
        "b",
        "Tear gas fired at striking Port Calder dock workers by police",
        5,
    );
    assert_eq!(engine.place(&before, at(5)).story, 1);
    for (title, belongs) in [
        (
            "Tear gas fired at Port Calder dock workers, eleven wounded",
            true,
        ),
        (
            "Court in Velmora sentences editor Irena Dolsk to six years",
            false,
        ),
    ] {
        let revised = engine.revise(&before, &says(2, "b", title, 5), at(30));
        assert_eq!(revised.belongs, belongs, "{title}");
    }
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

#[test]
fn two_thousand_items_of_one_story_are_bounded() {
    let mut engine = Engine::new();
    let text = TOGETHER[0].2;
    for number in 0..2_000 {
        let feed = format!("feed {number}");
        let placed = engine.place(
            &report(number, &feed, text, "en", number / 20),
            at(number / 20),
        );
        assert_eq!(placed.story, 0);
        assert!(placed.record.len() < 1_000, "{}", placed.record.len());
    }
}

#[test]
fn hostile_items_are_placed_as_others() {
    let mut engine = Engine::new();
    let long = "раз two 三 ".repeat(100_000);
    let blank = " ".repeat(1 << 20);
    for (number, text) in [
        ["", ""],
        [&long, &long],
        [&blank, "x"],
        ["\u{202e}\u{0}", "-|-: - | "],
        ["::", " | "],
    ]
    .into_iter()
    .enumerate()
    {
        let mut item = report(i64::try_from(number).unwrap(), "", text, "", 0);
        item.published = None;
        item.language = ["x-klingon", "", "en", "und", "zh-Hans"]
            .get(number)
            .copied();
        let placed = engine.place(&item, at(0));
        assert!(placed.record.len() < 2_000);
    }
    // A clock that jumps.
    for minutes in [0, 600_000, -600_000, 10] {
        engine.place(
            &report(100 + minutes, "a", TOGETHER[0].2, "en", minutes),
            at(minutes),
        );
        engine.forget(at(minutes));
    }
    assert!(engine.restore(1, 1, at(0), b"").is_err());
    assert!(engine.restore(1, 1, at(0), &[2; 40]).is_err());
}

/// Items of a few events in few words, so that they meet.
fn items() -> impl Strategy<Value = Vec<(String, String, u8, i64)>> {
    let words = prop::sample::select(vec![
        "Huamanga", "Ayacucho", "police", "court", "strike", "Lima", "killed", "protest",
        "verdict", "Moyo", "Harare", "teachers", "gas", "airport", "soldiers", "12", "minister",
        "Update:", "| Times", "rises",
    ]);
    let text = prop::collection::vec(words, 3..9).prop_map(|words| words.join(" "));
    prop::collection::vec((text.clone(), text, 0..4_u8, 0..900_i64), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_restart_decides_as_if_it_had_never_stopped(items in items(), stop in 0..60_usize, revised in any::<bool>()) {
        let feeds = ["a", "b", "c", ""];
        let mut engine = Engine::new();
        let mut kept: Vec<(i64, i64, Timestamp, Vec<u8>)> = Vec::new();
        let mut minutes = 0;
        let mut restarted: Option<Engine> = None;
        for (number, (title, lead, feed, gap)) in items.iter().enumerate() {
            minutes += gap;
            let id = i64::try_from(number).unwrap() + 1;
            let item = report(id, feeds[usize::from(*feed)], [title, lead], "en", minutes);
            if number == stop {
                let mut again = Engine::new();
                for (item, story, seen, record) in &kept {
                    again.restore(*item, *story, *seen, record).unwrap();
                }
                restarted = Some(again);
            }
            let placed = engine.place(&item, at(minutes));
            if let Some(restarted) = &mut restarted {
                prop_assert_eq!(&restarted.place(&item, at(minutes)), &placed);
            }
            for (newer, older) in &placed.merged {
                prop_assert!(older < newer);
                for kept in kept.iter_mut().filter(|kept| kept.1 == *newer) {
                    kept.1 = *older;
                }
            }
            prop_assert!(placed.story <= id);
            kept.push((id, placed.story, at(minutes), placed.record));
            if revised && number % 3 == 0 {
                let after = report(id, feeds[usize::from(*feed)], [lead, title], "en", minutes);
                let now = engine.revise(&item, &after, at(minutes));
                if let Some(restarted) = &mut restarted {
                    prop_assert_eq!(&restarted.revise(&item, &after, at(minutes)), &now);
                }
                kept.last_mut().unwrap().3 = now.record;
            }
            // Only what is in the window is read back.
            let window = at(minutes) - super::story_item::WINDOW;
            kept.retain(|kept| kept.2 > window);
        }
    }
}
