//! One question and its answer, and what it means when the answer is another.

use std::future::Future;
use std::ops::RangeInclusive;
use std::time::Duration;

use tokio::time::timeout;

use super::options::SmtpOptions;
use super::redact::Redaction;
use super::reply::Reply;
use super::stream::{Silence, Wire};
use super::waiting::Waiting;
use crate::core::delivery::{Outcome, Step};

/// How a hang-up is told.
pub(super) const HUNG_UP: &str = "the server closed the connection";

/// Why a step did not go as it must.
pub(super) enum Trouble {
    /// A reply of 400 to 599.
    Refused { code: u16, reply: String },
    /// No reply, or one that makes no sense here.
    Broken { why: String },
    /// We do not go on.
    Misconfigured { why: String },
}

/// A trouble and its place.
pub(super) struct Stop {
    pub step: Step,
    pub trouble: Trouble,
}

/// What was said, without what must not be repeated.
pub(super) struct Dialogue {
    pub lines: Vec<(Step, String)>,
    pub redaction: Redaction,
    pub waiting: Waiting,
}

impl Dialogue {
    pub(super) fn new(options: &SmtpOptions, waiting: &Waiting) -> Self {
        Self {
            lines: Vec::new(),
            redaction: Redaction::new(options),
            waiting: waiting.clone(),
        }
    }

    pub(super) fn push(&mut self, step: Step, line: String) {
        self.lines.push((step, line));
    }
}

impl Stop {
    /// Whether a reused connection had been closed by the server in the meantime.
    pub(super) fn is_stale(&self) -> bool {
        self.step == Step::MailFrom
            && matches!(
                self.trouble,
                Trouble::Broken { .. } | Trouble::Refused { code: 421, .. }
            )
    }

    pub(super) fn leaves_connection_usable(&self) -> bool {
        matches!(self.trouble, Trouble::Refused { code, .. } if code != 421)
    }

    pub(super) fn refused_with(&self) -> Option<u16> {
        match self.trouble {
            Trouble::Refused { code, .. } => Some(code),
            Trouble::Broken { .. } | Trouble::Misconfigured { .. } => None,
        }
    }

    pub(super) fn line(&self) -> String {
        match &self.trouble {
            Trouble::Refused { code, reply } => format!("{code} {reply}").trim_end().to_owned(),
            Trouble::Broken { why } | Trouble::Misconfigured { why } => why.clone(),
        }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        let step = self.step;
        match self.trouble {
            Trouble::Refused { code, reply } => Outcome::Refused { step, code, reply },
            Trouble::Broken { why } => Outcome::Failed { step, why },
            Trouble::Misconfigured { why } => Outcome::Misconfigured { step, why },
        }
    }
}

pub(super) fn refused(step: Step, code: u16, reply: impl Into<String>) -> Stop {
    let reply = reply.into();
    Stop {
        step,
        trouble: Trouble::Refused { code, reply },
    }
}

pub(super) fn broken(step: Step, why: impl Into<String>) -> Stop {
    Stop {
        step,
        trouble: Trouble::Broken { why: why.into() },
    }
}

pub(super) fn misconfigured(step: Step, why: impl Into<String>) -> Stop {
    Stop {
        step,
        trouble: Trouble::Misconfigured { why: why.into() },
    }
}

/// One line, and what must be answered to it.
pub(super) struct Command<'a> {
    pub step: Step,
    pub line: &'a str,
    /// The codes that are due.
    pub due: RangeInclusive<u16>,
    pub limit: Duration,
}

/// Says one line, and takes a reply with one of the codes that are due. The dialogue tells it.
pub(super) async fn command(
    wire: &mut Wire,
    command: Command<'_>,
    dialogue: &mut Dialogue,
) -> Result<String, Stop> {
    let Command {
        step,
        line,
        due,
        limit,
    } = command;
    let result = ask(wire, step, line, limit, dialogue).await;
    let result = result.and_then(|reply| take(step, &due, &reply, dialogue));
    tell(step, &result, dialogue);
    result
}

/// Says one line, and gives the reply whatever its code is.
pub(super) async fn ask(
    wire: &mut Wire,
    step: Step,
    line: &str,
    limit: Duration,
    dialogue: &Dialogue,
) -> Result<Reply, Stop> {
    debug_assert!(!line.contains(['\r', '\n']), "one line is one command");
    let line = format!("{line}\r\n");
    let asking = async {
        wire.expect_nothing().await?;
        wire.say(line.as_bytes()).await?;
        wire.reply().await
    };
    await_reply(step, limit, asking, dialogue).await
}

/// Awaits one reply, whatever its code is.
pub(super) async fn await_reply(
    step: Step,
    limit: Duration,
    reply: impl Future<Output = Result<Reply, Silence>>,
    dialogue: &Dialogue,
) -> Result<Reply, Stop> {
    dialogue.waiting.begins(step);
    let reply = timeout(limit, reply).await;
    dialogue.waiting.ends();
    match reply {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(silence)) => Err(stop(step, silence, &dialogue.redaction)),
        Err(_) => Err(broken(
            step,
            format!("no answer within {} s", limit.as_secs_f32()),
        )),
    }
}

/// Takes only the codes that are due. A refusal is one whatever its text is.
pub(super) fn take(
    step: Step,
    due: &RangeInclusive<u16>,
    reply: &Reply,
    dialogue: &Dialogue,
) -> Result<String, Stop> {
    let code = reply.code;
    let words = dialogue.redaction.words(step, &reply.text());
    let told = format!("{code} {words}");
    let told = told.trim_end();
    if due.contains(&code) {
        Ok(told.to_owned())
    } else if code >= 400 {
        Err(refused(step, code, words))
    } else {
        let why = format!("answered \"{told}\" where {} is due", due.start());
        Err(broken(step, why))
    }
}

/// Writes the end of a step into the dialogue.
pub(super) fn tell(step: Step, result: &Result<String, Stop>, dialogue: &mut Dialogue) {
    let line = match result {
        Ok(reply) => reply.clone(),
        Err(stop) => stop.line(),
    };
    dialogue.push(step, line);
}

pub(super) fn stop(step: Step, silence: Silence, redaction: &Redaction) -> Stop {
    let words = |text: &str| redaction.words(step, text);
    match silence {
        Silence::Closed => broken(step, HUNG_UP),
        Silence::Lost(error) => broken(step, words(&error.to_string())),
        Silence::TooLong => broken(step, "the server's answer is too long"),
        Silence::Nonsense(line) => {
            let line = words(&line);
            broken(step, format!("the answer makes no sense: \"{line}\""))
        }
        // RFC 5321 section 3.8: a server that has to go may say so at any time.
        Silence::Unasked(reply) if reply.code == 421 => refused(step, 421, words(&reply.text())),
        Silence::Unasked(reply) => {
            let told = words(&format!("{} {}", reply.code, reply.text()));
            broken(
                step,
                format!("the server answered \"{told}\" before it was asked"),
            )
        }
    }
}
