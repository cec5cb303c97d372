//! The configuration read anew, on SIGHUP.

use std::sync::Arc;

use tokio::sync::{Notify, watch};

use super::folders::Folders;
use crate::config::{self, Config, Problems, Styling};
use crate::daemon::mailer::{Mailer, render_options};
use crate::daemon::{ServiceContext, fetcher, systemd};
use crate::fetch::Fetcher;
use crate::mail::RenderOptions;
use crate::store::outbox;

pub(super) fn summary(config: &Config) -> String {
    let count = |number: usize, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    };
    format!(
        "{}, {}, {}",
        count(config.feeds.len(), "feed", "feeds"),
        count(config.watches.len(), "watch", "watches"),
        count(config.recipients.len(), "recipient", "recipients")
    )
}

pub(super) async fn reload(
    folders: &Folders,
    contexts: &watch::Sender<ServiceContext>,
    news: &Notify,
) {
    systemd::reloading();
    let loading = folders.clone();
    let loaded = tokio::task::spawn_blocking(move || load(&loading)).await;
    let status = match loaded {
        Ok(Ok(loaded)) => {
            let status = summary(&loaded.config);
            contexts.send_modify(|service| {
                service.config = Arc::new(loaded.config);
                service.fetcher = loaded.fetcher;
                service.render_options = Arc::new(loaded.render_options);
            });
            let (store, now) = {
                let service = contexts.borrow();
                (service.store.clone(), (service.clock)())
            };
            let hurried = store
                .call(move |connection| outbox::make_all_due(connection, now))
                .await;
            if let Err(error) = hurried {
                tracing::warn!("messages that wait keep their time: {error}");
            }
            // The mailer may have looked before they were hurried.
            news.notify_one();
            if !loaded.warnings.list.is_empty() {
                tracing::warn!(
                    "the new configuration has warnings:\n{}",
                    told(&loaded.warnings)
                );
            }
            tracing::info!("reloaded: {status}");
            status
        }
        Ok(Err(reason)) => {
            tracing::error!(
                "the new configuration is refused, the old one stays in force:\n{reason}"
            );
            "the last reload was refused; the old configuration is in force".to_owned()
        }
        Err(_) => {
            tracing::error!("reading the new configuration failed, the old one stays in force");
            "the last reload failed; the old configuration is in force".to_owned()
        }
    };
    systemd::ready(&status);
}

/// What a reload replaces.
struct ReloadableState {
    config: Config,
    fetcher: Fetcher,
    render_options: RenderOptions,
    warnings: Problems,
}

/// Everything that a start would need, so that what a reload accepts, a restart accepts.
fn load(folders: &Folders) -> Result<ReloadableState, String> {
    let (config, warnings) = config::load(&folders.config).map_err(|problems| told(&problems))?;
    let credentials = folders.credentials.as_deref();
    Mailer::new(&config.mail, &folders.state, credentials).map_err(|error| error.to_string())?;
    Ok(ReloadableState {
        fetcher: fetcher(&config.fetch).map_err(|error| error.to_string())?,
        render_options: render_options(&config, credentials).map_err(|error| error.to_string())?,
        config,
        warnings,
    })
}

fn told(problems: &Problems) -> String {
    problems.render(Styling::Plain)
}
