//! One attempt to deliver, and what follows from it.
//!
//! A transport returns an [`Attempt`]; [`settle`] decides. The rules, RFC 5321 section 4.2 and 4.5.4:
//!
//! - `sent` only after 354 and then 250.
//! - A temporary refusal or a dropped connection backs off from 30 s to 1 h for five days.
//! - A permanent refusal of this recipient makes the message undeliverable.
//! - A permanent refusal of us (greeting, login, sender, how much we send) rests the queue, whenever it is
//!   said: no attempt is counted, no message is lost.
//! - One that may be either, before the message was seen, rests the recipient; and the queue, if nobody else's
//!   mail is taken.
//! - One that may be either after the final dot may be of what the message says: it is made anew with less, see
//!   [`DetailLevel`].
//! - Whoever hears 421, 450, 451 or 452 leaves the relay alone for a while.
//!
//! ```text
//! Outcome of a transport -> (a refusal: classify -> Refusal) -> settle, with attempts and age -> Next, for the outbox
//! ```
//!
//! This room speaks no SMTP and sees no message: it knows the [`Step`] at which something was said, and the reply.

mod refusal;
mod step;

use jiff::{SignedDuration, Timestamp};

pub use refusal::{Refusal, classify};
pub use step::Step;

#[cfg(doc)]
use super::digest::DetailLevel;

/// Shortest time before another attempt.
pub const RETRY_MIN: SignedDuration = SignedDuration::from_secs(30);
/// Longest time before another attempt.
pub const RETRY_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How long a message is tried.
pub const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);
/// So many attempts are made however old the message is. A clock that jumps, or a machine that
/// slept for a week, must not throw a queue away.
pub const ATTEMPTS_MIN: u32 = 12;
/// So many attempts, which take more than a week, end the matter where the time of the first is not known, since
/// the clock was ahead of now.
pub const ATTEMPTS_MAX: u32 = 336;
/// How long the queue rests after a fault of the configuration. A reload ends the rest at once.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What became of one attempt. A value, never an error: every outcome is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted: 354 and then 250, or a file in a Maildir.
    Delivered {
        /// The server's own words.
        reply: String,
    },
    /// The server answered with 4xx or 5xx.
    Refused {
        /// Where.
        step: Step,
        /// The reply code, 400 to 599.
        code: u16,
        /// The server's own words, with an enhanced status code (RFC 3463) if it gave one.
        reply: String,
    },
    /// No answer, or none that makes sense, before the message was handed over. Nothing can have
    /// been accepted.
    Failed {
        /// Where.
        step: Step,
        /// One sentence.
        why: String,
    },
    /// We refuse to go on: no STARTTLS, a certificate that does not verify, no login we know.
    Misconfigured {
        /// Where.
        step: Step,
        /// One sentence.
        why: String,
    },
    /// The message was on its way and no final answer came: it may have been accepted.
    Unknown {
        /// One sentence.
        why: String,
    },
}

/// One attempt: what became of it, and the dialogue for `mail test`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What became of it.
    pub outcome: Outcome,
    /// Steps taken with the server's answers, in order; without secrets.
    pub dialogue: Vec<(Step, String)>,
}

impl Outcome {
    /// Whether the message may have been accepted although we do not know: another attempt may
    /// make a duplicate, which is to be counted.
    pub fn is_in_doubt(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }
}

/// What follows for the message and for the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Done.
    Sent {
        /// The server's own words, for the ledger.
        reply: String,
    },
    /// Try this message again.
    RetryAt {
        /// Not before.
        at: Timestamp,
        /// Until then, no other message may go to the relay either, when it asked for rest or
        /// cannot be reached.
        relay_rests_until: Option<Timestamp>,
        /// One sentence.
        why: String,
    },
    /// Nothing can be sent until a person acts. The row goes back as it was, its attempt uncounted.
    PauseQueue {
        /// Not before, unless the configuration is loaded anew.
        until: Timestamp,
        /// One sentence for the operator.
        why: String,
    },
    /// Refused for what it says: to be made anew with less, so that nothing else is lost with it.
    Recompose {
        /// One sentence.
        why: String,
    },
    /// Refused, whatever it says, for its sender or for its recipient, and nobody can tell for which.
    Refused {
        /// One sentence.
        why: String,
    },
    /// Given up, and to be told.
    Undeliverable {
        /// One sentence.
        why: String,
    },
}

/// Decides what follows from the `attempts`-th attempt (1 for the first) of a message queued at
/// `first_queued_at`. `jitter` lies in 0 to 1 and lengthens the wait by up to a quarter.
pub fn settle(
    attempts: u32,
    first_queued_at: Timestamp,
    outcome: &Outcome,
    now: Timestamp,
    jitter: f64,
) -> Next {
    let retry = |why: String, relay: Relay| {
        let age = now.duration_since(first_queued_at);
        if age >= GIVE_UP_AFTER && attempts >= ATTEMPTS_MIN {
            return Next::Undeliverable {
                why: format!(
                    "given up after {attempts} attempts in {} days: {why}",
                    age.as_hours() / 24
                ),
            };
        }
        if age.is_negative() && attempts >= ATTEMPTS_MAX {
            return Next::Undeliverable {
                why: format!("given up after {attempts} attempts: {why}"),
            };
        }
        let at = after(now, backoff(attempts, jitter));
        let rest = match relay {
            Relay::Fine => None,
            Relay::Busy => Some(after(now, RETRY_MIN).min(at)),
            Relay::Unreachable => Some(at),
        };
        Next::RetryAt {
            at,
            relay_rests_until: rest,
            why,
        }
    };
    let pause = |why: String| Next::PauseQueue {
        until: after(now, PAUSE),
        why,
    };
    match outcome {
        Outcome::Delivered { reply } => Next::Sent {
            reply: reply.clone(),
        },
        Outcome::Unknown { why } => retry(why.clone(), Relay::Fine),
        Outcome::Failed { step, why } => {
            let relay = if *step < Step::MailFrom || *step >= Step::Store {
                Relay::Unreachable
            } else {
                Relay::Fine
            };
            retry(format!("{}: {why}", step.name()), relay)
        }
        Outcome::Misconfigured { step, why } => pause(format!("{}: {why}", step.name())),
        Outcome::Refused { step, code, reply } => {
            let why = format!("{}: {code} {reply}", step.name());
            match classify(*step, *code, reply) {
                Refusal::Temporary => retry(why, Relay::Fine),
                Refusal::Busy => retry(why, Relay::Busy),
                Refusal::Content => Next::Recompose { why },
                Refusal::Either => Next::Refused { why },
                Refusal::Permanent => Next::Undeliverable { why },
                Refusal::Configuration => pause(why),
            }
        }
    }
}

/// How the relay is, as far as other messages are concerned.
enum Relay {
    Fine,
    Busy,
    Unreachable,
}

/// 30 s, doubled with every attempt, plus up to a quarter by `jitter` (0 to 1), at most 1 h.
pub fn backoff(attempts: u32, jitter: f64) -> SignedDuration {
    let doublings = attempts.saturating_sub(1).min(10);
    let base = RETRY_MIN
        .checked_mul(1_i32 << doublings)
        .unwrap_or(RETRY_MAX)
        // Leaves room for the jitter below the longest wait.
        .min(SignedDuration::from_mins(48));
    let jitter = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.0
    };
    (base + base.mul_f64(jitter / 4.0)).min(RETRY_MAX)
}

/// At the end of representable time there is no later.
fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
