//! Wires the rooms together. The only place that spawns tasks, for `run` and for `once` alike.
//!
//! ```text
//! due_times -> poller (poll_queue; poll -> bodies, sitemap_index -> parsing) -> store -> stories -> mailer
//! store -> articles -> store; store -> status, metrics -> metrics_server
//! ```
//!
//! A task is started in `service`, and reads its [`ServiceContext`] anew after a reload; who is woken by what it finds
//! stands in [`WakeSignals`]. A step of every poll belongs in `poll`, of a body in `parsing`; what `status` tells in
//! `status`, a figure in `metrics`.

mod articles;
mod body_reader;
mod due_times;
mod fetched_bodies;
mod listener;
mod logging;
mod mailer;
mod metrics;
mod metrics_server;
mod parsing;
mod poll;
mod poll_queue;
mod poller;
mod retention;
mod service;
mod sitemap_index;
mod status;
mod stories;
mod story_clusterer;
mod systemd;
mod time_scale;
mod unreadable_pages;
mod wake_signals;
mod web;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

pub use articles::{
    ArticleReport, PagePreview, PagePreviewer, read_articles, read_page, reading_articles,
};
pub use body_reader::BodyMemory;
pub use due_times::{DueFeed, DueFeeds, Selection, due_feeds};
pub use logging::{LogTarget, start_logging};
pub use mailer::{
    AlertPacing, ComposeReport, Mailer, MessageSelection, SendReport, SetupError, compose_all,
    preview, preview_week, render_options,
};
pub use metrics::ProcessMetrics;
pub use poller::{FeedFailure, PollReport, forget_polls, poll, recover_polls};
pub use retention::prune;
pub use service::{Folders, ServiceError, run};
pub use status::{
    ArticlesRead, DamagedFeed, FeedProblem, Moved, Muted, ServiceStatus, UnreachedRecipient,
    UnreadablePages,
};
pub use stories::cluster_new_items;
pub use story_clusterer::StoryClusterer;
pub use time_scale::TimeScale;
pub use unreadable_pages::{READING_SPAN, reading_since};
pub use wake_signals::WakeSignals;
pub use web::{WebError, open_room, serve_web};

use crate::config::{Config, FetchSettings};
use crate::fetch::{FetchOptions, FetchSetupError, Fetcher};
use crate::mail::RenderOptions;
pub use crate::matching::{Scratch, hits, hits_in_article, hits_in_stored};
use crate::store::Store;

/// The version that hits and mails carry.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What tells the time. The service reads the system's clock; tests their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What every task works with. Cheap to clone; a reload makes another.
#[derive(Clone)]
pub struct ServiceContext {
    /// What the user wants.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The way to the web.
    pub fetcher: Fetcher,
    /// What messages say of their sender.
    pub render_options: Arc<RenderOptions>,
    /// Room for bodies between the network and the database.
    pub body_memory: Arc<BodyMemory>,
    /// The open stories.
    pub stories: Arc<StoryClusterer>,
    /// Where the database and the local mailbox lie.
    pub state_folder: PathBuf,
    /// What tells the time.
    pub clock: Clock,
    /// What was done since the start.
    pub metrics: Arc<ProcessMetrics>,
}

/// The fetcher that the configuration asks for.
pub fn fetcher(settings: &FetchSettings) -> Result<Fetcher, FetchSetupError> {
    Fetcher::new(&fetch_options(settings))
}

fn fetch_options(settings: &FetchSettings) -> FetchOptions {
    FetchOptions {
        contact: settings.contact.clone(),
        timeout: Duration::try_from(settings.timeout).unwrap_or(Duration::from_secs(30)),
        max_bytes: settings.max_bytes,
        allow: settings.allow.clone(),
        concurrency: settings.concurrency,
        ..FetchOptions::default()
    }
}
