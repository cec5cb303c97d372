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
