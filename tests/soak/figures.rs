//! What a look at the service shows.

use std::fmt;

/// One look.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Bytes.
    pub resident: u64,
    pub files: u64,
    pub tasks: u64,
    pub answered: u64,
    pub failed: u64,
    pub not_stored: u64,
    pub items: u64,
    pub hits: u64,
    pub mails: u64,
}

impl Figures {
    /// Reads the service's own metrics; `None` when one is missing.
    pub fn read(text: &str) -> Option<Self> {
        let of = |series: &str| -> Option<u64> {
            let line = text.lines().find_map(|line| line.strip_prefix(series))?;
            line.strip_prefix(' ')?.parse().ok()
        };
        Some(Self {
            resident: of("process_resident_memory_bytes")?,
            files: of("process_open_fds")?,
            tasks: of("newsvigil_tasks")?,
            answered: of("newsvigil_polls_total{outcome=\"answered\"}")?,
            failed: of("newsvigil_polls_total{outcome=\"failed\"}")?,
            not_stored: of("newsvigil_polls_total{outcome=\"not_stored\"}")?,
            items: of("newsvigil_items_total{kind=\"new\"}")?,
            hits: of("newsvigil_hits_total")?,
            mails: of("newsvigil_messages_total{outcome=\"sent\"}")?,
        })
    }
}

fn plain(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// The looks of an hour.
#[derive(Clone, Debug, Default)]
pub struct Hour(Vec<Figures>);

impl Hour {
    pub fn add(&mut self, figures: &Figures) {
        self.0.push(figures.clone());
    }

    /// MiB, the median.
    pub fn resident(&self) -> f64 {
        let mut all: Vec<u64> = self.0.iter().map(|look| look.resident).collect();
        all.sort_unstable();
        let middle = all.get(all.len() / 2).copied().unwrap_or_default();
        plain(middle) / f64::from(1 << 20)
    }

    /// The fewest: how many more there are goes with the polls of the moment, but what has leaked is
    /// there at every look.
    pub fn files(&self) -> f64 {
        plain(
            self.0
                .iter()
                .map(|look| look.files)
                .min()
                .unwrap_or_default(),
        )
    }

    /// The fewest.
    pub fn tasks(&self) -> f64 {
        plain(
            self.0
                .iter()
                .map(|look| look.tasks)
                .min()
                .unwrap_or_default(),
        )
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.last();
        write!(
            f,
            "{:.1} MiB resident; {} open files and {} tasks at least; {} polls so far",
            self.resident(),
            self.files(),
            self.tasks(),
            last.map_or(0, |look| look.answered + look.failed)
        )
    }
}
