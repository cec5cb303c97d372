//! Addresses: made absolute, and made comparable.

use std::borrow::Cow;

use url::Url;

pub use super::redirects::target;

/// Parameters that only tell the publisher where a reader came from. Anything else may choose the
/// article: dropping whole queries merges distinct articles of outlets that number them there.
const TRACKERS: [&str; 32] = [
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "wickedid",
    "at_medium",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "ns_fee",
    "cmpid",
    "ftag",
];

/// A longer base resolves nothing: what is given once must not grow with every address that needs it.
const LONGEST_BASE: usize = 2048;

/// Makes an address absolute against its base. `None` for an empty one; what cannot be resolved
/// stays as it is. Only the syntax is judged here: any scheme may come out.
pub fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = tidy(address);
    if address.is_empty() {
        return None;
    }
    let base = base.filter(|_| !has_scheme(&address) && has_short_host(&address));
    match base.and_then(|base| base.join(&address).ok()) {
        Some(url) => Some(url.into()),
        // An absolute address stays as its publisher wrote it.
        None => Some(address.into_owned()),
    }
}

/// Whether the host of an address, if it has one, may be a name: the way from Unicode to ASCII is long.
fn has_short_host(address: &str) -> bool {
    const LONGEST: usize = 512;
    let host = address.split_once("//").map_or("", |(_, host)| host);
    host.find(['/', '?', '#']).unwrap_or(host.len()) <= LONGEST
}

/// Whether an address says by itself where it leads: it begins with a scheme (RFC 3986, section 3.1).
pub(super) fn has_scheme(address: &str) -> bool {
    let mut bytes = address
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control())
        .bytes()
        .filter(|byte| !byte.is_ascii_control());
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.find(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte)) == Some(b':')
}

/// A base for other addresses, which may be relative to one itself; `None` when it is no address, or
/// too long for one.
pub(super) fn base(address: &str, around: Option<&Url>) -> Option<Url> {
    let address = Some(address.trim())
        .filter(|address| address.len() <= LONGEST_BASE && has_short_host(address))?;
    let base = match around {
        Some(around) => around.join(address),
        None => Url::parse(address),
    };
    base.ok().filter(is_short_base)
}

/// Whether an address may be a base of others.
pub(super) fn is_short_base(base: &Url) -> bool {
    base.as_str().len() <= LONGEST_BASE
}

/// Leaves out the line breaks and controls that pasting leaves in addresses; inner spaces stay.
fn tidy(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if trimmed.chars().any(char::is_control) {
        Cow::Owned(trimmed.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// Whether text is an absolute http or https address.
pub fn is_web_address(text: &str) -> bool {
    let scheme = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (scheme.starts_with("http://") || scheme.starts_with("https://"))
        && has_short_host(text)
        && Url::parse(text).is_ok_and(|url| url.has_host())
}

/// The form of an address by which items are told apart: that of the article behind a known redirect,
/// known trackers stripped, nothing else but the spelling that RFC 3986, section 6.2.2 and 6.2.3, calls
/// equivalent.
pub fn canonical(address: &str) -> String {
    canonical_as_given(&target(address))
}

/// [`canonical`] of a redirect itself, wherever it leads: what items were told apart by before.
pub fn canonical_as_given(address: &str) -> String {
    let address = address.trim();
    let url = has_short_host(address).then(|| Url::parse(address).ok());
    let Some(mut url) = url.flatten() else {
        return address.to_owned();
    };
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracker(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    if url
        .fragment()
        .is_some_and(|fragment| fragment.is_empty() || fragment.split('&').all(is_tracker))
    {
        url.set_fragment(None);
    }
    url.into()
}

fn is_tracker(pair: &str) -> bool {
    let name = name_of(pair);
    name.starts_with("utm_") || TRACKERS.contains(&name.as_str())
}

fn name_of(pair: &str) -> String {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    name.to_ascii_lowercase()
}

/// Parameters that number visits, or keep copies from being used again.
const VISITS: [&str; 12] = [
    "phpsessid",
    "jsessionid",
    "sessionid",
    "session_id",
    "sessid",
    "cfid",
    "cftoken",
    "_",
    "rand",
    "random",
    "nocache",
    "cachebuster",
];

/// Of a short name that often means a session, such as `sid`, only a long random value is one.
fn is_visit(pair: &str) -> bool {
    let name = name_of(pair);
    let value = pair.split_once('=').map_or("", |(_, value)| value);
    let is_random = value.len() >= 16 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    VISITS.contains(&name.as_str())
        || name.starts_with("aspsessionid")
        || (matches!(name.as_str(), "sid" | "s") && is_random)
}

/// One form for what publishers spell in many ways: the [canonical] form without its scheme, `www.`, the
/// slash at its end and what numbers visits. Two addresses of this form may be two places of one page, so
/// that other evidence has to agree before two items count as one.
///
/// The fragment stays.
pub fn place(address: &str) -> String {
    let canonical = canonical(address);
    let web = Url::parse(&canonical)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some((url, host)) = web
        .as_ref()
        .and_then(|url| url.host_str().map(|host| (url, host)))
    else {
        return canonical;
    };
    let mut place = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        place.push(':');
        place.push_str(&port.to_string());
    }
    // A session may be a parameter of the last segment (RFC 3986, section 3.3).
    let path = match url.path().rsplit_once(';') {
        Some((path, parameter)) if is_visit(parameter) => path,
        _ => url.path(),
    };
    place.push_str(path.trim_end_matches('/'));
    let query = url.query().unwrap_or_default();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_visit(pair))
        .collect();
    if !kept.is_empty() {
        place.push('?');
        place.push_str(&kept.join("&"));
    }
    if let Some(fragment) = url.fragment() {
        place.push('#');
        place.push_str(fragment);
    }
    place
}

/// A [`place`] without its fragment, unless that is the route of a page that loads its parts by script.
pub fn page_of(place: &str) -> &str {
    match place.split_once('#') {
        Some((page, fragment)) if !fragment.starts_with(['/', '!']) => page,
        _ => place,
    }
}

/// Whether a [`place`] is the front page of a site, which says nothing about an item.
pub fn is_front_page(place: &str) -> bool {
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_host = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    is_host
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(
            path,
            "" | "index.html" | "index.htm" | "index.php" | "index.asp"
        )
}

#[cfg(test)]
mod tests;
