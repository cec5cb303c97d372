use jiff::civil::date;

use super::*;
use crate::thread_time::ThreadTimer;

const LONG: usize = usize::MAX;

fn days_of(weeks: &[u32]) -> Days {
    let mut days = [0; DAYS];
    for (week, count) in weeks.iter().enumerate() {
        // In the middle of each week.
        days[7 * week + 3] = *count;
    }
    days
}

fn by_week(weeks: &[u32]) -> Comparison {
    let days = days_of(weeks);
    let weights = Weights {
        days: &days,
        seen: &[true; DAYS],
        began: LONG,
    };
    Comparison::of(weights, Period::Week)
}

#[test]
fn three_times_the_habit_is_unusual_and_chance_is_not() {
    for (weeks, unusual) in [
        (&[14, 3, 2, 4, 3, 3, 2, 5, 3][..], true),
        (&[9, 3, 2, 4, 3, 3, 2, 5, 3], true),
        (&[8, 3, 2, 4, 3, 3, 2, 5, 3], false),
        (&[6, 2, 2, 2, 2, 2, 2, 2, 2], true),
        // Of nothing, a few are no news; and many are.
        (&[2, 0, 0, 0, 0, 0, 0, 0, 0], false),
        (&[4, 0, 0, 1, 0, 0, 1, 0, 0], false),
        (&[5, 0, 0, 0, 0, 0, 0, 0, 0], true),
        // One great week before hides nothing: the median does not feel it.
        (&[30, 5, 6, 200, 4, 5, 6, 5, 5], true),
        // What goes up and down by itself is not unusual when it is up.
        (&[40, 2, 30, 1, 25, 3, 35, 2, 28], false),
        (&[0, 9, 9, 9, 9, 9, 9, 9, 9], false),
    ] {
        assert_eq!(by_week(weeks).is_high(), unusual, "{weeks:?}");
    }
    let baseline = by_week(&[14, 3, 2, 4, 3, 3, 2, 5, 3]).baseline().unwrap();
    assert_eq!((baseline.median, baseline.weeks), (3.0, 8));
}

#[test]
fn a_third_of_the_habit_is_few_where_there_were_many() {
    assert!(by_week(&[10, 40, 38, 42, 40, 41, 39, 40, 40]).is_low());
    assert!(by_week(&[0, 40, 38, 42, 40, 41, 39, 40, 40]).is_low());
    assert!(!by_week(&[14, 40, 38, 42, 40, 41, 39, 40, 40]).is_low());
    assert!(!by_week(&[0, 3, 2, 4, 3, 3, 2, 5, 3]).is_low());
}

#[test]
fn weeks_before_the_beginning_and_weeks_that_were_missed_do_not_count_as_quiet() {
    let days = days_of(&[12, 4, 4, 4, 4, 0, 0, 0, 0]);
    let compare = |seen: &Seen, began| {
        let days = &days;
        Comparison::of(Weights { days, seen, began }, Period::Week)
    };
    let all = [true; DAYS];
    assert_eq!(compare(&all, LONG).before, [4, 4, 4, 4, 0, 0, 0, 0]);
    // Written within the fifth week before, of which most is missing.
    assert_eq!(compare(&all, 37).before, [4, 4, 4, 4]);
    assert!(compare(&all, 37).is_high());
    // The service stood still for the third week before.
    let mut seen = all;
    seen[21..28].fill(false);
    assert_eq!(compare(&seen, 37).before, [4, 4, 4]);
    // Too few to tell.
    assert_eq!(compare(&seen, 37).baseline(), None);
    assert!(!compare(&seen, 37).is_high());
    // A week of which a day is missing is not whole.
    seen[16] = false;
    assert_eq!(compare(&seen, LONG).before, [4, 4, 0, 0, 0, 0]);
}

#[test]
fn a_day_is_compared_with_the_same_weekday() {
    let mut days = [9; DAYS];
    // Saturdays are quiet, and this is one.
    for week in 0..=WEEKS_BEFORE {
        days[7 * week] = 1;
    }
    days[0] = 6;
    let seen = [true; DAYS];
    let compare = |days: &Days, period| {
        let weights = Weights {
            days,
            seen: &seen,
            began: LONG,
        };
        Comparison::of(weights, period)
    };
    assert!(compare(&days, Period::Day(0)).is_high());
    assert!(!compare(&days, Period::Week).is_high());
    days[0] = 4;
    assert!(!compare(&days, Period::Day(0)).is_high());
    // Of a day that is told late, the weekday is another.
    for ago in 1..DAYS_BACK {
        let usual = compare(&days, Period::Day(ago));
        assert!(!usual.is_high(), "{ago}");
        assert_eq!(usual.before.len(), WEEKS_BEFORE, "{ago}");
        let mut loud = days;
        loud[ago] = 30;
        assert!(compare(&loud, Period::Day(ago)).is_high(), "{ago}");
    }
}

