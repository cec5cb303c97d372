//! Who gets what: a reader is one block, and one whom nothing reaches is told of.

use crate::web::{Page, Web, rss};
use crate::world::{Run, World};

const STORY: (&str, &str, &str) = (
    "Police used lethal force",
    "story",
    "Witnesses say that protesters were shot.",
);
const LATER: (&str, &str, &str) = (
    "More lethal force",
    "later",
    "Another protester was wounded.",
);

/// A watch; `lines` may name recipients.
fn watch(id: &str, topic: &str, lines: &str) -> String {
    format!(
        "[[watch]]\nid = \"{id}\"\ntitle = \"{id}\"\ntopic = \"{topic}\"\n\
         match = '\"lethal force\" AND protest*'\n{lines}\n"
    )
}

/// Settings with these recipients: an id, and further lines.
fn settings(recipients: &[(&str, &str)]) -> String {
    recipients.iter().fold(
        "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n".to_owned(),
        |text, (id, lines)| {
            format!("{text}[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n{lines}\n")
        },
    )
}

fn world(feed: &str, recipients: &[(&str, &str)], watches: &[String]) -> World {
    let world = World::new(&[("outlet", feed)]);
    world.write("newsvigil.toml", &settings(recipients));
    world.write("watches/force.toml", &watches.concat());
    world
}

fn addressees(world: &World) -> Vec<String> {
    let mut found: Vec<String> = world.mailbox().into_iter().map(|mail| mail.to).collect();
    found.sort();
    found
}

#[test]
fn a_colleague_is_one_block() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = world(
        &web.url("/feed"),
        &[("desk", "")],
        &[watch("force", "force", "")],
    );
    world.once();
    assert_eq!(addressees(&world), ["desk@example.org"]);

    world.write(
        "newsvigil.toml",
        &settings(&[("desk", ""), ("colleague", "")]),
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY, LATER])));
    let check = world.run(&["check"]).ok();
    assert!(!check.stderr.contains("nothing can reach"), "{check:?}");
    world.once_all();
    assert_eq!(
        addressees(&world),
        ["colleague@example.org", "desk@example.org"]
    );
    let mails = world.mailbox();
    let digest = mails.iter().find(|mail| mail.to.starts_with("colleague"));
    let digest = digest.expect("the colleague's digest");
    assert!(digest.text.contains("More **lethal force**"), "{digest:?}");
}

#[test]
fn the_shipped_watches_reach_a_colleague_without_a_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config");
    let run = |arguments: &[&str]| -> Run {
        std::process::Command::new(env!("CARGO_BIN_EXE_newsvigil"))
            .args(["--config", config.to_str().expect("UTF-8")])
            .args(arguments)
            .output()
            .expect("the program")
            .into()
    };
    run(&["init", config.to_str().expect("UTF-8")]).ok();
    let settings = config.join("newsvigil.toml");
    let mut text = std::fs::read_to_string(&settings).expect("the settings");
    text.push_str("\n[[recipient]]\nid = \"colleague\"\naddress = \"colleague@example.org\"\n");
    std::fs::write(&settings, text).expect("the settings");
    let check = run(&["check"]).ok();
    assert!(check.stdout.contains("2 recipients"), "{check:?}");
    assert_eq!(check.stderr, "", "{check:?}");
}

#[test]
fn a_watch_and_a_reader_both_have_a_say() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = world(
        &web.url("/feed"),
        &[
            ("all", ""),
            ("topic", "topics = [\"courts\"]"),
            ("other-topic", "topics = [\"prisons\"]"),
            ("one-watch", "watches = [\"open\"]"),
            ("only-named", "watches = []"),
            ("only-named-2", "topics = []"),
            ("left-out", "watches = []\noperator = true"),
            ("alerts-only", "digest = [\"off\"]"),
        ],
        &[
            watch("open", "courts", ""),
            watch(
                "closed",
                "prisons",
                "recipients = [\"only-named\", \"only-named-2\", \"topic\"]",
            ),
            watch("theirs", "prisons", "recipients = [\"other-topic\"]"),
        ],
    );
    world.once();
    // Nor does anything wait for somebody who gets alerts only.
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["owed_without_a_digest"], serde_json::json!([]));
    let mails = world.mailbox();
    let told = |id: &str| -> Vec<&str> {
        let mine = mails
            .iter()
            .find(|mail| mail.to.starts_with(&format!("{id}@")));
        ["open", "closed", "theirs"]
            .into_iter()
            .filter(|watch| {
                mine.is_some_and(|mail| mail.text.contains(&format!("Matched by {watch}.")))
            })
            .collect()
    };
    for (id, watches) in [
        ("all", &["open"][..]),
        ("topic", &["open"]),
        ("other-topic", &["theirs"]),
        ("one-watch", &["open"]),
        ("only-named", &["closed"]),
        ("only-named-2", &["closed"]),
        ("left-out", &[]),
        ("alerts-only", &[]),
    ] {
        assert_eq!(told(id), watches, "{id}: {mails:#?}");
    }
}

