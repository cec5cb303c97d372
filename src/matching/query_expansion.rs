//! What to look for where whole words find nothing.

use crate::store::hits::{self, HitFilter};
use crate::store::{Connection, StoreError};

/// Shorter beginnings of words find anything.
const SHORTEST_BEGINNING: usize = 4;
/// Letters that are taken from the end of a word, to find others of its kind.
const ENDING: usize = 4;

/// A search for words that begin as those do which were looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandedSearch {
    /// As it is typed.
    pub search: String,
    /// Whether it finds something.
    pub finds: bool,
}

/// The search for longer words that finds something, else the nearest to what was asked for; `None` where there is no
/// other.
///
/// # Errors
/// Those of the database.
pub fn longer(
    connection: &Connection,
    filter: &HitFilter,
) -> Result<Option<ExpandedSearch>, StoreError> {
    let mut shortest = None;
    let search = filter.search.as_deref().unwrap_or_default();
    for cut in 0..=ENDING {
        let Some(search) = with_stars(search, cut) else {
            break;
        };
        let changed = HitFilter {
            search: Some(search.clone()),
            ..filter.clone()
        };
        let mut finds = false;
        let stopped = hits::list(connection, &changed, &mut |_| {
            finds = true;
            Err(StoreError::Stopped)
        });
        match stopped {
            Ok(()) | Err(StoreError::Stopped) => {}
            Err(error) => return Err(error),
        }
        if finds {
            return Ok(Some(ExpandedSearch { search, finds }));
        }
        shortest.get_or_insert(ExpandedSearch { search, finds });
    }
    Ok(shortest)
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
