//! What the queue answers: what is to be done next, and whether a page was taken in.

use url::Url;

use crate::core::article::queued_page::QueuedPage;
use crate::core::article::verdict::PageVerdict;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueAction {
    /// Ask for the robots.txt that holds for `page`, at `address`.
    Robots {
        /// An address that it holds for.
        page: Url,
        /// Where it is to be had.
        address: Url,
    },
    /// Ask for a page.
    Page(QueuedPage),
    /// Ask nobody: that is what the page came to.
    Settle {
        /// The page.
        page: QueuedPage,
        /// What it came to.
        verdict: PageVerdict,
        /// Why, reading alone.
        why: String,
    },
}

/// Whether there was room for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueAdmission {
    /// It is at hand, perhaps since earlier.
    Queued,
    /// It is not asked for soon.
    Deferred,
    /// It is at hand in the place of a page of another feed, which is to be read from the database again.
    Swapped,
    /// It is not asked for any more: it has waited too long, its feed has had its pages of the
    /// day, or robots.txt refuses it.
    Settled {
        /// The page.
        page: Box<QueuedPage>,
        /// What that counts as.
        verdict: PageVerdict,
        /// Why, reading alone.
        why: String,
    },
    /// Not for more of its host.
    HostFull,
    /// Not for more.
    Full,
}
