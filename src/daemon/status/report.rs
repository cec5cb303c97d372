//! How everything stands, as `status --json` writes it.

use serde::Serialize;

use crate::core::article::PageVerdictCounts;

/// How everything stands. Times are Unix seconds.
#[derive(Debug, Serialize)]
pub struct ServiceStatus {
    /// Of the program.
    pub version: &'static str,
    /// What needs a person, each a sentence; empty when nothing does.
    pub needs: Vec<String>,
    /// Feeds of the configuration.
    pub feeds: u64,
    /// Those that answer and publish as is their habit.
    pub feeds_fine: u64,
    /// Feeds that answer, and whose last body was not sound.
    pub repaired: Vec<DamagedFeed>,
    /// The feeds that are not fine, in the order of the configuration.
    pub troubles: Vec<FeedProblem>,
    /// How the pages behind items were read.
    pub articles: ArticlesRead,
    /// Items stored.
    pub entries: u64,
    /// Items that wait to be put into stories.
    pub entries_unplaced: u64,
    /// Hits stored.
    pub hits: u64,
    /// When the newest hit was found.
    pub newest_hit: Option<i64>,
    /// When a feed was last asked.
    pub last_poll: Option<i64>,
    /// When the first of the feeds that were asked before is due again.
    pub next_poll: Option<i64>,
    /// What the service cannot store just now.
    pub database_trouble: Option<String>,
    /// Since when.
    pub database_trouble_since: Option<i64>,
    /// Messages that wait, the one being sent included.
    pub mails_queued: u64,
    /// Messages that a server took.
    pub mails_sent: u64,
    /// Messages given up.
    pub mails_undeliverable: u64,
    /// Messages sent or waiting after an attempt of unknown outcome.
    pub possible_duplicates: u64,
    /// When the oldest message was made that still waits.
    pub oldest_queued: Option<i64>,
    /// What the server, or the failure, said last to one of those that wait.
    pub mails_wait_because: Option<String>,
    /// Until when nothing is sent at all.
    pub sending_rests_until: Option<i64>,
    /// Why.
    pub sending_rests_because: Option<String>,
    /// Recipients for whom no mail can be made.
    pub without_mail: Vec<UncomposableRecipient>,
    /// Feeds that moved for good.
    pub moved: Vec<Moved>,
    /// Mutes that are in force.
    pub mutes: Vec<Muted>,
    /// Recipients whom hits wait for, and whom the configuration does not name any more.
    pub owed_to_unknown_recipients: Vec<String>,
    /// Recipients whom hits wait for, and who get no digest.
    pub owed_without_a_digest: Vec<String>,
    /// Recipients whom nothing can reach.
    pub unreached: Vec<UnreachedRecipient>,
    /// Errors of the configuration, when it is refused.
    pub configuration_errors: u64,
}

/// How the pages behind the items of all feeds were read.
#[derive(Debug, Default, Serialize)]
pub struct ArticlesRead {
    /// Since when they are counted; what waits is counted whatever its age.
    pub since: i64,
    /// The counts.
    #[serde(flatten)]
    pub reading: PageVerdictCounts,
    /// Feeds of which no page is ever read whole.
    pub unreadable: Vec<UnreadablePages>,
}

/// A feed of which no page is ever read whole.
#[derive(Debug, Serialize)]
pub struct UnreadablePages {
    /// The feed's id.
    pub feed: String,
    /// What came of its last pages, and what to do; without its subject.
    pub sentence: String,
}

/// A recipient whom nothing can reach that the watches find.
#[derive(Debug, Serialize)]
pub struct UnreachedRecipient {
    /// The recipient's id.
    pub recipient: String,
    /// Without its subject.
    pub reason: String,
}

/// A recipient for whom no mail can be made.
#[derive(Debug, Serialize)]
pub struct UncomposableRecipient {
    /// The recipient's id.
    pub recipient: String,
    /// Since when.
    pub since: i64,
    /// What is wrong.
    pub why: String,
}

/// A mute that is in force.
#[derive(Debug, Serialize)]
pub struct Muted {
    /// The watch's id.
    pub watch: String,
    /// When it ends.
    pub until: i64,
    /// As given.
    pub reason: String,
    /// Hits that nobody was told of.
    pub held_back: u64,
}

/// A feed that moved for good and is asked at its new address.
#[derive(Debug, Serialize)]
pub struct Moved {
    /// The feed's id.
    pub feed: String,
    /// As configured.
    pub from: String,
    /// As its server says.
    pub to: String,
}

/// A feed that answers, and whose last body was not sound.
#[derive(Debug, Serialize)]
pub struct DamagedFeed {
    /// The feed's id.
    pub feed: String,
    /// What had to be repaired.
    pub warnings: Vec<String>,
}

/// A feed that is not fine.
#[derive(Debug, Serialize)]
pub struct FeedProblem {
    /// The feed's id.
    pub feed: String,
    /// The name of its [`Health`](crate::core::schedule::Health).
    pub health: &'static str,
    /// Since when it has been so.
    pub since: Option<i64>,
    /// Without its subject.
    pub sentence: String,
    /// The same without how long and how often.
    pub cause: String,
}