/// The warnings of `check`, which takes the configuration.
fn warnings(world: &World) -> Vec<String> {
    let lines = world.run(&["check", "--json"]).ok().json_lines();
    lines
        .iter()
        .map(|line| {
            assert_eq!(line["severity"], "warning", "{line}");
            line["message"].as_str().expect("a message").to_owned()
        })
        .collect()
}

/// The reason why nothing reaches `reader`, in `check` and in `status`, for people and for programs.
#[track_caller]
fn check_unreached(reader: &str, watches: &[String], reason: &str) {
    let feed = "https://outlet.example/feed";
    let world = world(feed, &[("desk", ""), ("reader", reader)], watches);
    let expected = format!("nothing can reach `reader`: {reason}");
    let warned = warnings(&world);
    assert!(warned.contains(&expected), "{expected}: {warned:#?}");
    let status = world.run(&["status"]);
    assert_eq!(status.code, 1, "{status:?}");
    assert!(status.stdout.contains(&expected), "{status:?}");
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["unreached"][0]["recipient"], "reader", "{status}");
    assert_eq!(status["unreached"][0]["reason"], reason, "{status}");
}

#[test]
fn a_reader_whom_nothing_reaches_is_told_with_the_reason() {
    let open = watch("open", "courts", "");
    let desks = watch("desks", "prisons", "recipients = [\"desk\"]");
    let both = [open.clone(), desks.clone()];
    check_unreached(
        "",
        std::slice::from_ref(&desks),
        "every watch names other recipients only",
    );
    for reader in ["watches = [\"desks\"]", "topics = [\"prisons\"]"] {
        check_unreached(
            reader,
            &both,
            "the watches that it asks for name other recipients only",
        );
    }
    for reader in ["watches = []", "topics = []"] {
        check_unreached(
            reader,
            &both,
            "a list of it is empty, and no watch names it in `recipients`",
        );
    }
    check_unreached(
        "topics = [\"courts\"]\nwatches = [\"desks\"]",
        &both,
        "no watch is in both its `topics` and its `watches`",
    );
    check_unreached(
        "digest = [\"off\"]",
        &both,
        "it gets no digests, and no watch for it is an alert",
    );
    check_unreached(
        "digest = [\"off\"]\nalerts = false",
        &both,
        "it gets neither digests nor alerts",
    );
    check_unreached(
        "min_score = 10",
        &[watch("open", "courts", "score = { lethal = 1 }")],
        "no watch for it has points enough for its `min_score`",
    );
}

#[test]
fn whoever_is_reached_is_not_told_of() {
    for reader in [
        "",
        "digest = [\"off\"]",
        "operator = true\nwatches = []",
        "operator = true\ndigest = [\"off\"]\nwatches = []",
    ] {
        let world = world(
            "https://outlet.example/feed",
            &[("desk", ""), ("reader", reader)],
            &[watch("open", "courts", "urgency = \"alert\"")],
        );
        assert_eq!(warnings(&world), [""; 0], "{reader}");
        let status = world.run(&["status", "--json"]).json();
        assert_eq!(status["unreached"].as_array().map(Vec::len), Some(0));
    }
}

#[test]
fn what_is_asked_for_in_vain_and_what_nobody_is_told_of_get_a_warning() {
    let world = world(
        "https://outlet.example/feed",
        &[
            ("desk", "topics = [\"courts\", \"prisons\"]"),
            ("night", "topics = [\"courts\"]"),
        ],
        &[
            watch("open", "courts", ""),
            watch("nights", "prisons", "recipients = [\"night\"]"),
            watch("lost", "hunger", ""),
            watch("shared", "courts", "recipients = [\"desk\", \"night\"]"),
        ],
    );
    assert_eq!(
        warnings(&world),
        [
            "`desk` asks for the topic `prisons` and never gets it",
            "nobody is told what 2 watches find: `nights`, `lost`",
        ]
    );
    world.write(
        "watches/force.toml",
        &[
            watch("open", "courts", ""),
            watch("named", "prisons", "recipients = [\"desk\", \"night\"]"),
        ]
        .concat(),
    );
    assert_eq!(
        warnings(&world),
        ["`night` is told nothing of the watch `named`: its own `topics` leave it out"]
    );
}

