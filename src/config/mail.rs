//! `[mail]` of `newsvigil.toml`: who sends, by which way, and how it is signed.

mod files;
mod host;
mod login;
mod signing;
#[cfg(test)]
mod tests;
mod transport;

use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems, SourceSpan};
use super::secret_source::SecretSource;
use super::suggestion::nearest;
use super::table::{Located, TableReader};
use crate::mail::{needs_smtputf8, parse_address};

pub(super) use files::{Files, check_files};
pub use login::{OAuth2Settings, TokenSettings};
pub use signing::DkimSettings;

/// `[mail]`.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// Where messages go.
    pub transport: TransportSettings,
    /// The sender's address.
    pub from: String,
    /// How messages are signed, if they are.
    pub dkim: Option<DkimSettings>,
}

/// Sender of messages that never leave this machine.
const LOCAL_SENDER: &str = "newsvigil@localhost";

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            transport: TransportSettings::Maildir,
            from: LOCAL_SENDER.to_owned(),
            dkim: None,
        }
    }
}

/// The ways out.
#[derive(Clone, Debug)]
pub enum TransportSettings {
    /// Into `mail/` of the state folder.
    Maildir,
    /// To a local mail system, through this program.
    Sendmail(PathBuf),
    /// To a server.
    Smtp(Box<SmtpSettings>),
}

/// Where mail systems put their program.
const SENDMAIL: &str = "/usr/sbin/sendmail";

/// A mail server and how to log in.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name in ASCII, or address without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: TlsMode,
    /// Login name, when the server asks for one.
    pub username: Option<String>,
    /// Where its password lies.
    pub password: Option<Located<SecretSource>>,
    /// Where an access token comes from that takes the place of a password.
    pub token: Option<TokenSettings>,
    /// Certificates to trust besides the system's, in PEM or DER.
    pub ca_file: Option<Located<PathBuf>>,
}

/// How an SMTP connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    /// Upgraded before anything is said (RFC 3207); never optional.
    Starttls,
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// None: loopback only.
    None,
}

/// Reads `[mail]`; without it, messages go into the Maildir.
pub(super) fn read_mail(
    problems: &mut Problems,
    folder: &Path,
    table: Option<TableReader<'_>>,
) -> MailSettings {
    let mut mail = MailSettings::default();
    let Some(mut table) = table else {
        return mail;
    };
    let from = table.string(problems, "from");
    if let Some(from) = &from {
        check_address(problems, from);
        mail.from.clone_from(&from.value);
    }
    let transport = table.string(problems, "transport");
    let program = table.string(problems, "program");
    let dkim = table.table(problems, "dkim", "[mail.dkim]");
    mail.dkim = dkim.and_then(|dkim| signing::read(problems, folder, dkim, from.as_ref()));
    let wanted = transport.as_ref().map(|transport| transport.value.as_str());
    let server = read_smtp(problems, folder, &mut table, wanted == Some("smtp"));
    match wanted {
        None => transport::no_way_named(problems, &table),
        Some(kind @ ("maildir" | "smtp" | "sendmail")) => {
            transport::report_unused_transport_settings(problems, &table, kind);
            if kind != "maildir" && from.is_none() {
                problems.push(Problem::error(
                    table.header(),
                    format!("[mail] with transport \"{kind}\" needs `from`, the sender's address"),
                ));
            }
            if let Some(server) = server {
                mail.transport = TransportSettings::Smtp(Box::new(server));
            } else if kind == "sendmail" {
                let program =
                    program.map_or_else(|| SENDMAIL.into(), |program| folder.join(program.value));
                mail.transport = TransportSettings::Sendmail(program);
            }
        }
        Some(other) => {
            let place = transport.clone().expect("matched above").place;
            let choices = ["maildir", "smtp", "sendmail"];
            problems.push(choice_problem(place, "transport", other, &choices));
        }
    }
    table.finish(problems);
    mail
}

