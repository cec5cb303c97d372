//! A database with hits in it, for tests.

use tempfile::TempDir;

use super::Connection;
use super::hits;

/// When the first hit was found.
pub(super) const BEGAN: i64 = 1_790_000_000;

/// Hits from 1 on, three found in each second, by the watches `force` and `gas` in turn, in items of their own.
pub(super) fn with_hits(number: i64) -> (TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let connection = super::open(&folder.path().join(super::FILE_NAME)).unwrap();
    connection
        .execute_batch(
            "INSERT INTO feed (id, url, title, state, next_poll_at) VALUES
               ('outlet', 'https://outlet.example/', 'The Outlet', '{}', 0),
               ('wire', 'https://wire.example/', 'The Wire', '{}', 0)",
        )
        .unwrap();
    for id in 1..=number {
        add(&connection, id);
    }
    (folder, connection)
}

/// Adds the hit of this number.
pub(super) fn add(connection: &Connection, id: i64) {
    let pick = |of: &[&'static str]| of[usize::try_from(id).unwrap() % of.len()];
    let language = Some(pick(&["en", "pt", "pt-BR", ""])).filter(|tag| !tag.is_empty());
    connection
        .execute(
            "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, language, first_seen_at, last_seen_at, backlog)
             VALUES (?1, ?2, ?1, 0, ?1, 'Police in ' || ?3, '', 'Case ' || ?1, '', '[]', ?4, ?5, ?5, 0)",
            rusqlite::params![
                id * 10,
                pick(&["outlet", "wire", "wire"]),
                pick(&["Peru", "Chile", "Kenya", "Peru", "the square"]),
                language,
                BEGAN + id / 3
            ],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO hit (id, entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             VALUES (?1, ?2, 0, ?3, 'Watch', 'assembly', ?4, '0', 0, ?5, ?6)",
            rusqlite::params![
                id,
                id * 10,
                pick(&["force", "gas"]),
                if id <= 50 { "old" } else { "new" },
                format!(
                    "[{{\"field\":\"title\",\"start\":0,\"end\":6,\"term\":\"{}\"}}]",
                    pick(&["police", "shot", "shot"])
                ),
                BEGAN + id / 3
            ],
        )
        .unwrap();
    hits::index(connection, id * 10).unwrap();
}
