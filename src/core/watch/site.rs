//! Domains of `site:`, and the hosts of addresses that lie under them.

/// A domain as it stands in addresses: names beyond ASCII in their IDNA form (RFC 5890).
pub(super) fn ascii_domain(domain: &str) -> String {
    url::Url::parse(&format!("http://{domain}/"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| domain.to_owned())
}

/// The host of an absolute address, in lower case; names beyond ASCII in their IDNA form (RFC 5890),
/// absolute ones without their last dot (RFC 1034, section 3.1).
pub(super) fn host_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.host_str()?.trim_end_matches('.').to_owned())
}

/// A host and the domains it lies under: `www.example.org`, `example.org`, `org`.
pub(super) fn domains(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |rest| {
        rest.split_once('.').map(|(_, rest)| rest)
    })
}
