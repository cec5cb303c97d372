//! The text of a page beside what its JSON-LD says that the text is.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use super::blocks::Block;
use crate::core::text::length::amount;

/// Sentences of a text, wherever one may end; the shortest say too little to be looked for.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| {
        matches!(
            c,
            '.' | '?' | '!' | '。' | '？' | '！' | '।' | '॥' | '۔' | '؟' | '։' | '።' | '…' | '\n'
        )
    };
    text.split(ends)
        .map(str::trim)
        .filter(|sentence| amount(sentence) >= 12)
}

/// The sentences of texts, to be asked for one by one: each by its letters and digits alone.
struct Known {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Known {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut known = Self {
            hasher: RandomState::new(),
            hashes: HashSet::new(),
        };
        for sentence in texts.flat_map(sentences) {
            let hash = known.hash(sentence);
            known.hashes.insert(hash);
        }
        known
    }

    fn hash(&self, sentence: &str) -> u64 {
        let letters: String = sentence
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        self.hasher.hash_one(letters)
    }

    fn has(&self, sentence: &str) -> bool {
        self.hashes.contains(&self.hash(sentence))
    }

    /// How much of a text is known, and how much it is.
    fn share(&self, text: &str) -> (usize, usize) {
        let mut sum = (0, 0);
        for sentence in sentences(text) {
            let amount = amount(sentence);
            sum.0 += if self.has(sentence) { amount } else { 0 };
            sum.1 += amount;
        }
        sum
    }
}

/// The text of an article, and sentences that only its JSON-LD has.
pub(super) struct ArticleBody {
    pub text: String,
    pub more: String,
}

/// Joins what was found on a page with what its JSON-LD gives for its text.
///
/// That is cut short on many pages, so it is taken only when it has 80 words and half of what was found. Then it
/// says which of the paragraphs that were found are the article's; where it has more than these, it is the text.
pub(super) fn joined(found: &[Block], body: Option<&str>) -> ArticleBody {
    let whole = || {
        let texts: Vec<&str> = found.iter().map(|block| block.text.as_str()).collect();
        texts.join("\n")
    };
    let Some(body) = body else {
        return ArticleBody {
            text: whole(),
            more: String::new(),
        };
    };
    let said: usize = found.iter().map(|block| amount(&block.text)).sum();
    let in_body = amount(body);
    let text = if has_80_words(body) && in_body * 2 >= said {
        chosen(found, body, said).unwrap_or_else(|| body.to_owned())
    } else {
        whole()
    };
    let known = Known::of(std::iter::once(text.as_str()));
    let lacking: Vec<&str> = sentences(body)
        .filter(|sentence| !known.has(sentence))
        .collect();
    ArticleBody {
        more: lacking.join(".\n"),
        text,
    }
}

/// The paragraphs that JSON-LD confirms; `None` when it has more than they do.
fn chosen(found: &[Block], body: &str, said: usize) -> Option<String> {
    let on_page = Known::of(found.iter().map(|block| block.text.as_str()));
    let (covered, all) = on_page.share(body);
    let whole = || Some(join(found.iter()));
    let is_covered = covered * 10 >= all * 9;
    if !is_covered {
        // Cut off in the middle of what the page has whole.
        let is_prefix = covered * 10 >= all * 7 && is_cut(body) && said > amount(body);
        return is_prefix.then(whole).flatten();
    }
    if is_cut(body) {
        return whole();
    }
    let in_body = Known::of(std::iter::once(body));
    let confirmed: Vec<bool> = found
        .iter()
        .map(|block| {
            let (known, all) = in_body.share(&block.text);
            all > 0 && known * 2 >= all
        })
        .collect();
    let first = confirmed.iter().position(|is| *is)?;
    let last = confirmed.iter().rposition(|is| *is)?;
    let behind: usize = found[last + 1..]
        .iter()
        .map(|block| amount(&block.text))
        .sum();
    if behind * 4 > said {
        // So much is hardly all beside the article.
        return whole();
    }
    let kept = found.iter().enumerate().filter(|&(at, block)| {
        // What JSON-LD leaves out: a lead, headings, quotes and what else is told in sentences.
        let is_heading = block.is_heading && at > first;
        confirmed[at] || at < last && (is_heading || amount(&block.text) >= 80)
    });
    Some(join(kept.map(|(_, block)| block)))
}

/// Whether a text ends before its last sentence does.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end();
    let end = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』')
    });
    text.ends_with('…')
        || text.ends_with("...")
        || !end.ends_with([
            '.', '!', '?', '。', '！', '？', '।', '॥', '۔', '؟', '։', '።',
        ])
}

fn join<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let texts: Vec<&str> = blocks.map(|block| block.text.as_str()).collect();
    texts.join("\n")
}

/// Whether a text has as many words as another source's body needs to be believed: 80, or as much text in a
/// script that does not part words.
fn has_80_words(text: &str) -> bool {
    text.split_whitespace().nth(79).is_some()
        || amount(text) >= 480 && {
            let words = text.split_whitespace().count().max(1);
            amount(text) / words > 20
        }
}

#[cfg(test)]
mod tests {
    use super::has_80_words;

    #[test]
    fn eighty_words_are_counted_or_weighed() {
        assert!(has_80_words(&"word ".repeat(80)));
        assert!(!has_80_words(&"word ".repeat(79)));
        assert!(has_80_words(&"警察拘捕了五名記者。".repeat(20)));
        assert!(!has_80_words(&"longer-word ".repeat(60)));
    }
}
