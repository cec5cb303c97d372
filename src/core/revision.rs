//! Whether a revision of an item is worth telling to those who were told of the item.

use std::collections::BTreeSet;

use super::text::tokenizer::fold_words;

/// Letters that two forms of one word begin with.
const STEM_LETTERS: usize = 4;

/// Folded words of a field in which a watch found something; `spans` are bytes of it, and those that do not
/// fit it give nothing.
pub fn found_words(
    text: &str,
    spans: impl IntoIterator<Item = (usize, usize)>,
) -> BTreeSet<String> {
    spans
        .into_iter()
        .filter_map(|(start, end)| text.get(start..end))
        .flat_map(fold_words)
        .map(|word| word.folded)
        .collect()
}

/// Whether there is a word in `title`, what a watch found in the title as it is now, that is none of those
/// it found `before`, wherever it found them.
///
/// Of two words of which one begins as the other does and goes on, as *protest* and *protesters*, one is a
/// form of the other: an item is not told again for that.
pub fn tells_more(title: &BTreeSet<String>, before: &BTreeSet<String>) -> bool {
    title
        .iter()
        .any(|word| !before.iter().any(|known| are_forms(word, known)))
}

fn are_forms(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short == long || (long.starts_with(short) && short.chars().count() >= STEM_LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, before: &str, more: bool) {
        let words = |text: &str| found_words(text, [(0, text.len())]);
        assert_eq!(tells_more(&words(title), &words(before)), more, "{title}");
    }

    #[test]
    fn other_words_tell_more_and_other_forms_do_not() {
        check("Killed", "detained", true);
        check("killed", "detained, killed", false);
        check("Protesters", "protest", false);
        check("protest", "protesters", false);
        check("", "protest", false);
        check("war", "wars", true);
        check("拘留", "拘留", false);
        check("枪杀", "拘留", true);
    }

    #[test]
    fn spans_that_do_not_fit_find_nothing() {
        assert!(found_words("é", [(1, 2), (0, 9), (2, 1)]).is_empty());
    }
}
