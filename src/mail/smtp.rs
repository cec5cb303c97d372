//! One SMTP connection, driven step by step (RFC 5321).
//!
//! No pool: after a cancelled command a pooled connection comes back one reply out of step, and the
//! next message is taken for sent on an answer that was not meant for it. Here every step names the
//! only code it accepts, a connection is dropped on any doubt, and one transaction has one recipient.

mod authorities;
mod commands;
mod connect;
mod content;
mod der;
mod ehlo;
mod login;
mod options;
mod progress;
mod redact;
mod reply;
mod stream;
mod tls;

use std::{fmt, time::Duration};

use lettre::Address;
use tokio::time::{Instant, timeout};

pub use self::authorities::{AuthoritiesError, count_authorities};
pub use self::options::{SmtpOptions, SmtpTimeouts, Tls};
pub use self::progress::Waiting;

use self::commands::{
    Command, FailedStep, StepFailure, Transcript, command, misconfigured, refused, take, tell,
};
use self::content::wire_text;
use crate::core::delivery::{Attempt, Outcome, Step};
use crate::fault;
use connect::Connection;

/// After so many messages a new connection is made; many servers end one after a hundred.
const MESSAGES_PER_CONNECTION: u32 = 100;
/// A connection that rested longer than this is not trusted again.
const IDLE_MAX: Duration = Duration::from_mins(1);
/// How long the answers to RSET and QUIT are awaited, on which nothing depends.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// A transport to one server. It holds at most one connection.
pub struct Smtp {
    options: SmtpOptions,
    /// Only ever a connection that stands between two transactions.
    idle: Option<Connection>,
    waiting: Waiting,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Smtp {
    /// Does not connect yet.
    pub fn new(options: SmtpOptions) -> Self {
        Self {
            options,
            idle: None,
            waiting: Waiting::default(),
        }
    }

    /// What a delivery waits for, to be looked at meanwhile.
    pub fn waiting(&self) -> Waiting {
        self.waiting.clone()
    }

    /// Whom it waits for.
    pub fn peer(&self) -> String {
        let SmtpOptions { host, port, .. } = &self.options;
        format!("{host}:{port}")
    }

    /// Hands one message to the server for one recipient.
    pub async fn deliver(&mut self, from: &str, to: &str, message: &[u8]) -> Attempt {
        let mut dialogue = Transcript::new(&self.options, &self.waiting);
        let outcome = self.attempt(from, to, message, &mut dialogue).await;
        let mut attempt = Attempt {
            outcome,
            dialogue: dialogue.lines,
        };
        dialogue.redaction.attempt(&mut attempt);
        self.waiting.ends();
        attempt
    }

    async fn attempt(
        &mut self,
        from: &str,
        to: &str,
        message: &[u8],
        dialogue: &mut Transcript,
    ) -> Outcome {
        let Some(message) = wire_text(message) else {
            let reply = "5.6.0 the message has bare line ends or is no text".to_owned();
            return Outcome::Refused {
                step: Step::Data,
                code: 554,
                reply,
            };
        };
        match envelope(from, to) {
            Ok(envelope) => self.deliver_to(&envelope, message, dialogue).await,
            Err(outcome) => outcome,
        }
    }

    async fn deliver_to(
        &mut self,
        envelope: &Envelope,
        message: &str,
        dialogue: &mut Transcript,
    ) -> Outcome {
        // Taken out, so that a dropped future closes it instead of leaving it half-way.
        let mut reused = self.idle.take().filter(|idle| {
            idle.messages < MESSAGES_PER_CONNECTION && idle.used.elapsed() < IDLE_MAX
        });
        loop {
            let fresh = reused.is_none();
            let connection = match reused.take() {
                Some(connection) => {
                    if let Some(token) = &connection.token {
                        dialogue.redaction.hide(token.expose());
                    }
                    Ok(connection)
                }
                None => connect::connect(&self.options, dialogue).await,
            };
            let mut connection = match connection {
                Ok(connection) => connection,
                Err(stop) => return stop.into_outcome(),
            };
            match self
                .open_transaction(&mut connection, envelope, message, dialogue)
                .await
            {
                Ok(()) => {
                    fault::point("smtp-before-content");
                    return self.send_content(connection, message, dialogue).await;
                }
                // A server may close a resting connection at any time. Nothing was sent yet.
                Err(stop) if !fresh && stop.is_stale() => {}
                Err(stop) => {
                    if stop.leaves_connection_usable() {
                        self.reset(connection).await;
                    }
                    return stop.into_outcome();
                }
            }
        }
    }

    /// MAIL, RCPT and DATA, up to 354.
    async fn open_transaction(
        &self,
        connection: &mut Connection,
        Envelope { from, to }: &Envelope,
        message: &str,
        dialogue: &mut Transcript,
    ) -> Result<(), FailedStep> {
        let limits = self.options.timeouts;
        let offered = &connection.capabilities;
        let mut mail = format!("MAIL FROM:<{from}>");
        // Domains are ASCII by now, see `parse_address`.
        if [from, to]
            .into_iter()
            .any(|address| !address.to_string().is_ascii())
        {
            if !offered.international {
                let why = "the server does not take addresses outside ASCII";
                return Err(if from.to_string().is_ascii() {
                    refused(Step::RcptTo, 553, format!("5.6.7 {why}"))
                } else {
                    misconfigured(Step::MailFrom, format!("{why}, such as that of the sender"))
                });
            }
            mail.push_str(" SMTPUTF8");
        }
        if !message.is_ascii() {
            if !offered.eight_bit {
                let why = "5.6.3 the server does not take 8-bit messages";
                return Err(refused(Step::Data, 554, why));
            }
            mail.push_str(" BODY=8BITMIME");
        }
        let rcpt = format!("RCPT TO:<{to}>");
        for (step, line, due, limit) in [
            (Step::MailFrom, mail.as_str(), 250..=259, limits.command),
            (Step::RcptTo, rcpt.as_str(), 250..=259, limits.command),
            (Step::Data, "DATA", 354..=354, limits.data),
        ] {
            let asked = Command {
                step,
                line,
                due,
                limit,
            };
            command(&mut connection.wire, asked, dialogue).await?;
        }
        Ok(())
    }

    /// The message and its dot. From here on, no clear answer means that we do not know.
    async fn send_content(
        &mut self,
        mut connection: Connection,
        message: &str,
        dialogue: &mut Transcript,
    ) -> Outcome {
        let limits = self.options.timeouts;
        let sent = content::send(&mut connection.wire, message, limits, dialogue).await;
        let whole = sent.as_ref().is_ok_and(|reply| reply.whole);
        // RFC 5321 section 4.2: a code that is not known means what its first digit says, and here 2 says
        // that the server has taken the message. Sent again, it would be there twice.
        let taken = sent.and_then(|reply| take(Step::FinalDot, &(200..=299), &reply, dialogue));
        let step = taken
            .as_ref()
            .map_or_else(|stop| stop.step, |_| Step::FinalDot);
        tell(step, &taken, dialogue);
        match taken {
            Ok(reply) => {
                fault::point("smtp-message-accepted");
                connection.messages += 1;
                connection.used = Instant::now();
                self.idle = whole.then_some(connection);
                Outcome::Delivered { reply }
            }
            Err(stop) if stop.step != Step::FinalDot => stop.into_outcome(),
            Err(stop) => match stop.trouble {
                StepFailure::Refused { code, reply } => {
                    if code != 421 && whole {
                        self.reset(connection).await;
                    }
                    Outcome::Refused {
                        step: Step::FinalDot,
                        code,
                        reply,
                    }
                }
                StepFailure::ConnectionLost { why } | StepFailure::Misconfigured { why } => {
                    Outcome::Unknown {
                        why: format!("no clear answer after the message: {why}"),
                    }
                }
            },
        }
    }

    /// Keeps the connection if RSET puts it back between two transactions. What the server said before is
    /// still to be recorded, so that a slow answer is not waited for.
    async fn reset(&mut self, mut connection: Connection) {
        let mut dialogue = Transcript::new(&self.options, &Waiting::default());
        let reset = Command {
            step: Step::MailFrom,
            line: "RSET",
            due: 200..=299,
            limit: self.options.timeouts.command.min(CLOSE_TIMEOUT),
        };
        let put_back = command(&mut connection.wire, reset, &mut dialogue).await;
        if put_back.is_ok() {
            connection.used = Instant::now();
            self.idle = Some(connection);
        }
    }

    /// Says QUIT, and waits for the answer no longer than manners demand.
    pub async fn close(&mut self) {
        if let Some(mut connection) = self.idle.take() {
            let limit = self.options.timeouts.command.min(CLOSE_TIMEOUT);
            // Whatever the answer, the connection ends here.
            let _ = timeout(limit, async {
                connection.wire.say(b"QUIT\r\n").await.ok()?;
                connection.wire.reply().await.ok()
            })
            .await;
        }
    }
}

/// An address for the envelope; an international domain in its ASCII form, which every server takes.
pub(super) fn parse_address(text: &str) -> Result<Address, String> {
    super::address::parse_address(text.trim()).map_err(|error| error.to_string())
}

/// Who sends and who gets a message.
pub(super) struct Envelope {
    pub(super) from: Address,
    pub(super) to: Address,
}

/// Who sends and who gets a message; what comes of it where one of them has no address.
pub(super) fn envelope(from: &str, to: &str) -> Result<Envelope, Outcome> {
    let from = parse_address(from).map_err(|why| Outcome::Misconfigured {
        step: Step::MailFrom,
        why,
    })?;
    let to = parse_address(to).map_err(|why| Outcome::Refused {
        step: Step::RcptTo,
        code: 553,
        reply: format!("5.1.3 {why}"),
    })?;
    Ok(Envelope { from, to })
}

#[cfg(test)]
mod tests;