#[test]
fn days_are_those_of_clocks_on_the_wall() {
    let end = date(2026, 11, 23).at(0, 0, 0, 0);
    for (at, ago) in [
        (date(2026, 11, 22).at(23, 59, 59, 0), Some(0)),
        (date(2026, 11, 22).at(0, 0, 0, 0), Some(0)),
        (date(2026, 11, 21).at(23, 59, 59, 0), Some(1)),
        (date(2026, 11, 16).at(0, 0, 0, 0), Some(6)),
        (date(2026, 11, 15).at(12, 0, 0, 0), Some(7)),
        (date(2026, 9, 21).at(0, 0, 0, 0), Some(62)),
        (date(2026, 9, 14).at(0, 0, 0, 0), Some(69)),
        (date(2026, 9, 13).at(23, 59, 59, 0), None),
        (end, None),
        (date(2030, 1, 1).at(0, 0, 0, 0), None),
    ] {
        assert_eq!(days_ago(at, end), ago, "{at}");
    }
}

fn watch(id: &str, topic: &str, began: usize) -> KnownWatch {
    KnownWatch {
        id: id.to_owned(),
        title: format!("{id}, titled"),
        topic: topic.to_owned(),
        began,
    }
}

fn found(watch: &str) -> Found<'_> {
    Found {
        watch,
        score: 0,
        terms: 1,
    }
}

fn sighting<'a>(
    story: i64,
    ago: usize,
    found: &'a [Found<'a>],
    places: &'a [Place],
) -> Sighting<'a> {
    Sighting {
        item: 100 * story + i64::try_from(DAYS - ago).unwrap(),
        story,
        ago,
        found,
        places,
        known_feed: true,
    }
}

fn place(name: &str) -> Place {
    Place {
        name: name.to_owned(),
        id: name.to_lowercase(),
    }
}

fn row(name: &str, stories: u64, median: f64) -> Row {
    Row {
        name: Some(name.to_owned()),
        stories,
        baseline: Some(Baseline {
            median,
            weeks: 8,
            spread: median.max(1.0).sqrt(),
        }),
    }
}

#[test]
fn a_story_counts_once_on_the_day_it_was_found_under_one_topic_and_each_of_its_places() {
    let watches = vec![
        watch("torture", "Detention", LONG),
        watch("prisons", "Detention", LONG),
        watch("police", "Force", LONG),
    ];
    let mut tally = StoryCounter::new([true; DAYS], watches);
    let peru = [place("Peru")];
    let both = [place("Peru"), place("Chile")];
    // Begun last week, and told on by twenty outlets in this one.
    tally.add(&sighting(1, 8, &[found("torture")], &peru));
    for ago in [6, 5, 4, 0] {
        tally.add(&sighting(
            1,
            ago,
            &[found("torture"), found("prisons")],
            &[],
        ));
    }
    tally.add(&sighting(
        2,
        3,
        &[found("torture"), found("police"), found("unknown")],
        &both,
    ));
    tally.add(&sighting(3, 2, &[found("unknown")], &both));
    assert!(tally.knows(2) && !tally.knows(3) && !tally.knows(4));
    assert_eq!(tally.all().now, 1);
    // The watches are as strong as each other, and "police, titled" is the first by title.
    assert_eq!(tally.topics(), [row("Force", 1, 0.0)]);
    assert_eq!(tally.places(), [row("Chile", 1, 0.0), row("Peru", 1, 0.0)]);
}

#[test]
fn the_watch_that_matches_best_gives_a_story_its_topic_and_topics_add_up_to_all() {
    let watches = vec![
        watch("a", "A", LONG),
        watch("b", "B", LONG),
        watch("c", "", LONG),
    ];
    let mut tally = StoryCounter::new([true; DAYS], watches);
    let of = |watch, score, terms| Found {
        watch,
        score,
        terms,
    };
    tally.add(&sighting(1, 1, &[of("a", 0, 2), of("b", 0, 3)], &[]));
    // A later item decides, on the day of the first.
    tally.add(&sighting(2, 9, &[of("a", 0, 2)], &[]));
    tally.add(&sighting(2, 1, &[of("b", 5, 1)], &[]));
    tally.add(&sighting(3, 1, &[of("a", 1, 1), of("b", 0, 9)], &[]));
    tally.add(&sighting(4, 2, &[of("c", 0, 1)], &[]));
    let topics = tally.topics();
    let counts: Vec<_> = topics
        .iter()
        .map(|row| (row.name.as_deref(), row.stories))
        .collect();
    assert_eq!(counts, [(Some("A"), 1), (Some("B"), 1), (None, 1)]);
    let sum: u64 = topics.iter().map(|row| row.stories).sum();
    assert_eq!(sum, tally.all().now);
}

