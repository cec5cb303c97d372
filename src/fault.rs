//! Points at which the program can be told to end as if it had been killed, between what it writes
//! down and what it does; and points at which a thread can be told to work for ever.
//!
//! Without the feature `fault-points`, which only this project's own tests ask for, nothing of it is
//! compiled in. `tests/suite/survival.rs` kills the program at each of them. [`crate::core`] has
//! none: it does nothing that could be left half done.

/// Ends the process at once, without running a destructor, if it was armed for this point.
#[inline]
pub(crate) fn point(name: &'static str) {
    #[cfg(feature = "fault-points")]
    armed::reached(name);
    #[cfg(not(feature = "fault-points"))]
    let _ = name;
}

/// Goes round in a circle for ever, as a parser might, if it was armed for this point.
#[inline]
pub(crate) fn busy(name: &'static str) {
    #[cfg(feature = "fault-points")]
    if armed::is_reached(name) {
        loop {
            std::hint::spin_loop();
        }
    }
    #[cfg(not(feature = "fault-points"))]
    let _ = name;
}

#[cfg(feature = "fault-points")]
pub(crate) use armed::arm;

#[cfg(feature = "fault-points")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Plan {
        point: String,
        passes_left: AtomicU32,
    }

    /// A process has one end, so there is one for the process.
    static PLAN: OnceLock<Plan> = OnceLock::new();

    /// `plan` is a point and at which of its passes the process is to end: `poll-committed:2`.
    pub(crate) fn arm(plan: &str) {
        if let Some((point, pass)) = plan.split_once(':')
            && let Ok(pass) = pass.parse::<u32>()
        {
            let _ = PLAN.set(Plan {
                point: point.to_owned(),
                passes_left: AtomicU32::new(pass),
            });
        }
    }

    pub(super) fn reached(name: &str) {
        if is_reached(name) {
            std::process::abort();
        }
    }

    pub(super) fn is_reached(name: &str) -> bool {
        PLAN.get().is_some_and(|plan| {
            plan.point == name && plan.passes_left.fetch_sub(1, Ordering::SeqCst) == 1
        })
    }
}
