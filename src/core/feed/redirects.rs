//! Addresses that lead elsewhere and say where: the redirects of search engines, alerts, social networks
//! and mail filters.
//!
//! Only services that are known to do so are heeded, by host and path, for elsewhere an address in a
//! parameter is a parameter. Nothing is asked of any server.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use url::Url;

/// A longer address is not looked into.
const LONGEST: usize = 8192;
/// Redirects in redirects that are followed.
const DEPTH: usize = 2;

/// A service: its domain, the path of its redirects without a `/` at its end, and the parameters that hold
/// where they lead. A domain stands for those under it too.
type Service = (&'static str, &'static str, &'static [&'static str]);

const SERVICES: [Service; 24] = [
    ("bing.com", "/news/apiclick.aspx", &["url"]),
    ("msn.com", "/news/apiclick.aspx", &["url"]),
    ("duckduckgo.com", "/l", &["uddg"]),
    ("facebook.com", "/l.php", &["u"]),
    ("facebook.com", "/flx/warn", &["u"]),
    ("l.instagram.com", "", &["u"]),
    ("l.threads.net", "", &["u"]),
    ("l.threads.com", "", &["u"]),
    ("l.messenger.com", "/l.php", &["u"]),
    ("l.wl.co", "/l", &["u"]),
    ("linkedin.com", "/redir/redirect", &["url"]),
    ("linkedin.com", "/redir/general-malware-page", &["url"]),
    ("linkedin.com", "/safety/go", &["url"]),
    ("safelinks.protection.outlook.com", "", &["url"]),
    (
        "statics.teams.cdn.office.net",
        "/evergreen-assets/safelinks/1/atp-safelinks.html",
        &["url"],
    ),
    ("youtube.com", "/redirect", &["q"]),
    ("out.reddit.com", "", &["url"]),
    ("vk.com", "/away.php", &["to"]),
    ("t.me", "/iv", &["url"]),
    ("steamcommunity.com", "/linkfilter", &["u", "url"]),
    ("slack-redir.net", "/link", &["url"]),
    ("exit.sc", "", &["url"]),
    ("medium.com", "/r", &["url"]),
    ("disq.us", "/url", &["url"]),
];

/// The address of the article behind a redirect that says where it leads, else the address itself.
///
/// What comes out of a redirect is an `http` or `https` address without user name and password; where
/// there is none, the redirect stays.
pub fn target(address: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(address);
    for _ in 0..DEPTH {
        match behind(&found) {
            Some(next) => found = Cow::Owned(next),
            None => break,
        }
    }
    found
}

/// Where one redirect leads.
fn behind(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > LONGEST || !may_redirect(address) {
        return None;
    }
    let url = Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_end_matches('.');
    let path = url.path().trim_end_matches('/');
    let google = is_google(host);
    if google && let Some(name) = article_name(path) {
        return target_in(&decoded_name(name)?);
    }
    let parameters: &[&str] = if google && path.ends_with("/url") {
        &["url", "q"]
    } else {
        SERVICES
            .iter()
            .find(|(domain, of_service, _)| {
                is_under(host, domain) && path.eq_ignore_ascii_case(of_service)
            })
            .map(|(_, _, parameters)| *parameters)?
    };
    parameters.iter().find_map(|wanted| {
        url.query_pairs()
            // A query that was escaped for HTML twice keeps an `amp;`.
            .filter(|(name, _)| name.strip_prefix("amp;").unwrap_or(name) == *wanted)
            .find_map(|(_, value)| target_in(&value))
    })
}

/// Whether it is worth the while to take an address apart.
fn may_redirect(address: &str) -> bool {
    address.contains('?') || address.contains("/articles/") || address.contains("/read/")
}

/// An address as a redirect may lead to.
fn target_in(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST || text.contains(char::is_control) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let is_plain = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| host.contains(['.', ':']))
        && url.username().is_empty()
        && url.password().is_none();
    is_plain.then(|| url.into())
}

fn is_under(host: &str, domain: &str) -> bool {
    let front = host.strip_suffix(domain);
    front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// `google.com`, `www.google.co.uk`, `news.google.com`: one of Google's domains of a country, with at most
/// one name in front.
fn is_google(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let Some(at) = labels.iter().position(|label| *label == "google") else {
        return false;
    };
    let country = &labels[at + 1..];
    let is_country = match country {
        ["com"] => true,
        [country] | ["co" | "com", country] => country.len() == 2,
        _ => false,
    };
    is_country && (at == 0 || at == 1 && matches!(labels[0], "www" | "news" | "m" | "alerts"))
}

/// The name of an article of Google News in its path.
fn article_name(path: &str) -> Option<&str> {
    let name = ["/articles/", "/read/"]
        .iter()
        .find_map(|folder| path.rsplit_once(folder))?
        .1;
    (!name.contains('/')).then_some(name)
}

/// The address in the name of an article of Google News: Base64 of a protocol buffer (Protocol Buffers
/// encoding) whose fourth field it is. Since 2024 that field is a key to Google's own store, and no address.
fn decoded_name(name: &str) -> Option<String> {
    const ANY: GeneralPurpose = GeneralPurpose::new(
        &URL_SAFE,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let bytes = ANY.decode(name).ok()?;
    // Field 1, a number of one byte; then field 4, bytes with their length before them.
    let [0x08, _, 0x22, rest @ ..] = bytes.as_slice() else {
        return None;
    };
    let (length, rest) = match rest {
        [short @ 0..0x80, rest @ ..] => (usize::from(*short), rest),
        [low, high @ 0..0x80, rest @ ..] => {
            (usize::from(low & 0x7F) | usize::from(*high) << 7, rest)
        }
        _ => return None,
    };
    String::from_utf8(rest.get(..length)?.to_vec()).ok()
}

#[cfg(test)]
mod tests;
