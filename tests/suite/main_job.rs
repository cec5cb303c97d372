//! Poll, match, store, mail: the job that everything else serves.

use std::fs;

use crate::web::{Page, Web, rss};
use crate::world::{World, shipped};

const STORY: (&str, &str, &str) = (
    "Police used lethal force",
    "story",
    "Witnesses say that protesters were shot.",
);
const OTHER: (&str, &str, &str) = ("Cup final ends in a draw", "final", "Nobody scored.");

#[test]
fn a_matching_item_becomes_a_digest_that_marks_the_words() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY, OTHER])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);

    let summary = world.once();
    assert_eq!(summary["feeds_polled"], 1);
    assert_eq!(summary["feeds_failed"], 0);
    assert_eq!(summary["entries_new"], 2);
    assert_eq!(summary["hits"], 1);
    assert_eq!(summary["mails_delivered"], 1);
    assert_eq!(summary["mails_queued"], 0);

    let mails = world.mailbox();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "desk@example.org");
    assert!(
        mail.subject.contains("Police used lethal force"),
        "{}",
        mail.subject
    );
    assert!(mail.text.contains("**lethal force**"), "{}", mail.text);
    assert!(mail.text.contains("**protesters**"), "{}", mail.text);
    assert!(
        mail.text.contains("https://outlet.example/story"),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("Cup final"), "{}", mail.text);
    assert!(
        mail.html.contains("https://outlet.example/story"),
        "{}",
        mail.html
    );
}

#[test]
fn a_second_run_on_unchanged_feeds_adds_nothing_and_mails_nothing() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();

    let at_once = world.once();
    assert_eq!(at_once["feeds_polled"], 0, "its time has not come");
    let all = world.once_all();
    assert_eq!(all["feeds_polled"], 1);
    for summary in [at_once, all] {
        assert_eq!(summary["entries_new"], 0);
        assert_eq!(summary["hits"], 0);
        assert_eq!(summary["mails_delivered"], 0);
        assert_eq!(summary["mails_queued"], 0);
    }
    assert_eq!(world.mailbox().len(), 1);
    let requests = web.requests("/feed");
    assert_eq!(requests.len(), 2);
    assert!(
        !requests[0].contains_key("if-none-match"),
        "nothing to echo yet"
    );
    assert!(
        requests[1].contains_key("if-none-match"),
        "the tag is echoed"
    );
}

#[test]
fn an_alert_goes_out_at_once_and_the_digest_lists_it() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let watch = crate::world::WATCH.replace("recipients =", "urgency = \"alert\"\nrecipients =");
    world.write("watches/force.toml", &watch);
    world.once();

    let mails = world.mailbox();
    assert_eq!(mails.len(), 2, "an alert, and the first digest");
    assert_ne!(mails[0].message_id, mails[1].message_id);
    for mail in &mails {
        assert!(mail.text.contains("Police used"), "{}", mail.text);
    }
    assert_eq!(world.once_all()["mails_delivered"], 0);
}

#[test]
fn an_item_that_two_watches_hit_is_one_alert_that_names_both() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let alert = crate::world::WATCH.replace("recipients =", "urgency = \"alert\"\nrecipients =");
    let other = alert
        .replace("\"force\"", "\"police\"")
        .replace("Use of force", "What the police do")
        .replace("'\"lethal force\" AND protest*'", "'police AND protest*'");
    world.write("watches/force.toml", &format!("{alert}{other}"));
    world.once();
    let mails = world.mailbox();
    assert_eq!(mails.len(), 2, "one alert, and the first digest");
    let alert = mails
        .iter()
        .find(|mail| !mail.subject.contains("alert sent"));
    let text = &alert.expect("the alert").text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Use of force"), "{text}");
    assert!(text.contains("What the police do"), "{text}");
}

