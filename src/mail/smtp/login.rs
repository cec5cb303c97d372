//! AUTH (RFC 4954): PLAIN, LOGIN, OAUTHBEARER and XOAUTH2.
//!
//! Names and passwords go as they were written: `SASLprep` (RFC 4013) is not done, since servers that do
//! not do it either would refuse what it makes of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::commands::{
    FailedStep, StepFailure, Transcript, ask, broken, misconfigured, refused, take, tell,
};
use super::ehlo::Capabilities;
use super::options::SmtpOptions;
use super::reply::Reply;
use super::stream::SmtpStream;
use crate::core::delivery::Step;
use crate::mail::TokenError;
use crate::mail::secret::Secret;

/// Longest command, with its line end (RFC 4954 section 4 and RFC 5321 section 4.5.3.1.4).
const COMMAND_BYTES: usize = 512;
/// Ways to log in with a password, and with an access token; the best first.
const PASSWORDS: [&str; 2] = ["PLAIN", "LOGIN"];
const TOKENS: [&str; 2] = ["OAUTHBEARER", "XOAUTH2"];
/// The server wants the next answer.
const GO_ON: u16 = 334;

/// Logs in with what there is. Gives the token, where that was one.
pub(super) async fn log_in(
    wire: &mut SmtpStream,
    offered: &Capabilities,
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<Option<Secret>, FailedStep> {
    let mut login = Login {
        wire,
        offered,
        options,
        dialogue,
    };
    let username = options.username.as_deref().unwrap_or_default();
    let result = match (&options.token, &options.password) {
        (Some(_), _) => login.with_token(username).await,
        (None, Some(password)) => {
            let done = login.with_password(username, password.expose()).await;
            done.map(|reply| (reply, None))
        }
        (None, None) => return Ok(None),
    };
    match result {
        Ok((reply, token)) => {
            tell(Step::Auth, &Ok(reply), dialogue);
            Ok(token)
        }
        Err(stop) => {
            dialogue.push(Step::Auth, stop.line());
            Err(stop)
        }
    }
}

struct Login<'a> {
    wire: &'a mut SmtpStream,
    offered: &'a Capabilities,
    options: &'a SmtpOptions,
    dialogue: &'a mut Transcript,
}

