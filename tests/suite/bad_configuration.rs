//! Mistakes in the configuration: all at once, each with its place, and nothing starts.

use std::fs;

use crate::world::{WATCH, World};

/// A world with one mistake of every kind that the user can make.
fn broken() -> World {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "newsvigil.toml",
        "[fetch]\ncontcat = \"ops@example.org\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    world.write(
        "watches/force.toml",
        &format!(
            "{WATCH}\n[[watch]]\nid = \"open-quote\"\ntitle = \"Open\"\nmatch = '\"lethal force AND protest*'\n\
             recipients = [\"desk\"]\n\n[[watch]]\nid = \"force\"\ntitle = \"Again\"\nmatch = 'torture'\n\
             recipients = [\"dsek\"]\n"
        ),
    );
    world
}

#[test]
fn every_mistake_is_shown_at_once_with_its_place() {
    let world = broken();
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, 78, "{run:?}");
    let problems = run.json_lines();
    let find = |words: &str| {
        let found: Vec<_> = problems
            .iter()
            .filter(|problem| {
                problem["message"]
                    .as_str()
                    .is_some_and(|text| text.contains(words))
            })
            .collect();
        assert_eq!(found.len(), 1, "{words}: {problems:#?}");
        let problem = found[0];
        let file = problem["file"].as_str().expect("a file").to_owned();
        let file = file.rsplit('/').next().expect("a name").to_owned();
        (file, problem["line"].as_u64(), problem["column"].as_u64())
    };
    assert_eq!(find("contcat"), ("newsvigil.toml".into(), Some(2), Some(1)));
    let (file, line, column) = find("quote");
    assert_eq!(
        (file.as_str(), line),
        ("force.toml", Some(15)),
        "the query's own line"
    );
    assert!(
        column.is_some_and(|column| column >= 10),
        "inside the query: {column:?}"
    );
    assert_eq!(
        find("two watches"),
        ("force.toml".into(), Some(19), Some(6))
    );
    assert_eq!(
        find("unknown recipient"),
        ("force.toml".into(), Some(22), Some(15))
    );
}

#[test]
fn people_get_a_caret_under_the_very_place() {
    let run = broken().run(&["check"]);
    assert_eq!(run.code, 78);
    for words in [
        "contcat",
        "did you mean `contact`",
        "did you mean `desk`",
        "first given here",
        "^",
    ] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
}

#[test]
fn nothing_starts_on_a_broken_configuration() {
    let world = broken();
    for command in [["once"], ["run"]] {
        let run = world.run(&command);
        assert_eq!(run.code, 78, "{run:?}");
        assert!(!world.state().exists(), "nothing was made");
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    fs::remove_dir_all(world.config().join("watches")).expect("the folder");
    world.write("watches", "not a folder");
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78);
    assert!(
        run.stderr.contains("watches: cannot read the folder"),
        "{}",
        run.stderr
    );

    let missing = World::new(&[]);
    fs::remove_dir_all(missing.config()).expect("the folder");
    let run = missing.run(&["check"]);
    assert_eq!(run.code, 78);
    assert!(
        run.stderr.contains("cannot read the configuration"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_watch_that_misses_its_own_example_is_refused() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "watches/force.toml",
        &WATCH.replace("The concert ended in applause", "Lethal force at a protest"),
    );
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, 78);
    let problems = run.json_lines();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0]["line"], 10);
}

#[test]
fn a_password_in_the_configuration_is_refused_and_not_shown() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "newsvigil.toml",
        "[mail]\ntransport = \"smtp\"\nhost = \"mail.example.org\"\nfrom = \"a@example.org\"\n\
         username = \"a\"\npassword = \"hunter2 and more!\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    for arguments in [&["check"][..], &["check", "--json"]] {
        let run = world.run(arguments);
        assert_eq!(run.code, 78);
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!(all.contains("name of a credential"), "{all}");
        assert!(!all.contains("hunter2"), "{all}");
    }
}

/// Sound but for what `mail` says.
fn with_mail(mail: &str) -> World {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "newsvigil.toml",
        &format!("[mail]\n{mail}\n[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"),
    );
    world
}

#[test]
fn secrets_and_keys_are_looked_at_with_the_rest_and_each_has_its_place() {
    let world = with_mail(
        "transport = \"smtp\"\nhost = \"mail.example.org:465\"\nfrom = \"a@example.org\"\nusername = \"a\"\n\
         token_file = \"none\"\n[mail.dkim]\ndomain = \"example.org\"\nselector = \"s\"\nkey_file = \"none.pem\"",
    );
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, 78, "{run:?}");
    let lines: Vec<_> = run
        .json_lines()
        .iter()
        .map(|told| told["line"].clone())
        .collect();
    assert_eq!(
        lines,
        [3, 6, 10],
        "the host, the token and the key: {run:?}"
    );
    // And each when the others are mended.
    let text = std::fs::read_to_string(world.config().join("newsvigil.toml")).expect("a file");
    world.write("newsvigil.toml", &text.replace(":465", ""));
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    for words in [
        "token_file = ",
        "key_file = \"none.pem\"",
        "the token cannot be read",
        "2 errors",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    // What only reads does not need them: nothing was polled yet, and that is all there is to tell.
    assert_eq!(world.run(&["status"]).code, 1);
}

