//! Whose turn it is to be polled: no host, and no crowd of slow ones, takes the turns of the others.

use std::collections::{HashMap, VecDeque};

use crate::core::schedule::Lane;

/// Polls of one host under way at most. The fetcher lets fewer of them speak at once; the others are
/// there so that it never waits for us.
const A_HOST: usize = 8;

/// Feeds that wait for their turn, by their places in the configuration.
#[derive(Debug)]
pub(super) struct Line {
    prompt: Queue,
    slow: Queue,
    hosts: HashMap<String, Host>,
}

#[derive(Debug)]
struct Queue {
    waiting: VecDeque<usize>,
    under_way: usize,
    at_most: usize,
}

#[derive(Debug, Default)]
struct Host {
    under_way: usize,
    /// Those that were passed over, since so many of their host were under way.
    held: VecDeque<(usize, Lane)>,
}

/// A feed whose turn it is, until [`Line::ended`].
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) place: usize,
    lane: Lane,
    host: Option<String>,
}

impl Line {
    /// At most so many polls under way of feeds that answered promptly, and of those that did not.
    pub(super) fn new(prompt: usize, slow: usize) -> Self {
        let queue = |at_most| Queue {
            waiting: VecDeque::new(),
            under_way: 0,
            at_most,
        };
        Self {
            prompt: queue(prompt),
            slow: queue(slow),
            hosts: HashMap::new(),
        }
    }

    pub(super) fn push(&mut self, place: usize, lane: Lane) {
        self.queue(lane).waiting.push_back(place);
    }

    /// The next feed to poll, if one may be; `host_of` tells the host of a place.
    pub(super) fn next<'a>(&mut self, host_of: impl Fn(usize) -> Option<&'a str>) -> Option<Turn> {
        [Lane::Prompt, Lane::Slow]
            .into_iter()
            .find_map(|lane| self.next_of(lane, &host_of))
    }

    fn next_of<'a>(
        &mut self,
        lane: Lane,
        host_of: &impl Fn(usize) -> Option<&'a str>,
    ) -> Option<Turn> {
        while self.queue(lane).under_way < self.queue(lane).at_most {
            let place = self.queue(lane).waiting.pop_front()?;
            let host = host_of(place).map(str::to_owned);
            if let Some(name) = &host {
                let host = self.hosts.entry(name.clone()).or_default();
                if host.under_way >= A_HOST {
                    host.held.push_back((place, lane));
                    continue;
                }
                host.under_way += 1;
            }
            self.queue(lane).under_way += 1;
            return Some(Turn { place, lane, host });
        }
        None
    }

    /// A poll is over; one that waited for its host comes next.
    pub(super) fn ended(&mut self, turn: &Turn) {
        let queue = self.queue(turn.lane);
        queue.under_way = queue.under_way.saturating_sub(1);
        let Some(name) = &turn.host else {
            return;
        };
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        host.under_way = host.under_way.saturating_sub(1);
        let next = host.held.pop_front();
        if host.under_way == 0 && host.held.is_empty() {
            self.hosts.remove(name);
        }
        if let Some((place, lane)) = next {
            self.queue(lane).waiting.push_front(place);
        }
    }

    /// Forgets those that wait; what is under way stays so.
    pub(super) fn clear(&mut self) {
        self.prompt.waiting.clear();
        self.slow.waiting.clear();
        self.hosts.retain(|_, host| host.under_way > 0);
        self.hosts.values_mut().for_each(|host| host.held.clear());
    }

    fn queue(&mut self, lane: Lane) -> &mut Queue {
        match lane {
            Lane::Prompt => &mut self.prompt,
            Lane::Slow => &mut self.slow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes turns until none is left to take.
    fn turns<'a>(line: &mut Line, host_of: impl Fn(usize) -> Option<&'a str>) -> Vec<Turn> {
        std::iter::from_fn(|| line.next(&host_of)).collect()
    }

    #[track_caller]
    fn check(turns: &[Turn], expected: impl IntoIterator<Item = usize>) {
        let places: Vec<usize> = turns.iter().map(|turn| turn.place).collect();
        assert_eq!(places, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn feeds_come_in_their_order_as_far_as_there_is_room() {
        let mut line = Line::new(3, 1);
        (0..5).for_each(|place| line.push(place, Lane::Prompt));
        let first = turns(&mut line, |_| None);
        check(&first, 0..3);
        line.ended(&first[1]);
        check(&turns(&mut line, |_| None), [3]);
    }

    #[test]
    fn slow_feeds_take_no_turns_of_prompt_ones() {
        let mut line = Line::new(4, 2);
        (0..100).for_each(|place| line.push(place, Lane::Slow));
        (100..103).for_each(|place| line.push(place, Lane::Prompt));
        check(&turns(&mut line, |_| None), [100, 101, 102, 0, 1]);
    }

    #[test]
    fn a_host_of_many_feeds_lets_the_others_pass() {
        let host_of = |place| {
            Some(if place < 100 {
                "many.example"
            } else {
                "one.example"
            })
        };
        let mut line = Line::new(50, 1);
        (0..101).for_each(|place| line.push(place, Lane::Prompt));
        let mut under_way = VecDeque::from(turns(&mut line, host_of));
        check(under_way.make_contiguous(), (0..A_HOST).chain([100]));
        // In the end each had its turn, in order.
        let mut polled = Vec::new();
        while let Some(turn) = under_way.pop_front() {
            line.ended(&turn);
            polled.push(turn.place);
            under_way.extend(turns(&mut line, host_of));
        }
        polled.retain(|place| *place < 100);
        assert_eq!(polled, (0..100).collect::<Vec<_>>());
        assert!(line.hosts.is_empty());
    }

    #[test]
    fn after_a_reload_only_what_is_under_way_counts() {
        let host_of = |_| Some("many.example");
        let mut line = Line::new(50, 1);
        (0..20).for_each(|place| line.push(place, Lane::Prompt));
        let under_way = turns(&mut line, host_of);
        line.clear();
        line.push(7, Lane::Prompt);
        check(&turns(&mut line, host_of), []);
        line.ended(&under_way[0]);
        check(&turns(&mut line, host_of), [7]);
    }
}