#[test]
fn what_new_watches_and_new_feeds_bring_is_counted_and_not_unusual() {
    let unusual = |known_feed, began| {
        let watches = vec![watch("old", "A", LONG), watch("young", "A", began)];
        let mut tally = StoryCounter::new([true; DAYS], watches);
        let peru = [place("Peru")];
        for (story, week) in (1000..).zip(0..9) {
            tally.add(&sighting(story, 7 * week + 1, &[found("old")], &peru));
        }
        let young = [found("young")];
        for story in 0..20 {
            let found = sighting(story, 2, &young, &peru);
            tally.add(&Sighting {
                known_feed,
                ..found
            });
        }
        assert_eq!(tally.places(), [row("Peru", 21, 1.0)]);
        let words = tally.unusual(Period::Week);
        words.iter().map(Anomaly::word).collect::<Vec<_>>()
    };
    assert_eq!(unusual(true, LONG), ["place/Peru", "watch/young"]);
    assert_eq!(unusual(false, LONG), [""; 0]);
    assert_eq!(unusual(true, 20), [""; 0]);
}

#[test]
fn what_is_unusual_comes_with_its_number_the_most_unusual_first() {
    let watches = vec![watch("a", "T", LONG), watch("b", "T", LONG)];
    let mut tally = StoryCounter::new([true; DAYS], watches);
    let mut story = 0;
    let mut add = |tally: &mut StoryCounter, watch: &str, ago: usize, times: usize| {
        for _ in 0..times {
            story += 1;
            tally.add(&sighting(story, ago, &[found(watch)], &[]));
        }
    };
    for week in 1..9 {
        add(&mut tally, "a", 7 * week, 3);
        add(&mut tally, "b", 7 * week, 1);
    }
    add(&mut tally, "a", 0, 14);
    add(&mut tally, "b", 0, 9);
    let unusual = tally.unusual(Period::Week);
    let ids: Vec<String> = unusual.iter().map(Anomaly::word).collect();
    assert_eq!(ids, ["watch/b", "watch/a"]);
    assert_eq!((unusual[1].stories, unusual[1].baseline.median), (14, 3.0));
    let AnomalySubject::Watch { title, .. } = &unusual[0].what else {
        panic!("{unusual:?}");
    };
    assert_eq!(title, "b, titled");
    // On its day too, and on no other.
    assert_eq!(tally.unusual(Period::Day(0)).len(), 2);
    assert_eq!(tally.unusual(Period::Day(1)), []);
}

fn read(days: impl IntoIterator<Item = usize>, is_listed: bool) -> FeedReads {
    let mut feed = FeedReads {
        is_listed,
        ..FeedReads::default()
    };
    for day in days {
        feed.read[day] = true;
    }
    feed
}

fn days_seen(feeds: &[FeedReads]) -> Vec<usize> {
    let seen = seen(feeds.iter());
    (0..DAYS).filter(|day| seen[*day]).collect()
}

#[test]
fn feeds_that_are_read_once_a_day_pass_over_no_day_between_two_that_they_were_read_on() {
    let slow = FeedReads {
        is_slow: true,
        // Somewhat later each day, past midnight in the end; and the service stood still for three days.
        ..read((0..4).chain(5..9).chain(12..20), true)
    };
    let seen: Vec<usize> = (0..10).chain(12..20).collect();
    assert_eq!(days_seen(&vec![slow; 3]), seen);
    let fast = read((0..4).chain(5..9), true);
    assert!(!days_seen(&vec![fast; 3]).contains(&4));
}

#[test]
fn days_of_which_nothing_is_known_were_not_seen() {
    let all: Vec<usize> = (0..DAYS).collect();
    assert_eq!(days_seen(&[]), [0; 0]);
    assert_eq!(days_seen(&vec![read(0..DAYS, true); 3]), all);
    // A pause, whether or not what was before it was forgotten meanwhile.
    assert_eq!(days_seen(&vec![read(0..5, true); 3]), [0, 1, 2, 3, 4]);
    let paused = read((0..5).chain(60..DAYS), true);
    let expected: Vec<usize> = (0..5).chain(60..DAYS).collect();
    assert_eq!(days_seen(&[paused.clone(), paused]), expected);
}

