//! Addresses as people write, paste and copy them, where a feed is asked for.

use url::Url;

/// A longer one is no address of a feed.
const LONGEST: usize = 2048;
/// Schemes in front of schemes that are taken away.
const PREFIXES: usize = 4;

/// Why a text is no address that can be polled; reads behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedAddressError {
    /// Nothing but white space.
    #[error("is empty")]
    Empty,
    /// Another scheme.
    #[error("is not an address of the web: only https: and http: are polled")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("is not an address")]
    Syntax,
}

/// Whether an address carries a user name or a password.
pub fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// The addresses of the web that a text may mean, in the order in which they should be tried.
///
/// There are two where no scheme is said: `https` comes before `http`. Brackets and quotes around, and
/// `view-source:`, are taken away; `feed:` and its kin say what is there, not how it is fetched.
pub fn addresses(text: &str) -> Result<Vec<Url>, FeedAddressError> {
    let mut text = bare(text);
    if text.is_empty() {
        return Err(FeedAddressError::Empty);
    }
    if text.len() > LONGEST {
        return Err(FeedAddressError::Syntax);
    }
    for _ in 0..PREFIXES {
        let Some(rest) = without_prefix(text) else {
            break;
        };
        text = rest;
    }
    let scheme = text.split(':').next().unwrap_or_default();
    if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        return Ok(vec![web(text).ok_or(FeedAddressError::Syntax)?]);
    }
    let place = text.strip_prefix("//").unwrap_or(text);
    // A path alone is of no host; a browser would take its first part for one.
    if place.starts_with(['/', '\\']) {
        return Err(FeedAddressError::Syntax);
    }
    if has_other_scheme(place) {
        return Err(FeedAddressError::Scheme);
    }
    let found: Vec<Url> = ["https", "http"]
        .iter()
        .filter_map(|scheme| web(&format!("{scheme}://{place}")))
        .filter(|url| is_whole_host(url, place))
        .collect();
    if found.is_empty() {
        return Err(FeedAddressError::Syntax);
    }
    Ok(found)
}

/// Without what stands around it: white space, what nobody sees, brackets and quotes.
fn bare(text: &str) -> &str {
    const INVISIBLE: [char; 8] = [
        '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}',
        '\u{ad}',
    ];
    const AROUND: &str = "<>\"'`“”„‘’«»‹›";
    text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c) || AROUND.contains(c)
    })
}

fn without_prefix(text: &str) -> Option<&str> {
    const PREFIXES: [&str; 8] = [
        "view-source:",
        "feed:",
        "feeds:",
        "rss:",
        "atom:",
        "itpc:",
        "pcast:",
        "url:",
    ];
    let prefix = PREFIXES.iter().find(|prefix| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })?;
    Some(text[prefix.len()..].trim_start())
}

fn web(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Whether a text without `http` begins with a scheme, and not with a host and its port.
fn has_other_scheme(text: &str) -> bool {
    let Some((front, behind)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = front.starts_with(|c: char| c.is_ascii_alphabetic())
        && front
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let port = behind.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    // A user name and a password are no scheme either, and are refused for what they are.
    is_scheme && !is_port && !behind.contains('@') || front.eq_ignore_ascii_case("mailto")
}

/// Whether a host that was written without a scheme can be meant as one: a lone word can be anything.
fn is_whole_host(url: &Url, written: &str) -> bool {
    match url.host() {
        Some(url::Host::Domain(domain)) => {
            let name = domain.trim_end_matches('.');
            name.contains('.') || name == "localhost"
        }
        // `5` would be an address of the internet's first days.
        Some(url::Host::Ipv4(address)) => written.starts_with(&address.to_string()),
        Some(url::Host::Ipv6(_)) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests;
