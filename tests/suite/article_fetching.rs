//! The pages behind items, asked for over real sockets with good manners.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use crate::service::{Service, eventually};
use crate::web::{Page, Web};
use crate::world::{WATCH, World};

const BODY: &str = "Officials gave no figures on Tuesday. Residents of the harbour district said that the streets \
    had been closed since the early morning and that shops stayed shut for the whole day. Several witnesses \
    said that soldiers used lethal force against a protest near the customs house, and that nine people were \
    taken to a hospital. A spokesman for the ministry did not answer questions that were sent to him.";

fn article(text: &str) -> Page {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>A day at the harbour</title></head><body>\
         <nav><a href=\"/\">Home</a></nav><article><h1>A day at the harbour</h1>\
         <p>The harbour was quiet on Tuesday, and ferries ran late because of the weather and the tide.</p>\
         <p>{text}</p><p>The harbour master said that ferries would run again as usual on Wednesday.</p>\
         </article></body></html>"
    );
    Page::Html(html, String::new())
}

/// A feed whose items say little, each with a title and the address of its page.
fn feed(items: &[(&str, String)]) -> Page {
    let items: String = items
        .iter()
        .map(|(title, link)| {
            format!("<item><title>{title}</title><link>{link}</link><description>In short.</description></item>")
        })
        .collect();
    Page::Feed(format!(
        "<rss version=\"2.0\"><channel><title>Outlet</title><link>https://outlet.example/</link>\
         <description>d</description>{items}</channel></rss>"
    ))
}

fn robots(body: &str) -> Page {
    Page::Whole(
        200,
        &[("content-type", "text/plain")],
        body.as_bytes().to_vec(),
    )
}

fn world(web: &Web) -> World {
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"5s\"\n[article]\ngap = \"1s\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let alert = WATCH.replace("topic =", "urgency = \"alert\"\ntopic =");
    world.write("watches/force.toml", &alert);
    world
}

/// The paths of the requests for pages.
fn pages(web: &Web) -> Vec<String> {
    let mut paths = web.paths();
    paths.retain(|path| path != "/feed" && path != "/robots.txt");
    paths
}

#[test]
fn an_article_whose_keywords_stand_only_in_its_body_is_told_by_an_alert_within_a_minute() {
    let web = Web::start("127.0.0.1");
    web.put(
        "/robots.txt",
        robots("User-agent: *\nDisallow: /members/\n"),
    );
    web.put("/news/1", article(BODY));
    web.put("/members/2", article(BODY));
    let items = [
        ("A day at the harbour", web.url("/news/1")),
        ("Another day", web.url("/members/2")),
    ];
    web.put("/feed", feed(&items));
    let world = world(&web);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    let began = Instant::now();
    let mail = eventually("an alert", || world.mailbox().pop());
    assert!(
        began.elapsed() < Duration::from_mins(1),
        "{:?}",
        began.elapsed()
    );
    assert!(mail.text.contains("**lethal force**"), "{}", mail.text);
    assert!(
        mail.subject.contains("A day at the harbour"),
        "{}",
        mail.subject
    );
    let run = service.stop().ok();
    assert_eq!(pages(&web), ["/news/1"], "robots.txt is heeded: {run:?}");
    let paths = web.paths();
    let place = |path: &str| paths.iter().position(|asked| asked == path).expect(path);
    assert!(place("/robots.txt") < place("/news/1"));
    assert_eq!(web.requests("/robots.txt").len(), 1, "{paths:?}");
}

