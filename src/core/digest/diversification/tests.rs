use proptest::prelude::*;

use super::*;

/// The order of these outlets' stories of one topic, capital letters those that are to be told at once.
fn order(outlets: &str, most: usize) -> String {
    let of = |c: char| DiversityKey {
        class: if c.is_uppercase() {
            RankingClass::Urgent
        } else {
            RankingClass::Plain
        },
        topic: ' ',
        outlet: c.to_ascii_lowercase(),
    };
    in_order(outlets, most, of)
}

fn in_order(all: &str, most: usize, of: impl Fn(char) -> DiversityKey<char>) -> String {
    let all: Vec<char> = all.chars().collect();
    let turns = diversify(&all, most, |c| of(*c));
    turns.into_iter().map(|number| all[number]).collect()
}

/// The order of stories of these topics, each of an outlet of its own; digits are recurring headlines.
fn order_of_topics(topics: &str, most: usize) -> String {
    let at = std::cell::Cell::new(0_u8);
    in_order(topics, most, |c| DiversityKey {
        class: if c.is_ascii_digit() {
            RankingClass::Recurring
        } else {
            RankingClass::Plain
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
