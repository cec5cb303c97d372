//! Databases of every version, brought up to date; and steps that fail.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::store::hits::{self, HitFilter};

/// The folder of a version's database: its tables, and what is in them.
fn fixture(version: usize) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/migrations/{version}"))
}

fn read(version: usize, name: &str) -> String {
    let path = fixture(version).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn in_memory() -> Connection {
    let sqlite = rusqlite::Connection::open_in_memory().unwrap();
    Connection { sqlite }
}

/// A database as that version left it.
fn database_of(version: usize) -> Connection {
    let connection = in_memory();
    connection
        .execute_batch(&read(version, "schema.sql"))
        .unwrap();
    connection
        .execute_batch(&read(version, "data.sql"))
        .unwrap();
    connection
        .pragma_update(None, "application_id", APPLICATION_ID)
        .unwrap();
    connection
        .pragma_update(None, "user_version", i64::try_from(version).unwrap())
        .unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    connection
}

/// A database that took the first steps only.
fn database_by_steps(steps: usize) -> Connection {
    let mut connection = in_memory();
    take(&mut connection, &STEPS[..steps]).unwrap();
    connection
}

/// Everything that was ever created, word for word.
fn schema(connection: &Connection) -> BTreeSet<(String, String, Option<String>)> {
    connection
        .prepare("SELECT type, name, sql FROM sqlite_schema")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn texts(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    statement
        .query_map([], |row| {
            (0..columns)
                .map(|column| Ok(format!("{:?}", row.get_ref(column)?)))
                .collect()
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The tables that hold what is ours, and not what SQLite derives from it.
fn tables(connection: &Connection) -> Vec<String> {
    connection
        .prepare(
            "SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE '%\\_text\\_%' ESCAPE '\\' ORDER BY name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn columns(connection: &Connection, table: &str) -> Vec<String> {
    connection
        .prepare("SELECT name FROM pragma_table_info(?1)")
        .unwrap()
        .query_map([table], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Every row of every table, by the columns that it has.
type Contents = Vec<(String, Vec<String>, Vec<Vec<String>>)>;

fn contents(connection: &Connection) -> Contents {
    tables(connection)
        .into_iter()
        .map(|table| {
            // A table of FTS5 gives nothing but its row numbers back.
            let columns = match table.as_str() {
                "hit_text" | "entry_text" => vec!["rowid".to_owned()],
                _ => columns(connection, &table),
            };
            let sql = format!("SELECT {} FROM {table}", columns.join(", "));
            let rows = texts(connection, &sql);
            (table, columns, rows)
        })
        .collect()
}

#[test]
fn there_is_a_database_of_each_version_with_something_in_every_table() {
    for version in 1..=STEPS.len() {
        for (table, _, rows) in contents(&database_of(version)) {
            assert!(!rows.is_empty(), "version {version}: nothing in {table}");
        }
    }
    let one_more = fixture(STEPS.len() + 1);
    assert!(!one_more.exists(), "{} has no step", one_more.display());
}

/// Whoever has that version has these tables, and takes none of its steps again.
#[test]
fn a_step_is_not_edited_once_it_is_out() {
    for version in 1..=STEPS.len() {
        let (by_steps, stored) = (database_by_steps(version), database_of(version));
        assert!(
            schema(&by_steps) == schema(&stored),
            "step {version} makes other tables than tests/migrations/{version}/schema.sql has. If a \
             newsvigil with that step is out, leave the step as it was and add another; if none is, \
             put the step's text into that file: {:#?}",
            schema(&by_steps)
                .symmetric_difference(&schema(&stored))
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_database_of_any_version_is_brought_up_to_date_with_all_that_it_holds() {
    let newest = schema(&database_by_steps(STEPS.len()));
    for version in 1..=STEPS.len() {
        let mut connection = database_of(version);
        let before = contents(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!(schema(&connection), newest, "version {version}");
        let at: i64 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(at, VERSION);
        check_kept(&connection, &before, version);
        let sound: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(sound, "ok", "version {version}");
        let dangling = texts(&connection, "PRAGMA foreign_key_check");
        assert!(dangling.is_empty(), "version {version}: {dangling:?}");
        for (words, hits) in [("Lacrimógenos", 2), ("protesters \"were shot\"", 1)] {
            let filter = HitFilter {
                search: Some(words.to_owned()),
                ..HitFilter::default()
            };
            let mut found = 0;
            let mut each = |_| {
                found += 1;
                Ok(())
            };
            hits::list(&connection, &filter, &mut each).unwrap();
            assert_eq!(found, hits, "version {version}: the words are still found");
        }
    }
}

#[test]
fn what_an_older_version_mailed_is_known_and_lists_no_hit_as_counted() {
    let mut connection = database_of(1);
    migrate(&mut connection).unwrap();
    let (of_old_mails, with_hits) = connection
        .query_row(
            "SELECT count(*), count(*) FILTER (WHERE id IN (SELECT digest_id FROM delivery
                                                     UNION SELECT alert_id FROM delivery))
             FROM outbox WHERE wording IS NULL AND family IS NULL AND takes_through IS NULL",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )
        .unwrap();
    assert!(of_old_mails > 0 && with_hits > 0);
    let mails = texts(&connection, "SELECT id FROM outbox");
    for mail in 1..=i64::try_from(mails.len()).unwrap() {
        let filter = crate::store::hits::HitFilter {
            mail: Some(mail),
            ..Default::default()
        };
        crate::store::hits::list(&connection, &filter, &mut |hit| {
            assert_eq!(hit.told.as_deref(), Some("full"));
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn an_item_behind_a_redirect_is_known_again() {
    let mut connection = database_of(3);
    for (id, key) in [(21, "1"), (22, "2")] {
        let link = format!("https://www.google.com/url?sa={key}&url=https://outlet.example/d");
        connection
            .execute(
                "INSERT INTO entry SELECT ?1, feed_id, ?2, 0, content_hash, title, summary, text, author,
                        categories, language, ?3, published_at, updated_at, first_seen_at, last_seen_at,
                        NULL, backlog FROM entry WHERE id = 1",
                rusqlite::params![id, format!("link:{link}"), link],
            )
            .unwrap();
    }
    migrate(&mut connection).unwrap();
    let key = |id: i64| -> String {
        let sql = "SELECT key FROM entry WHERE id = ?1";
        connection.query_row(sql, [id], |row| row.get(0)).unwrap()
    };
    assert_eq!(key(21), "link:https://outlet.example/d");
    // Two items cannot have one name.
    assert!(key(22).starts_with("link:https://www.google.com/"));
}

#[test]
fn what_came_of_late_waits_for_its_story_and_what_is_old_does_not() {
    let mut connection = database_of(7);
    let (month, dated) = (30 * 86_400, 1_767_000_000);
    for (id, ago, published) in [
        (21, month, None),
        (22, 86_400, Some(dated)),
        (23, 86_400, None),
    ] {
        connection
            .execute(
                "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                    categories, published_at, first_seen_at, last_seen_at, backlog)
                 VALUES (?1, 'outlet', ?1, 0, '', 'T', '', '', '', '[]', ?3, 1767600000 - ?2, 1767600000, 0)",
                rusqlite::params![id, ago, published],
            )
            .unwrap();
    }
    migrate(&mut connection).unwrap();
    let waiting: Vec<(i64, i64, i64)> = connection
        .prepare("SELECT entry_id, seen_at, reported_at FROM story_waiting ORDER BY entry_id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    // Of the others one is of the backlog, and one a month old.
    assert_eq!(
        waiting,
        [
            (1, 1_767_340_800, 1_767_340_000),
            (7, 1_767_600_000, 1_767_600_000),
            (22, 1_767_513_600, dated),
            (23, 1_767_513_600, 1_767_513_600),
        ]
    );
}

#[test]
fn a_hit_knows_its_feed_and_the_language_of_what_matched() {
    let mut connection = database_of(9);
    connection
        .execute("UPDATE revision SET language = 'fr'", [])
        .unwrap();
    migrate(&mut connection).unwrap();
    let add = "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                                program_version, score, spans, found_at)
               SELECT entry_id, ?1, 'new', '', '', '', '', 0, '[]', 0 FROM hit WHERE id = 1";
    for revision in [0, 1] {
        connection.execute(add, [revision]).unwrap();
    }
    let known = texts(
        &connection,
        "SELECT coalesce(feed_id, '-') || ' ' || coalesce(language, '-') || ' ' || coalesce(verdict, '-')
         FROM hit ORDER BY id",
    );
    let expected = [
        "outlet fr -",
        "outlet es -",
        "outlet es -",
        "outlet fr -",
        "outlet en -",
    ];
    let expected: Vec<Vec<String>> = expected
        .iter()
        .map(|text| {
            vec![format!(
                "{:?}",
                rusqlite::types::ValueRef::Text(text.as_bytes())
            )]
        })
        .collect();
    assert_eq!(known, expected);
}

/// A step that takes a table or a column away on purpose is named here, with its reason.
#[track_caller]
fn check_kept(connection: &Connection, before: &Contents, version: usize) {
    for (table, columns, rows) in before {
        // The words of hits are found by their items since the second step.
        if table == "hit_text" {
            continue;
        }
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        let after = texts(connection, &sql);
        for row in rows {
            assert!(
                after.contains(row),
                "version {version}: {table} had {row:?}, and has {after:?}"
            );
        }
    }
}

#[test]
fn a_step_that_fails_leaves_the_version_before_it() {
    let mut connection = database_of(1);
    let (tables, rows) = (schema(&connection), contents(&connection));
    let fails = "CREATE TABLE article (id INTEGER PRIMARY KEY) STRICT;
                 ALTER TABLE entry ADD COLUMN article_id INTEGER;
                 DELETE FROM rest;
                 INSERT INTO nowhere VALUES (1);";
    let error = take(&mut connection, &[STEPS[0], fails]).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert_eq!(schema(&connection), tables);
    assert_eq!(contents(&connection), rows);
    assert_eq!(check_version(&connection).unwrap(), 1);

    let works = "ALTER TABLE entry ADD COLUMN article_id INTEGER;";
    take(&mut connection, &[STEPS[0], works]).unwrap();
    check_kept(&connection, &rows, 1);
    let newer = check_version_up_to(&connection, 1).unwrap_err();
    assert!(
        matches!(newer, StoreError::Newer { found: 2, .. }),
        "{newer}"
    );
}

#[test]
fn steps_are_taken_together_or_not_at_all() {
    let works = "ALTER TABLE entry ADD COLUMN article_id INTEGER;";
    let fails = "INSERT INTO nowhere VALUES (1);";
    for (mut connection, version) in [(in_memory(), 0), (database_of(1), 1)] {
        let before = schema(&connection);
        take(&mut connection, &[STEPS[0], works, fails]).unwrap_err();
        assert_eq!(schema(&connection), before, "from version {version}");
        assert_eq!(check_version(&connection).unwrap(), version);
    }
}

#[test]
#[should_panic(expected = "rest had")]
fn a_step_that_loses_a_row_is_noticed() {
    let mut connection = database_of(1);
    let before = contents(&connection);
    take(&mut connection, &[STEPS[0], "DELETE FROM rest;"]).unwrap();
    check_kept(&connection, &before, 1);
}
