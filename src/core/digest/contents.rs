//! What one recipient should read.

use super::coverage::Coverage;
use super::detail_level::DetailLevel;
use super::items::DigestItem;
use super::recipient::Recipient;
use super::story::DigestStory;
use super::totals::Totals;
use crate::core::week::Anomaly;

/// The hits of a digest as a table, which goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Name of the file.
    pub name: String,
    /// CSV (RFC 4180), in UTF-8.
    pub bytes: Vec<u8>,
    /// Hits that have room in it, the newest.
    pub rows: usize,
    /// Hits that there are.
    pub hits: usize,
}

/// Why the mail is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its time has come.
    Scheduled,
    /// So many alerts were due that one digest takes their place.
    Flood,
}

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything in a window of time.
    Digest(Reason),
    /// One watch, at once.
    Alert {
        /// The watch.
        watch_id: String,
        /// Its title.
        watch_title: String,
    },
}

/// What one recipient should read: how much there is, and as much of it as a mail may have room for.
#[derive(Clone, Debug)]
pub struct Digest {
    /// What kind of mail it is.
    pub kind: Kind,
    /// The mail's own number, by which commands list what it tells.
    pub number: i64,
    /// How much of strangers' words stands in it.
    pub wording: DetailLevel,
    /// Who reads.
    pub recipient: Recipient,
    /// How much there is.
    pub totals: Totals,
    /// New stories to be shown in full, in the order in which they get room: what was to be told at once before
    /// everything else, then the best, in turns of their outlets. The first of them is the best of all.
    pub stories: Vec<DigestStory>,
    /// New stories to be shown as headlines, in the same order behind them.
    pub headlines: Vec<DigestStory>,
    /// Stories that were told before and of which there is only more, a line each, best first.
    pub developing: Vec<DigestStory>,
    /// The best item of each story that went out as alerts in the window, newest first.
    pub alerted: Vec<DigestItem>,
    /// Items found later, best first.
    pub later: Vec<DigestItem>,
    /// Watches and places with far more than is their habit.
    pub unusual: Vec<Anomaly>,
    /// Its hits as a table, where the reader wants that.
    pub attachment: Option<Attachment>,
    /// How complete it is.
    pub coverage: Coverage,
}

impl Digest {
    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        let totals = &self.totals;
        let stories = totals.stories + totals.developing + totals.alerted;
        stories + totals.later == 0 && totals.archives.is_empty()
    }

    /// The story for the subject: the best.
    pub fn strongest(&self) -> Option<&DigestStory> {
        self.stories.first().or_else(|| self.headlines.first())
    }
}
