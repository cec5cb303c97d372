//! How long the text of an article stays, and that it is gone with all its copies.

use newsvigil::store::backup;
use newsvigil::store::retention::{self, Retention};

use crate::random::Random;

use super::*;

#[test]
fn text_stays_with_its_hits_and_goes_with_its_item() {
    let mut desk = Desk::with("[[watch]]\nid = \"gas\"\ntitle = \"Gas\"\nmatch = 'gas'\n");
    let other = Story {
        key: "b",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.publish(&STORY, "Tear gas.");
    desk.publish(&other, "Nothing.");
    let keep = |desk: &Desk, json: &str| {
        let hosts = [("outlet.example".to_owned(), json.to_owned())];
        articles::save_host_states(&desk.connection, &hosts, desk.now).expect("kept");
    };
    keep(&desk, "{}");
    keep(&desk, "{\"a\": 1}");
    let kept = |desk: &Desk| articles::hosts(&desk.connection).expect("read");
    assert_eq!(
        kept(&desk),
        [("outlet.example".to_owned(), "{\"a\": 1}".to_owned())]
    );
    let prune = |desk: &mut Desk, hits| {
        let retention = Retention {
            items: SignedDuration::from_hours(24 * 60),
            hits,
        };
        while retention::prune(&mut desk.connection, retention, desk.now).expect("pruned") > 0 {}
    };
    desk.later(29 * 24);
    prune(&mut desk, None);
    assert_eq!(kept(&desk).len(), 1);
    assert_eq!(desk.number("SELECT count(*) FROM article"), 2);
    desk.later(2 * 24);
    prune(&mut desk, None);
    assert_eq!(kept(&desk), []);
    // The clock of the newest item tells how old the others are.
    desk.later(60 * 24);
    desk.poll(
        Policy::Off,
        &[Story {
            key: "c",
            title: "Another",
            link: None,
            ..STORY
        }],
    );
    prune(&mut desk, None);
    assert_eq!(
        desk.number("SELECT sum(entry_id) FROM article WHERE text IS NOT NULL"),
        1
    );
    assert_eq!(desk.search("tear"), 1);
    let month = SignedDuration::from_hours(24 * 30);
    desk.connection
        .execute("DELETE FROM delivery", [])
        .expect("told");
    prune(&mut desk, Some(month));
    desk.later(61 * 24);
    desk.poll(
        Policy::Off,
        &[Story {
            key: "d",
            title: "Another",
            link: None,
            ..STORY
        }],
    );
    prune(&mut desk, Some(month));
    assert_eq!(desk.number("SELECT count(*) FROM article"), 0);
    check_nothing_left(&desk);
}

#[test]
fn pages_that_nothing_was_found_in_leave_no_word_in_the_files() {
    let mut desk = Desk::with("[[watch]]\nid = \"gas\"\ntitle = \"Gas\"\nmatch = 'gas'\n");
    let keys: Vec<String> = (0..400)
        .map(|number| format!("https://outlet.example/{number}"))
        .collect();
    let story = |key| Story {
        key,
        link: Some(key),
        ..STORY
    };
    let stories: Vec<Story<'_>> = keys.iter().map(|key| story(key)).collect();
    assert_eq!(desk.poll(Policy::Auto, &stories).articles, 400);
    let mut rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let mut random = Random(11);
    while !rows.is_empty() {
        let at = usize::try_from(random.below(rows.len() as u64)).expect("small");
        let words: String = (0..random.below(900))
            .map(|_| format!("{} ", random.below(1_000_000)))
            .collect();
        let page = desk.read(rows.swap_remove(at), &words);
        desk.settle(&[page]);
    }
    desk.later(61 * 24);
    let new = Story {
        key: "new",
        title: "Another",
        link: None,
        ..STORY
    };
    desk.poll(Policy::Off, &[new]);
    let retention = Retention {
        items: SignedDuration::from_hours(24 * 60),
        hits: None,
    };
    while retention::prune(&mut desk.connection, retention, desk.now).expect("pruned") > 0 {}
    assert_eq!(desk.number("SELECT count(*) FROM article"), 0);
    check_nothing_left(&desk);
}

/// No file of the database holds the title that pages have here.
fn check_nothing_left(desk: &Desk) {
    for name in ["newsvigil.db", "newsvigil.db-wal"] {
        let bytes = fs::read(desk.folder.path().join(name)).expect("a file");
        let left = bytes.windows(10).filter(|words| *words == b"Zebrafinch");
        assert_eq!(left.count(), 0, "{name} keeps words of what was deleted");
    }
}

#[test]
fn a_backup_has_the_articles() {
    let mut desk = Desk::new();
    desk.publish(&STORY, "Police fired tear gas.");
    let copy = desk.folder.path().join("copy.db");
    backup::write(&desk.connection, &copy).expect("written");
    let connection = store::open_for_reading(&copy)
        .expect("opened")
        .expect("a database");
    let entry = entries::get(&connection, 1)
        .expect("read")
        .expect("the item");
    assert_eq!(entry.document.text, "Police fired tear gas.");
}
