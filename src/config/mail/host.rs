//! `host` of `[mail]`: a name or an address, and nothing else of what is pasted there.

use std::net::IpAddr;

use super::super::problem::{Problem, Problems};
use super::super::table::Located;

/// What stands where the name of a server belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ParsedServerName {
    host: String,
    port: Option<u16>,
    tls: Option<&'static str>,
    /// Why it is not as it was written; none when it is.
    why: Option<&'static str>,
}

/// The host as it is connected to, an international name as its A-labels (RFC 5890) and an IPv6 address
/// without brackets; a mistake is reported with what was probably meant. `port` tells whether a port is
/// set beside it.
pub(super) fn read_host(
    problems: &mut Problems,
    host: &Located<String>,
    port: Option<u16>,
) -> Option<String> {
    let meant = meant(&host.value);
    let read = server_name(&meant.host);
    let (Some(why), help) = (meant.why, suggestion(&meant, port)) else {
        return match read {
            Ok(name) => {
                warn_of_underscore(problems, host, &name);
                Some(name)
            }
            Err(reason) => {
                problems.push(
                    Problem::error(host.place.clone(), format!("`host` {reason}"))
                        .with_help("write the server's name: host = \"mail.example.org\""),
                );
                None
            }
        };
    };
    let help = match read {
        Ok(_) => format!("did you mean {help}?"),
        Err(_) => "write the server's name: host = \"mail.example.org\"".to_owned(),
    };
    problems.push(Problem::error(host.place.clone(), format!("`host` {why}")).with_help(help));
    None
}

fn suggestion(meant: &ParsedServerName, port: Option<u16>) -> String {
    let mut lines = vec![format!("host = \"{}\"", meant.host)];
    if let Some(inside) = meant.port
        && Some(inside) != port
    {
        lines.push(format!("port = {inside}"));
    }
    if let Some(tls) = meant.tls {
        lines.push(format!("tls = \"{tls}\""));
    }
    lines.join(" and ")
}

/// Names with an underscore are found by some resolvers and stand in hardly any certificate.
fn warn_of_underscore(problems: &mut Problems, host: &Located<String>, name: &str) {
    if name.contains('_') {
        let hyphens = name.replace('_', "-");
        let warning = "`host` has an underscore, which names of machines have not (RFC 1123 section 2.1), \
                       and most certificates cannot carry";
        problems.push(
            Problem::warning(host.place.clone(), warning)
                .with_help(format!("did you mean host = \"{hyphens}\"?")),
        );
    }
}

/// Takes away, piece by piece, what is not the name.
fn meant(text: &str) -> ParsedServerName {
    let mut meant = ParsedServerName {
        host: text.to_owned(),
        port: None,
        tls: None,
        why: None,
    };
    if text.trim().is_empty() {
        return ParsedServerName {
            host: String::new(),
            why: Some("is empty"),
            ..meant
        };
    }
    if text != text.trim() {
        meant.take(text.trim().to_owned(), "has blanks around it");
    }
    if is_address(&meant.host) {
        return meant;
    }
    meant.take_url();
    meant.take_separators();
    meant.take_brackets_and_port();
    if meant.host.ends_with('.') || meant.host.starts_with('.') || meant.host.contains("..") {
        let labels: Vec<&str> = meant
            .host
            .split('.')
            .filter(|label| !label.is_empty())
            .collect();
        meant.take(labels.join("."), "has a dot too many");
    }
    if let Ok(url::Host::Ipv4(address)) = url::Host::parse(&meant.host)
        && address.to_string() != meant.host
    {
        meant.take(
            address.to_string(),
            "is a number that programs read as different addresses",
        );
    }
    meant
}

impl ParsedServerName {
    /// The first reason is told.
    fn take(&mut self, host: String, why: &'static str) {
        self.host = host;
        self.why = self.why.or(Some(why));
    }

