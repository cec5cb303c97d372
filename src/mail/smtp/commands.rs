//! One question and its answer, and what it means when the answer is another.

use std::future::Future;
use std::ops::RangeInclusive;
use std::time::Duration;

use tokio::time::timeout;

use super::options::SmtpOptions;
use super::progress::Waiting;
use super::redact::Redaction;
use super::reply::Reply;
use super::stream::{ReplyReadError, SmtpStream};
use crate::core::delivery::{Outcome, Step};

/// How a hang-up is told.
pub(super) const HUNG_UP: &str = "the server closed the connection";

/// Why a step did not go as it must.
pub(super) enum StepFailure {
    /// A reply of 400 to 599.
    Refused { code: u16, reply: String },
    /// No reply, or one that makes no sense here.
    ConnectionLost { why: String },
    /// We do not go on.
    Misconfigured { why: String },
}

/// A trouble and its place.
pub(super) struct FailedStep {
    pub step: Step,
    pub trouble: StepFailure,
}

/// What was said, without what must not be repeated.
pub(super) struct Transcript {
    pub lines: Vec<(Step, String)>,
    pub redaction: Redaction,
    pub waiting: Waiting,
}

impl Transcript {
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

impl FailedStep {
    /// Whether a reused connection had been closed by the server in the meantime.
    pub(super) fn is_stale(&self) -> bool {
        self.step == Step::MailFrom
            && matches!(
                self.trouble,
                StepFailure::ConnectionLost { .. } | StepFailure::Refused { code: 421, .. }
            )
    }

    pub(super) fn leaves_connection_usable(&self) -> bool {
        matches!(self.trouble, StepFailure::Refused { code, .. } if code != 421)
    }

    pub(super) fn refused_with(&self) -> Option<u16> {
        match self.trouble {
            StepFailure::Refused { code, .. } => Some(code),
            StepFailure::ConnectionLost { .. } | StepFailure::Misconfigured { .. } => None,
        }
    }

    pub(super) fn line(&self) -> String {
        match &self.trouble {
            StepFailure::Refused { code, reply } => format!("{code} {reply}").trim_end().to_owned(),
            StepFailure::ConnectionLost { why } | StepFailure::Misconfigured { why } => why.clone(),
        }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        let step = self.step;
        match self.trouble {
            StepFailure::Refused { code, reply } => Outcome::Refused { step, code, reply },
            StepFailure::ConnectionLost { why } => Outcome::Failed { step, why },
            StepFailure::Misconfigured { why } => Outcome::Misconfigured { step, why },
        }
    }
}

pub(super) fn refused(step: Step, code: u16, reply: impl Into<String>) -> FailedStep {
    let reply = reply.into();
    FailedStep {
        step,
        trouble: StepFailure::Refused { code, reply },
    }
}

pub(super) fn broken(step: Step, why: impl Into<String>) -> FailedStep {
    FailedStep {
        step,
        trouble: StepFailure::ConnectionLost { why: why.into() },
    }
}

pub(super) fn misconfigured(step: Step, why: impl Into<String>) -> FailedStep {
    FailedStep {
        step,
        trouble: StepFailure::Misconfigured { why: why.into() },
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
    wire: &mut SmtpStream,
    command: Command<'_>,
    dialogue: &mut Transcript,
) -> Result<String, FailedStep> {
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
    wire: &mut SmtpStream,
    step: Step,
    line: &str,
    limit: Duration,
    dialogue: &Transcript,
) -> Result<Reply, FailedStep> {
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
    reply: impl Future<Output = Result<Reply, ReplyReadError>>,
    dialogue: &Transcript,
) -> Result<Reply, FailedStep> {
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
    dialogue: &Transcript,
) -> Result<String, FailedStep> {
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
pub(super) fn tell(step: Step, result: &Result<String, FailedStep>, dialogue: &mut Transcript) {
    let line = match result {
        Ok(reply) => reply.clone(),
        Err(stop) => stop.line(),
    };
    dialogue.push(step, line);
}

pub(super) fn stop(step: Step, silence: ReplyReadError, redaction: &Redaction) -> FailedStep {
    let words = |text: &str| redaction.words(step, text);
    match silence {
        ReplyReadError::Closed => broken(step, HUNG_UP),
        ReplyReadError::Lost(error) => broken(step, words(&error.to_string())),
        ReplyReadError::TooLong => broken(step, "the server's answer is too long"),
        ReplyReadError::Malformed(line) => {
            let line = words(&line);
            broken(step, format!("the answer makes no sense: \"{line}\""))
        }
        // RFC 5321 section 3.8: a server that has to go may say so at any time.
        ReplyReadError::Unsolicited(reply) if reply.code == 421 => {
            refused(step, 421, words(&reply.text()))
        }
        ReplyReadError::Unsolicited(reply) => {
            let told = words(&format!("{} {}", reply.code, reply.text()));
            broken(
                step,
                format!("the server answered \"{told}\" before it was asked"),
            )
        }
    }
}
