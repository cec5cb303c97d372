//! For how long a page waits.

use super::*;

/// What is at hand is not read from the database again as long as there is room for all.
#[test]
fn a_page_at_hand_whose_robots_txt_can_never_be_had_ends_after_two_days() {
    let mut play = Play::new(5);
    play.reads_once = true;
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    play.run(hours(56));
    play.expect_good_manners();
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.contains("its robots.txt cannot be had"), "{why}");
    assert!(play.asked("a.example").len() < 15);
}

#[test]
fn time_in_which_nobody_is_at_work_is_no_waiting() {
    // A stop of three days, and a machine that slept for as long.
    for stops in [true, false] {
        let mut play = Play::new(5);
        play.host("a.example", 5, fine);
        play.add("a", "https://a.example/first");
        play.run(secs(30));
        let pages: Vec<i64> = (0..40)
            .map(|n| play.add("a", &format!("https://a.example/{n}")))
            .collect();
        play.now += hours(72);
        if stops {
            play.restart();
        }
        play.run(hours(1));
        play.expect_good_manners();
        for page in pages {
            assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole, "{stops}");
        }
    }
}

#[test]
fn short_stops_let_no_page_wait_for_longer_than_two_days() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    for _ in 0..9 {
        play.run(secs(600));
        play.now += hours(6);
        play.restart();
    }
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.starts_with("it waited for two days"), "{why}");
}