impl Login<'_> {
    /// PLAIN, then LOGIN, which is obsolete, for some large providers know nothing else.
    async fn with_password(
        &mut self,
        username: &str,
        password: &str,
    ) -> Result<String, FailedStep> {
        let plain = self.offered.logins.contains("PLAIN");
        let login = self.offered.logins.contains("LOGIN");
        if !plain && !login {
            return Err(self.no_way(
                &PASSWORDS,
                &TOKENS,
                "an access token: set token_file or [mail.oauth2]",
            ));
        }
        let mut refusal = None;
        if plain {
            // RFC 4616.
            let response = STANDARD.encode(format!("\0{username}\0{password}"));
            match self.respond("PLAIN", &response, None).await {
                // It does not take this way after all.
                Err(stop) if login && matches!(stop.refused_with(), Some(504 | 534 | 538)) => {
                    refusal = Some(stop);
                }
                result => return result,
            }
        }
        match self.login(username, password).await {
            // What was said first is told rather than that the server has had enough.
            Err(FailedStep {
                trouble: StepFailure::ConnectionLost { .. },
                ..
            }) if refusal.is_some() => Err(refusal.unwrap_or_else(|| broken(Step::Auth, ""))),
            result => result,
        }
    }

    /// LOGIN goes by the order of its prompts: their words come in many languages, or not at all.
    async fn login(&mut self, username: &str, password: &str) -> Result<String, FailedStep> {
        let mut reply = self.say("AUTH LOGIN").await?;
        for answer in [username, password] {
            if reply.code != GO_ON {
                break;
            }
            reply = self.say(&STANDARD.encode(answer)).await?;
        }
        self.done(&reply)
    }

    /// A token that is refused may have grown old: a fresh one is tried once.
    async fn with_token(&mut self, username: &str) -> Result<(String, Option<Secret>), FailedStep> {
        let mechanism = TOKENS
            .into_iter()
            .find(|name| self.offered.logins.contains(*name));
        let Some(mechanism) = mechanism else {
            return Err(self.no_way(
                &TOKENS,
                &PASSWORDS,
                "a password: set password or password_file",
            ));
        };
        let token = self.token(false).await?;
        let mut stop = match self.bear(mechanism, username, &token).await {
            Ok(reply) => return Ok((reply, Some(token))),
            Err(stop) if is_refused_token(&stop) => stop,
            Err(stop) => return Err(stop),
        };
        let fresh = self.token(true).await?;
        if fresh != token {
            stop = match self.bear(mechanism, username, &fresh).await {
                Ok(reply) => return Ok((reply, Some(fresh))),
                Err(stop) => stop,
            };
        }
        if is_refused_token(&stop) {
            let why = format!("the server refuses the access token: {}", stop.line());
            return Err(misconfigured(Step::Auth, why));
        }
        Err(stop)
    }

    async fn token(&mut self, fresh: bool) -> Result<Secret, FailedStep> {
        let Some(source) = &self.options.token else {
            return Err(misconfigured(Step::Auth, "there is no access token"));
        };
        self.dialogue.waiting.begins(Step::Auth);
        let token = source.access_token(fresh).await;
        self.dialogue.waiting.ends();
        let token = token.map_err(|error| {
            let why = self
                .dialogue
                .redaction
                .words(Step::Auth, &error.to_string());
            match error {
                TokenError::Temporary(_) => broken(Step::Auth, why),
                TokenError::Permanent(_) => misconfigured(Step::Auth, why),
            }
        })?;
        self.dialogue.redaction.hide(token.expose());
        Ok(token)
    }

    async fn bear(
        &mut self,
        mechanism: &'static str,
        username: &str,
        token: &Secret,
    ) -> Result<String, FailedStep> {
        let token = token.expose();
        let (message, acknowledgement) = if mechanism == "OAUTHBEARER" {
            // RFC 7628 section 3.1, with the name as RFC 5801 section 4 writes it.
            let name = username.replace('=', "=3D").replace(',', "=2C");
            let host = self.options.bare_host();
            let port = self.options.port;
            (
                format!("n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01"),
                // An octet 1, RFC 7628 section 3.2.3.
                "AQ==",
            )
        } else {
            (
                format!("user={username}\x01auth=Bearer {token}\x01\x01"),
                "",
            )
        };
        self.respond(mechanism, &STANDARD.encode(message), Some(acknowledgement))
            .await
    }

    /// A mechanism with one response, which goes with the command where it has room. `acknowledgement`
    /// answers a server that then tells why it will refuse.
    async fn respond(
        &mut self,
        mechanism: &str,
        response: &str,
        acknowledgement: Option<&str>,
    ) -> Result<String, FailedStep> {
        let command = format!("AUTH {mechanism} {response}");
        let mut reply;
        if command.len() + 2 <= COMMAND_BYTES {
            reply = self.say(&command).await?;
            // Some ask for what they were given already.
            if reply.code == GO_ON && (reply.text().is_empty() || acknowledgement.is_none()) {
                reply = self.say(response).await?;
            }
        } else {
            reply = self.say(&format!("AUTH {mechanism}")).await?;
            if reply.code == GO_ON {
                reply = self.say(response).await?;
            }
        }
        if let (GO_ON, Some(acknowledgement)) = (reply.code, acknowledgement) {
            let reason = self.reason(&reply);
            return Err(match self.say(acknowledgement).await {
                Err(FailedStep {
                    trouble: StepFailure::Refused { code, reply },
                    ..
                }) => refused(Step::Auth, code, format!("{reply} ({reason})")),
                // It has said that it refuses, whatever it says or does next.
                _ => refused(Step::Auth, 535, reason),
            });
        }
        self.done(&reply)
    }

    /// Why a token is refused, from the base64 of some JSON (RFC 7628 section 3.2.2).
    fn reason(&self, reply: &Reply) -> String {
        let text = reply.text();
        let Ok(decoded) = STANDARD.decode(&text) else {
            return self.dialogue.redaction.words(Step::Auth, &text);
        };
        let parsed = serde_json::from_slice::<serde_json::Value>(&decoded);
        let status = parsed.ok().and_then(|told| match told.get("status")? {
            serde_json::Value::String(status) => Some(status.clone()),
            status => Some(status.to_string()),
        });
        let told = match status {
            Some(status) => format!("status {status}"),
            None => String::from_utf8_lossy(&decoded).into_owned(),
        };
        self.dialogue.redaction.words(Step::Auth, &told)
    }

    /// One line, to which 235 or 334 is an answer.
    async fn say(&mut self, line: &str) -> Result<Reply, FailedStep> {
        let limit = self.options.timeouts.command;
        let reply = ask(self.wire, Step::Auth, line, limit, self.dialogue).await?;
        if reply.code != GO_ON {
            self.done(&reply)?;
        }
        Ok(reply)
    }

    fn done(&self, reply: &Reply) -> Result<String, FailedStep> {
        take(Step::Auth, &(235..=235), reply, self.dialogue)
    }

    /// None of our `ways` is offered. `instead` are the others that we know, for which `needed` is needed.
    fn no_way(&self, ways: &[&str], instead: &[&str], needed: &str) -> FailedStep {
        let mut why = format!("the server offers no login by {}", ways.join(" or "));
        let offered = self.offered.logins_told(&self.dialogue.redaction);
        if !offered.is_empty() {
            why = format!("{why}; it offers {offered}");
        }
        if instead.iter().any(|way| self.offered.logins.contains(*way)) {
            why = format!("{why}, so that it wants {needed}");
        }
        misconfigured(Step::Auth, why)
    }
}

/// Whether it is the token, and not the server's bad day.
fn is_refused_token(stop: &FailedStep) -> bool {
    stop.refused_with() == Some(535)
}
