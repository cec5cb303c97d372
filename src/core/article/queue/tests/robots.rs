//! When robots.txt is asked for, and what follows from what it says.

use super::*;

#[test]
fn robots_txt_comes_first_and_then_one_page_after_the_other() {
    let mut play = Play::new(5);
    play.host("a.example", 5, fine);
    let pages: Vec<i64> = (0..5)
        .map(|n| play.add("a", &format!("https://a.example/{n}")))
        .collect();
    let private = play.add("a", "https://a.example/private/1");
    play.run(secs(120));
    play.expect_good_manners();
    assert_eq!(
        play.asked("a.example"),
        ["/robots.txt", "/0", "/1", "/2", "/3", "/4"]
    );
    for page in pages {
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
    assert_eq!(
        play.verdict(private),
        Some((PageVerdict::Robots, "robots.txt asks not to fetch /private"))
    );
}

#[test]
fn a_delay_is_kept_and_robots_txt_read_again_on_the_next_day() {
    let mut play = Play::new(5);
    play.host("a.example", 20, |path, _| match path {
        "/robots.txt" => said(200, "User-agent: *\nCrawl-delay: 20\n"),
        _ => said(200, "text"),
    });
    play.hosts.get_mut("a.example").unwrap().answered = None;
    for day in 0..14 {
        for n in 0..30 {
            play.add("a", &format!("https://a.example/{day}/{n}"));
        }
        play.run(hours(24));
    }
    play.expect_good_manners();
    let read = play
        .asked("a.example")
        .iter()
        .filter(|path| **path == "/robots.txt")
        .count();
    assert!((13..=15).contains(&read), "{read}");
    assert_eq!(play.settled.len(), 14 * 30);
}

#[test]
fn nothing_is_asked_for_while_robots_txt_cannot_be_had() {
    for script in [
        (|path, at| {
            if path == "/robots.txt" && at < 3000 {
                said(500, "")
            } else {
                fine(path, at)
            }
        }) as Script,
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                failed(FailureKind::Connection)
            } else {
                fine(path, at)
            }
        },
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                said_wait(429, "900")
            } else {
                fine(path, at)
            }
        },
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                said(503, "")
            } else {
                fine(path, at)
            }
        },
    ] {
        let mut play = Play::new(5);
        play.host("a.example", 5, script);
        let page = play.add("a", "https://a.example/1");
        play.run(hours(13));
        play.expect_good_manners();
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    play.run(hours(49));
    play.expect_good_manners();
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.contains("its robots.txt cannot be had"), "{why}");
}

#[test]
fn a_robots_txt_at_a_host_that_rests_is_waited_for_asleep() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    for (number, base, outcome) in [
        (1, "https://b.example/", said_wait(429, "7200")),
        (2, "https://a.example/", to("https://b.example/robots.txt")),
    ] {
        let page = page_of("a", number, base);
        assert_eq!(queue.push(page, begin()), QueueAdmission::Queued);
        let Some(QueueAction::Robots { page, address }) = queue.next(begin()) else {
            panic!("its robots.txt");
        };
        queue.robots_answered(&page, &address, &outcome, begin());
    }
    let later = begin() + secs(10);
    assert_eq!(queue.next(later), None);
    assert_eq!(queue.wake_at(later), Some(begin() + secs(7200)));
}
