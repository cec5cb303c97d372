//! Redirects of pages and of robots.txt, and which addresses are of one host.

use super::*;

#[test]
fn a_host_is_one_by_whatever_port_and_spelling_it_is_asked() {
    let one = host(&url("https://a.example/1"));
    for same in [
        "http://a.example/",
        "https://a.example:8443/",
        "https://A.EXAMPLE./1",
        "https://reader:word@a.example/1",
    ] {
        assert_eq!(host(&url(same)), one, "{same}");
    }
    let asked =
        crate::core::article::next_step::request_address("https://reader:word@a.example/1#top")
            .unwrap();
    assert_eq!(asked.as_str(), "https://a.example/1");
    assert_ne!(host(&url("https://www.a.example/1")), one);
    assert_eq!(host(&url("http://[::1]:80/")), "[::1]");
}

#[test]
fn redirects_are_followed_under_the_manners_of_each_host_and_circles_told() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |path, at| match path {
        "/moved" => to("https://b.example/here"),
        "/private-there" => to("https://b.example/private/1"),
        "/self" => to("https://a.example/self"),
        "/ping" => to("https://b.example/pong"),
        _ => fine(path, at),
    });
    play.host("b.example", 5, |path, at| match path {
        "/pong" => to("https://a.example/ping"),
        _ if path.starts_with("/far/") => {
            let n: i64 = path[5..].parse().unwrap();
            to(&format!("https://b.example/far/{}", n + 1))
        }
        _ => fine(path, at),
    });
    let moved = play.add("a", "https://a.example/moved");
    let private = play.add("a", "https://a.example/private-there");
    let itself = play.add("a", "https://a.example/self");
    let ping = play.add("a", "https://a.example/ping");
    let far = play.add("a", "https://b.example/far/0");
    play.run(secs(600));
    // The judge takes every path that begins like a private one for private.
    play.offences
        .retain(|offence| !offence.contains("a.example/private-there"));
    play.expect_good_manners();
    assert_eq!(play.verdict(moved).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(private).unwrap().0, PageVerdict::Robots);
    assert_eq!(
        play.verdict(itself).unwrap(),
        (
            PageVerdict::Unreachable,
            "the redirect goes in a circle, back to https://a.example/self"
        )
    );
    assert_eq!(play.verdict(ping).unwrap().0, PageVerdict::Unreachable);
    assert_eq!(
        play.verdict(far).unwrap(),
        (PageVerdict::Unreachable, "more than 5 redirects")
    );
    let far = play
        .asked("b.example")
        .iter()
        .filter(|path| path.starts_with("/far/"))
        .count();
    assert_eq!(far, 6);
}

#[test]
fn a_robots_txt_is_followed_for_five_hops_to_other_hosts_too() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |path, at| match path {
        "/robots.txt" => to("https://www.a.example/robots.txt"),
        _ => fine(path, at),
    });
    play.host("www.a.example", 5, |path, at| match path {
        "/robots.txt" => said(200, "User-agent: *\nDisallow: /private"),
        _ => fine(path, at),
    });
    play.host("circle.example", 5, |path, at| match path {
        "/robots.txt" => to("https://circle.example/robots.txt"),
        _ => fine(path, at),
    });
    let page = play.add("a", "https://a.example/1");
    let private = play.add("a", "https://a.example/private/1");
    let other = play.add("a", "https://www.a.example/1");
    let circle = play.add("a", "https://circle.example/1");
    play.run(secs(300));
    play.expect_good_manners();
    assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(private).unwrap().0, PageVerdict::Robots);
    assert_eq!(play.verdict(other).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(circle).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.asked("circle.example").len(), 7);
}