#[test]
fn a_watch_that_waits_for_outlets_gets_a_warning_where_it_waits_in_vain() {
    let wait = watch("wait", "courts", "corroborated = 3");
    let of = |readers: &[(&str, &str)], outlets: &[&str]| {
        let world = world(
            "https://outlet.example/feed",
            readers,
            std::slice::from_ref(&wait),
        );
        let feeds: Vec<(String, String)> = outlets
            .iter()
            .enumerate()
            .map(|(number, host)| (format!("f{number}"), format!("https://{host}/feed")))
            .collect();
        let feeds: Vec<(&str, &str)> = feeds
            .iter()
            .map(|(id, url)| (id.as_str(), url.as_str()))
            .collect();
        world.set_feeds(&feeds);
        warnings(&world)
    };
    let three = ["news.one.org", "two.org", "three.org"];
    assert_eq!(of(&[("desk", "")], &three), [""; 0]);
    assert_eq!(
        of(&[("desk", "")], &["a.one.org", "b.one.org", "two.org"]),
        [
            "the watch `wait` never alerts: no story is reported by 3 outlets, since the feeds are of 2 outlets"
        ]
    );
    assert_eq!(
        of(&[("desk", "alerts = false")], &three),
        ["nobody who is told of the watch `wait` takes alerts, so `corroborated` changes nothing"]
    );
    assert_eq!(
        of(&[("desk", "alerts = false"), ("fast", "")], &three),
        [""; 0]
    );
    assert_eq!(
        of(&[("desk", ""), ("phone", "digest = [\"off\"]")], &three),
        [
            "`phone` gets no digests, so what fewer outlets report is told to it in an alert, a day later"
        ]
    );
}

#[test]
fn a_watch_that_names_a_reader_without_digests_gets_a_warning() {
    let world = world(
        "https://outlet.example/feed",
        &[("desk", ""), ("phone", "digest = [\"off\"]")],
        &[
            watch("open", "courts", ""),
            watch("fast", "courts", "urgency = \"alert\""),
            watch("slow", "courts", "recipients = [\"phone\", \"desk\"]"),
        ],
    );
    assert_eq!(
        warnings(&world),
        ["`phone` gets no digests, so nobody is told what the watch `slow` finds for it"]
    );
}

#[test]
fn unknown_names_at_a_reader_are_mistakes_with_the_one_that_was_meant() {
    let world = world(
        "https://outlet.example/feed",
        &[("desk", "topics = [\"court\"]\nwatches = [\"opne\"]")],
        &[watch("open", "courts", "")],
    );
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    for words in [
        "unknown watch `opne`",
        "did you mean `open`",
        "unknown topic `court`",
        "did you mean `courts`",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    world.write("newsvigil.toml", &settings(&[("desk", "")]));
    world.write(
        "watches/force.toml",
        &watch("open", "courts", "recipients = []"),
    );
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    assert!(run.stderr.contains("leave `recipients` out"), "{run:?}");
}

#[test]
fn of_a_watch_with_two_tiers_the_weaker_hits_wait_for_the_digest() {
    const WEAK: (&str, &str, &str) = (
        "Lethal force at a protest",
        "weak",
        "The protesters were not hurt.",
    );
    const STRONG: (&str, &str, &str) = (
        "More lethal force at a protest",
        "strong",
        "A student was killed.",
    );
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[])));
    let tiers = watch(
        "tiers",
        "force",
        "score = { protesters = 1, killed = 9 }\nalert_above = 4",
    );
    let world = world(&web.url("/feed"), &[("desk", "")], &[tiers]);
    world.once();
    web.put("/feed", Page::Feed(rss("The Outlet", &[WEAK, STRONG])));
    world.once_all();
    let mails = world.mailbox();
    let mut subjects: Vec<&str> = mails.iter().map(|mail| &*mail.subject).collect();
    subjects.sort_unstable();
    assert_eq!(
        subjects,
        [
            "More lethal force at a protest (tiers)",
            "more on 1 story told before: Lethal force at a protest"
        ]
    );
    // Both tell of one story.
    let digest = mails
        .iter()
        .find(|mail| mail.subject.starts_with("more on 1"));
    let digest = digest.expect("the digest").text.replace("**", "");
    assert!(
        digest.contains("MORE ON WHAT YOU WERE TOLD (1)") && digest.contains("- Lethal force at"),
        "{digest}"
    );
}

#[test]
fn a_reader_without_digests_is_told_of_the_tier_that_never_reaches_it() {
    let named = "recipients = [\"desk\"]\nscore = { killed = 9 }\nalert_above = 4";
    for (reader, lines, warns) in [
        ("digest = [\"off\"]", named, true),
        ("digest = [\"off\"]\nmin_score = 5", named, false),
        ("", named, false),
        // As with other watches, who is not named takes what it can get.
        (
            "digest = [\"off\"]",
            "score = { killed = 9 }\nalert_above = 4",
            false,
        ),
    ] {
        let world = world(
            "https://outlet.example/feed",
            &[("desk", reader)],
            &[watch("tiers", "force", lines)],
        );
        let check = world.run(&["check"]).ok();
        assert_eq!(
            check.stderr.contains("with 4 points or fewer"),
            warns,
            "{check:?}"
        );
    }
}
