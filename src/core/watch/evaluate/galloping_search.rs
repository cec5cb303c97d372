//! Galloping search in lists of positions: the next look goes on from the last, in steps that double.

use std::borrow::Cow;

/// Where one operand begins and ends, each in order.
pub(super) struct Side<'s> {
    pub(super) starts: Cow<'s, [u32]>,
    pub(super) ends: Cow<'s, [u32]>,
}

/// Looks for places beside others that come in order: each look goes on from the last, so that all of
/// them together are one walk, and a short one where few look among many.
pub(super) struct ProximityCursor<'s> {
    side: &'s Side<'s>,
    started: usize,
    ended: usize,
}

impl<'s> ProximityCursor<'s> {
    pub(super) fn new(side: &'s Side<'s>) -> Self {
        Self {
            side,
            started: 0,
            ended: 0,
        }
    }

    pub(super) fn start_again(&mut self) {
        (self.started, self.ended) = (0, 0);
    }

    /// One begins after the word `end`, at most `distance` on.
    pub(super) fn starts_after(&mut self, end: u32, distance: u32) -> bool {
        let starts = &self.side.starts;
        self.started = go_on(starts, self.started, |start| start <= end);
        let next = starts.get(self.started);
        next.is_some_and(|start| start - end <= distance)
    }

    /// One ends before the word `start`, at most `distance` back.
    pub(super) fn ends_before(&mut self, start: u32, distance: u32) -> bool {
        let ends = &self.side.ends;
        self.ended = go_on(ends, self.ended, |end| end < start);
        let last = self.ended.checked_sub(1).and_then(|last| ends.get(last));
        last.is_some_and(|end| start - end <= distance)
    }

    /// One overlaps `start..=end` or lies within `distance` of it.
    pub(super) fn touches(&mut self, start: u32, end: u32, distance: u32) -> bool {
        self.started = go_on(&self.side.starts, self.started, |first| {
            first <= end.saturating_add(distance)
        });
        self.ended = go_on(&self.side.ends, self.ended, |last| {
            last.saturating_add(distance) < start
        });
        self.started > self.ended
    }
}

/// How many numbers of a list in order hold, given that the first `from` do. Its steps grow with the
/// logarithm of how far it goes.
fn go_on(list: &[u32], from: usize, holds: impl Fn(u32) -> bool) -> usize {
    let rest = list.get(from..).unwrap_or_default();
    let mut width = 1;
    while rest.get(width - 1).is_some_and(|&number| holds(number)) {
        width *= 2;
    }
    let passed = width / 2;
    let between = rest.get(passed..width.min(rest.len())).unwrap_or_default();
    from + passed + between.partition_point(|&number| holds(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_on_finds_what_looking_at_each_finds() {
        let list: Vec<u32> = (0..60).map(|number| number * number / 7).collect();
        for wanted in 0..600 {
            let holds = |number| number < wanted;
            let all = list.iter().filter(|&&number| holds(number)).count();
            for from in 0..=all {
                assert_eq!(go_on(&list, from, holds), all, "{wanted} from {from}");
            }
        }
    }
}