#[test]
fn a_day_is_seen_when_half_of_the_feeds_were_read_that_were_there() {
    // Most are broken for two days, and then until now.
    for broken in [3..5, 0..2] {
        let mut feeds = vec![read(0..DAYS, true); 4];
        for feed in &mut feeds[..3] {
            feed.read[broken.clone()].fill(false);
        }
        let expected: Vec<usize> = (0..DAYS).filter(|day| !broken.contains(day)).collect();
        assert_eq!(days_seen(&feeds), expected);
        // Half of them is enough.
        feeds[0] = read(0..DAYS, true);
        assert_eq!(days_seen(&feeds).len(), DAYS);
    }
    let all: Vec<usize> = (0..DAYS).collect();
    // A hundred feeds that came in the middle of the week leave no gap before, and none after they are taken out.
    let mut feeds = vec![read(0..DAYS, true); 2];
    feeds.extend(vec![read(0..3, true); 100]);
    feeds.extend(vec![read(20..40, false); 100]);
    assert_eq!(days_seen(&feeds), all);
    // Nor do feeds that are read once a week, and those that have been broken for long.
    let mut feeds = vec![read(0..DAYS, true)];
    feeds.extend(vec![read((0..DAYS).step_by(7), true); 20]);
    feeds.extend(vec![read(50..DAYS, true); 20]);
    assert_eq!(days_seen(&feeds), all);
}

#[test]
fn a_feed_that_is_read_every_other_day_is_known_whole() {
    let feed = read((0..DAYS).step_by(2), true);
    assert!(feed.covered().iter().all(|covered| *covered));
    let feed = read((0..DAYS).step_by(3), true);
    assert!(!feed.covered()[2]);
}

/// A year of a service with fifty watches, a summary each week and a digest each day.
#[test]
fn a_year_of_weeks_takes_no_time() {
    let began = ThreadTimer::start();
    let places: Vec<[Place; 1]> = (0..40)
        .map(|number| [place(&format!("Place {number}"))])
        .collect();
    let mut unusual = 0;
    for summary in 0..52 {
        let watches = (0..50)
            .map(|id| watch(&format!("watch-{id}"), &format!("topic {}", id % 7), LONG))
            .collect();
        let mut tally = StoryCounter::new([true; DAYS], watches);
        for story in 0..300_usize {
            let number = i64::try_from(story).unwrap();
            let ago = (story * 37 + summary) % DAYS;
            let id = format!("watch-{}", story % 50);
            tally.add(&sighting(number, ago, &[found(&id)], &places[story % 40]));
        }
        assert_eq!(tally.topics().len(), 7);
        assert_eq!(tally.all().before.len(), WEEKS_BEFORE);
        unusual +=
            tally.unusual(Period::Week).len() + tally.unusual(Period::Day(summary % 7)).len();
    }
    // What comes evenly is never unusual.
    assert_eq!(unusual, 0);
    let taken = began.elapsed();
    assert!(taken.as_secs() < 20, "{taken:?}");
}

#[test]
fn the_story_of_which_most_was_found_stands_for_what_is_unusual() {
    let mut tally = StoryCounter::new([true; DAYS], vec![watch("a", "T", LONG)]);
    let peru = [place("Peru")];
    for (story, week) in (1000..).zip(1..9) {
        tally.add(&sighting(story, 7 * week, &[found("a")], &peru));
    }
    let strong = [Found {
        terms: 3,
        ..found("a")
    }];
    // Begun before, and told on by many.
    for ago in [8, 6, 5, 4, 3, 2, 1, 0] {
        tally.add(&sighting(1, ago, &[found("a")], &peru));
    }
    for story in 2..9 {
        tally.add(&sighting(story, 2, &[found("a")], &peru));
    }
    // Two items of one story, of which the second says most.
    tally.add(&sighting(4, 1, &strong, &peru));
    tally.add(&sighting(9, 2, &strong, &[]));
    let items = |period| -> Vec<(String, i64)> {
        let unusual = tally.unusual(period);
        let named = unusual.iter().map(|unusual| (unusual.word(), unusual.item));
        named.collect()
    };
    let second = sighting(4, 1, &[], &[]).item;
    let both = [
        ("watch/a".to_owned(), second),
        ("place/Peru".to_owned(), second),
    ];
    assert_eq!(items(Period::Week), both);
    assert_eq!(items(Period::Day(2)), both);
    assert_eq!(items(Period::Day(1)), []);
}
