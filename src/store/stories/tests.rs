//! How stories are written down: merges, links, the queue's bound. What the engine decides is tried with polls in
//! `tests/suite/stories.rs`.

use super::assignments::store;
use super::clustering_queue::{Item, leave_out};
use super::*;
use crate::core::story::ClusterAssignment;
use crate::store;

const NOW: i64 = 1_790_000_000;

/// A database with so many entries, numbered from 1, each seen a minute after the one before.
fn database(entries: i64) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let connection = store::open(&folder.path().join("newsvigil.db")).unwrap();
    connection
        .execute_batch("INSERT INTO feed (id, url, state, next_poll_at) VALUES ('f', '', '', 0)")
        .unwrap();
    for id in 1..=entries {
        connection
            .execute(
                "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                    categories, first_seen_at, last_seen_at, backlog)
                 VALUES (?1, 'f', ?1, 0, '', 'Title ' || ?1, '', 'Text', '', '[]', ?2, ?2, 0)",
                [id, NOW + 60 * id],
            )
            .unwrap();
    }
    (folder, connection)
}

fn placed(story: i64, relation: Relation) -> ClusterAssignment {
    ClusterAssignment {
        story,
        relation,
        copy_of: None,
        sure: true,
        why: "a test says so".to_owned(),
        agency: None,
        victims: None,
        merged: Vec::new(),
        same_source: Vec::new(),
        linked: Vec::new(),
        corrects: None,
        record: vec![1],
    }
}

fn put(connection: &mut Connection, entry: i64, placed: &ClusterAssignment) {
    let transaction = connection.unchecked_transaction().unwrap();
    let item = Item::for_tests(entry, time(NOW + 60 * entry));
    store(&transaction, &item, "outlet.example", placed, time(NOW)).unwrap();
    transaction.commit().unwrap();
}

fn first(connection: &mut Connection, entry: i64) {
    put(connection, entry, &placed(entry, Relation::First));
}

fn story(connection: &Connection, entry: i64) -> i64 {
    of_entry(connection, entry).unwrap().unwrap().id
}

#[test]
fn stories_that_are_merged_one_after_the_other_are_read_through_one_step() {
    let (_folder, mut connection) = database(5);
    for entry in 1..=3 {
        first(&mut connection, entry);
    }
    let merging = ClusterAssignment {
        merged: vec![(3, 2)],
        ..placed(2, Relation::SameEvent)
    };
    put(&mut connection, 4, &merging);
    let merging = ClusterAssignment {
        merged: vec![(2, 1)],
        ..placed(1, Relation::SameEvent)
    };
    put(&mut connection, 5, &merging);
    for entry in 1..=5 {
        assert_eq!(story(&connection, entry), 1, "entry {entry}");
    }
    assert_eq!(merged(&connection, 1).unwrap(), [2, 3]);
    assert_eq!(get(&connection, 3).unwrap().unwrap().id, 1);
    let ids: Vec<i64> = members(&connection, 3, 10)
        .unwrap()
        .iter()
        .map(|member| member.entry_id)
        .collect();
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    assert_eq!(members(&connection, 1, 2).unwrap().len(), 2);
    let by_sql: Vec<i64> = connection
        .prepare(&format!(
            "SELECT {STORY_OF_ENTRY} FROM entry ORDER BY entry.id"
        ))
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(by_sql, [1, 1, 1, 1, 1]);
    assert_eq!(outlet_counts(&connection, 2).unwrap().0, 5);
    assert_eq!(list(&connection, time(0)).unwrap().len(), 1);
}

#[test]
fn links_are_read_from_both_sides_and_through_merges() {
    let (_folder, mut connection) = database(5);
    for entry in 1..=2 {
        first(&mut connection, entry);
    }
    let linking = ClusterAssignment {
        linked: vec![2],
        ..placed(3, Relation::First)
    };
    put(&mut connection, 3, &linking);
    let merging = ClusterAssignment {
        merged: vec![(3, 1)],
        ..placed(1, Relation::SameEvent)
    };
    put(&mut connection, 4, &merging);
    assert_eq!(links(&connection, 1).unwrap(), [2]);
    assert_eq!(links(&connection, 2).unwrap(), [1]);
}

