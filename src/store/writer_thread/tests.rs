use super::*;
use crate::store::write_failures;

fn database(folder: &Path) -> PathBuf {
    folder.join("newsvigil.db")
}

async fn write(store: &Store) -> Result<(), StoreError> {
    let sql = "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('w', 'r', 0, 0)";
    store
        .call(move |connection| Ok(connection.execute(sql, []).map(|_| ())?))
        .await
}

fn mutes(path: &Path) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .query_row("SELECT count(*) FROM mute", [], |row| row.get(0))
        .unwrap()
}

#[tokio::test]
async fn after_a_fault_of_the_disk_the_files_are_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::start(&database(folder.path())).unwrap();
    store
        .call(|connection| {
            connection.execute_batch("CREATE TEMP TABLE of_this_connection (a)")?;
            Ok(())
        })
        .await
        .unwrap();
    let fault = store
        .call(|_| -> Result<(), StoreError> {
            Err(StoreError::Io {
                path: PathBuf::from("newsvigil.db"),
                reason: "disk I/O error".to_owned(),
            })
        })
        .await;
    assert!(matches!(fault, Err(StoreError::Io { .. })));
    let told = write_failures::read(folder.path()).expect("it is told");
    assert!(told.reason.contains("disk I/O error"), "{told:?}");
    write(&store).await.unwrap();
    let gone = store
        .call(|connection| Ok(connection.execute("SELECT * FROM temp.of_this_connection", [])?))
        .await;
    assert!(gone.is_err(), "this is another connection");
    assert_eq!(write_failures::read(folder.path()), None, "and it is over");
}

#[tokio::test]
async fn trouble_is_over_when_something_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::start(&database(folder.path())).unwrap();
    let quick = |connection: &mut Connection| Ok(connection.sqlite.busy_timeout(Duration::ZERO)?);
    store.call(quick).await.unwrap();
    let other = rusqlite::Connection::open(database(folder.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(
        write(&store).await,
        Err(StoreError::Locked { .. })
    ));
    store.call(|_| Ok(())).await.unwrap();
    let told = write_failures::read(folder.path()).expect("reading alone does not end it");
    assert!(
        told.reason.contains("locked by another process"),
        "{told:?}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    store.call(|_| Ok(())).await.unwrap();
    assert_eq!(write_failures::read(folder.path()), None);
}

#[tokio::test]
async fn damage_is_never_over_before_a_new_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let store = Store::start(&path).unwrap();
    let damaged = store
        .call(|_| -> Result<(), StoreError> {
            let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT_VTAB);
            Err(rusqlite::Error::SqliteFailure(corrupt, None).into())
        })
        .await;
    assert!(matches!(damaged, Err(StoreError::Damaged { .. })));
    for _ in 0..2 {
        let written = write(&store).await;
        assert!(matches!(written, Err(StoreError::Damaged { .. })));
    }
    assert!(matches!(store.lost().await, StoreError::Damaged { .. }));
    let told = write_failures::read(folder.path()).expect("it is told");
    assert!(told.reason.contains("restore a backup"), "{told:?}");
    assert_eq!(store.trouble(), Some(told.reason));
    assert!(store.answers().await, "the thread lives");
    drop(store);
    assert_eq!(mutes(&path), 0, "nothing was written any more");
    let store = Store::start(&path).unwrap();
    write(&store).await.unwrap();
    assert_eq!(store.trouble(), None);
}

#[tokio::test]
async fn a_database_that_was_exchanged_is_neither_written_nor_harmed() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let store = Store::start(&path).unwrap();
    write(&store).await.unwrap();
    fs::rename(&path, folder.path().join("old.db")).unwrap();
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(folder.path().join(format!("newsvigil.db{suffix}"))).unwrap();
    }
    // The new one is at work, with a log of its own.
    let new = super::super::open(&path).unwrap();
    new.execute_batch(
            "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('a', 'b', 0, 0), ('c', 'd', 0, 0)",
        )
        .unwrap();
    for _ in 0..2 {
        assert!(matches!(
            write(&store).await,
            Err(StoreError::Replaced { .. })
        ));
    }
    drop(store);
    assert_eq!(mutes(&path), 2);
    let told = write_failures::read(folder.path()).expect("it is told");
    assert!(told.reason.contains("was replaced or removed"), "{told:?}");
}
