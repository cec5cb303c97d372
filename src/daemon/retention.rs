//! Lets go of items whose time is over.

use std::time::Duration;

use tokio::sync::watch;

use super::ServiceContext;
use super::time_scale::TimeScale;
use crate::store::retention::{self, Retention};
use crate::store::{StoreError, trusted_clock};

/// Between two looks at what is old.
const HOUSEKEEPING: Duration = Duration::from_hours(1);

/// Lets go of items whose time is over, a few at a time.
pub async fn prune(service: &ServiceContext) -> Result<usize, StoreError> {
    let retention = Retention {
        items: service.config.store.retention,
        hits: service.config.store.hit_retention,
    };
    let (folder, now) = (service.state_folder.clone(), (service.clock)());
    let look = service
        .store
        .call(move |_| Ok(trusted_clock::trusted_now(&folder, now)));
    let now = look.await?;
    let mut pruned = 0;
    loop {
        let rows = service
            .store
            .call(move |connection| retention::prune(connection, retention, now))
            .await?;
        if rows == 0 {
            return Ok(pruned);
        }
        pruned += rows;
    }
}

/// Once an hour, lets go of what nothing was found in, and says what the hour brought: a log without
/// a line could also be that of a service that hangs.
pub(super) async fn housekeeping(current: watch::Receiver<ServiceContext>, time_scale: TimeScale) {
    let mut ticks = tokio::time::interval(time_scale.ours(HOUSEKEEPING));
    let metrics = current.borrow().metrics.clone();
    let mut told = metrics.totals();
    for hour in 0_u64.. {
        ticks.tick().await;
        if hour > 0 {
            let now = metrics.totals();
            tracing::info!("in the last hour: {}", now.since(told));
            told = now;
        }
        let service = current.borrow().clone();
        match prune(&service).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "let go of what was over, in {rows} rows and steps"),
            // Trouble of the database is in the log already.
            Err(error) if error.affects_all_calls() => {}
            Err(error) => tracing::error!("old items cannot be let go: {error}"),
        }
    }
}
