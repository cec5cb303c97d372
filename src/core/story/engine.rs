//! The open stories, in memory.

use jiff::Timestamp;

use super::cluster::StoryCluster;
use super::document_frequency::{DocumentFrequency, Feed};
use super::documents::{Document, Documents};
use super::hash_maps::Map;
use super::inverted_index::Index;
use super::text::Labels;

/// The open stories, in memory.
///
/// What it knows is a function of the records of the items in the window, in the order in which they were
/// placed: that is why it can be made again from the database, and decides as if it had never stopped.
#[derive(Debug, Default)]
pub struct Engine {
    pub(super) documents: Documents,
    /// What stands where no item is.
    pub(super) nothing: Document,
    pub(super) items: Map<i64, u32>,
    /// The stories of more than one item, and those that are called after an item that has left.
    pub(super) stories: Map<i64, Box<StoryCluster>>,
    pub(super) languages: Map<u32, DocumentFrequency>,
    pub(super) feeds: Map<u32, Feed>,
    pub(super) terms: Index,
    pub(super) texts: Index,
    pub(super) labels: Labels,
    pub(super) leads: Labels,
}

pub(super) fn seconds(time: Timestamp) -> i64 {
    time.as_second()
}

impl Engine {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn get(&self, number: u32) -> Option<&Document> {
        self.documents.get(number)
    }

    /// What is listed anywhere is kept; if it were not, it would say nothing.
    pub(super) fn document(&self, number: u32) -> &Document {
        self.get(number).unwrap_or(&self.nothing)
    }
}
