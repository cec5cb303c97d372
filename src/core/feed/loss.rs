//! What is known to be missing from what a body said.
//!
//! A body that had to be repaired may be whole; one of which something was lost is not, however sound
//! it looks. The two are told apart, for only the second makes silence doubtful.

use serde::{Deserialize, Serialize};

/// What was lost of a body, in items. The default is a body that was read whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Loss {
    /// The body breaks off after so many whole items, and what came behind them nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken_off_after: Option<u64>,
    /// Items that were seen, and of which nothing could be made.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: u64,
    /// Items beyond [`Limits::entries`](super::Limits::entries), the oldest of all.
    #[serde(skip_serializing_if = "is_zero")]
    pub surplus: u64,
    /// Items of which a text was cut before it could be matched.
    #[serde(skip_serializing_if = "is_zero")]
    pub shortened: u64,
    /// Items with more authors, categories or texts beside the description than are kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub crowded: u64,
    /// Items with characters that no encoding explains.
    #[serde(skip_serializing_if = "is_zero")]
    pub garbled: u64,
    /// Parts of an index of sitemaps that could not be read, with whatever they hold.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over a reference to the field
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Loss {
    /// Whether nothing is known to be lost.
    pub fn is_lossless(&self) -> bool {
        *self == Self::default()
    }

    /// This and what was lost of another body, of which the two are one feed.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let broken_off_after = match (self.broken_off_after, other.broken_off_after) {
            (Some(of_one), Some(of_other)) => Some(of_one.saturating_add(of_other)),
            (of_one, of_other) => of_one.or(of_other),
        };
        Self {
            broken_off_after,
            unread: self.unread.saturating_add(other.unread),
            surplus: self.surplus.saturating_add(other.surplus),
            shortened: self.shortened.saturating_add(other.shortened),
            crowded: self.crowded.saturating_add(other.crowded),
            garbled: self.garbled.saturating_add(other.garbled),
            parts: self.parts.saturating_add(other.parts),
        }
    }

    /// All of it in one sentence about the feed; empty when nothing was lost.
    pub fn sentence(&self) -> String {
        let several = |number: u64, one: &str, many: &str| match number {
            0 => None,
            1 => Some(one.to_owned()),
            _ => Some(format!("{number} {many}")),
        };
        let broken_off = self.broken_off_after.map(|whole| match whole {
            0 => "it breaks off before its first item ends".to_owned(),
            1 => "it breaks off after 1 item".to_owned(),
            _ => format!("it breaks off after {whole} items"),
        });
        let told = [
            broken_off,
            several(
                self.unread,
                "1 item could not be read",
                "items could not be read",
            ),
            several(
                self.surplus,
                "it has more items than are kept, and the oldest was left out",
                "items were left out, the oldest, for it has more than are kept",
            ),
            several(
                self.shortened,
                "1 item is so long that its text was cut",
                "items are so long that their texts were cut",
            ),
            several(
                self.crowded,
                "1 item has more authors, categories or texts than are kept",
                "items have more authors, categories or texts than are kept",
            ),
            several(
                self.garbled,
                "1 item has characters that cannot be read",
                "items have characters that cannot be read",
            ),
            several(
                self.parts,
                "1 part of its index of sitemaps could not be read",
                "parts of its index of sitemaps could not be read",
            ),
        ];
        told.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(loss: Loss, sentence: &str) {
        assert_eq!(loss.sentence(), sentence);
        assert_eq!(loss.is_lossless(), sentence.is_empty());
    }

    #[test]
    fn all_that_was_lost_is_one_sentence() {
        check(Loss::default(), "");
        let loss = Loss {
            broken_off_after: Some(0),
            ..Loss::default()
        };
        check(loss, "it breaks off before its first item ends");
        let loss = Loss {
            broken_off_after: Some(3),
            surplus: 2000,
            garbled: 1,
            ..Loss::default()
        };
        check(
            loss,
            "it breaks off after 3 items; 2000 items were left out, the oldest, for it has more than \
             are kept; 1 item has characters that cannot be read",
        );
    }

    #[test]
    fn what_is_stored_is_read_back_and_what_is_not_there_is_nothing() {
        let loss = Loss {
            broken_off_after: Some(0),
            shortened: 2,
            ..Loss::default()
        };
        let stored = serde_json::to_string(&loss).unwrap();
        assert_eq!(stored, r#"{"broken_off_after":0,"shortened":2}"#);
        assert_eq!(serde_json::from_str::<Loss>(&stored).unwrap(), loss);
        assert!(serde_json::from_str::<Loss>("{}").unwrap().is_lossless());
    }
}
