//! The text of a term to the words to look for, with the mistakes that its signs invite.

mod wildcard;

use std::ops::Range;

use super::clitics::is_arabic;
use super::problem::Problem;
use super::word::{MAX_PHRASE, Term, Word};
use crate::core::text::abbreviations::{abbreviation, split_abbreviations, without_dots};
use crate::core::text::normalization::{CharacterClass, fold, lower_with_accents, verbatim_form};
use crate::core::text::tokenizer::{fold_text, fold_words};
use wildcard::{is_wildcard, wildcard};

/// Reads a term. `place` is where `text` stands in the query, `whole` that with its quotes.
pub(super) fn read_term(
    text: &str,
    exact: bool,
    place: Range<usize>,
    whole: &Range<usize>,
    problems: &mut Vec<Problem>,
) -> Term {
    let words = read_words(text, exact, place.start, whole, problems);
    // Its problems were told.
    let other = match split_abbreviations(text) {
        Some(letters) => read_words(&letters, exact, place.start, whole, &mut Vec::new()),
        None => put_together(&words, false).unwrap_or_default(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Term {
        text,
        exact,
        words,
        other,
    }
}

fn read_words(
    text: &str,
    exact: bool,
    offset: usize,
    whole: &Range<usize>,
    problems: &mut Vec<Problem>,
) -> Vec<Word> {
    let reader = Reader {
        text,
        offset,
        whole,
        exact,
        listed: false,
        words: Vec::new(),
        problems,
    };
    reader.read()
}

/// Words with letters side by side as one that is found with dots: of `\"l g b t q\"` what finds L.G.B.T.Q.
/// Words of a list stand for their forms; a letter has none.
fn put_together(words: &[Word], listed: bool) -> Option<Vec<Word>> {
    let is_letter = |word: &Word| match word {
        Word::Stem { .. } if !listed => false,
        Word::Plain(folded) | Word::Stem { folded, .. } => {
            let mut letters = folded.chars();
            letters
                .next()
                .is_some_and(|c| c.is_alphabetic() && fold(c).class() == CharacterClass::Letter)
                && letters.next().is_none()
        }
        _ => false,
    };
    let mut together = Vec::new();
    for run in words.chunk_by(|one, next| is_letter(one) && is_letter(next)) {
        match run {
            [one] => together.push(one.clone()),
            letters => together.push(Word::Abbreviation {
                folded: letters.iter().map(Word::folded).collect(),
                dotted: true,
            }),
        }
    }
    (together.len() < words.len()).then_some(together)
}

/// Reads a word or phrase of a list, each word of which stands for its forms. `=` in front of it, or of one of
/// its words, switches that off; case and accents count then for a word with a capital. Behind the words come those
/// in which it is looked for as well, as with [`Term::other`].
pub(super) fn read_listed(text: &str, problems: &mut Vec<Problem>) -> (Vec<Word>, Vec<Word>) {
    let trimmed = text.trim();
    let body = trimmed.strip_prefix('=').unwrap_or(trimmed).trim_start();
    let start = text.find(body).unwrap_or_default();
    let whole = 0..text.len();
    if let Some(at) = body.find('~') {
        let message = "a word of a list stands for its forms without `~`: leave it out";
        let place = start + at..start + at + 1;
        problems.push(Problem::error(place, message).help(""));
        return (Vec::new(), Vec::new());
    }
    let read = |text: &str, problems: &mut Vec<Problem>| {
        let reader = Reader {
            text,
            offset: start,
            whole: &whole,
            exact: trimmed.starts_with('='),
            listed: true,
            words: Vec::new(),
            problems,
        };
        reader.read()
    };
    let words = read(body, problems);
    // Its problems were told.
    let other = match split_abbreviations(body) {
        Some(letters) => read(&letters, &mut Vec::new()),
        None => put_together(&words, true).unwrap_or_default(),
    };
    (words, other)
}

/// Letters, their marks and wildcards stay together; everything else parts words.
fn in_word(c: char) -> bool {
    is_wildcard(c) || fold(c).class() != CharacterClass::Separator
}

struct Reader<'a> {
    text: &'a str,
    offset: usize,
    whole: &'a Range<usize>,
    exact: bool,
    /// It is an entry of a list.
    listed: bool,
    words: Vec<Word>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Word> {
        let mut from = 0;
        while let Some(start) = self.text[from..].find(in_word).map(|at| from + at) {
            let abbreviated = abbreviation(self.text, start);
            if let Some(end) = abbreviated.filter(|&end| !self.text[end..].starts_with(is_wildcard))
            {
                self.abbreviation(from, start, end);
                from = end;
                continue;
            }
            let length = self.text[start..]
                .find(|c| !in_word(c))
                .unwrap_or(self.text.len() - start);
            self.piece(from, start, start + length);
            from = start + length;
        }
        if self.words.len() > MAX_PHRASE {
            self.problems.push(Problem::error(
                self.whole.clone(),
                format!("a phrase has at most {MAX_PHRASE} words"),
            ));
        }
        self.words
    }

    /// An abbreviation with dots at `start..end`.
    fn abbreviation(&mut self, from: usize, start: usize, end: usize) {
        let is_exact = self.exact || self.text[from..start].ends_with('=');
        let letters = without_dots(&self.text[start..end]);
        let folded = fold_text(&letters);
        let word = if is_exact {
            self.exact(folded, &letters)
        } else if self.text[end..].starts_with('~') {
            stemmed(folded, &letters)
        } else if is_arabic(folded.as_bytes()) {
            // It has no capitals to tell it by, and other words are written together with it.
            Word::Plain(folded)
        } else {
            Word::Abbreviation {
                folded,
                dotted: false,
            }
        };
        self.words.push(word);
    }

    /// A run of letters and wildcards at `start..end`; what lies between it and `from` parted it from
    /// the word before.
    fn piece(&mut self, from: usize, start: usize, end: usize) {
        let piece = &self.text[start..end];
        let before = &self.text[from..start];
        let after = self.text[end..].chars().next();
        let exact = self.exact || before.ends_with('=');
        let stem = after == Some('~');
        // Behind a word, the sign before this one is that word's own.
        if let Some(front) = before.strip_suffix('~')
            && (from == 0 || !front.is_empty())
        {
            let sign = self.offset + start - 1;
            self.problems.push(
                Problem::error(
                    sign..self.offset + end + usize::from(stem),
                    "`~` stands behind the word whose forms it finds",
                )
                .help(format!("{piece}~")),
            );
        }
        let span = self.offset + start..self.offset + end + usize::from(stem);
        if let Some((message, help)) = self.clash(piece, exact, stem) {
            self.problems
                .push(Problem::error(with_equals(before, &span), message).help(help));
            return;
        }
        if piece.contains(is_wildcard) {
            match wildcard(piece, &span, self.text, self.whole) {
                Ok(pattern) => self.words.push(Word::Wildcard(pattern)),
                Err(problem) => self.problems.push(problem),
            }
            return;
        }
        if after == Some('!') && end + 1 == self.text.len() && !self.text.contains(' ') {
            self.problems.push(
                Problem::error(span.start..span.end + 1, "any ending is written `*` here")
                    .help(format!("{piece}*")),
            );
        }
        for word in fold_words(piece) {
            let written = &piece[word.start..word.end];
            let found = if exact {
                self.exact(word.folded, written)
            } else if stem || self.listed {
                stemmed(word.folded, written)
            } else {
                Word::Plain(word.folded)
            };
            self.words.push(found);
        }
    }

    /// Signs that do not go together in a word: the message, and what to write instead.
    fn clash(&self, piece: &str, exact: bool, stem: bool) -> Option<(String, String)> {
        if piece.contains(is_wildcard) && (exact || stem) {
            let sign = if exact { '=' } else { '~' };
            let help = if self.exact {
                piece.replace(is_wildcard, "")
            } else {
                piece.to_owned()
            };
            let message = format!("`{sign}` and a wildcard do not go together in one word");
            return Some((message, help));
        }
        let message = "`=` and `~` do not go together in one word";
        (exact && stem).then(|| (message.to_owned(), piece.to_owned()))
    }

    /// A word that stands for itself.
    fn exact(&self, folded: String, written: &str) -> Word {
        // A word of a list without capitals is found in capitals, too.
        if self.listed && !written.chars().any(char::is_uppercase) && !is_arabic(folded.as_bytes())
        {
            Word::Plain(folded)
        } else {
            Word::Exact {
                folded,
                written: verbatim_form(written),
            }
        }
    }
}

fn stemmed(folded: String, written: &str) -> Word {
    Word::Stem {
        folded,
        written: lower_with_accents(written),
    }
}

/// The place of a word with the `=` before it.
fn with_equals(before: &str, span: &Range<usize>) -> Range<usize> {
    span.start - usize::from(before.ends_with('='))..span.end
}
