//! Where and how to connect.

use std::{path::PathBuf, sync::Arc, time::Duration};

use crate::mail::TokenSource;
use crate::mail::secret::Secret;

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
    /// Until the first byte of the greeting. A server that waits for TLS says nothing for ever.
    pub silence: Duration,
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
            silence: Duration::from_secs(30),
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
    /// Host name, which the certificate must carry, or an address, in brackets or not.
    pub host: String,
    /// 587 for STARTTLS, 465 for implicit TLS, as a rule.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Login name; none, no login.
    pub username: Option<String>,
    /// Password of the login, by PLAIN or LOGIN.
    pub password: Option<Secret>,
    /// Access token of the login, by OAUTHBEARER or XOAUTH2. It goes before a password.
    pub token: Option<Arc<TokenSource>>,
    /// What we call ourselves in EHLO: a domain, or an address literal in brackets. Where it is neither,
    /// or `localhost`, the address of our end of the connection (RFC 5321 section 4.1.3).
    pub hello_name: String,
    /// A file with certificates to trust beside the authorities of the system, PEM or DER.
    pub ca_file: Option<PathBuf>,
    /// How long each step may take.
    pub timeouts: SmtpTimeouts,
}

impl SmtpOptions {
    /// Whether there is anything to log in with.
    pub(super) fn logs_in(&self) -> bool {
        self.username.is_some() && (self.password.is_some() || self.token.is_some())
    }

    /// Host as it is looked up and as a certificate names it: an address without brackets, a name in ASCII
    /// (RFC 5890) and without the dot of the root.
    pub(super) fn bare_host(&self) -> String {
        let host = self.host.trim();
        let address = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(address) = address {
            return address.to_owned();
        }
        let host = host.strip_suffix('.').unwrap_or(host);
        match url::Host::parse(host) {
            Ok(url::Host::Domain(name)) if !host.is_ascii() => name,
            _ => host.to_owned(),
        }
    }
}

/// The port of TLS from the first byte (RFC 8314 section 7.3).
pub(super) const IMPLICIT_PORT: u16 = 465;
