//! EHLO: who we are, and what the server can (RFC 5321 section 4.1.1.1).

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::commands::{FailedStep, Transcript, ask, misconfigured, take, tell};
use super::options::{SmtpOptions, Tls};
use super::redact::Redaction;
use super::reply::Reply;
use super::stream::SmtpStream;
use crate::core::delivery::Step;

/// Longest domain name (RFC 1035 section 2.3.4).
const DOMAIN_BYTES: usize = 253;
/// Longest part of one.
const LABEL_BYTES: usize = 63;

/// What a server can.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    /// STARTTLS (RFC 3207).
    pub starttls: bool,
    /// 8BITMIME (RFC 6152).
    pub eight_bit: bool,
    /// SMTPUTF8 (RFC 6531).
    pub international: bool,
    /// Ways to log in (RFC 4954), in capitals.
    pub logins: BTreeSet<String>,
}

impl Capabilities {
    /// Reads the reply to EHLO. Keywords are in any case (RFC 5321 section 2.4), twice or not.
    fn read(reply: &Reply) -> Self {
        let mut offered = Self::default();
        // The first line is the server's name.
        for line in reply.lines().skip(1) {
            let line = String::from_utf8_lossy(line).to_ascii_uppercase();
            // "AUTH=LOGIN" is how it was said before there was a standard.
            let mut words = line
                .split(|c: char| c.is_whitespace() || c == '=')
                .filter(|word| !word.is_empty());
            match words.next() {
                Some("STARTTLS") => offered.starttls = true,
                Some("8BITMIME") => offered.eight_bit = true,
                Some("SMTPUTF8") => offered.international = true,
                Some("AUTH") => offered.logins.extend(words.map(str::to_owned)),
                _ => {}
            }
        }
        offered
    }

    /// The ways to log in as one line for people.
    pub(super) fn logins_told(&self, redaction: &Redaction) -> String {
        let logins: Vec<&str> = self.logins.iter().map(String::as_str).collect();
        redaction.words(Step::Hello, &logins.join(", "))
    }
}

/// Says EHLO, or HELO to a server that knows nothing else and from whom no more is needed.
pub(super) async fn send_ehlo(
    wire: &mut SmtpStream,
    step: Step,
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<Capabilities, FailedStep> {
    let name = our_name(&options.hello_name, wire.local_address());
    let limit = options.timeouts.command;
    let answer = ask(wire, step, &format!("EHLO {name}"), limit, dialogue).await;
    let read = match answer {
        Ok(reply) => take(step, &(250..=259), &reply, dialogue).map(|_| reply),
        Err(stop) => Err(stop),
    };
    let result = match read {
        Ok(reply) => Ok(reply),
        Err(stop) if stop.refused_with().is_some_and(|code| code >= 500) => {
            plain_hello(wire, step, options, stop, dialogue).await
        }
        Err(stop) => Err(stop),
    };
    match result {
        Ok(reply) => {
            let first = reply.lines().next().unwrap_or_default();
            let server = String::from_utf8_lossy(first);
            let server = server.split_whitespace().next().unwrap_or("the server");
            let server = dialogue.redaction.words(step, server);
            dialogue.push(step, format!("{server} answers"));
            Ok(Capabilities::read(&reply))
        }
        Err(stop) => {
            let told = Err(stop);
            tell(step, &told, dialogue);
            told.map(|_: String| Capabilities::default())
        }
    }
}

/// HELO, after EHLO was refused (RFC 5321 section 3.2). With it there is neither TLS nor a login.
async fn plain_hello(
    wire: &mut SmtpStream,
    step: Step,
    options: &SmtpOptions,
    refusal: FailedStep,
    dialogue: &Transcript,
) -> Result<Reply, FailedStep> {
    let needed = match options.tls {
        Tls::Starttls => "STARTTLS",
        _ if options.logs_in() => "a login",
        _ => {
            let name = our_name(&options.hello_name, wire.local_address());
            let limit = options.timeouts.command;
            let answer = ask(wire, step, &format!("HELO {name}"), limit, dialogue).await;
            return match answer {
                Ok(reply) if take(step, &(250..=259), &reply, dialogue).is_ok() => {
                    // Whatever more it says, HELO offers nothing.
                    Ok(reply.first_line_only())
                }
                // What the server said first is why it does not want us.
                _ => Err(refusal),
            };
        }
    };
    Err(misconfigured(
        step,
        format!(
            "the server refuses EHLO (\"{}\"), and without it there is no {}",
            refusal.line(),
            needed.trim_start_matches("a ")
        ),
    ))
}

/// What we call ourselves: the name as it goes over the wire, or the address of our end of the connection
/// where there is no name that others could know. A name from a configuration must not smuggle in a
/// second command.
fn our_name(name: &str, local: Option<IpAddr>) -> String {
    let name = name.trim();
    let literal = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(literal) = literal {
        let address = literal.strip_prefix("IPv6:").unwrap_or(literal);
        if let Ok(address) = address.parse() {
            return address_literal(address);
        }
    }
    match url::Host::parse(name.trim_end_matches('.')) {
        Ok(url::Host::Domain(domain)) if is_known_outside(&domain) => domain,
        Ok(url::Host::Ipv4(address)) => address_literal(address.into()),
        _ => address_literal(local.unwrap_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST))),
    }
}

