//! What to try when a search finds nothing.

use crate::core::text::search::Search;
use crate::matching;
use crate::store::hits::HitFilter;
use crate::store::{Connection, StoreError};

/// What may be meant by a search that has found nothing.
pub(super) fn hint(
    connection: &Connection,
    filter: &HitFilter,
) -> Result<Option<String>, StoreError> {
    let Some(search) = &filter.search else {
        return Ok(None);
    };
    if Search::read(search).is_empty() {
        return Ok(Some(NO_WORD.to_owned()));
    }
    if reads_like_a_query(search) {
        return Ok(Some(
            "--search takes words and \"phrases in quotes\", all of which must be there; OR \
             between two asks for one of them, and NOT, NEAR and brackets mean nothing to it"
                .to_owned(),
        ));
    }
    let whole = "whole words are searched for, and * behind a word finds longer ones";
    Ok(matching::longer(connection, filter)?.map(|longer| {
        if longer.finds {
            format!("{whole}: try `{}`, which finds something", longer.search)
        } else {
            format!("{whole}, as in `{}`", longer.search)
        }
    }))
}

/// What finds nothing whatever is stored, and would read as if nothing were.
pub(in crate::cli) const NO_WORD: &str =
    "--search holds no word to look for; without it, everything is listed";

/// Whether a search is written in the language of watches, outside its quotes.
pub(in crate::cli) fn reads_like_a_query(search: &str) -> bool {
    let outside = search.split('"').step_by(2);
    outside.flat_map(str::split_whitespace).any(|word| {
        let word = word.trim_matches(['(', ')']);
        matches!(word, "OR" | "NOT" | "NEAR" | "PRE")
            || word.starts_with("NEAR/")
            || word.starts_with("PRE/")
    })
}
