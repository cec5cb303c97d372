//! How to log in: a name, and a password or a token (RFC 6749) in its place.

use std::path::{Path, PathBuf};

use url::{Host, Url};

use super::super::problem::{Problem, Problems};
use super::super::secret_source::{SecretSource, exclude_each_other, secret_source};
use super::super::table::{Located, TableReader};

/// Where an access token comes from.
#[derive(Clone, Debug)]
pub enum TokenSettings {
    /// A file that another program keeps fresh.
    File(Located<PathBuf>),
    /// A token server.
    Refresh(Box<OAuth2Settings>),
}

/// `[mail.oauth2]`: a token server, and what it is asked with (RFC 6749 section 6).
#[derive(Clone, Debug)]
pub struct OAuth2Settings {
    /// The token endpoint: HTTPS, or HTTP on this machine.
    pub token_url: Url,
    /// The client's name at the server.
    pub client_id: String,
    /// Where its secret lies; a public client has none.
    pub client_secret: Option<Located<SecretSource>>,
    /// Where the refresh token lies.
    pub refresh_token: Located<SecretSource>,
    /// Scopes, with spaces between them.
    pub scope: Option<String>,
}

/// What was read.
#[derive(Default)]
pub(super) struct Login {
    pub(super) username: Option<String>,
    pub(super) password: Option<Located<SecretSource>>,
    pub(super) token: Option<TokenSettings>,
}

/// The kinds of secrets with which one can log in.
const KINDS: [&str; 4] = ["password", "password_file", "token_file", "oauth2"];

/// Reads the login; what is wrong with it is told if it is `wanted`.
pub(super) fn read(
    problems: &mut Problems,
    folder: &Path,
    table: &mut TableReader<'_>,
    wanted: bool,
) -> Login {
    let mut ignored = Problems::default();
    let told = if wanted { problems } else { &mut ignored };
    let username = table.string(told, "username");
    let password = secret_source(told, folder, table, "password", "password_file");
    let token_file = table.string(told, "token_file");
    let oauth2 = table.table(told, "oauth2", "[mail.oauth2]");
    let refresh = oauth2.and_then(|oauth2| read_oauth2(told, folder, oauth2));
    let kind = exclude_each_other(told, table, &KINDS);
    let username = username.filter(|username| {
        let value = username.value.as_str();
        let usable =
            !value.is_empty() && value.trim() == value && !value.contains(char::is_control);
        if !usable {
            told.push(Problem::error(
                username.place.clone(),
                "`username` is empty, or has blanks around it or control characters in it",
            ));
        }
        usable
    });
    match (&username, kind) {
        (Some(username), None) => told.push(
            Problem::error(username.place.clone(), "`username` needs a password").with_help(
                "password = \"NAME\" names a systemd credential, password_file = \"…\" a file; for access \
                 tokens token_file = \"…\" or [mail.oauth2]",
            ),
        ),
        (None, Some((kind, place))) if table.place_of_key("username").is_none() => told.push(
            Problem::error(
                place,
                format!("`{kind}` needs `username`, the name to log in with"),
            )
            .with_help("as a rule the whole address: username = \"newsvigil@example.org\""),
        ),
        _ => {}
    }
    let token_file = token_file.filter(|file| {
        let named = !file.value.trim().is_empty();
        if !named {
            let problem = "`token_file` is empty, and must name a file";
            told.push(Problem::error(file.place.clone(), problem));
        }
        named
    });
    Login {
        username: username.map(|username| username.value),
        password,
        token: match (token_file, refresh) {
            (Some(file), _) => Some(TokenSettings::File(Located {
                value: folder.join(file.value),
                place: file.place,
            })),
            (None, Some(refresh)) => Some(TokenSettings::Refresh(Box::new(refresh))),
            (None, None) => None,
        },
    }
}

fn read_oauth2(
    problems: &mut Problems,
    folder: &Path,
    mut table: TableReader<'_>,
) -> Option<OAuth2Settings> {
    let token_url = table.required_string(problems, "token_url");
    let client_id = table.required_string(problems, "client_id");
    let (secret, secret_file) = ("client_secret", "client_secret_file");
    let client_secret = secret_source(problems, folder, &mut table, secret, secret_file);
    let (token, token_file) = ("refresh_token", "refresh_token_file");
    let refresh_token = secret_source(problems, folder, &mut table, token, token_file);
    exclude_each_other(problems, &table, &[secret, secret_file]);
    if exclude_each_other(problems, &table, &[token, token_file]).is_none() {
        problems.push(Problem::error(
            table.header(),
            "[mail.oauth2] needs `refresh_token`, the name of a credential, or `refresh_token_file`",
        ));
    }
    let scope = table.string(problems, "scope");
    let scope = scope.map(|scope| scope.value.split_whitespace().collect::<Vec<_>>().join(" "));
    let token_url = token_url.and_then(|address| read_token_url(problems, &address));
    table.finish(problems);
    Some(OAuth2Settings {
        token_url: token_url?,
        client_id: client_id?.value.trim().to_owned(),
        client_secret,
        refresh_token: refresh_token?,
        scope: scope.filter(|scope| !scope.is_empty()),
    })
}

/// RFC 6749 section 3.2: TLS is required, and there is no fragment.
fn read_token_url(problems: &mut Problems, address: &Located<String>) -> Option<Url> {
    let mut refuse = |reason: &str| {
        problems.push(
            Problem::error(address.place.clone(), format!("`token_url` {reason}")).with_help(
                "token_url = \"https://oauth2.example.org/token\", as your provider names it",
            ),
        );
        None
    };
    let Ok(url) = Url::parse(address.value.trim()) else {
        return refuse("is no address of the web");
    };
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return refuse("is no address of the web"),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
        return refuse("must begin with https://, since secrets are sent there");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("must have no user name and password in it");
    }
    if url.fragment().is_some() {
        return refuse("must have no # in it");
    }
    Some(url)
}
