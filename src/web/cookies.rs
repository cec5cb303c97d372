//! Cookies, and what they are called.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};
use jiff::SignedDuration;

use super::host_header::RequestHost;

/// Cookies of the same name that are read, which other pages of this machine may set, too.
const COOKIES_AT_MOST: usize = 50;

/// The session.
pub(super) const SESSION: &str = "newsvigil";

/// The page that was asked for.
pub(super) const KEPT: &str = "newsvigil-to";

/// What a cookie is called. A browser takes one that begins with `__Host-` over HTTPS only, and from no other name.
fn cookie_name(named: &RequestHost, what: &str) -> String {
    let prefix = if named.by_proxy { "__Host-" } else { "" };
    format!("{prefix}{what}")
}

/// What sets a cookie.
pub(super) fn cookie(
    named: &RequestHost,
    what: &str,
    value: &str,
    lasts: SignedDuration,
) -> HeaderValue {
    let secure = if named.by_proxy { "; Secure" } else { "" };
    let text = format!(
        "{}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        cookie_name(named, what),
        lasts.as_secs()
    );
    HeaderValue::try_from(text).expect("secrets and percent encoding are plain ASCII")
}

/// Takes a cookie back.
pub(super) fn no_cookie(named: &RequestHost, what: &str) -> HeaderValue {
    cookie(named, what, "", SignedDuration::ZERO)
}

/// What a browser gives under the name of a cookie.
pub(super) fn given<'h>(
    headers: &'h HeaderMap,
    named: &RequestHost,
    what: &str,
) -> impl Iterator<Item = &'h str> + use<'h> {
    let name = cookie_name(named, what);
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines.filter_map(|line| line.to_str().ok());
    let pairs = pairs.flat_map(|line| line.split(';'));
    pairs
        .filter_map(move |pair| {
            let (given, value) = pair.trim().split_once('=')?;
            (given == name).then_some(value)
        })
        .take(COOKIES_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(by_proxy: bool) -> RequestHost {
        RequestHost {
            authority: "newsvigil.localhost:9274".to_owned(),
            by_proxy,
        }
    }

    #[test]
    fn the_cookie_is_for_our_pages_alone() {
        let text = |by_proxy| {
            let value = cookie(
                &named(by_proxy),
                SESSION,
                "s",
                SignedDuration::from_hours(12),
            );
            value.to_str().unwrap().to_owned()
        };
        assert_eq!(
            text(false),
            "newsvigil=s; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            text(true),
            "__Host-newsvigil=s; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn only_a_cookie_of_the_very_name_is_read() {
        let mut headers = HeaderMap::new();
        for line in [
            "newsvigil=a; x=y",
            "newsvigil2=b;newsvigil=c",
            "Newsvigil=d; newsvigil",
        ] {
            headers.append(COOKIE, HeaderValue::from_static(line));
        }
        let read: Vec<&str> = given(&headers, &named(false), SESSION).collect();
        assert_eq!(read, ["a", "c"]);
        assert_eq!(given(&headers, &named(true), SESSION).count(), 0);
        let many = "newsvigil=a; ".repeat(2 * COOKIES_AT_MOST);
        headers.insert(COOKIE, HeaderValue::try_from(many).unwrap());
        assert_eq!(
            given(&headers, &named(false), SESSION).count(),
            COOKIES_AT_MOST
        );
    }
}
