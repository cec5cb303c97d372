//! Who reports a story, as an alert names them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::core::story::independent_sources::{ItemSource, independent};

/// Outlets that a [`Corroboration`] names at most.
pub const OUTLETS_NAMED: usize = 12;

/// The independent outlets that report a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corroboration {
    /// Their names, the first to report it before the others, [`OUTLETS_NAMED`] at most.
    pub outlets: Vec<String>,
    /// How many they are.
    pub count: usize,
    /// When the first of them reported it.
    pub first: Timestamp,
}

impl Corroboration {
    /// Of a story of these items; `None` of none.
    pub fn of(sources: &[ItemSource<'_>]) -> Option<Self> {
        let firsts = independent(sources);
        let reports: Vec<&ItemSource<'_>> = firsts
            .iter()
            .filter_map(|place| sources.get(*place))
            .collect();
        let outlets = reports.iter().take(OUTLETS_NAMED);
        Some(Self {
            outlets: outlets
                .map(|source| source.outlet.trim().to_owned())
                .collect(),
            count: reports.len(),
            first: reports.first()?.reported,
        })
    }

    /// Of an item that is in no story: its outlet alone.
    pub fn alone(outlet: &str, reported: Timestamp) -> Self {
        Self {
            outlets: vec![outlet.to_owned()],
            count: 1,
            first: reported,
        }
    }
}

#[cfg(test)]
mod tests;
