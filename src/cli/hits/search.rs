//! What to try when a search finds nothing.

use rusqlite::Connection;

use crate::core::text::search::Search;
use crate::store::StoreError;
use crate::store::hits::{self, HitFilter};

/// Shorter beginnings of words find anything.
const SHORTEST_BEGINNING: usize = 4;
/// Letters that are taken from the end of a word, to find others of its kind.
const ENDING: usize = 4;

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
    let mut shortest = None;
    for cut in 0..=ENDING {
        let Some(longer) = with_stars(search, cut) else {
            break;
        };
        let changed = HitFilter {
            search: Some(longer.clone()),
            ..filter.clone()
        };
        let mut found = false;
        let stopped = hits::list(connection, &changed, &mut |_| {
            found = true;
            Err(StoreError::Stopped)
        });
        match stopped {
            Ok(()) | Err(StoreError::Stopped) => {}
            Err(error) => return Err(error),
        }
        if found {
            return Ok(Some(format!(
                "whole words are searched for, and * behind a word finds longer ones: try `{longer}`, \
                 which finds something"
            )));
        }
        shortest.get_or_insert(longer);
    }
    Ok(shortest.map(|longer| {
        format!(
            "whole words are searched for, and * behind a word finds longer ones, as in `{longer}`"
        )
    }))
}

/// The search with a * behind each word outside of quotes, its last `cut` letters left out; `None` when that
/// changes nothing.
fn with_stars(search: &str, cut: usize) -> Option<String> {
    let mut changed = false;
    let parts: Vec<String> = search
        .split('"')
        .enumerate()
        .map(|(number, part)| {
            if number % 2 == 1 {
                return part.to_owned();
            }
            part.split_inclusive(char::is_whitespace)
                .map(|word| {
                    let bare = word.trim_end();
                    let letters = bare.chars().count();
                    let is_word = bare.ends_with(char::is_alphanumeric)
                        && !matches!(bare, "AND" | "OR")
                        && letters >= SHORTEST_BEGINNING;
                    if !is_word || cut > 0 && letters - cut.min(letters) < SHORTEST_BEGINNING {
                        return word.to_owned();
                    }
                    changed = true;
                    let kept: String = bare.chars().take(letters - cut).collect();
                    format!("{kept}*{}", &word[bare.len()..])
                })
                .collect()
        })
        .collect();
    changed.then(|| parts.join("\""))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_outside_of_quotes_get_a_star() {
        let check = |search: &str, cut, expected: Option<&str>| {
            assert_eq!(
                with_stars(search, cut).as_deref(),
                expected,
                "of {search:?}"
            );
        };
        check("detain", 0, Some("detain*"));
        check("detained", 2, Some("detain*"));
        check("журналистов", 2, Some("журналист*"));
        check(
            "plaza AND \"the shot\" detained",
            0,
            Some("plaza* AND \"the shot\" detained*"),
        );
        check("detain*", 0, None);
        check("\"the shot\"", 0, None);
        check("UN", 0, None);
        check("plaza", 2, None);
    }
}
