//! How much of strangers' words stands in a mail, and what follows when a server refuses it for them.

/// How much a mail says. A server may refuse a message for what an item says; it is made anew with
/// less, and no other item is lost with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// Everything.
    #[default]
    Whole,
    /// Headlines, and of strangers' words nothing else: no excerpt, link, author or outlet, no reason
    /// of a failure.
    Plain,
    /// A headline and the number of its entry.
    Headline,
    /// Numbers. Whoever refuses this refuses us.
    Count,
}

/// How a mail is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anew {
    /// As one mail that says less.
    As(Wording),
    /// As two, each with half of the items.
    Halves,
}

/// Mails made for one that was refused, after which the items left are counted. One bad headline among
/// two hundred is found with fewer.
pub const MAILS_MAX: u64 = 24;

impl Wording {
    const ALL: [Self; 4] = [Self::Whole, Self::Plain, Self::Headline, Self::Count];

    /// As stored.
    pub fn number(self) -> i64 {
        match self {
            Self::Whole => 0,
            Self::Plain => 1,
            Self::Headline => 2,
            Self::Count => 3,
        }
    }

    /// Reads what [`number`](Self::number) gave.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.number() == number)
    }

    /// How a mail that shows so many items is made anew when its content was refused, the last of
    /// `mails` that came of the first. `None` when it holds no word that could be left out.
    pub fn after_refusal(self, shown: usize, mails: u64) -> Option<Anew> {
        match self {
            Self::Count => None,
            _ if mails >= MAILS_MAX => Some(Anew::As(Self::Count)),
            Self::Whole => Some(Anew::As(Self::Plain)),
            Self::Plain if shown > 1 => Some(Anew::Halves),
            Self::Plain if shown == 1 => Some(Anew::As(Self::Headline)),
            Self::Plain | Self::Headline => Some(Anew::As(Self::Count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many mails are made until each item is told, when the headlines of `bad` are refused and
    /// everything else is taken.
    fn mails(items: usize, bad: &[usize]) -> u64 {
        let refused = |wording: Wording, shown: &[usize]| {
            wording != Wording::Count && shown.iter().any(|item| bad.contains(item))
        };
        let mut made = 1;
        let mut queue = std::collections::VecDeque::from([(Wording::Whole, (0..items).collect())]);
        let mut told = 0;
        while let Some((wording, shown)) = queue.pop_front() {
            let shown: Vec<usize> = shown;
            if !refused(wording, &shown) {
                told += shown.len();
                continue;
            }
            match wording.after_refusal(shown.len(), made) {
                Some(Anew::As(less)) => {
                    assert!(less > wording);
                    made += 1;
                    queue.push_back((less, shown));
                }
                Some(Anew::Halves) => {
                    made += 2;
                    let (first, second) = shown.split_at(shown.len() / 2);
                    queue.push_back((Wording::Plain, first.to_vec()));
                    queue.push_back((Wording::Plain, second.to_vec()));
                }
                None => panic!("a count was refused"),
            }
        }
        assert_eq!(told, items, "nothing is lost");
        made
    }

    #[test]
    fn one_bad_item_is_found_with_few_mails_and_many_are_counted_in_the_end() {
        assert_eq!(mails(1, &[]), 1);
        assert_eq!(mails(1, &[0]), 4, "plain, headline, count");
        for items in [2_usize, 20, 200] {
            let log = u64::from(usize::BITS - items.leading_zeros());
            assert!(mails(items, &[items - 1]) <= 2 * log + 4);
        }
        assert!(mails(8, &[0, 7]) <= MAILS_MAX);
        let all: Vec<usize> = (0..200).collect();
        assert!(mails(200, &all) <= 3 * MAILS_MAX);
    }

    #[test]
    fn what_says_nothing_of_strangers_is_not_made_anew() {
        assert_eq!(Wording::Count.after_refusal(0, 1), None);
        assert_eq!(
            Wording::Plain.after_refusal(0, 2),
            Some(Anew::As(Wording::Count))
        );
    }

    #[test]
    fn every_wording_is_read_as_it_was_stored() {
        for wording in Wording::ALL {
            assert_eq!(Wording::from_number(wording.number()), Some(wording));
        }
        assert_eq!(Wording::from_number(4), None);
    }
}
