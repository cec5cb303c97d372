//! In which order what is found gets room, so that a loud outlet or topic leaves some to the others.

use std::collections::HashMap;
use std::hash::Hash;

use super::ranking::Class;

/// Places of a topic before the others had as many.
pub(super) const TOPIC_TURNS: usize = 2;

/// What decides when something has its turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn<Name> {
    /// Each class has its turns before the one below.
    pub class: Class,
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
pub(super) fn in_turns<T, Name: Eq + Hash + Copy>(
    best_first: &[T],
    most: usize,
    of: impl Fn(&T) -> Turn<Name>,
) -> Vec<usize> {
    let all: Vec<Turn<Name>> = best_first.iter().map(of).collect();
    let (urgent, mut plain): (Vec<usize>, Vec<usize>) =
        (0..all.len()).partition(|number| all[*number].class >= Class::UrgentRecurring);
    let is_plain = |number: &usize| all[*number].class != Class::Recurring;
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The order of these outlets' stories of one topic, capital letters those that are to be told at once.
    fn order(outlets: &str, most: usize) -> String {
        let of = |c: char| Turn {
            class: if c.is_uppercase() {
                Class::Urgent
            } else {
                Class::Plain
            },
            topic: ' ',
            outlet: c.to_ascii_lowercase(),
        };
        in_order(outlets, most, of)
    }

    fn in_order(all: &str, most: usize, of: impl Fn(char) -> Turn<char>) -> String {
        let all: Vec<char> = all.chars().collect();
        let turns = in_turns(&all, most, |c| of(*c));
        turns.into_iter().map(|number| all[number]).collect()
    }

    /// The order of stories of these topics, each of an outlet of its own; digits are recurring headlines.
    fn order_of_topics(topics: &str, most: usize) -> String {
        let at = std::cell::Cell::new(0_u8);
        in_order(topics, most, |c| Turn {
            class: if c.is_ascii_digit() {
                Class::Recurring
            } else {
                Class::Plain
            },
            topic: c,
            outlet: char::from(at.replace(at.get() + 1)),
        })
    }

    #[test]
    fn a_loud_outlet_waits_until_the_others_had_their_turn() {
        assert_eq!(order("aaaaaabcd", 9), "aabcdaaaa");
        assert_eq!(order("aaaaaaaa", 8), "aaaaaaaa", "nobody else has any");
        assert_eq!(
            order("aaaabb", 6),
            "aabbaa",
            "what is left is filled by rank"
        );
        assert_eq!(order("abcabc", 6), "abcabc", "nobody is loud");
        assert_eq!(order("", 9), "");
    }

    #[test]
    fn what_is_to_be_told_at_once_is_never_put_off_and_takes_no_turn() {
        assert_eq!(order("bAAAAaab", 8), "AAAAbaab");
        assert_eq!(order("bAAAAaab", 3), "AAA");
    }

    #[test]
    fn no_outlet_has_more_than_a_quarter_while_others_have_some() {
        let all: String = "a".repeat(100) + &"bcdefgh".repeat(20);
        for most in [8, 12, 32, 100] {
            let loud = order(&all, most).matches('a').count();
            assert_eq!(loud, most / 4, "of {most}");
        }
    }

    #[test]
    fn a_topic_has_two_places_until_the_others_had_theirs() {
        assert_eq!(order_of_topics("aaaaabbbc", 9), "aabbcaaba");
        assert_eq!(order_of_topics("aaaa", 3), "aaa", "nothing else is there");
        let topics = "a".repeat(40) + "bcdefghij";
        let first = order_of_topics(&topics, 11);
        assert!("bcdefghij".chars().all(|topic| first.contains(topic)));
    }

    #[test]
    fn a_headline_that_comes_again_has_its_turn_when_all_others_had_theirs() {
        assert_eq!(order_of_topics("aaaaab12", 8), "aabaaa12");
        assert_eq!(order_of_topics("12", 2), "12");
    }

    proptest! {
        #[test]
        fn each_has_its_place_once_and_less_room_has_the_beginning(all in "[a-dA-B]{0,40}", most in 0_usize..40) {
            let whole = order(&all, all.len());
            prop_assert!(whole.starts_with(&order(&all, most)));
            let sorted = |text: &str| { let mut letters: Vec<char> = text.chars().collect(); letters.sort_unstable(); letters };
            prop_assert_eq!(sorted(&whole), sorted(&all));
        }
    }
}
