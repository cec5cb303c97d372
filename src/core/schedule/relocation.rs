//! Permanent redirects (RFC 9110 sections 15.4.2 and 15.4.9). One sighting may be a mistake or a
//! hotel's login page; only a redirect that leads to a feed, again and again over days, is adopted.

use jiff::{SignedDuration, Timestamp};

use super::outcome::ResponseMetadata;
use super::result::FeedEvent;
use super::state::{AdoptedRedirect, FeedState, RedirectSightings};

/// Adopted after this many sightings in a row …
const SIGHTINGS: u32 = 3;
/// … over this long at least.
const SIGHTED_FOR: SignedDuration = SignedDuration::from_hours(48);
/// An adopted address that has failed this long is given up again.
const FAILS_FOR: SignedDuration = SignedDuration::from_hours(72);

/// Notes the redirects of an answer that led to a feed, and adopts their target in the end.
pub(super) fn watch(
    before: &FeedState,
    next: &mut FeedState,
    answer: &ResponseMetadata,
    now: Timestamp,
) -> Option<FeedEvent> {
    let asked = &answer.requested_url;
    let Some(to) = answer
        .moved_to
        .as_ref()
        .filter(|to| !gives_up_tls(asked, to))
    else {
        next.moved = None;
        return None;
    };
    let sighting = match &before.moved {
        Some(seen) if seen.to == *to => RedirectSightings {
            times: seen.times.saturating_add(1),
            ..seen.clone()
        },
        _ => RedirectSightings {
            to: to.clone(),
            first_at: now,
            times: 1,
        },
    };
    if sighting.times < SIGHTINGS || now.duration_since(sighting.first_at) < SIGHTED_FOR {
        next.moved = Some(sighting);
        return None;
    }
    let from = match &before.adopted {
        Some(adoption) if adoption.to == *asked => adoption.from.clone(),
        _ => asked.clone(),
    };
    next.moved = None;
    next.adopted = Some(AdoptedRedirect {
        from,
        to: to.clone(),
        at: now,
    });
    Some(FeedEvent::Moved {
        from: asked.clone(),
        to: to.clone(),
    })
}

/// Whoever sits on the wire could send such a redirect later, for good.
fn gives_up_tls(from: &str, to: &str) -> bool {
    from.starts_with("https:") && !to.starts_with("https:")
}

/// Goes back to the configured address when the adopted one keeps failing.
pub(super) fn give_up(
    before: &FeedState,
    next: &mut FeedState,
    now: Timestamp,
) -> Option<FeedEvent> {
    let adoption = before.adopted.as_ref()?;
    if now.duration_since(before.failing_since?) < FAILS_FOR {
        return None;
    }
    next.adopted = None;
    Some(FeedEvent::MovedBack {
        from: adoption.to.clone(),
        to: adoption.from.clone(),
    })
}
