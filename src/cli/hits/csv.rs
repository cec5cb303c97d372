//! Hits for spreadsheets, as they come.

use std::io::{self, Stdout};

use super::Form;
use crate::core::article::PageRead;
use crate::daemon::HitTable;
use crate::store::hits::HitRow;

pub(super) struct Csv(HitTable<Stdout>);

impl Csv {
    /// `told`: with a column for how a mail told a hit.
    pub(super) fn new(told: bool) -> io::Result<Self> {
        Ok(Self(HitTable::new(io::stdout(), told)?))
    }
}

impl Form for Csv {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
        self.0.hit(hit, places, page)
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.end()
    }
}
