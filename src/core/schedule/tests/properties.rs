//! Properties that hold whatever a server does.

use proptest::prelude::*;

use super::*;

fn outcomes() -> impl Strategy<Value = u8> {
    0..11_u8
}

fn play(feed: &mut Feed, what: u8, amount: usize) {
    let age = amount.to_string();
    match what {
        0 => feed.read(answer(), summary(20, amount % 21)),
        1 => feed.unchanged(),
        2 => feed.fail(FailureKind::Timeout, "no answer"),
        3 => feed.fail(FailureKind::Status(404), "404 Not Found"),
        4 => feed.poll(&PollResult::without_body(&throttled(429, Some(&age), None))),
        5 => feed.read(redirected(NEW), summary(20, 0)),
        6 => feed.poll(&PollResult::unreadable(&modified(answer()), "no feed")),
        7 => {
            let caching = caching(&format!("max-age={amount}"));
            feed.read(
                ResponseMetadata {
                    caching,
                    ..answer()
                },
                summary(20, 1),
            );
        }
        8 => {
            let hour = u8::try_from(amount % 24).unwrap();
            let ttl = u32::try_from(amount % 3000).unwrap();
            let hints = FeedHints::new(Some(ttl), None, &[hour], &[]);
            feed.read(
                answer(),
                PollSummary {
                    hints,
                    ..summary(20, 1)
                },
            );
        }
        9 => feed.poll(&PollResult::with_same_body(&modified(answer()))),
        _ => {
            let published = vec![feed.now - hours(24); amount % 40];
            feed.read(
                answer(),
                PollSummary {
                    published,
                    ..summary(40, 40)
                },
            );
        }
    }
}

proptest! {
    #[test]
    fn the_next_poll_is_neither_early_nor_never_and_the_state_survives_storage(
        steps in prop::collection::vec((outcomes(), 0..200_000_usize, 0.0..1.0_f64), 1..60),
    ) {
        let mut feed = Feed::new();
        for (what, amount, jitter) in steps {
            feed.jitter = jitter;
            feed.until_due_or_first();
            play(&mut feed, what, amount);
            let next = feed.state.next_poll_at.unwrap();
            prop_assert!(next >= feed.now + SHORTEST_INTERVAL, "{}", feed.why);
            prop_assert!(next <= feed.now + hours(24 * 40), "{}", feed.why);
            prop_assert!(next >= feed.state.not_before.unwrap_or(next), "{}", feed.why);
            prop_assert_eq!(feed.state.hints.after_skips(next), next, "{}", &feed.why);
            prop_assert!(!is_due(&feed.state, next - minutes(1)) && is_due(&feed.state, next));
            let json = serde_json::to_string(&feed.state).unwrap();
            let back: FeedState = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&back, &feed.state);
        }
    }
}

impl Feed {
    fn until_due_or_first(&mut self) {
        self.now = self.state.next_poll_at.unwrap_or(self.now).max(self.now);
    }
}