/// Reads what is about the server, and tells all that is wrong with it if it is `wanted`.
fn read_smtp(
    problems: &mut Problems,
    folder: &Path,
    table: &mut TableReader<'_>,
    wanted: bool,
) -> Option<SmtpSettings> {
    let host = table.string(problems, "host");
    let port = table.integer(problems, "port", 1..=65_535);
    let port = port.and_then(|port| u16::try_from(port).ok());
    let tls_text = table.string(problems, "tls");
    let ca_file = table.string(problems, "ca_file");
    let login = login::read(problems, folder, table, wanted);
    if !wanted {
        return None;
    }
    let name = match &host {
        None => {
            problems.push(Problem::error(
                table.header(),
                "[mail] with transport \"smtp\" needs `host`, the mail server",
            ));
            None
        }
        Some(host) => host::read_host(problems, host, port),
    };
    let tls = tls_text
        .as_ref()
        .map_or(TlsMode::Starttls, |tls| read_tls(problems, tls));
    // A mistake was told, and refuses the configuration: the files of the login are looked at all the same.
    let has_host = name.is_some();
    let name = name.unwrap_or_default();
    if let (TlsMode::None, Some(tls_text)) = (tls, &tls_text)
        && has_host
        && !host::is_loopback(&name)
    {
        problems.error(
            tls_text.place.clone(),
            format!("tls = \"none\" is for a server on this machine, and {name} is elsewhere"),
            "use \"starttls\" (port 587) or \"implicit\" (port 465)",
        );
    }
    if let (Some(port), Some(place)) = (port, table.place_of_key("port")) {
        warn_of_port(problems, place, port, tls);
    }
    let default_port = match tls {
        TlsMode::Starttls => 587,
        TlsMode::Implicit => 465,
        TlsMode::None => 25,
    };
    Some(SmtpSettings {
        host: name,
        port: port.unwrap_or(default_port),
        tls,
        username: login.username,
        password: login.password,
        token: login.token,
        ca_file: ca_file.map(|file| Located {
            value: folder.join(file.value),
            place: file.place,
        }),
    })
}

fn read_tls(problems: &mut Problems, tls: &Located<String>) -> TlsMode {
    match tls.value.as_str() {
        "starttls" => TlsMode::Starttls,
        "implicit" => TlsMode::Implicit,
        "none" => TlsMode::None,
        other => {
            let place = tls.place.clone();
            let choices = ["starttls", "implicit", "none"];
            let mut problem = choice_problem(place, "tls", other, &choices);
            if problem.help.is_none() {
                // "ssl" and "tls" mean the one or the other, by who says it.
                let help = "\"starttls\" at port 587; \"implicit\", which many call SSL or SSL/TLS, at port 465";
                problem = problem.with_help(help);
            }
            problems.push(problem);
            TlsMode::Starttls
        }
    }
}

/// Warns where a port and the protection hardly belong together.
fn warn_of_port(problems: &mut Problems, place: SourceSpan, port: u16, tls: TlsMode) {
    let (message, help) = match (port, tls) {
        (465, TlsMode::Starttls) => (
            "port 465 is for TLS from the first byte (RFC 8314), and tls is \"starttls\": as a rule both \
             sides then wait for each other",
            "did you mean tls = \"implicit\"?",
        ),
        (465, TlsMode::None) => (
            "port 465 is for TLS from the first byte (RFC 8314), and tls is \"none\"",
            "did you mean tls = \"implicit\"?",
        ),
        (25 | 587 | 2525, TlsMode::Implicit) => (
            "this port is for STARTTLS as a rule, and tls is \"implicit\"",
            "did you mean tls = \"starttls\", or port = 465?",
        ),
        (110 | 143 | 993 | 995, _) => (
            "this port is for reading mail (IMAP or POP), not for sending it",
            "did you mean port = 587, or port = 465 with tls = \"implicit\"?",
        ),
        _ => return,
    };
    problems.push(Problem::warning(place, message).with_help(help));
}

/// Reports an address that no mail can be made for.
pub(super) fn check_address(problems: &mut Problems, address: &Located<String>) {
    match parse_address(&address.value) {
        Ok(parsed) if needs_smtputf8(&parsed) => problems.push(Problem::warning(
            address.place.clone(),
            format!(
                "`{}` has other letters than ASCII before the @: only mail servers with SMTPUTF8 (RFC 6531) \
                 take it, and many have it not",
                address.value
            ),
        )),
        Ok(_) => {}
        Err(error) => {
            let problem = Problem::error(address.place.clone(), error.to_string());
            problems.push(match error.suggestion {
                Some(meant) => problem.with_help(format!("did you mean \"{meant}\"?")),
                None => problem,
            });
        }
    }
}

/// A value outside a fixed list.
pub(super) fn choice_problem(
    place: SourceSpan,
    key: &str,
    found: &str,
    choices: &[&str],
) -> Problem {
    let quoted: Vec<String> = choices
        .iter()
        .map(|choice| format!("\"{choice}\""))
        .collect();
    let problem = Problem::error(
        place,
        format!("`{key}` is \"{found}\", and can be {}", quoted.join(" or ")),
    );
    match nearest(
        found.trim().to_lowercase().as_str(),
        choices.iter().copied(),
    ) {
        Some(choice) => problem.with_help(format!("did you mean \"{choice}\"?")),
        None => problem,
    }
}
