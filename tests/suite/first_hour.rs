//! What somebody meets who has just begun: something to look at, texts to try, folders that are found.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::web::{Page, Web, rss};
use crate::world::{Run, WATCH, World, shipped};

const STORY: (&str, &str, &str) = (
    "Police used lethal force",
    "s",
    "Protesters were shot in the plaza.",
);

fn world_after_once(web: &Web) -> (World, Run) {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let run = world.run(&["once"]).ok();
    (world, run)
}

#[test]
fn once_ends_with_a_page_to_look_at() {
    let web = Web::start("127.0.0.1");
    let (world, run) = world_after_once(&web);
    let path = world.state().join("html/mail-1.html");
    assert!(run.stdout.contains(&path.display().to_string()), "{run:?}");
    assert!(run.stdout.contains("xdg-open"), "{run:?}");
    assert!(run.stdout.contains("outbox show 1"), "{run:?}");
    let html = fs::read_to_string(&path).expect("the copy");
    assert_eq!(html, world.mailbox()[0].html);
    assert_eq!(
        path.metadata().expect("it").permissions().mode() & 0o777,
        0o600
    );
    let again = world.run(&["once", "--all"]).ok();
    assert!(
        !again.stdout.contains(".html"),
        "nothing was delivered: {again:?}"
    );
}

/// The words of a digest without its times, which differ from day to day.
fn words_without_times(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let time = word.trim_end_matches(['.', ';']);
        if time.len() == 5 && time.as_bytes()[2] == b':' {
            // Such as "Tue 24 Nov 2026, 01:24" or "Tue 24 Nov, 01:24", or no date at all.
            let before = match words.last() {
                Some(year) if year.ends_with(',') && year.starts_with("20") => 4,
                Some(month) if month.len() == 4 && month.ends_with(',') => 3,
                _ => 0,
            };
            words.truncate(words.len() - before);
        } else if !word.starts_with("UTC\u{2212}") {
            words.push(word);
        }
    }
    words.join(" ")
}

#[test]
fn the_digest_of_the_readme_is_that_of_the_sample_feed() {
    let world = World::new(&[]);
    world.remove("watches/force.toml");
    world.copy_shipped_watches();
    fs::copy(
        shipped().join("sample-feed.xml"),
        world.config().join("sample-feed.xml"),
    )
    .expect("a copy");
    world.write(
        "feeds.toml",
        "[[feed]]\nid = \"sample\"\nurl = \"file:sample-feed.xml\"\ntitle = \"Sample feed\"\n\
         [[feed]]\nid = \"away\"\nurl = \"https://name.invalid/feed\"\ntitle = \"An outlet that is away\"\n",
    );
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"America/Lima\"\n",
    );
    world.once();
    let readme = fs::read_to_string(shipped().with_file_name("README.md")).expect("it");
    let example = readme.split("```text\n").nth(1).expect("the digest");
    let example = example.split("```").next().expect("its end");
    let mails = world.mailbox();
    let digest = mails.iter().find(|mail| mail.subject.contains(" new: "));
    let digest = digest.expect("the digest");
    let digest = words_without_times(&format!("Subject: {}\n{}", digest.subject, digest.text));
    for paragraph in example.split("\n\n") {
        let paragraph = words_without_times(paragraph);
        assert!(digest.contains(&paragraph), "{paragraph}\nin {digest}");
    }
}

#[test]
fn behind_sudo_a_page_is_made_for_ones_own_browser() {
    const WHO: u32 = 4711;
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let run = |arguments: &[&str]| -> Run {
        let mut command = world.command(arguments);
        command
            .env("SUDO_UID", WHO.to_string())
            .env("SUDO_GID", "4712");
        command.output().expect("the program").into()
    };
    let said = run(&["once"]).ok().stdout;
    assert!(said.contains("  sudo "), "{said}");
    assert!(
        said.contains("outbox show 1 --html mail-1.html\n"),
        "{said}"
    );
    assert!(said.contains("xdg-open mail-1.html\n"), "{said}");
    if fs::metadata(world.state()).expect("it").uid() != 0 {
        eprintln!("*** NOT TESTED, since it needs root: whose the page is");
        return;
    }
    let page = world.config().join("mail-1.html");
    let old = world.config().join("old.html");
    fs::write(&old, "old").expect("a file");
    for path in [&page, &old] {
        run(&[
            "outbox",
            "show",
            "1",
            "--html",
            path.to_str().expect("UTF-8"),
        ])
        .ok();
        assert!(
            fs::read_to_string(path)
                .expect("it")
                .contains("lethal force")
        );
    }
    assert_eq!(fs::metadata(page).expect("it").uid(), WHO);
    assert_eq!(
        fs::metadata(old).expect("it").uid(),
        0,
        "it was there before"
    );
}

