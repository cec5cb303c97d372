//! Counts so far above their baseline that they are worth a line.

use jiff::civil::Date;

use super::baseline::Baseline;

/// A watch or a place with so many more stories than is its habit that it is worth a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Anomaly {
    /// What it is.
    pub what: AnomalySubject,
    /// Stories of this week, or of this day.
    pub stories: u64,
    /// Stories that a week has, or this weekday.
    pub baseline: Baseline,
    /// The day, where the reader is; `None` for the whole week.
    pub day: Option<Date>,
    /// The item that stands for the strongest of the stories.
    pub item: i64,
}

impl Anomaly {
    /// A word that stands for it, to be compared with what was told.
    pub fn word(&self) -> String {
        match &self.what {
            AnomalySubject::Watch { id, .. } => format!("watch/{id}"),
            AnomalySubject::Place(place) => format!("place/{}", place.name),
        }
    }

    /// How far it is above its habit, in spreads.
    #[allow(clippy::cast_precision_loss)] // counts of stories are small
    pub fn anomaly_score(&self) -> f64 {
        (self.stories as f64 - self.baseline.median) / self.baseline.spread
    }
}

/// What may be unusual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnomalySubject {
    /// A watch.
    Watch {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// A place.
    Place(Place),
}

/// A place that stories are about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What mails call it.
    pub name: String,
    /// Its id.
    pub id: String,
}
