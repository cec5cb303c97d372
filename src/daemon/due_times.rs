//! When each feed is polled next: read once, then kept at hand, so that a service with nothing to
//! do reads nothing.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::ServiceContext;
use crate::config::Config;
use crate::core::schedule::{NextPoll, ResponseSpeed};
use crate::store::{StoreError, feeds};

/// So long after a look at all plans, another follows, whatever was planned.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(50);

/// Which feeds to poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those whose time has come.
    Due,
    /// All but those whose publisher said that they are over.
    All,
}

/// A feed that is to be polled now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueFeed {
    /// Its place among the feeds of the configuration.
    pub place: usize,
    /// How fast its server answers, and so which queue it waits in.
    pub speed: ResponseSpeed,
    /// Whether it is polled while no other is.
    pub alone: bool,
}

/// What is to be polled now, and when more is.
#[derive(Debug, Default)]
pub struct DueFeeds {
    /// The feeds, in the order of the configuration.
    pub feeds: Vec<DueFeed>,
    /// When the next of the others is due.
    pub next: Option<Timestamp>,
}

/// The feeds of the configuration that are to be polled now.
pub async fn due_feeds(
    service: &ServiceContext,
    selection: Selection,
) -> Result<DueFeeds, StoreError> {
    let mut due_times = DueTimes::read(service).await?;
    Ok(due_times.take_due(selection, (service.clock)()))
}

