//! An item of a story as it is stored, by which the outlets that report it are counted.

use jiff::Timestamp;
use rusqlite::Row;

use crate::core::story::independent_sources::ItemSource;
use crate::store::sql_values::time;

pub(in crate::store) struct StoredSource {
    item: i64,
    outlet: String,
    agency: Option<String>,
    copy_of: Option<i64>,
    sure: bool,
    reported: Timestamp,
}

impl StoredSource {
    /// Reads `entry_id, outlet, agency, copy_of, sure, reported_at`, which stand from this column on.
    pub(in crate::store) fn read(row: &Row<'_>, from: usize) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            item: row.get(from)?,
            outlet: row.get(from + 1)?,
            agency: row.get(from + 2)?,
            copy_of: row.get(from + 3)?,
            sure: row.get(from + 4)?,
            reported: time(row.get(from + 5)?),
        })
    }

    pub(in crate::store) fn source(&self) -> ItemSource<'_> {
        ItemSource {
            item: self.item,
            outlet: &self.outlet,
            agency: self.agency.as_deref(),
            copy_of: self.copy_of,
            sure: self.sure,
            reported: self.reported,
        }
    }
}