#[test]
fn a_revised_item_is_not_a_new_item_but_is_matched_again() {
    let web = Web::start("127.0.0.1");
    let quiet = ("March in the capital", "march", "Thousands protest.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[quiet])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 0);

    let worse = (
        "March in the capital",
        "march",
        "Thousands protest. Police used lethal force.",
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[worse])));
    let summary = world.once_all();
    assert_eq!(summary["entries_new"], 0);
    assert_eq!(summary["entries_revised"], 1);
    assert_eq!(summary["hits"], 1);

    let again = (
        "March in the capital: update",
        "march",
        "Thousands protest. Police used lethal force.",
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[again])));
    let summary = world.once_all();
    assert_eq!(summary["entries_revised"], 1);
    assert_eq!(
        summary["hits"], 0,
        "the same watch does not hit the same item twice"
    );
    let hits = world.run(&["hits", "--json"]).ok().json_lines();
    assert_eq!(hits.len(), 1);
    assert_eq!(
        hits[0]["title"], "March in the capital",
        "the text that matched is shown"
    );
    assert_eq!(hits[0]["revision"], 1);
}

#[test]
fn items_older_than_the_backlog_are_stored_and_searched_but_not_mailed() {
    let web = Web::start("127.0.0.1");
    let dated = rss("The Outlet", &[STORY]).replace(
        "<guid",
        "<pubDate>Mon, 06 Jan 2020 10:00:00 GMT</pubDate><guid",
    );
    web.put("/feed", Page::Feed(dated));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let summary = world.once();
    assert_eq!(summary["entries_new"], 1);
    assert_eq!(summary["hits"], 1);
    assert_eq!(summary["hits_backlog"], 1);
    assert_eq!(summary["mails_delivered"], 0);
    assert!(world.mailbox().is_empty());
    let found = world
        .run(&["hits", "--search", "witnesses", "--json"])
        .ok()
        .json_lines();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["backlog"], true);
}

#[test]
fn what_an_old_item_says_now_is_mailed_and_1970_is_no_date() {
    let web = Web::start("127.0.0.1");
    let feed = |text: &str, date: &str| {
        let dated = format!("<pubDate>{date}</pubDate><guid");
        rss("The Outlet", &[("March", "march", text)]).replace("<guid", &dated)
    };
    let old = "Mon, 06 Jan 2020 10:00:00 GMT";
    web.put("/feed", Page::Feed(feed("Thousands protest.", old)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 0);
    web.put("/feed", Page::Feed(feed("Lethal force at a protest.", old)));
    let summary = world.once_all();
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
    assert_eq!(summary["mails_delivered"], 1);

    let epoch = World::new(&[("outlet", &web.url("/feed"))]);
    let zero = "Thu, 01 Jan 1970 00:00:00 GMT";
    web.put(
        "/feed",
        Page::Feed(feed("Lethal force at a protest.", zero)),
    );
    assert_eq!(epoch.once()["mails_delivered"], 1);
}

#[test]
fn a_feed_in_a_file_is_polled_like_any_other() {
    let world = World::new(&[("local", "file:local.xml")]);
    world.write("local.xml", &rss("Local", &[STORY]));
    assert_eq!(world.once()["hits"], 1);
    let summary = world.once_all();
    assert_eq!(summary["feeds_failed"], 0);
    assert_eq!(summary["entries_new"], 0);
    world.remove("local.xml");
    let gone = world.run(&["once", "--all", "--json"]);
    assert_eq!(gone.code, 69, "everything failed: {gone:?}");
}

#[test]
fn every_format_is_read() {
    let web = Web::start("127.0.0.1");
    let formats = [
        (
            "/rss091",
            r#"<rss version="0.91"><channel><title>A</title><link>https://outlet.example/</link><description>d</description><language>en</language><item><title>Police used lethal force against protesters</title><link>https://outlet.example/a</link></item></channel></rss>"#,
        ),
        (
            "/rss10",
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://outlet.example/"><title>B</title><link>https://outlet.example/</link><description>d</description></channel><item rdf:about="https://outlet.example/b"><title>Police used lethal force against protesters</title><link>https://outlet.example/b</link></item></rdf:RDF>"#,
        ),
        (
            "/rss20",
            r#"<rss version="2.0"><channel><title>C</title><link>https://outlet.example/</link><description>d</description><item><title>Police used lethal force against protesters</title><link>https://outlet.example/c</link></item></channel></rss>"#,
        ),
        (
            "/atom",
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><id>urn:d</id><updated>2026-01-01T00:00:00Z</updated><entry><id>urn:d:1</id><title>Police used lethal force against protesters</title><updated>2026-11-20T00:00:00Z</updated><link href="https://outlet.example/d"/></entry></feed>"#,
        ),
        (
            "/json",
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"E","items":[{"id":"1","url":"https://outlet.example/e","content_text":"Police used lethal force against protesters"}]}"#,
        ),
    ];
    let mut feeds = Vec::new();
    for (path, body) in formats {
        web.put(path, Page::Feed(body.to_owned()));
        feeds.push((path.trim_start_matches('/'), web.url(path)));
    }
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    let summary = world.once();
    assert_eq!(summary["feeds_failed"], 0, "{summary}");
    assert_eq!(summary["entries_new"], 5);
    assert_eq!(summary["hits"], 5);
}

