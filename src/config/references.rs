//! What a watch may refer to.

use super::feed::Feed;
use super::places::Places;
use super::recipients::Recipient;
use super::words::DefinedWordLists;
use crate::core::watch;

/// What a watch may refer to.
///
/// `None` when the file that names them could not be read: that is told already, and every
/// reference would seem wrong.
pub(super) struct References<'a> {
    /// Empty when the file could not be read.
    pub(super) places: &'a Places,
    pub(super) feeds: Option<&'a [Feed]>,
    pub(super) recipients: Option<&'a [Recipient]>,
    pub(super) library: &'a DefinedWordLists,
}

impl References<'_> {
    /// Whether a mistake in a text is that it names a list which may be there after all.
    pub(super) fn is_doubtful(&self, text: &str, mistake: &watch::Problem) -> bool {
        let named = text.get(mistake.span.clone()).unwrap_or_default().trim();
        let list = named.strip_prefix('@').unwrap_or_default();
        !self.library.is_whole && !list.is_empty() && self.library.lists.get(list).is_none()
    }
}
