use axum::http::header::COOKIE;

use super::*;

fn named(by_proxy: bool) -> RequestHost {
    RequestHost {
        authority: "newsvigil.localhost:9274".to_owned(),
        by_proxy,
    }
}

#[test]
fn nobody_is_led_to_another_machine() {
    for path in ["/", "/hits?q=a%20b", "/hits/5#judge"] {
        assert_eq!(local_path(path), path);
    }
    for path in [
        "",
        "//example.org/",
        "/\\example.org/",
        "https://example.org/",
        "/\t/example.org",
        "/a b",
        "/é",
        "/hits\r\nSet-Cookie: a=b",
    ] {
        assert_eq!(local_path(path), "/", "{path}");
    }
}

#[test]
fn the_page_that_was_asked_for_is_kept_and_is_one_of_ours() {
    let asked = |method: Method, path: &str, accepted: &str| {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(ACCEPT, accepted).body(Vec::new()).unwrap();
        page_asked_for(&request).map(str::to_owned)
    };
    let html = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
    for path in ["/", "/hits/41", "/hits?q=a%20b%3B&from=7d", "/no-such-page"] {
        assert_eq!(asked(Method::GET, path, html).as_deref(), Some(path));
        let kept: String = byte_serialize(path.as_bytes()).collect();
        let kept = cookie(&named(true), KEPT, &kept, KEPT_FOR);
        let kept = kept.to_str().unwrap();
        assert!(
            kept.contains("Max-Age=600; HttpOnly; SameSite=Lax"),
            "{kept}"
        );
        let mut headers = HeaderMap::new();
        let sent = kept.split(';').next().unwrap();
        headers.insert(COOKIE, HeaderValue::try_from(sent).unwrap());
        assert_eq!(kept_page(&headers, &named(true)).as_deref(), Some(path));
    }
    let judgment = asked(Method::POST, "/hits/41/judgment", html);
    assert_eq!(judgment.as_deref(), Some("/hits/41"));
    let long = format!("/hits?q={}", "a".repeat(KEPT_AT_MOST));
    for (method, path, accepted) in [
        (Method::GET, "/favicon.ico", "image/avif,image/webp,*/*"),
        (Method::GET, "//example.org/", html),
        (Method::GET, &long, html),
        (Method::POST, "/sign-out", html),
        (Method::POST, "//example.org/judgment", html),
    ] {
        assert_eq!(asked(method, path, accepted), None, "{path}");
    }
    for forged in [
        "https%3A%2F%2Fexample.org",
        "%2F%2Fexample.org",
        "%2F%5Cexample.org",
        "%0d%0a",
        "",
        "%",
    ] {
        let mut headers = HeaderMap::new();
        let sent = format!("newsvigil-to={forged}");
        headers.insert(COOKIE, HeaderValue::try_from(sent).unwrap());
        assert_eq!(kept_page(&headers, &named(false)), None, "{forged}");
    }
}
