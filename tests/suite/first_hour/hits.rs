//! Hits are listed on a terminal, as a table, and searched.

use crate::world::WATCH;

use super::*;

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
