//! The task that polls feeds when they are due.

use jiff::SignedDuration;
use tokio::sync::watch;

use crate::daemon::ServiceContext;
use crate::daemon::due_times::{DueTimes, Selection};
use crate::daemon::poller::{PollReport, PollTasks, catch_up};
use crate::daemon::time_scale::{AFTER_FAULT, TimeScale, until};
use crate::daemon::wake_signals::WakeSignals;

/// Before a feed is asked again whose poll could not be stored.
const POSTPONED_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Polls each feed when it is due, whatever the others do.
pub(super) async fn polling(
    mut current: watch::Receiver<ServiceContext>,
    mut stopped: watch::Receiver<bool>,
    wakes: WakeSignals,
    time_scale: TimeScale,
) {
    let mut service = current.borrow_and_update().clone();
    let mut polls = PollTasks::serving(service.clone());
    while !*stopped.borrow() {
        let due_times = tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            due_times = DueTimes::read(&service) => due_times,
        };
        match due_times {
            Ok(mut due_times) => {
                polls.change_context(service, &mut |place| due_times.hold(place));
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    () = poll_until_changed(&mut current, &wakes, &mut polls, &mut due_times, time_scale) => {}
                }
            }
            Err(error) => {
                if error.affects_all_calls() {
                    // It looked. What is wrong with the database is told as such.
                    service.metrics.looked();
                }
                tracing::error!("feeds cannot be polled: {error}");
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    _ = current.changed() => {}
                    () = time_scale.sleep(AFTER_FAULT) => {}
                }
            }
        }
        service = current.borrow_and_update().clone();
    }
}

/// Polls what is due, again and again, until there is another configuration.
async fn poll_until_changed(
    current: &mut watch::Receiver<ServiceContext>,
    wakes: &WakeSignals,
    polls: &mut PollTasks,
    due_times: &mut DueTimes,
    time_scale: TimeScale,
) {
    let (clock, metrics) = {
        let service = current.borrow();
        (service.clock.clone(), service.metrics.clone())
    };
    loop {
        let mut report = PollReport::default();
        let now = clock();
        metrics.looked();
        let due = due_times.take_due(Selection::Due, now);
        polls.add(due.feeds);
        polls.start_due_polls(&mut report).await;
        let next = due.next.into_iter().chain(polls.wake_at()).min();
        tokio::select! {
            _ = current.changed() => return,
            () = polls.one_ended() => {}
            () = time_scale.sleep(until(next, now)) => {}
        }
        let settled = polls.settle(&mut report).await;
        metrics.polled(&report);
        let stored_at = clock();
        let postponed_until = stored_at.checked_add(POSTPONED_FOR).unwrap_or(stored_at);
        for poll in settled {
            match (poll.place, poll.plan) {
                (Some(place), Some(plan)) => due_times.set(place, plan),
                (Some(place), None) => due_times.postpone(place, stored_at, postponed_until),
                (None, _) => {}
            }
        }
        if let Some((feed, reason)) = report.not_stored.first() {
            let others = match report.not_stored.len() - 1 {
                0 => String::new(),
                others => format!(" and {others} others"),
            };
            tracing::error!(feed = %feed,
                "the poll of {feed}{others} could not be stored and is repeated later: {reason}");
        }
        if report.counts.hits > 0 {
            wakes.news.notify_one();
        }
        if report.counts.articles > 0 {
            wakes.pages.notify_one();
        }
        if let Some(since) = report.cut_off_since {
            let service = current.borrow().clone();
            match catch_up(&service, since).await {
                // The plans are read again.
                Ok(()) => return,
                Err(error) => tracing::warn!("feeds wait for their next poll as planned: {error}"),
            }
        }
    }
}
