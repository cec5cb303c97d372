use super::*;

fn own(method: &Method, headers: &[(&'static str, &str)]) -> bool {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    let named = RequestHost {
        authority: "newsvigil.localhost:9274".to_owned(),
        by_proxy: false,
    };
    is_same_origin_request(method, &map, &named)
}

const ORIGIN: &str = "origin";
const SITE: &str = "sec-fetch-site";
const HERE: &str = "http://newsvigil.localhost:9274";

#[test]
fn a_form_is_taken_from_our_own_page_alone() {
    for (headers, taken) in [
        (&[(SITE, "same-origin"), (ORIGIN, HERE)][..], true),
        (&[(SITE, "same-origin"), (ORIGIN, "null")], true),
        (&[(SITE, "same-origin")], true),
        (&[(SITE, "none"), (ORIGIN, "null")], true),
        (&[(ORIGIN, HERE)], true),
        (&[(ORIGIN, "http://NEWSVIGIL.localhost:9274")], true),
        // Another port of this machine, another site, and one that hides.
        (
            &[
                (SITE, "same-site"),
                (ORIGIN, "http://newsvigil.localhost:8000"),
            ],
            false,
        ),
        (&[(SITE, "same-site"), (ORIGIN, HERE)], false),
        (
            &[(SITE, "cross-site"), (ORIGIN, "http://127.0.0.1:9274")],
            false,
        ),
        (&[(SITE, "cross-site"), (ORIGIN, "null")], false),
        (
            &[(SITE, "same-origin"), (ORIGIN, "https://example.org")],
            false,
        ),
        (&[(SITE, "same-origin"), (SITE, "cross-site")], false),
        (&[(SITE, "Same-Origin, none")], false),
        (&[(SITE, "")], false),
        (&[(ORIGIN, "http://newsvigil.localhost:8000")], false),
        (&[(ORIGIN, "https://newsvigil.localhost:9274")], false),
        (
            &[(ORIGIN, "http://newsvigil.localhost:9274.example.org")],
            false,
        ),
        (&[(ORIGIN, "null")], false),
        (&[(ORIGIN, HERE), (ORIGIN, "https://example.org")], false),
        (&[(ORIGIN, "")], false),
        (&[], false),
    ] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(own(&method, headers), taken, "{method} {headers:?}");
        }
    }
}

#[test]
fn who_says_nothing_is_told_apart_from_who_comes_from_elsewhere() {
    for (headers, nothing) in [
        (&[][..], true),
        (&[(ORIGIN, "null")], true),
        (&[(ORIGIN, "https://example.org")], false),
        (&[(SITE, "cross-site"), (ORIGIN, "null")], false),
    ] {
        let headers = headers.iter().map(|(name, value)| {
            let name = HeaderName::from_static(name);
            (name, value.parse().unwrap())
        });
        let headers: HeaderMap = headers.collect();
        assert_eq!(lacks_origin_headers(&headers), nothing, "{headers:?}");
    }
}

#[test]
fn other_pages_may_link_here_and_embed_nothing() {
    let link = [
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let picture = [("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")];
    let frame = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
    for site in ["cross-site", "same-site"] {
        let with = |others: [(&'static str, &'static str); 2]| {
            own(&Method::GET, &[(SITE, site), others[0], others[1]])
        };
        assert!(with(link), "{site}");
        assert!(!with(picture), "{site}");
        assert!(!with(frame), "{site}");
    }
    assert!(own(&Method::GET, &[(SITE, "same-origin")]));
    assert!(own(&Method::HEAD, &[]));
}