#[test]
fn a_run_by_hand_reads_what_it_can_in_a_minute_and_says_how_much_waits() {
    let web = Web::start("127.0.0.1");
    web.put("/news/1", article(BODY));
    let items = [
        ("A day at the harbour", web.url("/news/1")),
        ("Gone", web.url("/news/2")),
    ];
    web.put("/feed", feed(&items));
    let world = world(&web);
    // For the digest, which is not kept back for pages.
    world.write("watches/force.toml", WATCH);
    let summary = world.once();
    assert_eq!(
        [
            &summary["articles_asked"],
            &summary["articles_whole"],
            &summary["articles_hits"]
        ],
        [2, 1, 1],
        "{summary}"
    );
    assert_eq!(summary["articles_waiting"], 0);
    let mails = world.mailbox();
    let told = mails
        .iter()
        .filter(|mail| mail.text.contains("**lethal force**"));
    assert_eq!(told.count(), 1, "{mails:?}");
    let again = world.once_all();
    assert_eq!(again["articles_asked"], 0, "nothing is asked for twice");
    assert_eq!(pages(&web).len(), 2);
}

#[test]
fn a_host_that_refuses_three_times_is_left_alone_and_a_later_run_knows_it() {
    let web = Web::start("127.0.0.1");
    let items: Vec<(&str, String)> = (0..6)
        .map(|n| ("A day", web.url(&format!("/news/{n}"))))
        .collect();
    for n in 0..6 {
        let refusal = Page::Status(403, "<p>Access denied</p>".to_owned());
        web.put(&format!("/news/{n}"), refusal);
    }
    web.put("/feed", feed(&items));
    let world = world(&web);
    let summary = world.once();
    assert_eq!(pages(&web).len(), 3, "{summary}");
    assert_eq!(summary["articles_waiting"], 3);
    let told = world.run(&["once"]).ok();
    assert!(told.stdout.contains("3 wait for the next run"), "{told:?}");
    assert_eq!(pages(&web).len(), 3);
}

#[test]
fn what_waits_of_a_feed_whose_pages_are_wanted_no_more_is_never_asked_for() {
    for (policy, left) in [("off", 0), ("hits", 1)] {
        let web = Web::start("127.0.0.1");
        web.put("/robots.txt", Page::Status(500, String::new()));
        let items = [
            ("A day at the harbour", web.url("/news/1")),
            (
                "Police used lethal force against protesters",
                web.url("/news/2"),
            ),
        ];
        web.put("/feed", feed(&items));
        let world = world(&web);
        assert_eq!(
            world.once()["articles_waiting"],
            2,
            "nothing is asked without robots.txt"
        );
        let url = web.url("/feed");
        world.write(
            "feeds.toml",
            &format!("[[feed]]\nid = \"outlet\"\nurl = \"{url}\"\narticles = \"{policy}\"\n"),
        );
        assert_eq!(world.once()["articles_waiting"], left, "{policy}");
        assert_eq!(pages(&web), [""; 0]);
    }
}

#[test]
fn a_cookie_is_sent_to_the_feeds_own_host_alone_and_shown_nowhere() {
    let (web, other) = (Web::start("127.0.0.1"), Web::start("127.0.0.2"));
    web.put("/news/1", article(BODY));
    let away = other.url("/away");
    let moved: &'static [(&str, &str)] =
        Box::leak(Box::new([("location", &*Box::leak(away.into_boxed_str()))]));
    web.put("/news/2", Page::Whole(302, moved, Vec::new()));
    other.put("/away", article(BODY));
    let items = [
        ("A day at the harbour", web.url("/news/1")),
        ("A day away", web.url("/news/2")),
    ];
    web.put("/feed", feed(&items));
    let world = world(&web);
    let url = web.url("/feed");
    let feeds = |file: &str| {
        format!("[[feed]]\nid = \"outlet\"\nurl = \"{url}\"\ncookie_file = \"{file}\"\n")
    };
    world.write("feeds.toml", &feeds("missing"));
    let refused = world.run(&["check"]);
    assert_ne!(refused.code, 0);
    assert!(
        refused.stderr.contains("cannot read the secret"),
        "{refused:?}"
    );
    world.write("cookie", "session=s3cr3t; plan=paid\n");
    let path = world.config().join("cookie");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    world.write("feeds.toml", &feeds("cookie"));
    let check = world.run(&["check"]).ok();
    let run = world.run(&["once"]).ok();
    for shown in [
        &check,
        &run,
        &world.run(&["hits", "--json"]),
        &world.run(&["feed", "list", "--json"]),
    ] {
        let told = format!("{}{}", shown.stdout, shown.stderr);
        assert!(!told.contains("s3cr3t"), "{told}");
    }
    let sent = |web: &Web, path: &str| -> Vec<Option<String>> {
        let headers = web.requests(path);
        let cookie = |headers: &axum::http::HeaderMap| {
            headers
                .get("cookie")
                .map(|value| value.to_str().expect("text").to_owned())
        };
        headers.iter().map(cookie).collect()
    };
    let cookie = Some("session=s3cr3t; plan=paid".to_owned());
    assert_eq!(sent(&web, "/news/1"), std::slice::from_ref(&cookie));
    assert_eq!(sent(&web, "/news/2"), [cookie]);
    assert_eq!(sent(&other, "/away"), [None]);
    for path in ["/robots.txt", "/feed"] {
        assert!(sent(&web, path).iter().all(Option::is_none), "{path}");
    }
}