/// The shipped configuration with its sample, and one address where nothing answers in place of the
/// web.
fn shipped_world() -> World {
    let world = World::new(&[]);
    world.remove("watches/force.toml");
    world.copy_shipped_watches();
    for name in ["sample-feed.xml", "newsvigil.toml"] {
        world.write(
            name,
            &fs::read_to_string(shipped().join(name)).expect("a file"),
        );
    }
    world.set_feeds(&[
        ("sample", "file:sample-feed.xml"),
        ("away", "http://name.invalid/feed.xml"),
    ]);
    world
}

#[test]
fn the_first_run_without_a_network_shows_a_digest_of_the_sample() {
    let world = shipped_world();
    let run = world.run(&["once"]).ok();
    assert!(run.stdout.contains("1 failed"), "{run:?}");
    assert!(run.stdout.contains("away: "), "{run:?}");
    let folder = world.state().join("mail/new");
    assert!(
        run.stdout.contains(&folder.display().to_string()),
        "says where to look: {run:?}"
    );
    let mails = world.mailbox();
    let digest = mails.last().expect("a digest");
    assert!(digest.text.contains("**"), "{}", digest.text);
    assert_eq!(world.once()["mails_delivered"], 0);
}

/// The items on Peru of the shipped sample: in English, in Spanish, and each without its accents.
#[test]
fn the_letter_on_peru_is_a_hit_with_and_without_accents() {
    let sample = fs::read_to_string(shipped().join("sample-feed.xml")).expect("the sample");
    let plain: String = sample
        .chars()
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            '“' | '”' | '«' | '»' | '’' => '\'',
            other => other,
        })
        .collect();
    assert_ne!(sample, plain);
    for body in [sample, plain] {
        let world = shipped_world();
        world.write("sample-feed.xml", &body);
        world.once();
        let hits = world
            .run(&["hits", "--watch", "use-of-force-at-protests", "--json"])
            .ok()
            .json_lines();
        let slugs: Vec<&str> = hits.iter().filter_map(|hit| hit["link"].as_str()).collect();
        for slug in ["en/peru-letter", "es/carta-peru"] {
            assert!(
                slugs.iter().any(|link| link.ends_with(slug)),
                "{slug}: {slugs:?}"
            );
        }
        let digest = world
            .mailbox()
            .into_iter()
            .map(|mail| mail.text)
            .collect::<String>();
        assert!(digest.contains("**lethal force**"), "{digest}");
        assert!(digest.contains("fuerza **letal**"), "{digest}");
    }
}

#[test]
fn feeds_that_fail_for_one_cause_are_one_line_of_the_report() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Status(404, String::new()));
    let feeds: Vec<(String, String)> = (1..=14)
        .map(|number| {
            (
                format!("outlet-{number}"),
                web.url(&format!("/feed?{number}")),
            )
        })
        .collect();
    let feeds: Vec<(&str, &str)> = feeds
        .iter()
        .map(|(id, url)| (id.as_str(), url.as_str()))
        .collect();
    let run = World::new(&feeds).run(&["once"]);
    assert!(run.stdout.contains("14 feeds: "), "{run:?}");
    let named = "(outlet-1, outlet-2, outlet-3 and 11 more)";
    assert!(run.stdout.contains(named), "{run:?}");
    assert!(!run.stdout.contains("which `status` names"), "{run:?}");
}