#[test]
fn a_copy_that_cannot_be_made_is_told_and_stops_nothing() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    fs::create_dir_all(world.state()).expect("a folder");
    fs::write(world.state().join("html"), "in the way").expect("a file");
    let run = world.run(&["once"]).ok();
    assert!(run.stderr.contains("no copy of mail 1"), "{run:?}");
    assert_eq!(world.mailbox().len(), 1);
}

#[test]
fn a_stored_mail_is_shown_and_written() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let shown = world.run(&["outbox", "show", "1"]).ok().stdout;
    for words in [
        "Mail 1, a digest to desk, sent ",
        "To: desk@example.org",
        "Subject: 1 new: Police used lethal force",
        "Matched by Use of force",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let file = |name: &str| world.config().join(name).display().to_string();
    let (html, eml) = (file("mail.html"), file("mail.eml"));
    world.run(&["outbox", "show", "1", "--html", &html]).ok();
    world.run(&["outbox", "show", "1", "--eml", &eml]).ok();
    let mail = crate::world::Mail::read(&fs::read(&eml).expect("the message"));
    assert_eq!(fs::read_to_string(&html).expect("the page"), mail.html);
    let none = world.run(&["outbox", "show", "9"]);
    assert_eq!(none.code, 64, "{none:?}");
    assert!(none.stderr.contains("there is no mail 9"), "{none:?}");
}

#[test]
fn a_waiting_mail_is_shown_as_waiting() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = 1\n\
         tls = \"none\"\nfrom = \"n@example.org\"\n[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let run = world.run(&["once"]);
    assert!(!run.stdout.contains("html"), "{run:?}");
    let shown = world.run(&["outbox", "show", "1"]).ok().stdout;
    assert!(shown.contains(", waiting"), "{shown}");
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    assert!(preview.contains("and waits: mail 1"), "{preview}");
}

#[test]
fn a_preview_after_once_says_what_went_out() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    for words in [
        "in mails already",
        "the last was sent",
        &format!("--state {} outbox show 1", world.state().display()),
        "lethal force",
    ] {
        assert!(preview.contains(words), "{words} in {preview}");
    }
    let sent = world
        .run(&["digest", "preview", "desk", "--since", "7d"])
        .ok();
    assert!(sent.stdout.contains("a digest to desk, sent "), "{sent:?}");
    assert!(sent.stdout.contains("Matched by Use of force"), "{sent:?}");
    assert!(!sent.stdout.contains("Nothing new"), "{sent:?}");
    let html = world.config().join("week.html").display().to_string();
    world
        .run(&["digest", "preview", "--since", "7d", "--html", &html])
        .ok();
    let page = fs::read_to_string(&html).expect("the page");
    assert!(page.contains("sent ") && page.contains("lethal"), "{page}");

    let second = ("Lethal force again", "t", "A protest.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[second, STORY])));
    world.once_all();
    let both = world
        .run(&["digest", "preview", "--since", "7d"])
        .ok()
        .stdout;
    let (sent, owed) = both.split_once("not sent yet").expect("both");
    assert!(
        sent.contains("Police used") && owed.contains("force** again"),
        "{both}"
    );
}

#[test]
fn a_preview_for_who_gets_no_digests_says_so() {
    let world = World::new(&[]);
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ndigest = \"off\"\n",
    );
    world.run(&["once"]).ok();
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    assert!(preview.starts_with("desk gets no digests"), "{preview}");
    assert!(!preview.contains("the next mail would say"), "{preview}");
}

#[test]
fn a_recipient_may_be_left_out_and_is_suggested() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let run = world.run(&["digest", "preview"]);
    assert_eq!(run.code, 66, "nothing is stored yet: {run:?}");
    let run = world.run(&["digest", "preview", "dsek"]);
    assert_eq!(run.code, 64, "{run:?}");
    assert!(run.stderr.contains("did you mean `desk`?"), "{run:?}");
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n\
         [[recipient]]\nid = \"legal\"\naddress = \"legal@example.org\"\n",
    );
    let run = world.run(&["digest", "preview"]);
    assert_eq!(run.code, 64, "{run:?}");
    assert!(run.stderr.contains("there is desk, legal"), "{run:?}");
}

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

