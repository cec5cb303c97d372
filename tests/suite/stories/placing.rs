//! Which story an item is placed in, whatever the order, a restart or the clock.

use std::collections::BTreeSet;

use crate::random::Random;

use super::*;

const FLOOD: [Words; 2] = [
    (
        "Вода затопила лагерь беженцев под Сарабой",
        "После ливней вода затопила лагерь беженцев под Сарабой, без крова остались четыре тысячи человек, \
         сообщили спасатели.",
        "ru",
    ),
    (
        "Лагерь беженцев под Сарабой затоплен, четыре тысячи человек без крова",
        "Четыре тысячи человек остались без крова в лагере беженцев под Сарабой, который затопила вода после \
         ливней, говорят спасатели.",
        "ru",
    ),
];

/// Polls of some days in which three events are reported, among items of nothing in common.
fn days() -> Vec<(i64, Vec<Item>)> {
    let at = |hour: i64| Some(start() + hours(hour));
    let mut polls = vec![
        (
            0,
            vec![
                item("courier", CRACKDOWN[0], at(-1)),
                item("herald", TRIAL[0], at(-2)),
            ],
        ),
        (
            2,
            vec![
                item("tribune", CRACKDOWN[1], None),
                item("diario", CRACKDOWN[3], at(1)),
            ],
        ),
        (
            5,
            vec![
                item("herald", CRACKDOWN[0], at(4)),
                item("vesti", FLOOD[0], None),
            ],
        ),
        (
            20,
            vec![
                item("tribune", TRIAL[1], at(19)),
                item("novosti", FLOOD[1], at(18)),
            ],
        ),
        (
            30,
            vec![
                item("gazette", CRACKDOWN[2], at(29)),
                item("courier", TRIAL[2], None),
            ],
        ),
    ];
    let towns = ["Almere", "Borås", "Cuenca", "Dakar", "Essen", "Fukui"];
    for (number, (_, items)) in polls.iter_mut().enumerate() {
        for (place, town) in towns.iter().enumerate() {
            let title = format!(
                "{town} opens its {} swimming pool number {number}{place}",
                "new ".repeat(place)
            );
            items.push(Item {
                feed: "herald",
                key: title.clone(),
                words: (
                    title,
                    format!("The mayor of {town} cut a ribbon {number} times."),
                    "en",
                ),
                published: None,
            });
        }
    }
    polls
}

#[test]
fn a_restart_a_kill_and_a_replay_give_the_same_stories() {
    let replayed = |restarting: bool| {
        let mut desk = Desk::new();
        for (hour, items) in days() {
            desk.now = start() + hours(hour);
            desk.poll(&items);
            if restarting {
                // Killed before anything was placed, and once more behind it.
                desk.restart();
            }
            desk.place();
            if restarting {
                desk.restart();
            }
        }
        desk
    };
    let (first, again, restarted) = (replayed(false), replayed(false), replayed(true));
    assert_eq!(first.stories(), again.stories());
    assert_eq!(first.stories(), restarted.stories());
    // They are not the same because nothing is ever together.
    let together = |desk: &Desk, of: &[Words]| {
        let story = desk.story_of(of[0]);
        of.iter().all(|words| desk.story_of(*words) == story)
    };
    assert!(together(&first, &CRACKDOWN[..3]), "{:#?}", first.stories());
    assert!(together(&first, &FLOOD), "{:#?}", first.stories());
    assert_ne!(first.story_of(CRACKDOWN[0]), first.story_of(TRIAL[0]));
    assert_ne!(
        first.story_of(CRACKDOWN[0]),
        first.story_of(CRACKDOWN[3]),
        "linked, not merged"
    );
}

#[test]
fn what_was_placed_keeps_its_story_whatever_comes_later() {
    let mut desk = Desk::new();
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for (hour, items) in days() {
        desk.now = start() + hours(hour);
        desk.poll(&items);
        desk.place();
        let after = desk.stories();
        for (key, story) in &before {
            assert_eq!(after.get(key), Some(story), "{key}");
        }
        before = after;
    }
}