#[test]
fn article_show_asks_as_the_service_does() {
    let (web, other) = (Web::start("127.0.0.1"), Web::start("127.0.0.2"));
    web.put(
        "/robots.txt",
        robots("User-agent: newsvigil\nDisallow: /members/\n"),
    );
    web.put("/news/1", article(BODY));
    web.put("/members/2", article(BODY));
    web.put("/walled", Page::Status(402, String::new()));
    let moved: &'static [(&str, &str)] = Box::leak(Box::new([(
        "location",
        &*Box::leak(web.url("/members/2").into_boxed_str()),
    )]));
    other.put("/moved", Page::Whole(301, moved, Vec::new()));
    let world = world(&web);
    let began = Instant::now();
    let addresses = [
        web.url("/news/1"),
        web.url("/members/2"),
        other.url("/moved"),
        web.url("/walled"),
    ];
    let mut arguments = vec!["article", "show", "--json"];
    arguments.extend(addresses.iter().map(String::as_str));
    let lines = world.run(&arguments).json_lines();
    let verdicts: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["verdict"].as_str())
        .collect();
    assert_eq!(verdicts, ["whole", "robots", "robots", "paywalled"]);
    assert_eq!(lines[0]["title"], "A day at the harbour");
    assert!(
        lines[0]["text"]
            .as_str()
            .is_some_and(|text| text.contains("lethal force"))
    );
    assert_eq!(lines[1]["why"], "robots.txt asks not to fetch /members/");
    assert_eq!(pages(&web), ["/news/1", "/walled"]);
    assert_eq!(web.requests("/robots.txt").len(), 1);
    assert!(
        began.elapsed() >= Duration::from_secs(3),
        "the gap is kept: {:?}",
        began.elapsed()
    );
    let far = world
        .run(&["article", "show", "--json", "http://nowhere.invalid/a"])
        .json();
    assert_eq!(
        (&far["ok"], &far["verdict"]),
        (&false.into(), &"unreachable".into()),
        "{far}"
    );
}

#[test]
fn a_page_that_hangs_holds_up_no_alert_and_no_stop_and_a_restart_goes_on() {
    let web = Web::start("127.0.0.1");
    web.put("/news/1", Page::Silence(Duration::from_mins(2)));
    web.put(
        "/feed",
        feed(&[
            ("A day at the harbour", web.url("/news/1")),
            ("Lethal force at a protest", web.url("/news/1?other")),
        ]),
    );
    let world = world(&web);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("a request for the page", || {
        (!pages(&web).is_empty()).then_some(())
    });
    let mail = eventually("the alert of what the feed says", || world.mailbox().pop());
    assert!(mail.text.contains("**Lethal force**"), "{}", mail.text);
    let began = Instant::now();
    service.stop().ok();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    web.put("/news/1", article(BODY));
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("the article's alert", || {
        let mut mails = world.mailbox().into_iter();
        mails.find(|mail| mail.text.contains("customs house"))
    });
    service.stop().ok();
    assert_eq!(
        web.requests("/robots.txt").len(),
        1,
        "what was known is known"
    );
}
