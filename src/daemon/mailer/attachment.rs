//! The hits of a digest as a table beside it.

use super::context::MailerContext;
use crate::core::digest::{Attachment, AttachmentFormat, Kind, Privacy};
use crate::core::place;
use crate::export::{HitTable, HitWriter};
use crate::store::digests::PendingScope;
use crate::store::hits::{self, HitFilter};
use crate::store::{StoreError, articles};

/// Hits in one table at most.
const ROWS_MAX: u32 = 2_000;
/// Bytes of one table at most, some rows more or less: servers refuse mails of some ten megabytes.
const BYTES_MAX: usize = 1 << 20;

impl MailerContext<'_> {
    /// The table of a digest to a reader who wants one, with the columns of `hits --csv`, the newest hit first.
    /// Nothing leaves the house for who keeps it sealed.
    pub(super) fn attachment(
        self,
        owing: &PendingScope,
        kind: &Kind,
        number: i64,
        hits: usize,
    ) -> Result<Option<Attachment>, StoreError> {
        let wanted = self.recipient.attach == AttachmentFormat::Csv
            && self.recipient.privacy == Privacy::Open
            && matches!(kind, Kind::Digest(_));
        if !wanted || hits == 0 {
            return Ok(None);
        }
        let unwritten = |error: std::io::Error| StoreError::MailUncomposable(error.to_string());
        let mut table = HitTable::new(Vec::new(), false, false).map_err(unwritten)?;
        let filter = HitFilter {
            pending: Some((self.recipient.id.clone(), owing.clone())),
            limit: Some(ROWS_MAX),
            ..HitFilter::default()
        };
        let mut rows = 0;
        let mut scratch = place::Scratch::default();
        hits::list(self.connection, &filter, &mut |mut hit| {
            if table.size().map_err(unwritten)? >= BYTES_MAX {
                return Ok(());
            }
            let about = self.config.places_of(&hit.document(), &mut scratch);
            let places: Vec<&str> = about
                .iter()
                .map(|place| self.config.places.id(*place))
                .collect();
            hit.feed_title = Some(self.config.outlet(&hit.feed_id, hit.feed_title.take()));
            let page = articles::page_of(self.connection, hit.entry_id, hit.revision)?;
            table.hit(&hit, &places, page.as_ref()).map_err(unwritten)?;
            rows += 1;
            Ok(())
        })?;
        Ok(Some(Attachment {
            name: format!("newsvigil-{number}.csv"),
            bytes: table.into_bytes().map_err(unwritten)?,
            rows,
            hits,
        }))
    }
}
