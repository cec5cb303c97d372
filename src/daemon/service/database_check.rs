//! The database at a start: looked through before it is worked with.

use std::path::Path;
use std::time::Duration;

use crate::store::{FILE_NAME, Store, StoreError, check, write_failures};

/// How long a start waits for the database to be looked through; what is left is looked through
/// beside the work. The unit's `TimeoutStartSec` is longer.
const CHECK_PATIENCE: Duration = Duration::from_secs(20);

/// Opens the database, unless it is damaged. What is damaged is left as it is.
pub(super) async fn open_sound(state: &Path) -> Result<Store, StoreError> {
    let path = state.join(FILE_NAME);
    let mut checking = check::begin(&path);
    match tokio::time::timeout(CHECK_PATIENCE, &mut checking).await {
        Ok(Ok(Err(error @ StoreError::Damaged { .. }))) => {
            write_failures::note(state, &error.to_string());
            return Err(error);
        }
        Ok(Ok(Ok(()))) => return Store::start(&path),
        // Opening it tells the reason better, if it lasts.
        Ok(_) => {
            let store = Store::start(&path)?;
            tracing::warn!(
                "whether the database {} is sound is not known",
                path.display()
            );
            return Ok(store);
        }
        Err(_) => {}
    }
    tracing::info!(
        "the database {} is large and is looked through beside the work",
        path.display()
    );
    let store = Store::start(&path)?;
    let telling = store.clone();
    tokio::spawn(async move {
        if let Ok(Err(error @ StoreError::Damaged { .. })) = checking.await {
            // The database's thread notes it as it notes damage that a call meets.
            let _ = telling.call(|_| Err::<(), _>(error)).await;
        }
    });
    Ok(store)
}