    /// `smtps://mail.example.org/`, `desk@example.org`.
    fn take_url(&mut self) {
        if let Some((scheme, rest)) = self.host.split_once("://") {
            self.tls = match scheme.to_ascii_lowercase().as_str() {
                "smtps" | "submissions" | "ssl" | "tls" => Some("implicit"),
                "smtp" | "submission" => Some("starttls"),
                _ => None,
            };
            self.take(
                rest.to_owned(),
                "is the server's name alone, without a scheme",
            );
        }
        if let Some(at) = self.host.find(['/', '?', '#', '\\']) {
            self.take(
                self.host[..at].to_owned(),
                "is the server's name alone, without a path",
            );
        }
        if let Some((_, domain)) = self.host.rsplit_once('@') {
            let (domain, why) = if self.why.is_some() {
                (
                    domain.to_owned(),
                    "is the server's name alone, without a user",
                )
            } else {
                // A mailbox's domain is hardly the name of the server that takes its user's mail.
                let why = "is an e-mail address, and must be the server that your provider names for sending";
                (format!("smtp.{domain}"), why)
            };
            self.take(domain, why);
        }
    }

    /// `mail.example.org 587`, `mail example org`, `mail,example.org`.
    fn take_separators(&mut self) {
        if self.host.contains(char::is_whitespace) {
            let why = "has blanks in it";
            let words: Vec<String> = self.host.split_whitespace().map(str::to_owned).collect();
            let (numbers, names): (Vec<_>, Vec<_>) = words
                .into_iter()
                .partition(|word| word.parse::<u16>().is_ok());
            if names.len() == 1 {
                self.port = numbers.last().and_then(|port| port.parse().ok());
            }
            self.take(names.join("."), why);
        }
        if self.host.contains([',', ';']) {
            let first = self.host.split([',', ';']).find(|part| part.contains('.'));
            let first = first.map(str::to_owned);
            let joined = self.host.replace([',', ';'], ".");
            self.take(first.unwrap_or(joined), "is one server");
        }
    }

    /// `[::1]:587`, `[IPv6:::1]`, `mail.example.org:587`.
    fn take_brackets_and_port(&mut self) {
        let text = self.host.clone();
        if is_address(&text) {
            return;
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if host.ends_with(']') || !host.contains(':') => {
                (host.to_owned(), port.parse().ok().filter(|port| *port > 0))
            }
            _ => (text.trim_end_matches(':').to_owned(), None),
        };
        if host != text {
            self.port = self.port.or(port);
            self.take(host, "is the server's name alone, without a port");
        }
        if self.host.contains(['[', ']']) && !is_address(&self.host) {
            let inner = self.host.trim_matches(['[', ']']);
            let literal = inner
                .get(..5)
                .is_some_and(|head| head.eq_ignore_ascii_case("ipv6:"));
            let inner = if literal { &inner[5..] } else { inner };
            self.take(
                inner.to_owned(),
                "has brackets as they belong to a mail address",
            );
        }
    }
}

/// An IP address, for IPv6 also in brackets (RFC 3986 section 3.2.2).
fn is_address(host: &str) -> bool {
    unbracketed(host).parse::<IpAddr>().is_ok()
}

fn unbracketed(host: &str) -> &str {
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner
        .filter(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok())
        .unwrap_or(host)
}

/// Whether the server is on this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || unbracketed(host)
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A name in ASCII, or an address without brackets.
fn server_name(host: &str) -> Result<String, &'static str> {
    if is_address(host) {
        return Ok(unbracketed(host).to_owned());
    }
    let strange = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !"-._".contains(c);
    if host.is_empty() || host.contains(strange) {
        return Err("is no name of a server");
    }
    let Ok(url::Host::Domain(ascii)) = url::Host::parse(host) else {
        return Err("is no name of a server");
    };
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    if ascii.len() > 253 || !ascii.split('.').all(label) {
        return Err(
            "is no name of a server: a part is empty, too long, or begins or ends in a hyphen",
        );
    }
    Ok(if host.is_ascii() {
        host.to_owned()
    } else {
        ascii
    })
}

#[cfg(test)]
mod tests;
