//! From nothing to a connection that is protected, logged in, and ready for MAIL.

use std::net::SocketAddr;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};

use super::commands::{
    Command, FailedStep, Transcript, broken, command, misconfigured, stop, take, tell,
};
use super::ehlo::{Capabilities, send_ehlo};
use super::login::log_in;
use super::options::{IMPLICIT_PORT, SmtpOptions, Tls};
use super::stream::{ReplyReadError, SmtpStream};
use super::tls;
use crate::core::delivery::Step;
use crate::fault;
use crate::mail::secret::Secret;

/// Most addresses of a name that are tried.
const ADDRESSES: usize = 16;

pub(super) async fn connect(
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<Connection, FailedStep> {
    fault::point("smtp-before-connect");
    let result = establish(options, dialogue).await;
    if let Err(stop) = &result {
        let line = stop.line();
        if dialogue
            .lines
            .last()
            .is_none_or(|(step, said)| *step != stop.step || *said != line)
        {
            dialogue.push(stop.step, line);
        }
    }
    result
}

async fn establish(
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<Connection, FailedStep> {
    dialogue.waiting.begins(Step::Connect);
    let mut wire = SmtpStream::new(reach(options).await?);
    if options.tls == Tls::Implicit {
        wire = tls::encrypt(wire, Step::Connect, options, dialogue).await?;
    }
    let greeting = greeting(&mut wire, options, dialogue).await;
    tell(Step::Greeting, &greeting, dialogue);
    greeting?;
    let mut capabilities = send_ehlo(&mut wire, Step::Hello, options, dialogue).await?;
    if options.tls == Tls::Starttls {
        (wire, capabilities) = start_tls(wire, &capabilities, options, dialogue).await?;
    }
    let token = if options.logs_in() {
        log_in(&mut wire, &capabilities, options, dialogue).await?
    } else {
        None
    };
    Ok(Connection {
        wire,
        capabilities,
        token,
        messages: 0,
        used: Instant::now(),
    })
}

/// Connects to the first address that answers.
async fn reach(options: &SmtpOptions) -> Result<TcpStream, FailedStep> {
    let limit = options.timeouts.connect;
    let host = options.bare_host();
    let addresses: Vec<SocketAddr> = timeout(limit, lookup_host((host.as_str(), options.port)))
        .await
        .map_err(|_| {
            let why = format!("{host}: the name was not resolved in time");
            broken(Step::Connect, why)
        })?
        .map_err(|error| broken(Step::Connect, format!("{host}: {error}")))?
        .take(ADDRESSES)
        .collect();
    if options.tls == Tls::None && !addresses.iter().all(|address| address.ip().is_loopback()) {
        let why = format!("{host} is no loopback address, and mail without TLS goes no further");
        return Err(misconfigured(Step::Connect, why));
    }
    let mut why = format!("{host} has no address");
    for address in addresses {
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Commands are small and each waits for its answer.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => why = format!("{address}: {error}"),
            Err(_) => why = format!("{address}: no connection within {} s", limit.as_secs_f32()),
        }
    }
    Err(broken(Step::Connect, why))
}

/// The server's first words. A server that waits for TLS says none at all, and would not for ever.
async fn greeting(
    wire: &mut SmtpStream,
    options: &SmtpOptions,
    dialogue: &Transcript,
) -> Result<String, FailedStep> {
    let limit = options.timeouts.command;
    dialogue.waiting.begins(Step::Greeting);
    if options.tls != Tls::Implicit {
        let silence = options.timeouts.silence.min(limit);
        match timeout(silence, wire.listen()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(stop(Step::Greeting, error, &dialogue.redaction)),
            Err(_) => return Err(silent(options, silence.as_secs_f32())),
        }
    }
    match timeout(limit, wire.reply()).await {
        Ok(Err(ReplyReadError::Malformed(line))) => Err(alien(&line, options, dialogue)),
        Ok(Ok(reply)) => take(Step::Greeting, &(220..=220), &reply, dialogue),
        Ok(Err(silence)) => Err(stop(Step::Greeting, silence, &dialogue.redaction)),
        Err(_) => Err(broken(
            Step::Greeting,
            format!("no whole greeting within {} s", limit.as_secs_f32()),
        )),
    }
}

/// At the port of implicit TLS it is a setting that is wrong; elsewhere the server may have a bad day.
fn silent(options: &SmtpOptions, seconds: f32) -> FailedStep {
    let (host, port) = (&options.host, options.port);
    let why = format!(
        "{host}:{port} said nothing at all within {seconds} s: it may wait for TLS from the first byte, which is \
         at port 465 as a rule; then set tls = \"implicit\""
    );
    if port == IMPLICIT_PORT {
        misconfigured(Step::Greeting, why)
    } else {
        broken(Step::Greeting, why)
    }
}

/// Something answers that does not greet as mail servers do.
fn alien(line: &str, options: &SmtpOptions, dialogue: &Transcript) -> FailedStep {
    let (host, port) = (&options.host, options.port);
    let said = dialogue.redaction.words(Step::Greeting, line);
    let capitals = line.trim_start().to_ascii_uppercase();
    let kind = match line.as_bytes().first() {
        // Record types of TLS (RFC 8446 section 5.1).
        Some(20..=23) if options.tls != Tls::Implicit => {
            let why = format!(
                "{host}:{port} speaks TLS from the first byte: set tls = \"implicit\" (port 465 as a rule)"
            );
            return misconfigured(Step::Greeting, why);
        }
        _ if capitals.starts_with("HTTP/") || capitals.starts_with('<') => "a web server",
        _ if capitals.starts_with("* OK") || capitals.starts_with("* BYE") => "an IMAP server",
        _ if capitals.starts_with("+OK") || capitals.starts_with("-ERR") => "a POP3 server",
        _ if capitals.starts_with("SSH-") => "an SSH server",
        _ => {
            let why = format!("the answer makes no sense: \"{said}\"");
            return broken(Step::Greeting, why);
        }
    };
    let why = format!(
        "at {host}:{port} is {kind} instead of a mail server that sends (SMTP), it says \"{said}\": look at host \
         and port; 587 or 465 as a rule"
    );
    misconfigured(Step::Greeting, why)
}

async fn start_tls(
    mut wire: SmtpStream,
    capabilities: &Capabilities,
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<(SmtpStream, Capabilities), FailedStep> {
    if !capabilities.starttls {
        return Err(misconfigured(
            Step::StartTls,
            "the server does not offer STARTTLS",
        ));
    }
    let start_tls = Command {
        step: Step::StartTls,
        line: "STARTTLS",
        due: 220..=220,
        limit: options.timeouts.command,
    };
    command(&mut wire, start_tls, dialogue).await?;
    // Whatever a man in the middle appends to the answer must not be taken for the first answers of the
    // encrypted server (RFC 3207 section 6).
    if wire.has_more() {
        let why = "the server said more than its answer to STARTTLS, which nobody protects";
        return Err(broken(Step::StartTls, why));
    }
    let mut wire = tls::encrypt(wire, Step::StartTls, options, dialogue).await?;
    let capabilities = send_ehlo(&mut wire, Step::StartTls, options, dialogue).await?;
    Ok((wire, capabilities))
}

pub(super) struct Connection {
    pub(super) wire: SmtpStream,
    pub(super) capabilities: Capabilities,
    /// What it was logged in with, if that was a token; the server may repeat it.
    pub(super) token: Option<Secret>,
    pub(super) messages: u32,
    pub(super) used: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::delivery::Outcome;
    use crate::mail::SmtpTimeouts;

    #[test]
    fn silence_at_the_port_of_implicit_tls_is_for_a_person() {
        for (port, for_a_person) in [(465, true), (587, false), (25, false)] {
            let options = SmtpOptions {
                host: "mail.example.org".to_owned(),
                port,
                tls: Tls::Starttls,
                username: None,
                password: None,
                token: None,
                hello_name: "example.org".to_owned(),
                ca_file: None,
                timeouts: SmtpTimeouts::default(),
            };
            let outcome = silent(&options, 30.0).into_outcome();
            assert_eq!(
                matches!(outcome, Outcome::Misconfigured { .. }),
                for_a_person
            );
            let told = format!("{outcome:?}");
            assert!(told.contains(&format!("mail.example.org:{port}")), "{told}");
        }
    }
}
