
use super::*;

fn named(by_proxy: bool) -> Named {
    Named {
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
fn the_cookie_is_for_our_pages_alone() {
    let text = |by_proxy| {
        let value = cookie(&named(by_proxy), SESSION, "s", SESSION_LASTS);
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

#[tokio::test]
async fn a_failed_try_waits_and_others_do_not_wait_for_it() {
    let door = Door::default();
    let began = Instant::now();
    tokio::join!(door.slow("this"), door.slow("this"), door.slow("that"));
    let took = began.elapsed();
    assert!(took >= SLOWED_BY && took < SLOWED_BY * 2, "{took:?}");
    assert_eq!(door.failed.lock().unwrap().tries, 2, "and one was told");
}
