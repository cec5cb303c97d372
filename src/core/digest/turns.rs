//! In which order what is found gets room, so that a loud outlet leaves some to the others.

use std::collections::HashMap;
use std::hash::Hash;

/// Of those that are to be told at once none is put off. Of the others, which are given best first, an outlet has
/// two places, or a quarter of those that are given where that is more, until the others had theirs; where all of
/// them had, or have nothing left, the best comes next.
///
/// `of` says of each whether it is to be told at once, and its outlet. Gives the first `most` by their numbers.
/// The order of fewer is the beginning of the order of more, so whoever has less room takes its beginning.
pub(super) fn in_turns<T, Outlet: Eq + Hash>(
    best_first: &[T],
    most: usize,
    of: impl Fn(&T) -> (bool, Outlet),
) -> Vec<usize> {
    let (mut turns, mut waiting): (Vec<usize>, Vec<usize>) =
        (0..best_first.len()).partition(|number| of(&best_first[*number]).0);
    turns.truncate(most);
    let mut given: HashMap<Outlet, usize> = HashMap::new();
    for place in 1..=most.saturating_sub(turns.len()).min(waiting.len()) {
        let limit = (place / 4).max(2);
        let has_turn = |number: &usize| {
            let outlet = of(&best_first[*number]).1;
            given.get(&outlet).copied().unwrap_or(0) < limit
        };
        let next = waiting.iter().position(has_turn).unwrap_or(0);
        let next = waiting.remove(next);
        *given.entry(of(&best_first[next]).1).or_default() += 1;
        turns.push(next);
    }
    turns
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The order of these outlets' stories, capital letters those that are to be told at once.
    fn order(outlets: &str, most: usize) -> String {
        let all: Vec<char> = outlets.chars().collect();
        let turns = in_turns(&all, most, |c| (c.is_uppercase(), c.to_ascii_lowercase()));
        turns.into_iter().map(|number| all[number]).collect()
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
