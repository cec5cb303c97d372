//! How much of strangers' words stands in a mail, and what follows when a server refuses it for them.

/// How much a mail says. A server may refuse a message for what an item says; it is made anew with
/// less, and no other item is lost with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DetailLevel {
    /// Everything.
    #[default]
    Whole,
    /// Headlines, and of strangers' words nothing else: no excerpt, link, author or outlet, no reason
    /// of a failure.
    HeadlinesOnly,
    /// A headline and the number of its entry.
    Headline,
    /// Numbers. Whoever refuses this refuses us.
    CountOnly,
}

/// How a mail is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecomposeStep {
    /// As one mail that says less.
    Reduced(DetailLevel),
    /// As two, each with half of the items.
    Split,
    /// Not now: its items are owed to the next mail, which is smaller by those that were told.
    Deferred,
}

/// Mails made for one that was refused, after which no more halves are made: the good items among those
/// left are owed to the next mail. One bad headline among two hundred is found with fewer.
pub const MAILS_MAX: u64 = 24;

impl DetailLevel {
    const ALL: [Self; 4] = [
        Self::Whole,
        Self::HeadlinesOnly,
        Self::Headline,
        Self::CountOnly,
    ];

    /// As stored.
    pub fn number(self) -> i64 {
        match self {
            Self::Whole => 0,
            Self::HeadlinesOnly => 1,
            Self::Headline => 2,
            Self::CountOnly => 3,
        }
    }

    /// Reads what [`number`](Self::number) gave.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.number() == number)
    }

    /// How a mail that shows so many items is made anew when its content was refused, one of `mails`
    /// that came of the first, of which others tell something in words, or may still. `None` when it
    /// holds no word that could be left out.
    pub fn after_refusal(
        self,
        shown: usize,
        mails: u64,
        others_tell: bool,
    ) -> Option<RecomposeStep> {
        match self {
            Self::CountOnly => None,
            // Each family brings the rest on its way by one item at least.
            Self::HeadlinesOnly if mails >= MAILS_MAX && shown > 1 && others_tell => {
                Some(RecomposeStep::Deferred)
            }
            _ if mails >= MAILS_MAX => Some(RecomposeStep::Reduced(Self::CountOnly)),
            Self::Whole => Some(RecomposeStep::Reduced(Self::HeadlinesOnly)),
            Self::HeadlinesOnly if shown > 1 => Some(RecomposeStep::Split),
            Self::HeadlinesOnly if shown == 1 => Some(RecomposeStep::Reduced(Self::Headline)),
            Self::HeadlinesOnly | Self::Headline => Some(RecomposeStep::Reduced(Self::CountOnly)),
        }
    }
}

#[cfg(test)]
mod tests;
