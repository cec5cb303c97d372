//! In which order what is found gets room, so that a loud outlet or topic leaves some to the others.

use std::collections::HashMap;
use std::hash::Hash;

use super::ranking::RankingClass;

/// Places of a topic before the others had as many.
pub(super) const TOPIC_TURNS: usize = 2;

/// What decides when something has its turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct DiversityKey<Name> {
    /// Each class has its turns before the one below.
    pub class: RankingClass,
    pub topic: Name,
    pub outlet: Name,
}

/// Of those that are to be told at once none is put off. Of the others, which are given best first, a topic has
/// [`TOPIC_TURNS`] places until the other topics had as many, then as many again; and among those an outlet has two
/// places, or a quarter of those that are given where that is more, until the others had theirs; where all of them
/// had, or have nothing left, the best comes next.
///
/// Gives the first `most` by their numbers. The order of fewer is the beginning of the order of more, so whoever has
/// less room takes its beginning.
pub(super) fn diversify<T, Name: Eq + Hash + Copy>(
    best_first: &[T],
    most: usize,
    of: impl Fn(&T) -> DiversityKey<Name>,
) -> Vec<usize> {
    let all: Vec<DiversityKey<Name>> = best_first.iter().map(of).collect();
    let (urgent, mut plain): (Vec<usize>, Vec<usize>) =
        (0..all.len()).partition(|number| all[*number].class >= RankingClass::UrgentRecurring);
    let is_plain = |number: &usize| all[*number].class != RankingClass::Recurring;
    let mut recurring = plain.split_off(plain.partition_point(is_plain));
    let topics = numbered(all.iter().map(|turn| turn.topic));
    let outlets = numbered(all.iter().map(|turn| turn.outlet));
    let (mut of_topic, mut of_outlet) = (vec![0_usize; all.len()], vec![0_usize; all.len()]);
    let mut turns = urgent;
    turns.truncate(most);
    let mut place = 1;
    for waiting in [&mut plain, &mut recurring] {
        while turns.len() < most {
            let limit = (place / 4).max(2);
            let had = |number: usize| {
                let (topic, outlet) = (topics[number], outlets[number]);
                (of_topic[topic] / TOPIC_TURNS, of_outlet[outlet] >= limit)
            };
            // The first of several that are alike.
            let Some(next) = (0..waiting.len()).min_by_key(|at| had(waiting[*at])) else {
                break;
            };
            let next = waiting.remove(next);
            of_topic[topics[next]] += 1;
            of_outlet[outlets[next]] += 1;
            place += 1;
            turns.push(next);
        }
    }
    turns
}

/// Each name by the number of the first that is like it.
fn numbered<Name: Eq + Hash>(names: impl Iterator<Item = Name>) -> Vec<usize> {
    let mut known: HashMap<Name, usize> = HashMap::new();
    let numbers = (0..).zip(names);
    numbers
        .map(|(number, name)| *known.entry(name).or_insert(number))
        .collect()
}

#[cfg(test)]
mod tests;
