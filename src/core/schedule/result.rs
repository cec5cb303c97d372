//! What goes into a decision beside the state, and what comes out.

use jiff::SignedDuration;

use super::budget::Budget;
use super::display::without_credentials;
use super::outcome::Outcome;
use super::state::FeedState;
use super::summary::PollSummary;
use crate::core::feed::Loss;

/// What the configuration says about when to poll a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduleSettings {
    /// The time between two polls that is wished for, instead of one that suits the feed's habit. A
    /// wish: what the publisher permits is never undercut.
    pub every: Option<SignedDuration>,
    /// What may be taken of it in a day.
    pub budget: Budget,
}

/// What came of a poll: of the request, and of reading the body when there was one.
#[derive(Clone, Debug)]
pub struct PollResult<'a> {
    /// What came of the request.
    pub outcome: &'a Outcome,
    /// What came of reading the body.
    pub reading: ParseOutcome,
}

/// What came of reading a body.
#[derive(Clone, Debug, PartialEq)]
pub enum ParseOutcome {
    /// There was none to read.
    NoBody,
    /// It was byte for byte the body of [`FeedState::body_digest`].
    SameBody,
    /// It was a feed.
    Feed(Box<PollSummary>),
    /// It was not; the sentence says why.
    Unreadable(String),
}

#[cfg(test)]
impl<'a> PollResult<'a> {
    /// A poll without a new body.
    pub fn without_body(outcome: &'a Outcome) -> Self {
        Self {
            outcome,
            reading: ParseOutcome::NoBody,
        }
    }

    /// A poll whose body was byte for byte the one before, so that there was no need to read it.
    pub fn with_same_body(outcome: &'a Outcome) -> Self {
        Self {
            outcome,
            reading: ParseOutcome::SameBody,
        }
    }

    /// A poll whose body was a feed.
    pub fn with_feed(outcome: &'a Outcome, summary: PollSummary) -> Self {
        Self {
            outcome,
            reading: ParseOutcome::Feed(Box::new(summary)),
        }
    }

    /// A poll whose body could not be read as a feed.
    pub fn unreadable(outcome: &'a Outcome, message: impl Into<String>) -> Self {
        Self {
            outcome,
            reading: ParseOutcome::Unreadable(message.into()),
        }
    }
}

/// What to do, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The next state, to be stored together with the entries of the poll.
    pub state: FeedState,
    /// A sentence that reads alone: what came of the poll, when the next one is, and why then.
    pub why: String,
    /// What a person should be told, beside the feed's health.
    pub notices: Vec<FeedEvent>,
}

/// Something that happened once and that a person should be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEvent {
    /// The feed has moved for good, and is asked at its new address from now on.
    Moved {
        /// The old address.
        from: String,
        /// The new one.
        to: String,
    },
    /// The adopted address kept failing, so that the configured one is asked again.
    MovedBack {
        /// The adopted address.
        from: String,
        /// The configured one.
        to: String,
    },
    /// The publisher says that the feed is over; it is no longer asked.
    Gone,
    /// The server had answered 304 although there was something new.
    FalseNotModified,
    /// No entry was in common with the last body: items may have been missed.
    PossiblyMissed,
    /// Its body was not read whole, and the one before was.
    Incomplete(Loss),
    /// It brings more than a feed may in a day.
    OverBudget,
    /// It changes all its items at every poll.
    Restless,
}

impl FeedEvent {
    /// A sentence without its subject.
    pub fn sentence(&self) -> String {
        match self {
            Self::Moved { from, to } => format!(
                "has moved for good from {} to {} and is asked there from now on; please change its address",
                without_credentials(from),
                without_credentials(to)
            ),
            Self::MovedBack { from, to } => format!(
                "keeps failing at {}, where it had moved, and is asked at {} again",
                without_credentials(from),
                without_credentials(to)
            ),
            Self::Gone => {
                "is over, says its publisher (410 Gone), and is no longer asked".to_owned()
            }
            Self::FalseNotModified => {
                "answered \"not modified\" although it had something new; it is checked once a day"
                    .to_owned()
            }
            Self::PossiblyMissed => {
                "had no item in common with its last answer: items may have been missed; it is polled sooner now"
                    .to_owned()
            }
            Self::Incomplete(loss) => format!("was not read whole: {}", loss.sentence()),
            Self::OverBudget => {
                "brings more than a feed may in a day: the newest items are taken, and the rest after midnight UTC, if it still has them"
                    .to_owned()
            }
            Self::Restless => {
                "changes all its items at every poll: is there a counter or the time in its text?"
                    .to_owned()
            }
        }
    }
}
