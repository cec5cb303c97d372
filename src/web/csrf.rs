//! Which requests other pages may make a browser send: none but to open a page.
//!
//! After `CrossOriginProtection` of Go 1.25, and stricter: what changes something must say where it comes from.
//! Cookies are sent to each port of a machine, so that `same-site` is a stranger, too.

use axum::http::header::{HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};

use super::host_header::RequestHost;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Whether a request is one that the reader made, and not another page.
pub(super) fn is_same_origin_request(
    method: &Method,
    headers: &HeaderMap,
    named: &RequestHost,
) -> bool {
    let says = |name: HeaderName, value: &str| {
        let mut given = headers.get_all(name).iter();
        given.next().is_some_and(|given| given == value) && given.next().is_none()
    };
    let is_own = says(FETCH_SITE, "same-origin") || says(FETCH_SITE, "none");
    let site_is_given = headers.contains_key(FETCH_SITE);
    if method == Method::GET || method == Method::HEAD {
        // A link, such as one in a mail, leads here; no picture, frame or script of another page does.
        let opens_page = says(FETCH_MODE, "navigate") && says(FETCH_DEST, "document");
        return is_own || opens_page || !site_is_given;
    }
    if site_is_given {
        return is_own && (!headers.contains_key(ORIGIN) || !is_foreign(headers, named));
    }
    // Browsers before 2023, and those to whom the connection is not trustworthy.
    headers.contains_key(ORIGIN) && !is_foreign(headers, named) && !says(ORIGIN, "null")
}

/// Whether a browser says nothing of where a request comes from.
pub(super) fn lacks_origin_headers(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN);
    !headers.contains_key(FETCH_SITE) && origin.is_none_or(|origin| origin == "null")
}

/// Whether `Origin` names another page than ours. A browser that is to give no referrer says `null`.
fn is_foreign(headers: &HeaderMap, named: &RequestHost) -> bool {
    let mut given = headers.get_all(ORIGIN).iter();
    let (Some(origin), None) = (given.next(), given.next()) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return true;
    };
    if origin == "null" {
        return false;
    }
    let Ok(origin) = origin.parse::<Uri>() else {
        return true;
    };
    let scheme = if named.by_proxy { "https" } else { "http" };
    let authority = origin
        .authority()
        .map(|at| at.as_str().to_ascii_lowercase());
    origin.scheme_str() != Some(scheme) || authority.as_deref() != Some(named.authority.as_str())
}

#[cfg(test)]
mod tests;