#[test]
fn an_item_that_turns_out_to_be_no_source_of_its_own_is_written_down_as_a_copy() {
    let (_folder, mut connection) = database(4);
    for entry in 1..=2 {
        first(&mut connection, entry);
    }
    let copy = ClusterAssignment {
        copy_of: Some(1),
        ..placed(1, Relation::Copy)
    };
    put(&mut connection, 3, &copy);
    let shows = ClusterAssignment {
        copy_of: Some(1),
        merged: vec![(2, 1)],
        same_source: vec![(2, 1), (3, 2)],
        ..placed(1, Relation::Copy)
    };
    put(&mut connection, 4, &shows);
    let copied = members(&connection, 1, 10).unwrap();
    let copied: Vec<_> = copied.iter().map(|member| member.copy_of).collect();
    assert_eq!(copied, [None, Some(1), Some(1), Some(1)]);
    // A copy makes its story no newer.
    let last = |connection: &Connection| -> i64 {
        let last = "SELECT last_at FROM story WHERE id = 1";
        connection.query_row(last, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(last(&connection), NOW + 120, "the story that was merged");
}

#[test]
fn what_waits_is_bounded_and_the_oldest_is_left_out() {
    let (_folder, connection) = database(9);
    for entry in 1..=9 {
        queue(&connection, entry, None, time(NOW + 60 * entry)).unwrap();
    }
    assert_eq!(leave_out(&connection, 9).unwrap(), 0);
    assert_eq!(leave_out(&connection, 4).unwrap(), 5);
    let waiting = waiting(&connection).unwrap();
    assert_eq!(waiting.items, 4);
    assert_eq!(waiting.since, Some(time(NOW + 60 * 6)));
}

#[test]
fn an_item_waits_once_and_is_no_older_than_it_says_and_no_younger_than_it_was_seen() {
    let (_folder, connection) = database(3);
    let now = time(NOW);
    queue(&connection, 1, Some(time(NOW + 86_400)), now).unwrap();
    queue(&connection, 2, Some(time(NOW - 86_400)), now).unwrap();
    queue(&connection, 3, None, now).unwrap();
    queue(&connection, 3, None, time(NOW + 500)).unwrap();
    let reported: Vec<(i64, i64)> = connection
        .prepare("SELECT entry_id, reported_at FROM story_waiting ORDER BY entry_id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(reported, [(1, NOW), (2, NOW - 86_400), (3, NOW)]);
}

#[test]
fn a_story_goes_with_its_last_item_and_not_before() {
    let (_folder, mut connection) = database(4);
    first(&mut connection, 1);
    first(&mut connection, 2);
    let merging = ClusterAssignment {
        merged: vec![(2, 1)],
        linked: vec![1],
        ..placed(1, Relation::SameEvent)
    };
    put(&mut connection, 3, &merging);
    let let_go = |connection: &Connection, entry: i64| {
        connection
            .execute("DELETE FROM entry WHERE id = ?1", [entry])
            .unwrap();
        let count = "SELECT count(*) FROM story";
        connection
            .query_row(count, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    // Its number is that of an item that is no more.
    assert_eq!(let_go(&connection, 1), 2);
    assert_eq!(story(&connection, 3), 1);
    assert_eq!(let_go(&connection, 3), 2);
    assert_eq!(story(&connection, 2), 1);
    assert_eq!(let_go(&connection, 2), 0);
}

#[test]
fn records_are_let_go_behind_the_window_some_in_a_call() {
    let (_folder, mut connection) = database(3);
    for entry in 1..=3 {
        first(&mut connection, entry);
    }
    let records = |connection: &Connection| {
        let count = "SELECT count(record) FROM story_item";
        connection
            .query_row(count, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let within = time(NOW) + WINDOW;
    assert_eq!(prune_records(&connection, within, 9).unwrap(), 0);
    let behind = within + SignedDuration::from_hours(48);
    assert_eq!(prune_records(&connection, behind, 2).unwrap(), 2);
    assert_eq!(records(&connection), 1);
    assert_eq!(prune_records(&connection, behind, 2).unwrap(), 1);
    assert_eq!(prune_records(&connection, behind, 2).unwrap(), 0);
}

#[test]
fn a_merged_story_is_split_into_stories_of_their_own_whatever_was_let_go() {
    let (_folder, mut connection) = database(5);
    first(&mut connection, 1);
    put(&mut connection, 2, &placed(1, Relation::SameEvent));
    first(&mut connection, 3);
    let merging = ClusterAssignment {
        merged: vec![(3, 1)],
        ..placed(1, Relation::Copy)
    };
    put(&mut connection, 4, &merging);
    connection
        .execute("DELETE FROM entry WHERE id = 1", [])
        .unwrap();
    assert_eq!(split(&mut connection, 3).unwrap(), Split::Separated(3));
    let stories: Vec<i64> = (2..=4).map(|entry| story(&connection, entry)).collect();
    assert_eq!(
        stories,
        [1, 3, 4],
        "the number stays with the first item that is there"
    );
    assert_eq!(split(&mut connection, 1).unwrap(), Split::Alone);
    assert_eq!(split(&mut connection, 2).unwrap(), Split::Unknown);
    let dangling = connection.query_row("PRAGMA foreign_key_check", [], |_| Ok(()));
    assert!(dangling.is_err(), "nothing refers to nothing");
}

#[test]
fn whatever_is_no_copy_makes_its_story_newer() {
    for (relation, corrects, is_newer) in [
        (Relation::Copy, None, false),
        (Relation::SameEvent, None, true),
        (
            Relation::Update,
            Some("it says that it was corrected"),
            true,
        ),
    ] {
        let (_folder, mut connection) = database(2);
        first(&mut connection, 1);
        let leaning = ClusterAssignment {
            copy_of: Some(1),
            corrects: corrects.map(str::to_owned),
            ..placed(1, relation)
        };
        put(&mut connection, 2, &leaning);
        let last = "SELECT last_at FROM story WHERE id = 1";
        let last: i64 = connection.query_row(last, [], |row| row.get(0)).unwrap();
        assert_eq!(last == NOW + 120, is_newer, "{relation:?}");
    }
}

#[test]
fn a_correction_is_left_out_only_where_what_it_leans_on_corrects_the_same() {
    let (_folder, mut connection) = database(4);
    first(&mut connection, 1);
    let correction = |copy_of, what: &str| ClusterAssignment {
        copy_of,
        corrects: Some(what.to_owned()),
        ..placed(1, Relation::Update)
    };
    for (entry, copy_of, what) in [
        (2, None, "it says otherwise: 2 for 12"),
        (3, Some(2), "it says otherwise: a name"),
        (4, Some(2), "it says otherwise: 2 for 12"),
    ] {
        put(&mut connection, entry, &correction(copy_of, what));
    }
    let members = members(&connection, 1, 10).unwrap();
    let relations: Vec<_> = members.iter().map(|member| member.relation).collect();
    let expected = [
        Relation::First,
        Relation::Update,
        Relation::Update,
        Relation::Copy,
    ];
    assert_eq!(relations, expected);
    let told = "SELECT count(*) FROM story_item WHERE corrects AND changed IS NOT NULL";
    let told: i64 = connection.query_row(told, [], |row| row.get(0)).unwrap();
    assert_eq!(told, 2);
}
