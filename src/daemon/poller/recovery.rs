//! Polls that a kill, a stop or a lost network has cut short.

use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};

use crate::core::schedule;
use crate::daemon::ServiceContext;
use crate::store::{StateLock, Store, StoreError, feeds};

/// After this machine was cut off: the feeds that this struck are polled soon, and are not blamed.
pub(in crate::daemon) async fn catch_up(
    service: &ServiceContext,
    since: Timestamp,
) -> Result<(), StoreError> {
    let now = (service.clock)();
    service
        .store
        .call(move |connection| {
            feeds::revise(connection, &mut |state| {
                schedule::after_outage(state, since, now, fastrand::f64())
            })
        })
        .await
}

/// At a start: suspects the feeds that were being polled when the program was killed. Gives a sentence on
/// that, if there are any.
pub async fn recover_polls(
    store: &Store,
    lock: &StateLock,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    if lock.stop_is_noted() {
        store
            .call(|connection| feeds::drop_polls(connection))
            .await?;
        lock.forget_stop();
        return Ok(None);
    }
    let quarantined = store
        .call(move |connection| feeds::recover_polls(connection, now))
        .await?;
    let read: Vec<&str> = quarantined
        .iter()
        .filter_map(|(id, reading)| reading.then_some(id.as_str()))
        .collect();
    let asked = quarantined.len() - read.len();
    Ok(match (read.as_slice(), asked) {
        ([], 0) => None,
        ([], 1) => Some("a feed was being asked when newsvigil was killed".to_owned()),
        ([], asked) => Some(format!(
            "{asked} feeds were being asked when newsvigil was killed"
        )),
        ([first], _) => Some(format!(
            "feed {first} was being read when newsvigil was killed; it is polled last"
        )),
        ([first, others @ ..], _) => Some(format!(
            "feed {first} and {} others were being read when newsvigil was killed; they are polled \
             last, and one at a time",
            others.len()
        )),
    })
}

/// At a stop: no feed is to blame for what was under way. Where the database does not take that until the
/// deadline, it is noted beside it.
pub async fn forget_polls(store: &Store, lock: &StateLock, deadline: Instant) {
    let dropping = store.call(|connection| feeds::drop_polls(connection));
    if !matches!(timeout_at(deadline, dropping).await, Ok(Ok(()))) {
        lock.note_stop();
    }
}
