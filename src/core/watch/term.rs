//! The text of a term to the words to look for, with the mistakes that wildcards invite.

use std::ops::Range;

use super::clitics::is_arabic;
use super::problem::{Problem, SOMETHING};
use super::quotes::needs_quotes;
use super::word::{MAX_PHRASE, MIN_PREFIX, Term, Word};
use crate::core::text::abbreviations::{abbreviation, taken_apart, without_dots};
use crate::core::text::normalization::{Class, as_written, fold, lower_with_accents};
use crate::core::text::tokenizer::{fold_text, fold_words};

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
    let other = match taken_apart(text) {
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
                .is_some_and(|c| c.is_alphabetic() && fold(c).class() == Class::Letter)
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
    let other = match taken_apart(body) {
        Some(letters) => read(&letters, &mut Vec::new()),
        None => put_together(&words, true).unwrap_or_default(),
    };
    (words, other)
}

/// Letters, their marks and wildcards stay together; everything else parts words.
fn in_word(c: char) -> bool {
    matches!(c, '*' | '?' | '？' | '＊') || fold(c).class() != Class::Separator
}

fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?' | '？' | '＊')
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
        let word = if is_exact && self.is_in_any_case(&letters, &folded) {
            Word::Plain(folded)
        } else if is_exact {
            Word::Exact {
                folded,
                written: as_written(&letters),
            }
        } else if self.text[end..].starts_with('~') {
            Word::Stem {
                folded,
                written: lower_with_accents(&letters),
            }
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

    /// Whether a word of a list that stands for itself is found in capitals, too.
    fn is_in_any_case(&self, written: &str, folded: &str) -> bool {
        self.listed && !written.chars().any(char::is_uppercase) && !is_arabic(folded.as_bytes())
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
        if piece.contains(is_wildcard) {
            if exact || stem {
                let sign = if exact { '=' } else { '~' };
                let help = if self.exact {
                    piece.replace(is_wildcard, "")
                } else {
                    piece.to_owned()
                };
                self.problems.push(
                    Problem::error(
                        with_equals(before, &span),
                        format!("`{sign}` and a wildcard do not go together in one word"),
                    )
                    .help(help),
                );
                return;
            }
            return self.wildcard(piece, span);
        }
        if exact && stem {
            self.problems.push(
                Problem::error(
                    with_equals(before, &span),
                    "`=` and `~` do not go together in one word",
                )
                .help(piece),
            );
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
            let found = if exact && self.is_in_any_case(written, &word.folded) {
                Word::Plain(word.folded)
            } else if exact {
                Word::Exact {
                    folded: word.folded,
                    written: as_written(written),
                }
            } else if stem || self.listed {
                Word::Stem {
                    folded: word.folded,
                    written: lower_with_accents(written),
                }
            } else {
                Word::Plain(word.folded)
            };
            self.words.push(found);
        }
    }

    fn wildcard(&mut self, piece: &str, span: Range<usize>) {
        let piece = piece.replace('？', "?").replace('＊', "*");
        let letters = piece.trim_matches(['*', '?']);
        if letters.is_empty() {
            let message = if piece.starts_with('*') {
                "a wildcard needs letters in front of it; for any word between two, use PRE/2"
            } else {
                "`?` stands for one letter and needs letters in front of it"
            };
            let problem = match between(self.text) {
                Between::Nothing => Problem::error(self.whole.clone(), message).help(SOMETHING),
                Between::Parts(help) => Problem::error(self.whole.clone(), message).help(help),
                Between::Words => Problem::error(span, message).help(""),
            };
            self.problems.push(problem);
            return;
        }
        if piece.starts_with(['*', '?']) {
            self.problems.push(
                Problem::error(
                    span,
                    "a wildcard never stands in front: give the words, joined with OR",
                )
                .help(letters),
            );
            return;
        }
        let body = piece.trim_end_matches('*');
        let stars = piece.len() - body.len();
        if let Some((front, _)) = body.split_once('*') {
            self.problems.push(
                Problem::error(
                    span,
                    "`*` stands only at the end of a word; `?` is one letter inside it",
                )
                .help(if letters_in(front) >= MIN_PREFIX {
                    format!("{front}*")
                } else {
                    letters.replace('*', "?")
                }),
            );
            return;
        }
        let mut pattern = String::new();
        for (index, literal) in body.split('?').enumerate() {
            if index > 0 {
                pattern.push('?');
            }
            let words = fold_words(literal);
            let alone =
                words.len() > 1 || literal.chars().any(|c| fold(c).class() == Class::Single);
            if alone {
                self.problems.push(
                    Problem::error(
                        span,
                        "this script has no spaces, so the characters are found inside longer words \
                         without a wildcard",
                    )
                    .help(letters.replace(['*', '?'], "")),
                );
                return;
            }
            if let Some(word) = words.first() {
                pattern.push_str(&word.folded);
            }
        }
        let front = pattern.split('?').next().unwrap_or_default();
        if front.is_empty() {
            self.problems.push(
                Problem::error(span, "a wildcard needs letters in front of it")
                    .help(letters.replace('?', "")),
            );
            return;
        }
        if stars > 0 && letters_in(front) < MIN_PREFIX {
            self.problems.push(
                Problem::error(
                    span,
                    format!(
                        "`*` needs at least {MIN_PREFIX} letters in front of it, or it would match \
                         too much"
                    ),
                )
                .help(body.replace('?', "")),
            );
            return;
        }
        if stars > 0 {
            pattern.push('*');
        }
        self.words.push(Word::Wildcard(pattern));
    }
}

/// What a wildcard without letters stands among.
enum Between {
    /// It is all there is.
    Nothing,
    /// Words of a phrase, in two parts; what finds these that far apart.
    Parts(String),
    /// Words, in some other way.
    Words,
}

fn between(phrase: &str) -> Between {
    let is_star = |word: &&str| word.chars().all(is_wildcard);
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let front = words.iter().take_while(|word| !is_star(word)).count();
    let stars = words[front..]
        .iter()
        .take_while(|word| is_star(word))
        .count();
    let (left, right) = (&words[..front], &words[front + stars..]);
    if left.is_empty() && right.iter().all(is_star) {
        return Between::Nothing;
    }
    if left.is_empty() || right.is_empty() || stars == 0 || right.iter().any(is_star) {
        return Between::Words;
    }
    let quoted = |words: &[&str]| match words {
        [one] if !needs_quotes(one) => (*one).to_owned(),
        _ => format!("\"{}\"", words.join(" ")),
    };
    let distance = stars + 1;
    Between::Parts(format!(
        "({} PRE/{distance} {})",
        quoted(left),
        quoted(right)
    ))
}

/// The place of a word with the `=` before it.
fn with_equals(before: &str, span: &Range<usize>) -> Range<usize> {
    span.start - usize::from(before.ends_with('='))..span.end
}

/// Letters in a folded word. A Hangul syllable is written with two or three.
fn letters_in(folded: &str) -> usize {
    folded
        .chars()
        .map(|c| match c {
            '\u{AC00}'..='\u{D7A3}' if (u32::from(c) - 0xAC00).is_multiple_of(28) => 2,
            '\u{AC00}'..='\u{D7A3}' => 3,
            _ => 1,
        })
        .sum()
}
