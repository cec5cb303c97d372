use axum::http::HeaderValue;

use super::*;

fn asking(version: Version, hosts: &[&str], target: &str) -> Request<()> {
    let mut request = Request::new(());
    *request.version_mut() = version;
    *request.uri_mut() = target.parse().unwrap();
    for host in hosts {
        request
            .headers_mut()
            .append(HOST, HeaderValue::from_bytes(host.as_bytes()).unwrap());
    }
    request
}

fn hosts() -> AllowedHosts {
    AllowedHosts {
        proxied: vec!["news.example.org".to_owned()],
    }
}

#[test]
fn names_that_a_stranger_made_lead_here_in_vain() {
    for (host, meant) in [
        ("localhost", true),
        ("LocalHost.:9273", true),
        ("newsvigil.localhost:9274", true),
        ("other.localhost", false),
        ("127.0.0.1:9273", true),
        ("127.9.9.9:1", true),
        ("[::1]:9273", true),
        ("[::ffff:127.0.0.1]", true),
        ("News.Example.org", true),
        ("news.example.org.:443", true),
        ("example.org", false),
        ("x.news.example.org", false),
        ("news.example.org.evil.example", false),
        ("rebound.example.org:9273", false),
        ("localhost.example.org", false),
        ("127.0.0.1.example.org", false),
        ("127.example.org", false),
        ("192.0.2.1", false),
        ("[2001:db8::1]", false),
        ("localhost@example.org", false),
        ("example.org@localhost", false),
        ("0.0.0.0:9273", false),
        ("", false),
        ("é", false),
    ] {
        let request = asking(Version::HTTP_11, &[host], "/hits");
        assert_eq!(hosts().named_by(&request).is_some(), meant, "{host}");
    }
}

#[test]
fn one_name_is_given_and_the_target_speaks_before_the_header() {
    let meant = |version, hosts: &[&str], target| {
        AllowedHosts::default()
            .named_by(&asking(version, hosts, target))
            .is_some()
    };
    assert!(meant(Version::HTTP_10, &[], "/"));
    assert!(!meant(Version::HTTP_11, &[], "/"));
    assert!(!meant(Version::HTTP_11, &["localhost", "localhost"], "/"));
    let elsewhere = "http://rebound.example.org/";
    assert!(!meant(Version::HTTP_11, &["localhost"], elsewhere));
}

#[test]
fn a_proxy_is_told_from_this_machine() {
    let by = |host| {
        let named = hosts().named_by(&asking(Version::HTTP_11, &[host], "/"));
        named.unwrap().by_proxy
    };
    assert!(by("news.example.org"));
    assert!(!by("localhost:9274"));
}