/// Whether this is a full domain name, and not the name that every machine gives itself.
fn is_known_outside(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let well_formed = |label: &&str| {
        (1..=LABEL_BYTES).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domain.len() <= DOMAIN_BYTES
        && labels.len() > 1
        && labels.iter().all(well_formed)
        && labels[0] != "localhost"
        && !matches!(labels.last(), Some(&("localhost" | "localdomain")))
}

/// RFC 5321 section 4.1.3.
fn address_literal(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("[{address}]"),
        IpAddr::V6(address) => format!("[IPv6:{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::smtp::reply::ReplyParser;

    fn offered(reply: &str) -> Capabilities {
        let (_, reply) = ReplyParser::default().take(reply.as_bytes()).unwrap();
        Capabilities::read(&reply.unwrap())
    }

    #[test]
    fn keywords_are_read_in_any_case_and_form() {
        for reply in [
            "250-mx.example.org\r\n250-STARTTLS\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN\r\n",
            "250-mx.example.org\n250-starttls\n250-8bitmime\n250-smtputf8\n250 auth plain login\n",
            "250-mx\r\n250-StartTLS \r\n250-8BitMime\r\n250-\tSmtpUtf8\r\n250 Auth\tLogin  Plain\t\r\n",
            "250-mx\r\n250-STARTTLS\r\n250-STARTTLS\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-AUTH LOGIN\r\n250 AUTH=LOGIN PLAIN\r\n",
            "250-mx\r\n250-AUTH=plain\r\n250-auth= login\r\n250-8BITMIME x\r\n250-SMTPUTF8\r\n250-STARTTLS\r\n250\r\n",
        ] {
            let offered = offered(reply);
            assert!(
                offered.starttls && offered.eight_bit && offered.international,
                "{reply}"
            );
            let logins: Vec<&str> = offered.logins.iter().map(String::as_str).collect();
            assert_eq!(logins, ["LOGIN", "PLAIN"], "{reply}");
        }
        for reply in [
            "250\r\n",
            "250 starttls.example.org\r\n",
            "250-mx\r\n250-XSTARTTLS\r\n250-STARTTLSX\r\n250 AUTHPLAIN\r\n",
        ] {
            assert_eq!(offered(reply), Capabilities::default(), "{reply}");
        }
    }

    #[test]
    fn we_have_a_name_that_others_can_know() {
        let local = |address: &str| Some(address.parse().unwrap());
        for (name, address, expected) in [
            ("example.org", "192.0.2.1", "example.org"),
            ("Example.ORG.", "192.0.2.1", "example.org"),
            ("bücher.example", "192.0.2.1", "xn--bcher-kva.example"),
            ("пример.example", "192.0.2.1", "xn--e1afmkfd.example"),
            ("localhost", "192.0.2.1", "[192.0.2.1]"),
            ("LocalHost.", "192.0.2.1", "[192.0.2.1]"),
            ("localhost.localdomain", "2001:db8::1", "[IPv6:2001:db8::1]"),
            ("mail.localhost", "192.0.2.1", "[192.0.2.1]"),
            ("intranet", "192.0.2.1", "[192.0.2.1]"),
            ("", "::ffff:192.0.2.7", "[192.0.2.7]"),
            ("a_b.example", "192.0.2.1", "[192.0.2.1]"),
            ("a..example", "192.0.2.1", "[192.0.2.1]"),
            (
                "example.org\r\nMAIL FROM:<x@example.org>",
                "::1",
                "[IPv6:::1]",
            ),
            ("example.org%0d%0aRSET", "192.0.2.1", "[192.0.2.1]"),
            ("[198.51.100.2]", "192.0.2.1", "[198.51.100.2]"),
            ("198.51.100.2", "192.0.2.1", "[198.51.100.2]"),
            ("[2001:db8::5]", "192.0.2.1", "[IPv6:2001:db8::5]"),
            ("[IPv6:2001:db8::5]", "192.0.2.1", "[IPv6:2001:db8::5]"),
        ] {
            assert_eq!(our_name(name, local(address)), expected, "{name:?}");
        }
    }
}
