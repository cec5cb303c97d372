//! Texts and pages are tried against watches.

use crate::world::WATCH;

use super::*;

#[test]
fn texts_and_words_are_matched() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let text = "Police used lethal force\n\nAgainst many protesters.\n";
    let run = world.run_with_input(&["match"], text).ok();
    let line = run.json();
    assert_eq!(line["watch"], "force");
    assert_eq!(line["doc"], "-");
    assert_eq!(line["spans"][0]["field"], "title");
    let words = world.run(&["match", "lethal force at a protest"]).ok();
    assert_eq!(words.json()["doc"], "lethal force at a protest");
    world.write("a.txt", text);
    let latin: Vec<u8> = b"Manifestaci\xf3n\nlethal force, protest\xf3\n".to_vec();
    fs::write(world.config().join("b.txt"), latin).expect("a file");
    let path = |name: &str| world.config().join(name).display().to_string();
    let run = world.run(&["match", &path("a.txt"), &path("b.txt")]).ok();
    assert_eq!(run.json_lines().len(), 2, "{run:?}");
    for (argument, code, words) in [
        ("nowhere.txt", 66, "nowhere.txt"),
        ("lethal", 66, "`echo lethal | newsvigil match`"),
        ("outlet.example/a", 66, "addresses with https://"),
        ("", 64, "no words"),
        (" ", 64, "no words"),
        (&*path("watches"), 66, "not a regular file"),
        ("-", 65, "empty"),
    ] {
        let run = world.run(&["match", argument]);
        assert_eq!(run.code, code, "{run:?}");
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    let pipe = world.config().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    assert_eq!(world.run(&["match", &path("pipe")]).code, 66);
    let array = world.run_with_input(&["match"], "[{\"title\": \"lethal force protest\"}]");
    assert_eq!(array.code, 65, "{array:?}");
    let pretty = world.run_with_input(&["match"], "{\n \"title\": \"lethal force protest\"\n}\n");
    assert_eq!(pretty.code, 65, "{pretty:?}");
    assert!(pretty.stderr.contains("jq -c"), "{pretty:?}");
    let rich = world.run_with_input(&["match"], "{\\rtf1 lethal force protest}");
    assert_eq!(rich.code, 65, "{rich:?}");
    assert!(rich.stderr.contains("save it as text"), "{rich:?}");
    let mail = "From: a@b.example\r\nSubject: A protest\r\nContent-Transfer-Encoding: base64\r\n\r\n\
                bGV0aGFsIGZvcmNl\r\n";
    let mail = world.run_with_input(&["match"], mail).ok();
    assert_eq!(mail.json()["watch"], "force");
    let broken = world.run_with_input(
        &["match"],
        "nonsense\n{\"title\": \"Lethal force at a protest\"}\n",
    );
    assert_eq!(broken.code, 65, "{broken:?}");
    assert_eq!(broken.json_lines().len(), 1, "{broken:?}");
    assert!(broken.stderr.contains("-:1: not a document"), "{broken:?}");
}

#[test]
fn pages_are_matched_from_files_and_from_the_web() {
    let web = Web::start("127.0.0.1");
    let page = "<!DOCTYPE html><html><head><title>Lethal force</title><script>torture</script></head>\
                <body><p>A <b>pro</b>test.</p></body></html>";
    web.put("/page", Page::Feed(page.to_owned()));
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write("page.html", page);
    let file = world.config().join("page.html").display().to_string();
    assert_eq!(world.run(&["match", &file]).ok().json()["watch"], "force");
    let line = world.run(&["match", &web.url("/page")]).ok().json();
    assert_eq!(line["doc"], web.url("/page"));
    let missing = world.run(&["match", &web.url("/missing")]);
    assert_eq!(missing.code, 69, "{missing:?}");
    assert!(missing.stderr.contains("404"), "{missing:?}");
    let feed = world.run(&["match", &web.url("/feed")]);
    assert_eq!(feed.code, 65, "{feed:?}");
    assert!(feed.stderr.contains("feed show"), "{feed:?}");
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let guarded = world.run(&["match", &web.url("/page")]);
    assert_eq!(guarded.code, 69, "as feeds are guarded: {guarded:?}");
}

#[test]
fn a_terminal_is_told_what_nothing_matched() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let seen = on_terminal(
        &world,
        "match 'A concert ended' 'lethal force at a protest'",
    );
    assert!(
        seen.contains("nothing matched: A concert ended\n"),
        "{seen}"
    );
    assert!(seen.contains("force: lethal force, protest\n"), "{seen}");
    assert!(!seen.contains("score"), "the watch has none: {seen}");
    world.write(
        "watches/force.toml",
        &WATCH.replace(
            "[watch.examples]",
            "[watch.score]\npolice = 2\n[watch.examples]",
        ),
    );
    let seen = on_terminal(&world, "match 'Police, lethal force, protests'");
    assert!(seen.contains("force (score "), "{seen}");
}