/// Runs on a terminal of 80 columns that `script` makes, and gives what is seen there.
fn on_terminal(world: &World, arguments: &str) -> String {
    let command = format!(
        "stty cols 80; {} --config {} --state {} {arguments}",
        env!("CARGO_BIN_EXE_newsvigil"),
        world.config().display(),
        world.state().display()
    );
    let output = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("script");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).replace('\r', "")
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

/// A world in which two watches match an item that has a long title, and one matches another.
fn world_of_two(web: &Web) -> World {
    let long = (
        "Lethal force against protesters in the capital after a night of demonstrations, the \
         ombudsperson's office says in a detailed preliminary report",
        "long",
        "Police.",
    );
    let wide = (
        "警察对抗议者使用致命武力 lethal force protest",
        "zh",
        "=1+1",
    );
    web.put("/feed", Page::Feed(rss("Own name", &[long, wide])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "feeds.toml",
        &format!(
            "[[feed]]\nid = \"outlet\"\ntitle = \"Our Name\"\nurl = \"{}\"\n\
             [[feed]]\nid = \"unread\"\nurl = \"{}\"\n",
            web.url("/feed"),
            web.url("/unread")
        ),
    );
    let second = WATCH
        .replace("\"force\"", "\"police-reports\"")
        .replace("Use of force", "Reports")
        .replace("\"assembly\"", "\"reports\"")
        .replace("'\"lethal force\" AND protest*'", "'ombudsperson*'")
        .replace(
            "Police used lethal force against protesters",
            "An ombudsperson",
        );
    world.write("watches/second.toml", &second);
    world.run(&["once"]);
    world
}

#[test]
fn hits_on_a_terminal_fit_into_it_and_break_no_word() {
    let web = Web::start("127.0.0.1");
    let world = world_of_two(&web);
    let seen = on_terminal(&world, "hits");
    for line in seen.lines() {
        let columns: usize = line
            .chars()
            .map(|c| if c > '\u{2e80}' { 2 } else { 1 })
            .sum();
        assert!(columns <= 80 || line.contains("://"), "{line:?}");
    }
    let words: Vec<&str> = seen.split_whitespace().collect();
    for word in ["demonstrations,", "ombudsperson's", "preliminary", "Our"] {
        assert!(words.contains(&word), "{word} in {seen}");
    }
    assert!(
        seen.contains("force, police-reports\n") || seen.contains("police-reports, force\n"),
        "{seen}"
    );
    assert!(seen.contains("3 hits in 2 items"), "{seen}");
    let list = on_terminal(&world, "feed list");
    assert!(
        list.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    let list = on_terminal(&world, "outbox list --sent");
    assert!(
        list.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    assert!(list.contains("ombudsperson's"), "{list}");
}

#[test]
fn hits_are_one_line_an_item_and_can_be_asked_for() {
    let web = Web::start("127.0.0.1");
    let world = world_of_two(&web);
    let table = world.run(&["hits"]).ok().stdout;
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(
        table.contains("Our Name") && !table.contains("Own name"),
        "{table}"
    );
    assert!(table.contains("https://"), "with its link: {table}");
    let found = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["hits", "--json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        world.run(&arguments).ok().json_lines().len()
    };
    assert_eq!(found(&["--topic", "reports"]), 1);
    assert_eq!(found(&["--topic", "assembly"]), 2);
    assert_eq!(found(&["--feed", "outlet"]), 3);
    assert_eq!(found(&["--feed", "unread"]), 0);
    let numbers = world.run(&["hits", "--json", "--topic", "reports"]).ok();
    let number = numbers.json()["entry"].to_string();
    assert_eq!(found(&["--item", &number]), 2);
    assert_eq!(found(&["--entry", &number, "--watch", "force"]), 1);
    for (arguments, code, words) in [
        (["--topic", "report"], 64, "did you mean `reports`?"),
        (["--feed", "outlett"], 64, "did you mean `outlet`?"),
        (
            ["--watch", "police-report"],
            64,
            "did you mean `police-reports`?",
        ),
        (["--item", "99"], 66, "no item 99"),
    ] {
        let run = world.run(&[&["hits"], &arguments[..]].concat());
        assert_eq!(run.code, code, "{run:?}");
        assert!(run.stderr.contains(words), "{run:?}");
    }
    world.write("feeds.toml", "[[feed]]\nid = 3\n");
    let broken = world.run(&["hits"]).ok();
    assert!(broken.stdout.contains("Own name"), "{broken:?}");
}

#[test]
fn a_search_that_finds_nothing_is_told_of_the_star() {
    let web = Web::start("127.0.0.1");
    let world = world_of_two(&web);
    for (search, words) in [
        ("demonstration", "try `demonstration*`"),
        ("ombudspersonal", "try `ombudsperson*`"),
        ("xylophones", "as in `xylophones*`"),
    ] {
        let run = world.run(&["hits", "--search", search]).ok();
        assert!(run.stderr.contains(words), "{run:?}");
    }
    let run = world.run(&["hits", "--search", "demonstration*"]).ok();
    assert!(run.stderr.is_empty(), "{run:?}");
    let elsewhere = world
        .run(&["hits", "--search", "demonstration", "--since", "2999-01-01"])
        .ok();
    assert!(
        !elsewhere.stderr.contains("finds something"),
        "{elsewhere:?}"
    );
}

#[test]
fn csv_opens_in_a_spreadsheet() {
    let web = Web::start("127.0.0.1");
    let world = world_of_two(&web);
    let text = world.run(&["hits", "--csv"]).ok().stdout;
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.starts_with("hit,item,found,published,watch,topic,score,outlet,title,summary,link,language,terms,later,places,article,in_article,story\r\n"), "{text}");
    assert_eq!(text.matches("\r\n").count(), 4, "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let wide = rows
        .iter()
        .find(|row| row[8].starts_with('警'))
        .expect("it");
    assert_eq!(&wide[9], "'=1+1");
    assert_eq!(&wide[12], "lethal force; protest");
    assert_eq!(&wide[7], "Our Name");
}

#[test]
fn whoever_closes_the_pipe_early_is_told_of_no_mistake() {
    let web = Web::start("127.0.0.1");
    let long = "lethal force at a protest ".repeat(200);
    let items: Vec<(String, String)> = (0..12)
        .map(|number| (format!("Story {number}"), format!("s{number}")))
        .collect();
    let items: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(title, slug)| (title.as_str(), slug.as_str(), long.as_str()))
        .collect();
    web.put("/feed", Page::Feed(rss("The Outlet", &items)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();
    for form in ["--csv", "--json", "--atom"] {
        let mut child = world
            .command(&["hits", form])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        drop(child.stdout.take());
        let run: Run = child.wait_with_output().expect("it").into();
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{form}");
    }
}

#[test]
fn a_message_that_stays_here_is_not_called_sent() {
    let world = World::new(&[]);
    let run = world.run(&["mail", "test", "desk@example.org"]).ok();
    assert!(run.stdout.contains("it went to nobody"), "{run:?}");
    let mailbox = world.state().join("mail");
    assert!(
        run.stdout.contains(&mailbox.display().to_string()),
        "{run:?}"
    );
    assert_eq!(world.mailbox().len(), 1);
}

/// The program with nothing but these variables of the environment.
fn run_with(variables: &[(&str, &Path)], arguments: &[&str]) -> Run {
    Command::new(env!("CARGO_BIN_EXE_newsvigil"))
        .env_clear()
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program")
        .into()
}

#[test]
fn folders_are_found_by_the_environment_and_named() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let (config, state): (PathBuf, PathBuf) = (world.config(), world.state());
    let empty = Path::new("");
    let set: [(&str, &Path); 2] = [("NEWSVIGIL_CONFIG", &config), ("NEWSVIGIL_STATE", &state)];
    let hits = run_with(&set, &["hits"]).ok();
    assert!(hits.stdout.contains("lethal force"), "{hits:?}");
    assert!(
        hits.stderr.contains(&state.display().to_string()),
        "{hits:?}"
    );
    assert!(run_with(&set, &["hits", "--json"]).ok().stderr.is_empty());
    let status = run_with(&set, &["status"]);
    assert!(
        status.stdout.contains("as NEWSVIGIL_STATE says"),
        "{status:?}"
    );
    // The command line goes before the environment, which goes before what systemd gives.
    let other = world.config().join("other");
    let both = [
        set[0],
        ("NEWSVIGIL_STATE", &*other),
        ("STATE_DIRECTORY", &*state),
    ];
    assert_eq!(run_with(&both, &["hits"]).code, 66);
    let state_text = state.display().to_string();
    run_with(&both, &["hits", "--state", &state_text]).ok();
    let blank = [
        set[0],
        ("NEWSVIGIL_STATE", empty),
        ("STATE_DIRECTORY", &*state),
    ];
    run_with(&blank, &["hits"]).ok();
    // With a configuration of one's own, the service's folder is none of its business.
    let home = world.config().join("home");
    let run = run_with(&[set[0], ("HOME", &*home)], &["hits"]);
    assert_eq!(run.code, 66, "{run:?}");
    assert!(
        run.stderr.contains("home/.local/state/newsvigil"),
        "{run:?}"
    );
}