/// The plans of a configuration's feeds, by place.
#[derive(Debug)]
pub(super) struct DueTimes {
    feeds: Vec<Planned>,
    /// When all of them were last looked at, and when the next of them is due.
    looked_at: Option<Timestamp>,
    next: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Planned {
    plan: NextPoll,
    turn: PolledBy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PolledBy {
    /// It waits until it is due.
    Caller,
    /// It was taken, and a new plan is yet to come.
    Poller,
}

impl DueTimes {
    /// Reads the plans of all feeds of the configuration.
    pub(super) async fn read(service: &ServiceContext) -> Result<Self, StoreError> {
        let config = service.config.clone();
        let due_times = service.store.call(move |connection| {
            let places = places(&config);
            let mut due_times = vec![NextPoll::default(); config.feeds.len()];
            feeds::each_state(connection, &mut |id, state| {
                let Some(&place) = places.get(id) else {
                    return;
                };
                if let (Some(feed), Some(plan)) =
                    (config.feeds.get(place), due_times.get_mut(place))
                {
                    *plan = NextPoll::of(&state.for_address(&feed.source()));
                }
            })?;
            Ok(due_times)
        });
        let planned = |plan| Planned {
            plan,
            turn: PolledBy::Caller,
        };
        Ok(Self {
            feeds: due_times.await?.into_iter().map(planned).collect(),
            looked_at: None,
            next: None,
        })
    }

    /// Takes the feeds whose turn it is; none is taken again before its plan was [`set`](Self::set).
    pub(super) fn take_due(&mut self, selection: Selection, now: Timestamp) -> DueFeeds {
        let mut due = DueFeeds::default();
        if selection == Selection::Due && self.none_is_due(now) {
            due.next = self.next;
            return due;
        }
        for (place, feed) in self.feeds.iter_mut().enumerate() {
            let plan = feed.plan;
            if feed.turn == PolledBy::Poller || plan.gone_at.is_some() {
                continue;
            }
            if selection == Selection::All || plan.is_due(now) {
                feed.turn = PolledBy::Poller;
                due.feeds.push(DueFeed {
                    place,
                    speed: plan.speed,
                    alone: plan.alone,
                });
            } else {
                due.next = due.next.into_iter().chain(plan.next_poll_at).min();
            }
        }
        (self.looked_at, self.next) = (Some(now), due.next);
        due
    }

    /// Whether it is known without a look at each, as after each of many polls. A clock that jumps
    /// is noticed all the same, if somewhat later.
    fn none_is_due(&self, now: Timestamp) -> bool {
        let fresh =
            |at: Timestamp| (SignedDuration::ZERO..LOOK_AGAIN).contains(&now.duration_since(at));
        self.looked_at.is_some_and(fresh) && self.next.is_none_or(|next| next > now)
    }

    /// The feed was polled: its next plan.
    pub(super) fn set(&mut self, place: usize, plan: NextPoll) {
        if let Some(feed) = self.feeds.get_mut(place) {
            *feed = Planned {
                plan,
                turn: PolledBy::Caller,
            };
            self.next = self.next.into_iter().chain(plan.next_poll_at).min();
        }
    }

    /// The poll of that time could not be stored: the feed waits until then, whatever its state says.
    pub(super) fn postpone(&mut self, place: usize, polled_at: Timestamp, until: Timestamp) {
        if let Some(feed) = self.feeds.get(place) {
            let plan = NextPoll {
                next_poll_at: Some(until),
                planned_at: Some(polled_at),
                ..feed.plan
            };
            self.set(place, plan);
        }
    }

    /// The feed is being polled.
    pub(super) fn hold(&mut self, place: usize) {
        if let Some(feed) = self.feeds.get_mut(place) {
            feed.turn = PolledBy::Poller;
        }
    }
}

/// Where each feed stands in the configuration.
pub(super) fn places(config: &Config) -> HashMap<&str, usize> {
    let ids = config.feeds.iter().map(|feed| feed.id.as_str());
    ids.zip(0..).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    fn plan(next: Option<i64>) -> NextPoll {
        NextPoll {
            next_poll_at: next.map(at),
            ..NextPoll::default()
        }
    }

    fn due_times(feeds: &[NextPoll]) -> DueTimes {
        let planned = |plan: &NextPoll| Planned {
            plan: *plan,
            turn: PolledBy::Caller,
        };
        DueTimes {
            feeds: feeds.iter().map(planned).collect(),
            looked_at: None,
            next: None,
        }
    }

    #[track_caller]
    fn check(due_times: &mut DueTimes, now: i64, places: &[usize], next: Option<i64>) {
        let due = due_times.take_due(Selection::Due, at(now));
        let taken: Vec<usize> = due.feeds.iter().map(|feed| feed.place).collect();
        assert_eq!((taken.as_slice(), due.next), (places, next.map(at)));
    }

    #[test]
    fn a_feed_is_taken_once_and_again_when_its_new_plan_says_so() {
        let mut due_times = due_times(&[plan(None), plan(Some(100)), plan(Some(5))]);
        check(&mut due_times, 5, &[0, 2], Some(100));
        check(&mut due_times, 6, &[], Some(100));
        due_times.set(0, plan(Some(30)));
        check(&mut due_times, 7, &[], Some(30));
        check(&mut due_times, 30, &[0], Some(100));
        check(&mut due_times, 100, &[1], None);
    }

    #[test]
    fn a_feed_whose_poll_could_not_be_stored_waits() {
        let mut due_times = due_times(&[plan(None)]);
        check(&mut due_times, 0, &[0], None);
        due_times.postpone(0, at(0), at(300));
        check(&mut due_times, 1, &[], Some(300));
        check(&mut due_times, 300, &[0], None);
        due_times.postpone(0, at(300), at(600));
        check(&mut due_times, -90_000, &[0], None);
    }

    #[test]
    fn a_feed_that_is_over_or_being_polled_is_not_taken() {
        let gone = NextPoll {
            gone_at: Some(at(0)),
            ..NextPoll::default()
        };
        let mut due_times = due_times(&[gone, plan(None)]);
        due_times.hold(1);
        check(&mut due_times, 1, &[], None);
        assert!(due_times.take_due(Selection::All, at(1)).feeds.is_empty());
    }

    #[test]
    fn a_clock_that_is_set_back_is_noticed() {
        let asked = NextPoll {
            planned_at: Some(at(0)),
            ..plan(Some(3600))
        };
        let mut due_times = due_times(&[asked]);
        check(&mut due_times, 10, &[], Some(3600));
        check(&mut due_times, -90_000, &[0], None);
    }
}
