//! What was changed from one revision of an item to the next.

use std::collections::HashSet;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::super::PageContext;
use crate::core::digest::clean_line;
use crate::core::document::Document;
use crate::store::StoreError;
use crate::store::entries::{self, EntryRow};
use crate::web::pages::hit as page;

/// Characters of two versions of a text that are compared.
const COMPARED_CHARS: usize = 1_000;

/// How long two versions are compared; what is left then is told as changed.
const COMPARING_AT_MOST: Duration = Duration::from_millis(100);

/// Changes that are shown, the newest.
const REVISIONS_MAX: usize = 5;

/// What was changed from one revision to the next, the newest change first.
pub(super) fn revisions(
    sources: PageContext<'_>,
    entry: &EntryRow,
) -> Result<Vec<page::Revision>, StoreError> {
    let mut changes = Vec::new();
    let mut after = words(entry.without_article().as_ref());
    for revision in (0..entry.revision).rev().take(REVISIONS_MAX) {
        let before = entries::at_revision(sources.connection, entry, revision)?;
        if before.revision != revision {
            break;
        }
        let words = words(before.without_article().as_ref());
        let replaced = entries::replaced_at(sources.connection, entry.id, revision)?;
        if let Some(replaced) = replaced.filter(|_| words != after) {
            changes.push(page::Revision {
                time: sources.time(replaced),
                changes: difference(&words, &after),
            });
        }
        after = words;
    }
    Ok(changes)
}

fn words(document: &Document) -> String {
    let all = [&document.title, &document.summary, &document.text];
    let mut seen = HashSet::new();
    let parts: Vec<&str> = all
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty() && seen.insert(*part))
        .collect();
    clean_line(&parts.join(" "), COMPARED_CHARS)
}

/// What stayed, went and came, word by word.
fn difference(before: &str, after: &str) -> Vec<page::Change> {
    let mut changes: Vec<page::Change> = Vec::new();
    let compared = TextDiff::configure()
        .timeout(COMPARING_AT_MOST)
        .diff_words(before, after);
    for change in compared.iter_all_changes() {
        let (added, removed) = match change.tag() {
            ChangeTag::Equal => (false, false),
            ChangeTag::Insert => (true, false),
            ChangeTag::Delete => (false, true),
        };
        match changes.last_mut() {
            Some(last) if (last.added, last.removed) == (added, removed) => {
                last.text.push_str(change.value());
            }
            _ => changes.push(page::Change {
                text: change.value().to_owned(),
                added,
                removed,
            }),
        }
    }
    changes
}
