use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;

use super::*;
use crate::store::StoreError;

struct World {
    store: Store,
    metrics: ProcessMetrics,
    memory: BodyMemory,
}

fn service(folder: &Path, metrics: ProcessMetrics) -> World {
    World {
        store: Store::start(&folder.join("newsvigil.db")).unwrap(),
        metrics,
        memory: BodyMemory::default(),
    }
}

async fn health(service: &World) -> Result<String, String> {
    super::health(&service.store, &service.metrics, &service.memory).await
}

async fn alive(service: &World) -> Result<(), String> {
    super::alive(&service.store, &service.metrics, &service.memory).await
}

#[track_caller]
fn check(told: &Result<String, String>) {
    assert_eq!(told.as_deref(), Ok("ok\n"));
}

fn ago(time: Duration) -> Instant {
    Instant::now().checked_sub(time).unwrap()
}

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_poller_that_looks_no_more_is_neither_alive_nor_healthy() {
    let folder = tempfile::tempdir().unwrap();
    let shorter = POLLER_HANGS_AFTER.checked_sub(MINUTE).unwrap();
    let metrics = ProcessMetrics::begun(Timestamp::UNIX_EPOCH, ago(shorter));
    let mut service = service(folder.path(), metrics);
    check(&health(&service).await);
    let hangs = ago(POLLER_HANGS_AFTER + MINUTE);
    service.metrics = ProcessMetrics::begun(Timestamp::UNIX_EPOCH, hangs);
    let told = "no feed was looked for in 16 minutes\n".to_owned();
    assert_eq!(alive(&service).await, Err(told.clone()));
    assert_eq!(health(&service).await, Err(told));
    service.metrics.looked();
    assert_eq!(alive(&service).await, Ok(()));
    check(&health(&service).await);
}

#[tokio::test]
async fn a_long_poll_is_told_and_polls_that_never_end_are_no_life() {
    let folder = tempfile::tempdir().unwrap();
    let service = service(folder.path(), ProcessMetrics::new(Timestamp::UNIX_EPOCH));
    service.metrics.begun_poll_at("outlet", ago(MINUTE * 2));
    service.metrics.record_poll_start("other");
    let told = "ok\nfeed outlet: being polled for 2 min\n".to_owned();
    assert_eq!(health(&service).await, Ok(told));
    service
        .metrics
        .begun_poll_at("outlet", ago(POLLS_HANG_AFTER + MINUTE));
    let hang = "2 polls are under way, first that of outlet, and none has ended in 16 minutes\n";
    assert_eq!(alive(&service).await, Err(hang.to_owned()));
    assert_eq!(health(&service).await, Err(hang.to_owned()));
    // One that ends shows that the others only take long.
    service.metrics.record_poll_end("other");
    assert_eq!(alive(&service).await, Ok(()));
    service.metrics.record_poll_end("outlet");
    check(&health(&service).await);
}

#[tokio::test]
async fn trouble_of_the_database_is_no_reason_to_end_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let service = service(folder.path(), ProcessMetrics::new(Timestamp::UNIX_EPOCH));
    let path = folder.path().join("newsvigil.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let full = StoreError::Full {
        path: path.clone(),
        reason: "database or disk is full".to_owned(),
    };
    assert!(service.store.call(|_| Err::<(), _>(full)).await.is_err());
    assert_eq!(alive(&service).await, Ok(()));
    let told = health(&service).await.unwrap_err();
    assert!(told.starts_with("no room to write the database"), "{told}");
    other.execute_batch("ROLLBACK").unwrap();
    check(&health(&service).await);
}
