//! What the service manager is told (`sd_notify(3)`). Without one, nothing happens.

use std::time::Duration;

use sd_notify::NotifyState;

fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!("the service manager could not be told: {error}");
    }
}

/// The service works.
pub(super) fn ready(status: &str) {
    notify(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// A reload begins; [`ready`] ends it. The time is needed from systemd 253 on, and ignored before.
pub(super) fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(now) => notify(&[NotifyState::Reloading, now]),
        Err(_) => notify(&[NotifyState::Reloading]),
    }
}

/// The service is on its way out.
pub(super) fn stopping() {
    notify(&[NotifyState::Stopping]);
}

/// The service is alive.
pub(super) fn alive() {
    notify(&[NotifyState::Watchdog]);
}

/// How often to say so: half the time after which the manager gives up; `None` when it does not
/// watch.
pub(super) fn watchdog_interval() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|limit| limit / 2)
}
