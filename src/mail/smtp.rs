//! One SMTP connection, driven step by step (RFC 5321).
//!
//! No pool: after a cancelled command a pooled connection comes back one reply out of step, and the
//! next message is taken for sent on an answer that was not meant for it. Here every step names the
//! only code it accepts, a connection is dropped on any doubt, and one transaction has one recipient.

mod connect;
mod content;
mod options;
mod redact;

use std::{error::Error as _, fmt, future::Future, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use tokio::time::{Instant, timeout};

pub use self::options::{Secret, SmtpOptions, SmtpTimeouts, Tls};

use self::content::{Content, wire_text};
use self::redact::Redaction;
use crate::core::delivery::{Attempt, Outcome, Step};
use crate::core::digest::clean_line;
use crate::fault;

/// After so many messages a new connection is made; many servers end one after a hundred.
const MESSAGES_PER_CONNECTION: u32 = 100;
/// A connection that rested longer than this is not trusted again.
const IDLE_MAX: Duration = Duration::from_mins(1);
/// Longest address told, in characters.
const ADDRESS_CHARS: usize = 500;

/// A transport to one server. It holds at most one connection.
pub struct Smtp {
    options: SmtpOptions,
    /// Only ever a connection that stands between two transactions.
    idle: Option<Connection>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

struct Connection {
    smtp: AsyncSmtpConnection,
    messages: u32,
    used: Instant,
}

/// Why a step did not go as it must.
enum Trouble {
    /// A reply of 400 to 599.
    Refused { code: u16, reply: String },
    /// No reply, or one that makes no sense here.
    Broken { why: String },
    /// We do not go on.
    Misconfigured { why: String },
}

/// A trouble and its place.
struct Stop {
    step: Step,
    trouble: Trouble,
}

/// What was said, without what must not be repeated.
struct Dialogue {
    lines: Vec<(Step, String)>,
    redaction: Redaction,
}

impl Dialogue {
    fn new(options: &SmtpOptions) -> Self {
        Self {
            lines: Vec::new(),
            redaction: Redaction::new(options),
        }
    }

    fn push(&mut self, step: Step, line: String) {
        self.lines.push((step, line));
    }
}

impl Smtp {
    /// Does not connect yet.
    pub fn new(options: SmtpOptions) -> Self {
        Self {
            options,
            idle: None,
        }
    }

    /// Hands one message to the server for one recipient.
    pub async fn deliver(&mut self, from: &str, to: &str, message: &[u8]) -> Attempt {
        let mut dialogue = Dialogue::new(&self.options);
        let outcome = self.attempt(from, to, message, &mut dialogue).await;
        let mut attempt = Attempt {
            outcome,
            dialogue: dialogue.lines,
        };
        dialogue.redaction.attempt(&mut attempt);
        attempt
    }

    async fn attempt(
        &mut self,
        from: &str,
        to: &str,
        message: &[u8],
        dialogue: &mut Dialogue,
    ) -> Outcome {
        let Some(message) = wire_text(message) else {
            let reply = "5.6.0 the message has bare line ends or is no text".to_owned();
            return Outcome::Refused {
                step: Step::Data,
                code: 554,
                reply,
            };
        };
        match (parse_address(from), parse_address(to)) {
            (Err(why), _) => Outcome::Misconfigured {
                step: Step::MailFrom,
                why,
            },
            (_, Err(why)) => Outcome::Refused {
                step: Step::RcptTo,
                code: 553,
                reply: format!("5.1.3 {why}"),
            },
            (Ok(from), Ok(to)) => self.deliver_to(&from, &to, message, dialogue).await,
        }
    }

    async fn deliver_to(
        &mut self,
        from: &Address,
        to: &Address,
        message: &str,
        dialogue: &mut Dialogue,
    ) -> Outcome {
        // Taken out, so that a dropped future closes it instead of leaving it half-way.
        let mut reused = self.idle.take().filter(|idle| {
            idle.messages < MESSAGES_PER_CONNECTION && idle.used.elapsed() < IDLE_MAX
        });
        loop {
            let fresh = reused.is_none();
            let connection = match reused.take() {
                Some(connection) => Ok(connection),
                None => connect::connect(&self.options, dialogue).await,
            };
            let mut connection = match connection {
                Ok(connection) => connection,
                Err(stop) => return stop.into_outcome(),
            };
            match self
                .open_transaction(&mut connection, from, to, message, dialogue)
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
        from: &Address,
        to: &Address,
        message: &str,
        dialogue: &mut Dialogue,
    ) -> Result<(), Stop> {
        let limits = self.options.timeouts;
        let smtp = &mut connection.smtp;
        let mut parameters = Vec::new();
        let supports =
            |smtp: &AsyncSmtpConnection, extension| smtp.server_info().supports_feature(extension);
        let international = [from, to]
            .into_iter()
            .any(|address| !address.to_string().is_ascii());
        if international {
            if !supports(smtp, Extension::SmtpUtfEight) {
                return Err(refused(
                    Step::RcptTo,
                    553,
                    "5.6.7 the server does not take addresses outside ASCII",
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !supports(smtp, Extension::EightBitMime) {
                return Err(refused(
                    Step::Data,
                    554,
                    "5.6.3 the server does not take 8-bit messages",
                ));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mail = smtp.command(Mail::new(Some(from.clone()), parameters));
        expect(Step::MailFrom, &[250], limits.command, mail, dialogue).await?;
        let rcpt = smtp.command(Rcpt::new(to.clone(), Vec::new()));
        expect(Step::RcptTo, &[250, 251], limits.command, rcpt, dialogue).await?;
        expect(
            Step::Data,
            &[354],
            limits.data,
            smtp.command(Data),
            dialogue,
        )
        .await?;
        Ok(())
    }

    /// The message and its dot. From here on, no clear answer means that we do not know.
    async fn send_content(
        &mut self,
        mut connection: Connection,
        message: &str,
        dialogue: &mut Dialogue,
    ) -> Outcome {
        let limits = self.options.timeouts;
        let blocks = u32::try_from(message.len() / 65_536 + 1).unwrap_or(u32::MAX);
        let limit = limits
            .block
            .saturating_mul(blocks)
            .saturating_add(limits.final_dot);
        let sent = connection.smtp.command(Content(message));
        match expect(Step::FinalDot, &[250], limit, sent, dialogue).await {
            Ok(reply) => {
                fault::point("smtp-message-accepted");
                connection.messages += 1;
                connection.used = Instant::now();
                self.idle = Some(connection);
                Outcome::Delivered { reply }
            }
            Err(Stop {
                trouble: Trouble::Refused { code, reply },
                ..
            }) => {
                if code != 421 {
                    self.reset(connection).await;
                }
                Outcome::Refused {
                    step: Step::FinalDot,
                    code,
                    reply,
                }
            }
            Err(Stop {
                trouble: Trouble::Broken { why } | Trouble::Misconfigured { why },
                ..
            }) => Outcome::Unknown {
                why: format!("no clear answer after the message: {why}"),
            },
        }
    }

    /// Keeps the connection if RSET puts it back between two transactions.
    async fn reset(&mut self, mut connection: Connection) {
        let limit = self.options.timeouts.command;
        let rset = connection.smtp.command(Rset);
        let mut dialogue = Dialogue::new(&self.options);
        if expect(Step::MailFrom, &[250], limit, rset, &mut dialogue)
            .await
            .is_ok()
        {
            connection.used = Instant::now();
            self.idle = Some(connection);
        }
    }

    /// Says QUIT, and waits for the answer no longer than manners demand.
    pub async fn close(&mut self) {
        if let Some(mut connection) = self.idle.take() {
            let limit = self.options.timeouts.command.min(Duration::from_secs(3));
            // Whatever the answer, the connection ends here.
            let _ = timeout(limit, connection.smtp.quit()).await;
        }
    }
}

impl Stop {
    /// Whether a reused connection had been closed by the server in the meantime.
    fn is_stale(&self) -> bool {
        self.step == Step::MailFrom
            && matches!(
                self.trouble,
                Trouble::Broken { .. } | Trouble::Refused { code: 421, .. }
            )
    }

    fn leaves_connection_usable(&self) -> bool {
        matches!(self.trouble, Trouble::Refused { code, .. } if code != 421)
    }

    fn into_outcome(self) -> Outcome {
        let step = self.step;
        match self.trouble {
            Trouble::Refused { code, reply } => Outcome::Refused { step, code, reply },
            Trouble::Broken { why } => Outcome::Failed { step, why },
            Trouble::Misconfigured { why } => Outcome::Misconfigured { step, why },
        }
    }
}

fn refused(step: Step, code: u16, reply: &str) -> Stop {
    Stop {
        step,
        trouble: Trouble::Refused {
            code,
            reply: reply.to_owned(),
        },
    }
}

fn broken(step: Step, why: impl Into<String>) -> Stop {
    Stop {
        step,
        trouble: Trouble::Broken { why: why.into() },
    }
}

fn misconfigured(step: Step, why: impl Into<String>) -> Stop {
    Stop {
        step,
        trouble: Trouble::Misconfigured { why: why.into() },
    }
}

/// Awaits one reply and takes only the codes given.
async fn expect(
    step: Step,
    codes: &[u16],
    limit: Duration,
    reply: impl Future<Output = Result<Response, Error>>,
    dialogue: &mut Dialogue,
) -> Result<String, Stop> {
    let result = match timeout(limit, reply).await {
        Err(_) => Err(broken(
            step,
            format!("no answer within {} s", limit.as_secs_f32()),
        )),
        Ok(Err(error)) => Err(stop(step, &error, &dialogue.redaction)),
        Ok(Ok(response)) => {
            let code = u16::from(response.code());
            let said = response.message().collect::<Vec<_>>().join(" ");
            let words = dialogue.redaction.words(step, &said);
            if codes.contains(&code) {
                Ok(format!("{code} {words}").trim_end().to_owned())
            } else {
                Err(broken(
                    step,
                    format!("answered \"{code} {words}\" where {} is due", codes[0]),
                ))
            }
        }
    };
    let line = match &result {
        Ok(reply) => reply.clone(),
        Err(trouble) => trouble.line(),
    };
    dialogue.push(step, line);
    result
}

impl Stop {
    fn line(&self) -> String {
        match &self.trouble {
            Trouble::Refused { code, reply } => format!("{code} {reply}"),
            Trouble::Broken { why } | Trouble::Misconfigured { why } => why.clone(),
        }
    }
}

/// Reads an error of the library: a negative reply, or the lack of a sensible one.
fn stop(step: Step, error: &Error, redaction: &Redaction) -> Stop {
    let detail = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    let detail = redaction.words(step, &detail);
    // How the library and its TLS say that the other side hung up.
    let hung_up = ["incomplete response", "close_notify", "handshake eof"]
        .iter()
        .any(|words| detail.contains(words));
    match error.status() {
        Some(code) => refused(step, u16::from(code), &detail),
        None if hung_up => broken(step, "the server closed the connection"),
        None if error.is_client() => misconfigured(step, detail),
        None if error.is_response() => broken(step, format!("the answer makes no sense: {detail}")),
        None => broken(step, detail),
    }
}

/// An address for the envelope; an international domain in its ASCII form, which every server takes.
pub(super) fn parse_address(text: &str) -> Result<Address, String> {
    let invalid = || format!("\"{}\" is no mail address", clean_line(text, ADDRESS_CHARS));
    let (local, domain) = text.trim().rsplit_once('@').ok_or_else(invalid)?;
    let domain = if domain.is_ascii() {
        domain.to_owned()
    } else {
        url::Host::parse(domain).map_err(|_| invalid())?.to_string()
    };
    Address::new(local, domain).map_err(|_| invalid())
}

#[cfg(test)]
mod tests;