#[test]
fn in_which_order_a_feed_lists_its_items_does_not_matter() {
    let mut random = Random(14);
    let mut placed = |shuffled: bool| {
        let mut desk = Desk::new();
        for (hour, mut items) in days() {
            desk.now = start() + hours(hour);
            if shuffled {
                for place in (1..items.len()).rev() {
                    let other = random.below(place as u64 + 1);
                    items.swap(place, usize::try_from(other).expect("a place"));
                }
            }
            desk.poll(&items);
            desk.place();
        }
        desk.stories()
    };
    let in_order = placed(false);
    for _ in 0..5 {
        assert_eq!(placed(true), in_order);
    }
}

#[test]
fn items_without_a_date_that_share_headlines_are_placed_alike_in_any_order() {
    let who = ["dock workers", "miners", "teachers"];
    let town = ["Port Calder", "Velmora", "Saraba"];
    let mut items = Vec::new();
    for (place, (who, town)) in who.iter().zip(town).enumerate() {
        for number in 0..6 {
            let title = match number % 3 {
                0 => format!("Police fire tear gas at {who} in {town}"),
                1 => format!("Eleven {who} wounded by tear gas in {town}"),
                _ => String::new(),
            };
            let lead = format!(
                "Police fired tear gas at {who} who had blocked the road to {town}; {} of them were wounded, their \
                 union said.",
                11 + place * number
            );
            items.push(Item {
                feed: ["courier", "tribune", "herald"][number / 2],
                key: format!("{town} {number}"),
                words: (title, lead, "en"),
                published: None,
            });
        }
    }
    let mut random = Random(21);
    // Which items are together, whatever their story is called.
    let mut placed = |shuffled: bool| {
        let mut items = items.clone();
        for place in (1..items.len()).rev().filter(|_| shuffled) {
            let other = random.below(place as u64 + 1);
            items.swap(place, usize::try_from(other).expect("a place"));
        }
        let mut desk = Desk::new();
        desk.poll(&items);
        desk.place();
        let mut together: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (item, story) in desk.stories() {
            together.entry(story).or_default().push(item);
        }
        together.into_values().collect::<BTreeSet<_>>()
    };
    let in_order = placed(false);
    assert!(in_order.len() < items.len(), "some are together");
    for _ in 0..20 {
        assert_eq!(placed(true), in_order);
    }
}

#[test]
fn more_items_than_are_placed_at_once_are_placed_in_the_order_of_all() {
    let filler = |number: usize| Item {
        feed: "herald",
        key: format!("filler {number}"),
        words: (
            format!("Council of district {number} votes on bench {}", number * 7),
            format!(
                "The vote on bench {} took place in district {number}.",
                number * 7
            ),
            "en",
        ),
        published: None,
    };
    let mut items: Vec<Item> = (0..stories::BATCH + 100).map(filler).collect();
    items.extend(CRACKDOWN.map(|words| item("herald", words, None)));
    items.extend(TRIAL.map(|words| item("courier", words, None)));
    let placed = |items: &[Item]| {
        let mut desk = Desk::new();
        desk.poll(items);
        let counts = desk.place();
        assert_eq!(counts.placed, items.len() as u64);
        desk.stories()
    };
    let in_order = placed(&items);
    items.reverse();
    assert_eq!(placed(&items), in_order);
}

#[test]
fn a_clock_that_jumps_ahead_and_back_loses_no_story() {
    let mut desk = Desk::new();
    desk.poll(&[item("courier", CRACKDOWN[0], None)]);
    desk.place();
    desk.later(24 * 365);
    desk.poll(&[item("herald", TRIAL[0], None)]);
    desk.place();
    desk.later(-24 * 365 + 1);
    desk.poll(&[item("tribune", CRACKDOWN[1], None)]);
    desk.place();
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.story_of(CRACKDOWN[0]));
}

#[test]
fn old_items_that_a_feed_lists_at_first_are_in_no_story() {
    let mut desk = Desk::new();
    let old = Some(start() - hours(24 * 90));
    desk.poll(&[
        item("courier", CRACKDOWN[0], old),
        item("courier", TRIAL[0], None),
    ]);
    assert_eq!(desk.place().placed, 1);
    let entry = desk.entry(CRACKDOWN[0].0);
    assert_eq!(
        stories::of_entry(&desk.connection, entry).expect("read"),
        None
    );
}