#[test]
fn the_record_of_the_signatures_is_printed() {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let world = with_mail(
        "from = \"a@b\u{fc}ro.example\"\n[mail.dkim]\ndomain = \"b\u{fc}ro.example\"\nselector = \"s\"\n\
         key_file = \"dkim.pem\"",
    );
    world.write("dkim.pem", &key.serialize_pem());
    let path = world.config().join("dkim.pem");
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "others can read the key: {run:?}");
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .expect("a mode");
    let run = world.run(&["check"]).ok();
    assert!(
        run.stdout
            .contains("s._domainkey.xn--bro-hoa.example. IN TXT ( \"v=DKIM1; k=ed25519; p="),
        "{run:?}"
    );
}

#[test]
fn an_address_that_no_mail_can_be_made_for_is_refused_with_its_place() {
    for address in [
        "desk@[192.0.2.1]",
        "\\\"a b\\\"@example.org",
        "Desk <desk@example.org>",
    ] {
        let world = World::new(&[("outlet", "https://outlet.example/feed")]);
        world.write(
            "newsvigil.toml",
            &format!("[[recipient]]\nid = \"desk\"\naddress = \"{address}\"\n"),
        );
        let run = world.run(&["check", "--json"]);
        assert_eq!(run.code, 78, "{run:?}");
        assert_eq!(run.json()["line"], 3, "{run:?}");
    }
}

#[test]
fn toml_mistakes_do_not_hide_the_others() {
    let world = broken();
    world.write(
        "feeds.toml",
        "[[feed]]\nid = \"outlet\"\nurl = https://outlet.example/feed\n",
    );
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, 78);
    assert!(
        run.stdout.contains("a text stands between quotes"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("contcat"), "{}", run.stdout);
}

/// What `check --json` says of a world with this file.
fn told(file: &str, bytes: &[u8]) -> (i32, Vec<serde_json::Value>) {
    let world = World::new(&[
        ("bbc-world-en", "https://a.example/feed"),
        ("bbc-mundo", "https://b.example/feed"),
    ]);
    fs::write(world.config().join(file), bytes).expect("a file");
    let run = world.run(&["check", "--json"]);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    (run.code, run.json_lines())
}

#[test]
fn a_text_that_is_never_closed_is_one_mistake_where_it_began() {
    let second = WATCH.replace("id = \"force\"", "id = \"second\"");
    let torn = WATCH.replace(
        "'\"lethal force\" AND protest*'",
        "'''\n\"lethal force\"\nAND protest*",
    );
    let (code, problems) = told("watches/force.toml", format!("{torn}\n{second}").as_bytes());
    assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
    let message = problems[0]["message"].as_str().expect("a message");
    assert!(message.contains("never closed"), "{problems:#?}");
    let line = torn
        .lines()
        .position(|line| line.ends_with("'''"))
        .expect("a line")
        + 1;
    assert_eq!(problems[0]["line"].as_u64(), u64::try_from(line).ok());
}

#[test]
fn a_file_in_another_encoding_is_named_with_its_place_and_read_on() {
    let watch = WATCH.replace("Use of force", "Detenci\u{f3}n");
    let latin: Vec<u8> = watch
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    let (code, problems) = told("watches/force.toml", &latin);
    assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
    let text = problems[0].to_string();
    assert!(
        text.contains("Windows-1252 or Latin-1") && text.contains("iconv"),
        "{text}"
    );
    assert_eq!(problems[0]["column"], 17, "{text}");
    for big in [false, true] {
        let order = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        let wide: Vec<u8> = format!("\u{FEFF}{watch}")
            .encode_utf16()
            .flat_map(order)
            .collect();
        let (code, problems) = told("watches/force.toml", &wide);
        assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
        assert!(problems[0].to_string().contains("UTF-16"), "{problems:#?}");
    }
    let (code, problems) = told("watches/force.toml", format!("\u{FEFF}{watch}").as_bytes());
    assert_eq!(code, 0, "{problems:#?}");
    let (code, problems) = told("watches/force.toml", watch.replace('\n', "\r").as_bytes());
    assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
    let (code, problems) = told("watches/force.toml", watch.replace('\n', "\r\n").as_bytes());
    assert_eq!(code, 0, "{problems:#?}");
}

#[test]
fn near_names_of_feeds_are_offered() {
    for (name, help) in [
        ("BBC", "did you mean `bbc-mundo` or `bbc-world-en`?"),
        ("bbc world", "did you mean `bbc-world-en`?"),
        ("bbc-mundi", "did you mean `bbc-mundo` or `bbc-world-en`?"),
    ] {
        let watch = WATCH.replace("title =", &format!("feeds = \"{name}\"\ntitle ="));
        let (code, problems) = told("watches/force.toml", watch.as_bytes());
        assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
        let told = problems[0]["help"].as_str().expect("a suggestion");
        assert!(
            told.starts_with(&help[..help.len() - 1]) || told == help,
            "{name}: {told}"
        );
    }
}

#[test]
fn a_torn_file_does_not_make_what_refers_to_it_wrong() {
    let (code, problems) = told(
        "newsvigil.toml",
        b"[[recipient]]\nid: \"desk\"\naddress = desk@example.org\n",
    );
    assert_eq!((code, problems.len()), (78, 2), "{problems:#?}");
}

#[test]
fn a_city_gives_its_time_zone_and_one_time_is_a_list() {
    let settings = |more: &str| {
        format!(
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ndigest = \"daily 07:30\"\n{more}\n"
        )
    };
    let (code, problems) = told(
        "newsvigil.toml",
        settings("timezone = \"Tegucigalpa\"").as_bytes(),
    );
    assert_eq!((code, problems.len()), (78, 1), "{problems:#?}");
    assert_eq!(problems[0]["help"], "\"America/Tegucigalpa\"");
    let (code, problems) = told("newsvigil.toml", settings("").as_bytes());
    assert_eq!(code, 0, "{problems:#?}");
}
