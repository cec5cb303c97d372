//! Hosts that refuse, fail or ask for rest, and for how long they are left alone.

use super::*;

#[test]
fn whoever_refuses_three_times_in_a_row_is_left_alone_for_six_hours() {
    let scripts: [(Script, PageVerdict); 5] = [
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(403, "")
                }
            },
            PageVerdict::Paywalled,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(200, "challenge")
                }
            },
            PageVerdict::Challenge,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(501, "")
                }
            },
            PageVerdict::Unreachable,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    failed(FailureKind::Timeout)
                }
            },
            PageVerdict::Unreachable,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(503, "challenge")
                }
            },
            PageVerdict::Challenge,
        ),
    ];
    for (script, verdict) in scripts {
        let mut play = Play::new(5);
        play.restarts = true;
        play.host("a.example", 5, script);
        // Somebody else answers, so that it is not our own network.
        play.host("b.example", 5, fine);
        for n in 0..40 {
            play.add("a", &format!("https://a.example/{n}"));
        }
        for day in 0..3 {
            play.add("b", &format!("https://b.example/{day}"));
            play.run(hours(20));
        }
        play.expect_good_manners();
        let asked = play.hosts["a.example"]
            .asked
            .iter()
            .filter(|(_, path)| path != "/robots.txt")
            .count();
        assert!((6..=14).contains(&asked), "{asked}");
        let (mut refused, mut waited) = (0, 0);
        for (found, why) in play.settled.values() {
            refused += usize::from(*found == verdict);
            let told = why.as_deref().unwrap_or_default();
            waited += usize::from(told.starts_with("it waited for two days: its host refused"));
        }
        assert!(
            refused > 0 && waited > 20,
            "{refused} {waited} {:?}",
            play.settled
        );
        assert_eq!(play.rows.len(), 0, "nothing waits for ever");
    }
}

#[test]
fn what_one_article_costs_or_that_it_is_gone_is_no_refusal_of_the_host() {
    let mut play = Play::new(1);
    play.host("a.example", 1, |path, _| match path {
        "/robots.txt" => said(403, ""),
        "/0" | "/3" => said(401, ""),
        "/1" | "/4" => said(402, ""),
        "/2" | "/5" => said(451, ""),
        "/6" | "/7" | "/8" => said(404, ""),
        _ => said(410, ""),
    });
    for n in 0..12 {
        play.add("a", &format!("https://a.example/{n}"));
    }
    play.run(secs(60));
    play.expect_good_manners();
    assert_eq!(play.settled.len(), 12, "within a minute");
}

#[test]
fn a_demand_for_rest_is_heeded_in_both_forms_and_up_to_a_day() {
    let scripts: [(Script, i64); 4] = [
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said(429, "")
                }
            },
            30,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(503, "3600")
                }
            },
            3600,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(429, "Mon, 02 Mar 2026 09:00:00 GMT")
                }
            },
            10_000,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(429, "999999999")
                }
            },
            86_400,
        ),
    ];
    for (script, least) in scripts {
        let mut play = Play::new(5);
        play.host("a.example", 5, script);
        let first = play.add("a", "https://a.example/1");
        play.add("a", "https://a.example/2");
        play.run(hours(30));
        play.expect_good_manners();
        assert_eq!(
            play.verdict(first).unwrap().0,
            PageVerdict::Whole,
            "{least}"
        );
        let asked = &play.hosts["a.example"].asked;
        let rest = asked[2].0.duration_since(asked[1].0);
        assert!(
            rest >= secs(least) && rest < secs(least + 900),
            "{rest:?} {least}"
        );
    }
}

#[test]
fn what_fails_for_a_while_is_asked_three_times_at_most() {
    for status in [408, 429, 500, 502, 503, 504, 522, 524] {
        let mut play = Play::new(5);
        let script: Script = match status {
            408 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(408, "")
                }
            },
            429 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(429, "")
                }
            },
            500 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(500, "")
                }
            },
            502 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(502, "")
                }
            },
            503 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(503, "")
                }
            },
            504 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(504, "")
                }
            },
            522 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(522, "")
                }
            },
            _ => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(524, "")
                }
            },
        };
        play.host("a.example", 5, script);
        let page = play.add("a", "https://a.example/1");
        play.run(hours(5));
        play.expect_good_manners();
        let (verdict, why) = play.verdict(page).unwrap();
        assert_eq!(verdict, PageVerdict::Unreachable);
        assert_eq!(
            why,
            format!("asked 3 times: it answers with status {status}")
        );
        assert_eq!(play.asked("a.example").len(), 4);
    }
    for status in [400, 405, 501, 505, 520, 521, 526] {
        assert!(
            !matches!(
                step(
                    &page_of("a", 1, "https://a.example/"),
                    &said(status, ""),
                    None,
                    begin()
                ),
                PageStep::Again { .. }
            ),
            "{status}"
        );
    }
}

#[test]
fn a_clock_that_was_ahead_silences_no_host() {
    for ahead in [hours(24 * 40), hours(24 * 365)] {
        let mut play = Play::new(5);
        play.host("a.example", 5, |path, at| {
            if path != "/robots.txt" && at > 3600 {
                said(403, "")
            } else {
                fine(path, at)
            }
        });
        play.now += ahead;
        for n in 0..4 {
            play.add("a", &format!("https://a.example/{n}"));
        }
        play.run(hours(1));
        play.now = begin();
        let judged = play.hosts.get_mut("a.example").unwrap();
        (judged.answered, judged.not_before, judged.refusals) = (None, None, 0);
        judged.robots_read.clear();
        let page = play.add("a", "https://a.example/now");
        play.run(secs(120));
        play.expect_good_manners();
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
}

#[test]
fn our_own_outage_is_no_fault_of_theirs() {
    let mut play = Play::new(5);
    for n in 0..12 {
        play.host(&format!("h{n}.example"), 5, |path, at| {
            if at < 2 * 3600 {
                failed(FailureKind::Name)
            } else {
                fine(path, at)
            }
        });
        play.add("a", &format!("https://h{n}.example/1"));
    }
    play.run(hours(10));
    let read = play
        .settled
        .values()
        .filter(|(verdict, _)| *verdict == PageVerdict::Whole)
        .count();
    assert_eq!(read, 12, "{:?}", play.settled);
}

#[test]
fn a_page_that_nobody_may_ask_for_is_told_at_once() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| failed(FailureKind::Forbidden));
    let page = play.add("a", "https://a.example/1");
    play.run(secs(60));
    assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Unreachable);
}
