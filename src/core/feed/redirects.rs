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
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        assert_eq!(target(address), expected, "of {address}");
    }

    #[track_caller]
    fn check_stays(address: &str) {
        check(address, address);
    }

    #[test]
    fn the_redirects_of_alerts_and_news_lead_to_the_article() {
        let google = "https://www.google.com/url?rct=j&sa=t&url=https://outlet.example/5%3Fid%3D7%26a%3Db&ct=ga&cd=x&usg=y";
        check(google, "https://outlet.example/5?id=7&a=b");
        for front in [
            "http://news.google.com/news/url?sa=t&fd=R&url=",
            "https://news.google.com/url?q=",
            "https://www.google.co.uk/url?q=",
            "https://google.com.br/url?sa=t&url=",
            "HTTPS://WWW.GOOGLE.de/url?x=&amp;url=",
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6&c=5&mkt=en-us&url=",
            "https://l.facebook.com/l.php?h=AT0&u=",
            "https://www.facebook.com/l.php?u=",
            "https://eur01.safelinks.protection.outlook.com/?data=05&url=",
            "https://www.youtube.com/redirect?event=x&q=",
            "https://duckduckgo.com/l/?uddg=",
            "https://t.me/iv?rhash=1&url=",
        ] {
            check(
                &format!("{front}https%3A%2F%2Foutlet.example%2F5"),
                "https://outlet.example/5",
            );
        }
    }

    /// A name as Google News made them before 2024.
    fn name_of(address: &str) -> String {
        let mut bytes = vec![0x08, 0x13, 0x22];
        let length = address.len();
        if length < 0x80 {
            bytes.push(u8::try_from(length).unwrap());
        } else {
            bytes.push(u8::try_from(length & 0x7F | 0x80).unwrap());
            bytes.push(u8::try_from(length >> 7).unwrap());
        }
        bytes.extend(address.bytes());
        bytes.extend([0xD2, 0x01, 0x00]);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
    }

    #[test]
    fn the_names_of_google_news_may_hold_the_address() {
        let long = format!("https://outlet.example/{}", "long/".repeat(40));
        for address in ["https://outlet.example/2023/5", &long] {
            let name = name_of(address);
            for folder in ["rss/articles", "articles", "read", "__i/rss/rd/articles"] {
                check(
                    &format!("https://news.google.com/{folder}/{name}?oc=5&hl=en"),
                    address,
                );
            }
        }
        let newer = name_of("AU_yqLM0Zm9yYW55dGhpbmc");
        check_stays(&format!(
            "https://news.google.com/rss/articles/{newer}?oc=5"
        ));
        check_stays("https://news.google.com/rss/articles/CBM?oc=5");
        check_stays("https://news.google.com/rss/articles/!!!?oc=5");
    }

    #[test]
    fn an_address_in_a_parameter_of_others_is_a_parameter() {
        check_stays("https://outlet.example/share?url=https://other.example/");
        check_stays("https://google.example/url?q=https://other.example/5");
        check_stays("https://www.google.com.evil.example/url?q=https://other.example/5");
        check_stays("https://notbing.com/news/apiclick.aspx?url=https://other.example/5");
        check_stays("https://www.google.com/search?q=https://other.example/5");
        check_stays("https://www.facebook.com/sharer.php?u=https://other.example/5");
        check_stays("https://outlet.example/articles/CBMiGWh0dHA");
    }

    #[test]
    fn what_leads_nowhere_stays() {
        for value in [
            "",
            "javascript:alert(1)",
            "mailto:desk@example.org",
            "/search?q=x",
            "https%3A%2F%2Fdesk%3Asecret%40outlet.example%2F",
            // Encoded twice: decoded once it is no address.
            "https%253A%252F%252Foutlet.example",
            "https%3A%2F%2Foutlet.example%2F%0D%0Ax",
            "https%3A%2F%2Flocalhost%2F",
        ] {
            check_stays(&format!("https://www.google.com/url?url={value}"));
        }
        let long = "x".repeat(LONGEST);
        check_stays(&format!(
            "https://www.google.com/url?url=https://outlet.example/{long}"
        ));
    }

    #[test]
    fn redirects_in_redirects_are_followed_twice() {
        let mut address = "https://outlet.example/5".to_owned();
        let mut wrapped = Vec::new();
        for _ in 0..3 {
            let value: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
            address = format!("https://www.google.com/url?url={value}");
            wrapped.push(address.clone());
        }
        check(&wrapped[1], "https://outlet.example/5");
        check(&wrapped[2], &wrapped[0]);
    }

    proptest! {
        #[test]
        fn whatever_comes_a_target_is_an_address_or_what_was_given(address in any::<String>()) {
            let google = format!("https://www.google.com/url?url={address}");
            for given in [&address, &google] {
                let found = target(given);
                prop_assert!(found == *given || found.starts_with("http"));
            }
        }
    }
}
