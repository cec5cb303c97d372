//! How hosts and feeds share the places and the turns.

use std::collections::BTreeSet;

use super::*;

#[test]
fn a_host_that_is_slow_or_has_much_keeps_no_other_waiting() {
    let mut play = Play::new(5);
    play.host("much.example", 5, fine);
    for n in 0..300 {
        play.add(
            &format!("much-{}", n % 20),
            &format!("https://much.example/{n}"),
        );
    }
    let mut others = Vec::new();
    for n in 0..200 {
        let name = format!("h{n}.example");
        play.host(&name, 5, fine);
        others.push(play.add("few", &format!("https://{name}/a")));
    }
    // One request takes a second here, and none is sent beside another.
    play.run(secs(1000));
    play.expect_good_manners();
    let left: Vec<_> = others
        .iter()
        .filter(|&&id| play.verdict(id).is_none())
        .collect();
    assert!(left.is_empty(), "{} wait", left.len());
}

#[test]
fn a_feed_has_so_many_pages_a_day_and_no_more() {
    let mut play = Play::new(5);
    play.restarts = true;
    for n in 0..10 {
        play.host(&format!("h{n}.example"), 5, |path, at| match path {
            "/first" => to("https://h0.example/x"),
            _ => fine(path, at),
        });
    }
    for day in 0..7 {
        for n in 0..300 {
            play.add("a", &format!("https://h{}.example/{day}/{n}", n % 10));
        }
        play.add("b", "https://h1.example/b");
        play.run(hours(24));
    }
    play.expect_good_manners();
    let not_asked = play
        .settled
        .values()
        .filter(|(verdict, _)| *verdict == PageVerdict::NotAsked)
        .count();
    assert_eq!(play.settled.len(), 7 * 301);
    // The beginning is at six in the morning, so that eight days of UTC are played.
    assert!((700..=7 * 100).contains(&not_asked), "{not_asked}");
    let (_, why) = play
        .settled
        .values()
        .find(|(verdict, _)| *verdict == PageVerdict::NotAsked)
        .unwrap();
    let why = why.as_deref().unwrap();
    assert!(
        why.starts_with("more than 200 pages of its feed in a day"),
        "{why}"
    );
}

#[test]
fn what_is_at_hand_is_bounded_and_of_each_host_a_part() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    let page = |id: i64, host: &str| page_of("a", id, &format!("https://{host}/"));
    let taken = (0..1000)
        .filter(|&id| queue.push(page(id, "a.example"), begin()) == QueueAdmission::Queued)
        .count();
    assert_eq!(taken, 64);
    let mut rooms = BTreeSet::new();
    for id in 1000..9000 {
        rooms.insert(format!(
            "{:?}",
            queue.push(page(id, &format!("h{id}.example")), begin())
        ));
    }
    assert_eq!(rooms.len(), 2);
    assert_eq!(queue.held.len(), 4096);
}

#[test]
fn a_feed_whose_pages_of_the_day_are_spent_takes_no_place_of_its_host() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    queue.set_count("much", DAILY, begin());
    for id in 0..834 {
        let room = queue.push(page_of("much", id, "https://a.example/"), begin());
        let QueueAdmission::Settled { verdict, why, .. } = room else {
            panic!("{id}: {room:?}");
        };
        assert_eq!(verdict, PageVerdict::NotAsked);
        assert!(why.starts_with("more than 200 pages of its feed in a day"));
    }
    let few = page_of("few", 900, "https://a.example/");
    assert_eq!(queue.push(few, begin()), QueueAdmission::Queued);
    // What is not asked for today anyway has the next day's pages before it.
    let tomorrow = QueuedPage {
        due: begin() + hours(20),
        ..page_of("much", 901, "https://a.example/")
    };
    assert_eq!(
        queue.push(tomorrow.clone(), begin()),
        QueueAdmission::Deferred
    );
    assert_eq!(
        queue.push(tomorrow, begin() + hours(20)),
        QueueAdmission::Queued
    );
}

#[test]
fn what_robots_txt_refuses_takes_no_place_of_its_host() {
    let mut play = Play::new(5);
    play.host("a.example", 5, fine);
    play.add("a", "https://a.example/first");
    play.run(secs(30));
    for id in 0..300 {
        let page = page_of("b", id + 1, "https://a.example/private/");
        let room = play.queue.push(page, play.now);
        assert!(
            matches!(
                &room,
                QueueAdmission::Settled {
                    verdict: PageVerdict::Robots,
                    ..
                }
            ),
            "{id}: {room:?}"
        );
    }
    let last = page_of("a", 900, "https://a.example/");
    assert_eq!(play.queue.push(last, play.now), QueueAdmission::Queued);
}

#[test]
fn feeds_of_one_host_take_turns() {
    // All that waits is read again in between, so that the order of rows must not decide.
    for gap in [5, 90] {
        let mut play = Play::new(gap);
        play.host("a.example", gap, fine);
        for n in 0..150 {
            play.add("much", &format!("https://a.example/much/{n}"));
        }
        for feed in ["few", "other"] {
            for n in 0..3 {
                play.add(feed, &format!("https://a.example/{feed}/{n}"));
            }
        }
        play.run(secs(13 * (gap + 3)));
        play.expect_good_manners();
        let asked = play.asked("a.example");
        let turns: Vec<&str> = asked[1..10]
            .iter()
            .filter_map(|path| path.split('/').nth(1))
            .collect();
        for three in turns.chunks(3) {
            let feeds: BTreeSet<&str> = three.iter().copied().collect();
            assert_eq!(feeds.len(), 3, "{turns:?}");
        }
        assert_eq!(asked[10], "/much/3", "of one feed, the oldest first");
    }
}

#[test]
fn the_places_of_a_host_are_shared_by_its_feeds() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    for (n, feed) in ["a", "b", "c"].into_iter().enumerate() {
        for id in 0..100 {
            let id = i64::try_from(n).unwrap() * 100 + id;
            queue.push(page_of(feed, id, "https://a.example/"), begin());
        }
    }
    assert_eq!(queue.held.len(), 64);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &queue.waiting["a.example"] {
        *places.entry(&page.feed).or_default() += 1;
    }
    assert!(
        places.values().all(|count| (21..=22).contains(count)),
        "{places:?}"
    );
    // Who gave way is not held, so that it can be read again.
    assert!(!queue.held.contains(&63) && queue.held.contains(&0));
}
