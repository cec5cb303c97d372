//! Where and how to connect.

use std::{fmt, path::PathBuf, time::Duration};

/// A password. Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the value as it is.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for handing on only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How the connection is protected. There is no "if possible": an attacker decides what is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain first, then STARTTLS, or nothing (RFC 3207).
    Starttls,
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Plain. Only to loopback addresses.
    None,
}

/// How long each step may take. The defaults are those of RFC 5321 section 4.5.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmtpTimeouts {
    /// Resolving and connecting, for each address; with TLS its handshake.
    pub connect: Duration,
    /// Greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT, each.
    pub command: Duration,
    /// DATA, until 354.
    pub data: Duration,
    /// Each started 64 KiB of the message.
    pub block: Duration,
    /// From the final dot to the reply.
    pub final_dot: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_mins(1),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            block: Duration::from_mins(3),
            final_dot: Duration::from_mins(10),
        }
    }
}

/// Where and how to connect.
#[derive(Clone, Debug)]
pub struct SmtpOptions {
    /// Host name, which the certificate must carry, or an address.
    pub host: String,
    /// 587 for STARTTLS, 465 for implicit TLS, as a rule.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Login name; none, no login.
    pub username: Option<String>,
    /// Password of the login.
    pub password: Option<Secret>,
    /// What we call ourselves in EHLO: a host name or an address literal in brackets.
    pub hello_name: String,
    /// A PEM file with root certificates to trust beside those of the system.
    pub ca_file: Option<PathBuf>,
    /// How long each step may take.
    pub timeouts: SmtpTimeouts,
}
