//! `newsvigil.toml`: how to fetch and how to mail.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::SignedDuration;

use super::problem::{Problem, Problems};
use super::table::{Located, TableReader, nearest};

/// `[fetch]`.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// An address or page that a publisher can write to; part of the user agent.
    pub contact: Option<String>,
    /// Networks that are not public and that feeds may come from all the same.
    pub allow: Vec<IpNet>,
    /// How often feeds are polled; `None`: as suits each feed's own habit.
    pub every: Option<SignedDuration>,
    /// For one whole exchange.
    pub timeout: SignedDuration,
    /// Of a body, after decompression.
    pub max_bytes: u64,
    /// Exchanges under way at once, over all hosts.
    pub concurrency: usize,
    /// Items published longer than this before the first poll of their feed are stored, not mailed.
    pub backlog: SignedDuration,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            contact: None,
            allow: Vec::new(),
            every: None,
            timeout: SignedDuration::from_secs(30),
            max_bytes: 8 << 20,
            concurrency: 32,
            backlog: SignedDuration::from_hours(7 * 24),
        }
    }
}

/// `[store]`.
#[derive(Clone, Copy, Debug)]
pub struct StoreSettings {
    /// How long items are kept in which nothing was found. Hits are kept for ever.
    pub retention: SignedDuration,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            retention: SignedDuration::from_hours(30 * 24),
        }
    }
}

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

/// Reads `[fetch]`; what is missing has its default.
pub(super) fn read_fetch(problems: &mut Problems, table: Option<TableReader<'_>>) -> FetchSettings {
    let mut fetch = FetchSettings::default();
    let Some(mut table) = table else {
        return fetch;
    };
    fetch.contact = table.string(problems, "contact").and_then(|contact| {
        let fits_a_header = contact.value.len() <= 200
            && contact
                .value
                .chars()
                .all(|c| (' '..='~').contains(&c) && c != '(' && c != ')');
        if !fits_a_header {
            problems.push(Problem::error(
                contact.place.clone(),
                "`contact` must be a short address or page in ASCII, without parentheses",
            ));
        }
        fits_a_header.then_some(contact.value)
    });
    for network in table.strings(problems, "allow").unwrap_or_default() {
        let parsed = network
            .value
            .parse::<IpNet>()
            .ok()
            .or_else(|| network.value.parse::<IpAddr>().ok().map(IpNet::from));
        match parsed {
            Some(net) => fetch.allow.push(net),
            None => problems.push(
                Problem::error(
                    network.place,
                    format!("`{}` is not a network", network.value),
                )
                .with_help("write it like \"10.0.0.0/8\" or \"fd00::/8\""),
            ),
        }
    }
    let minute = SignedDuration::from_mins(1);
    let day = SignedDuration::from_hours(24);
    if let Some(every) = table.duration(problems, "every", minute * 10..=day) {
        fetch.every = Some(every);
    }
    if let Some(timeout) = table.duration(
        problems,
        "timeout",
        SignedDuration::from_secs(1)..=minute * 10,
    ) {
        fetch.timeout = timeout;
    }
    if let Some(size) = table.bytes(problems, "max_bytes", 1 << 10..=256 << 20) {
        fetch.max_bytes = size;
    }
    if let Some(number) = table.integer(problems, "concurrency", 1..=1024) {
        fetch.concurrency = usize::try_from(number).unwrap_or(1);
    }
    if let Some(backlog) = table.duration(problems, "backlog", SignedDuration::ZERO..=day * 3650) {
        fetch.backlog = backlog;
    }
    table.finish(problems);
    fetch
}

/// Reads `[store]`; what is missing has its default.
pub(super) fn read_store(problems: &mut Problems, table: Option<TableReader<'_>>) -> StoreSettings {
    let mut store = StoreSettings::default();
    let Some(mut table) = table else {
        return store;
    };
    let day = SignedDuration::from_hours(24);
    if let Some(retention) = table.duration(problems, "retention", day..=day * 36_500) {
        store.retention = retention;
    }
    table.finish(problems);
    store
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
