//! Operators that became words of a phrase: `"police or army"`, `"police near/5 protest"`.

use super::term_text::TermText;
use super::warning::{ForeignSyntaxWarning, TermContext};
use crate::core::watch::limits::MAX_DISTANCE;

/// Phrases with `or` that are phrases.
const SAYINGS: [&str; 8] = [
    "dead or alive",
    "more or less",
    "sooner or later",
    "life or death",
    "whether or not",
    "one or more",
    "right or wrong",
    "trick or treat",
];
/// Behind these, `not` belongs to the verb.
const VERBS: [&str; 23] = [
    "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "will",
    "would", "can", "could", "may", "might", "must", "should", "shall", "or", "why",
];

/// A phrase, word by word.
struct Phrase<'t> {
    written: TermText<'t>,
    words: Vec<&'t str>,
    is_saying: bool,
}

/// `"police or army"`, `"police near/5 protest"`: an operator that became a word of the phrase.
pub(super) fn quoted(written: TermText<'_>, context: TermContext) -> Option<ForeignSyntaxWarning> {
    let lower = written.text.to_lowercase();
    let phrase = Phrase {
        written,
        words: written.text.split_whitespace().collect(),
        is_saying: SAYINGS.iter().any(|saying| lower.contains(saying)),
    };
    let (operator, help) = phrase
        .two_sides()
        .or_else(|| phrase.alternating(context))
        .or_else(|| phrase.of_three())?;
    ForeignSyntaxWarning::new(
        format!(
            "`{operator}` inside quotes is a word: operators stand outside of them, in capitals"
        ),
        help,
    )
}

/// An operator as it was written, and what to write instead.
type Found = (String, Option<String>);

impl Phrase<'_> {
    fn is(&self, at: usize, name: &str) -> bool {
        self.words.get(at).is_some_and(|word| *word == name)
    }

    /// The words before `from`, and those from `to` on, as terms with an operator between them.
    fn parted(&self, from: usize, to: usize, operator: &str) -> Found {
        let term = |words: &[&str]| self.written.term(&words.join(" "));
        let (left, right) = (term(&self.words[..from]), term(&self.words[to..]));
        (
            self.words[from..to].join(" "),
            Some(format!("({left} {operator} {right})")),
        )
    }

    /// `police near/5 protest`, `police and not football`: what parts the phrase in two.
    fn two_sides(&self) -> Option<Found> {
        let words = &self.words;
        for at in 1..words.len().saturating_sub(1) {
            if let Some((operator, number, length)) = distance_operator(&words[at..]) {
                if at + length >= words.len() {
                    continue;
                }
                return Some(self.parted(at, at + length, &format!("{operator}/{number}")));
            }
            if matches!(words[at], "and" | "but" | "or")
                && self.is(at + 1, "not")
                && at + 2 < words.len()
                && !self.is_saying
            {
                return Some(self.parted(at, at + 2, "AND NOT"));
            }
        }
        None
    }

    /// `police or army or court`.
    fn alternating(&self, context: TermContext) -> Option<Found> {
        let words = &self.words;
        // In a list of alternatives, one `or` is of a phrase; one `and` is, unless it is all there is.
        let least_or = if context == TermContext::Branch { 2 } else { 1 };
        let least_and = if context == TermContext::Alone { 1 } else { 2 };
        for (operator, joint, least) in [("or", " OR ", least_or), ("and", " AND ", least_and)] {
            let inner = 1..words.len().saturating_sub(1);
            let count = inner.filter(|&at| self.is(at, operator)).count();
            let alternating =
                words.len() % 2 == 1 && (1..words.len()).step_by(2).all(|at| self.is(at, operator));
            if count >= least && (least == 1 || alternating) && !self.is_saying {
                let help = self.written.joined(&split(words, operator), joint);
                return Some((operator.to_owned(), help));
            }
        }
        None
    }

    /// `police not football`, `police near protest`.
    fn of_three(&self) -> Option<Found> {
        let [left, operator @ ("not" | "near"), _] = self.words.as_slice() else {
            return None;
        };
        if VERBS.contains(&left.to_lowercase().as_str()) {
            return None;
        }
        let meant = if *operator == "not" {
            "AND NOT"
        } else {
            "NEAR/10"
        };
        Some(self.parted(1, 2, meant))
    }
}

fn split(words: &[&str], operator: &str) -> Vec<String> {
    let parts = words.split(|word| *word == operator);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(|part| part.join(" ")).collect()
}

/// `near/5`, `w/5`, `near 5`, `within 5 words of` at the head of `words`: the operator, its number, and how
/// many words that are.
fn distance_operator(words: &[&str]) -> Option<(&'static str, u32, usize)> {
    let clamped = |number: &str| {
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().unwrap_or(u32::MAX);
        digits.then(|| number.clamp(1, MAX_DISTANCE))
    };
    let first = words.first()?.to_lowercase();
    if let Some((name, number)) = first.split_once('/') {
        let operator = match name {
            "near" | "w" | "n" | "adj" | "within" => "NEAR",
            "pre" => "PRE",
            _ => return None,
        };
        return Some((operator, clamped(number)?, 1));
    }
    let number = clamped(words.get(1)?);
    match (first.as_str(), number) {
        ("near", Some(number)) => Some(("NEAR", number, 2)),
        ("within", Some(number))
            if words.get(2).is_some_and(|word| word.starts_with("word"))
                && words.get(3) == Some(&"of") =>
        {
            Some(("NEAR", number, 4))
        }
        _ => None,
    }
}
