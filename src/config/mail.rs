//! `[mail]` of `newsvigil.toml`: who sends, by which way, and how it is signed.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems};
use super::table::{Located, TableReader, nearest};

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

/// `[mail.dkim]`: a signature that tells receivers whom the message comes from (RFC 6376).
#[derive(Clone, Debug)]
pub struct DkimSettings {
    /// The domain that signs.
    pub domain: String,
    /// Under which name its public key stands in the DNS.
    pub selector: String,
    /// Where the private key lies, in PEM.
    pub key: SecretSource,
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
    Smtp(SmtpSettings),
}

/// Where mail systems put their program.
const SENDMAIL: &str = "/usr/sbin/sendmail";

/// A mail server and how to log in.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: TlsMode,
    /// Login name, when the server asks for one.
    pub username: Option<String>,
    /// Where its password lies.
    pub password: Option<SecretSource>,
    /// A certificate authority to trust besides the system's, in PEM.
    pub ca_file: Option<PathBuf>,
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

/// Where a secret lies. The secret itself is never part of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A file of this name in the service manager's credentials folder.
    Credential(String),
    /// A file that only its owner reads.
    File(PathBuf),
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
    mail.dkim = dkim.and_then(|dkim| read_dkim(problems, folder, dkim));
    let smtp = read_smtp(problems, folder, &mut table, transport.as_ref());
    match transport.as_ref().map(|transport| transport.value.as_str()) {
        None | Some("maildir") => {}
        Some(kind @ ("smtp" | "sendmail")) => {
            if from.is_none() {
                problems.push(Problem::error(
                    table.header(),
                    format!("[mail] with transport \"{kind}\" needs `from`, the sender's address"),
                ));
            }
            if let Some(smtp) = smtp {
                mail.transport = TransportSettings::Smtp(smtp);
            } else if kind == "sendmail" {
                let program =
                    program.map_or_else(|| SENDMAIL.into(), |program| folder.join(program.value));
                mail.transport = TransportSettings::Sendmail(program);
            }
        }
        Some(other) => {
            let place = transport.clone().expect("matched above").place;
            problems.push(choice_problem(
                place,
                "transport",
                other,
                &["maildir", "smtp", "sendmail"],
            ));
        }
    }
    table.finish(problems);
    mail
}

fn read_dkim(
    problems: &mut Problems,
    folder: &Path,
    mut table: TableReader<'_>,
) -> Option<DkimSettings> {
    let domain = table.required_string(problems, "domain");
    let selector = table.required_string(problems, "selector");
    let key = table.string(problems, "key");
    let key_file = table.string(problems, "key_file");
    let key = match (key, key_file) {
        (Some(name), None) => {
            credential_name(problems, &table, "key", name).map(SecretSource::Credential)
        }
        (None, Some(file)) => Some(SecretSource::File(folder.join(file.value))),
        _ => {
            problems.push(Problem::error(
                table.header(),
                "[mail.dkim] needs `key`, the name of a credential, or `key_file`",
            ));
            None
        }
    };
    table.finish(problems);
    Some(DkimSettings {
        domain: domain?.value,
        selector: selector?.value,
        key: key?,
    })
}

fn read_smtp(
    problems: &mut Problems,
    folder: &Path,
    table: &mut TableReader<'_>,
    transport: Option<&Located<String>>,
) -> Option<SmtpSettings> {
    let wanted = transport.is_some_and(|transport| transport.value == "smtp");
    let host = table.string(problems, "host");
    let port = table.integer(problems, "port", 1..=65_535);
    let tls_text = table.string(problems, "tls");
    let username = table.string(problems, "username");
    let password = table.string(problems, "password");
    let password_file = table.string(problems, "password_file");
    let ca_file = table.string(problems, "ca_file");
    let tls = match tls_text.as_ref().map(|tls| tls.value.as_str()) {
        None | Some("starttls") => TlsMode::Starttls,
        Some("implicit") => TlsMode::Implicit,
        Some("none") => TlsMode::None,
        Some(other) => {
            let place = tls_text.clone().expect("matched above").place;
            problems.push(choice_problem(
                place,
                "tls",
                other,
                &["starttls", "implicit", "none"],
            ));
            return None;
        }
    };
    if !wanted {
        return None;
    }
    let Some(host) = host else {
        problems.push(Problem::error(
            table.header(),
            "[mail] with transport \"smtp\" needs `host`, the mail server",
        ));
        return None;
    };
    if let (TlsMode::None, Some(tls_text)) = (tls, tls_text)
        && !is_loopback(&host.value)
    {
        problems.push(
            Problem::error(
                tls_text.place,
                format!(
                    "tls = \"none\" is for a server on this machine, and {} is elsewhere",
                    host.value
                ),
            )
            .with_help("use \"starttls\" (port 587) or \"implicit\" (port 465)"),
        );
    }
    let password = match (password, password_file) {
        (Some(name), None) => {
            credential_name(problems, table, "password", name).map(SecretSource::Credential)
        }
        (None, Some(file)) => Some(SecretSource::File(folder.join(file.value))),
        (None, None) => None,
        (Some(_), Some(file)) => {
            problems.push(Problem::error(
                file.place,
                "`password` and `password_file` exclude each other",
            ));
            None
        }
    };
    if let (Some(username), None) = (&username, &password) {
        problems.push(
            Problem::error(username.place.clone(), "`username` needs a password").with_help(
                "password = \"NAME\" names a systemd credential, password_file = \"…\" a file",
            ),
        );
    }
    let default_port = match tls {
        TlsMode::Starttls => 587,
        TlsMode::Implicit => 465,
        TlsMode::None => 25,
    };
    Some(SmtpSettings {
        host: host.value,
        port: port
            .and_then(|port| u16::try_from(port).ok())
            .unwrap_or(default_port),
        tls,
        username: username.map(|username| username.value),
        password,
        ca_file: ca_file.map(|file| folder.join(file.value)),
    })
}

/// A credential's name is a file name. A password written there by mistake must not be echoed, so
/// the problem points at the table and not at the line.
fn credential_name(
    problems: &mut Problems,
    table: &TableReader<'_>,
    key: &str,
    name: Located<String>,
) -> Option<String> {
    let plain = !name.value.is_empty()
        && name.value.len() <= 255
        && !name.value.starts_with('.')
        && name
            .value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain {
        problems.push(
            Problem::error(
                table.header(),
                format!("`{key}` is the name of a credential, not the secret itself"),
            )
            .with_help(format!(
                "LoadCredential=NAME:/path in the unit and {key} = \"NAME\" here; or {key}_file"
            )),
        );
        return None;
    }
    Some(name.value)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Reports an address that no mail server would take.
pub(super) fn check_address(problems: &mut Problems, address: &Located<String>) {
    if let Err(reason) = address.value.parse::<lettre::Address>() {
        problems.push(Problem::error(
            address.place.clone(),
            format!("`{}` is not an e-mail address: {reason}", address.value),
        ));
    }
}

/// A value outside a fixed list.
pub(super) fn choice_problem(
    place: super::problem::Place,
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
    match nearest(found, choices.iter().copied()) {
        Some(choice) => problem.with_help(format!("did you mean \"{choice}\"?")),
        None => problem,
    }
}
