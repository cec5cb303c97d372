//! The task that makes and sends mails when they are due.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::daemon::ServiceContext;
use crate::daemon::mailer::{AlertPacing, Mailer, MessageSelection, SetupError, compose_all};
use crate::daemon::stories::cluster_new_items;
use crate::daemon::time_scale::{AFTER_FAULT, LONGEST_SLEEP, TimeScale, until};
use crate::store::{StoreError, outbox};

/// Makes and sends mails when they are due, and when there is news.
pub(super) async fn mailing(
    mut current: watch::Receiver<ServiceContext>,
    mut stopped: watch::Receiver<bool>,
    news: Arc<Notify>,
    credentials: Option<PathBuf>,
    time_scale: TimeScale,
) {
    let mut said = None;
    while !*stopped.borrow() {
        let service = current.borrow_and_update().clone();
        let mailer = Mailer::new(
            &service.config.mail,
            &service.state_folder,
            credentials.as_deref(),
        );
        let mut mailer = match mailer {
            Ok(mailer) => {
                said = None;
                mailer
            }
            Err(error) => {
                note_no_way_out(&service, &error, &mut said).await;
                // What is stored meanwhile is placed all the same.
                let _ = cluster_new_items(&service).await;
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    _ = current.changed() => {}
                    () = time_scale.sleep(LONGEST_SLEEP) => {}
                }
                continue;
            }
        };
        // The same connection serves until the configuration changes.
        while !*stopped.borrow() && !current.has_changed().unwrap_or(false) {
            let sleep = match mail_round(&service, &mut mailer, &stopped, &current).await {
                Ok(sleep) => sleep,
                Err(error) => {
                    if !error.affects_all_calls() {
                        tracing::error!("mail cannot be made or sent: {error}");
                    }
                    AFTER_FAULT
                }
            };
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => {}
                _ = current.changed() => { current.mark_changed(); }
                () = news.notified() => {}
                () = time_scale.sleep(sleep) => {}
            }
        }
        mailer.close().await;
    }
}

/// Says once, and stores for `status`, why no mail can be sent.
async fn note_no_way_out(service: &ServiceContext, error: &SetupError, said: &mut Option<String>) {
    let (now, why) = ((service.clock)(), error.to_string());
    if said.as_ref() != Some(&why) {
        tracing::error!("mail cannot be sent: {why}");
        *said = Some(why.clone());
    }
    let told = service
        .store
        .call(move |connection| outbox::cannot_send(connection, &why, now));
    if let Err(error) = told.await {
        tracing::warn!("that is not in `status` yet: {error}");
    }
}

/// Composes and sends what is due and gives the time until more is. Trouble of the database is in the
/// log already.
async fn mail_round(
    service: &ServiceContext,
    mailer: &mut Mailer,
    stopped: &watch::Receiver<bool>,
    current: &watch::Receiver<ServiceContext>,
) -> Result<Duration, StoreError> {
    // Only this task sends: what is still marked as being sent has an outcome that was lost.
    // What goes wrong with it is in the log; until it goes well, items are told one by one.
    let _ = cluster_new_items(service).await;
    let (config, options) = (service.config.clone(), service.render_options.clone());
    let now = (service.clock)();
    let composed = service
        .store
        .call(move |connection| {
            outbox::recover(connection, now)?;
            compose_all(connection, &config, &options, AlertPacing::Grouped, now)
        })
        .await?;
    // A new configuration may say that a recipient is none any more: nothing more goes out by the old.
    let stop = || *stopped.borrow() || current.has_changed().unwrap_or(false);
    let sent = mailer.send(service, MessageSelection::Due, &stop).await?;
    service.metrics.sent(&sent);
    let next = service
        .store
        .call(move |connection| {
            let message = outbox::next_due(connection, now)?;
            Ok(composed.look_again.into_iter().chain(message).min())
        })
        .await?;
    Ok(until(next, (service.clock)()))
}
