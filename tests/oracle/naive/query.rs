//! Queries, and how they are written.

use super::words::{Way, Word};
use crate::lists;

/// A query.
#[derive(Clone, Debug)]
pub enum Ask {
    Term(Term),
    Field(&'static str, Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    But(Box<Ask>, Box<Ask>),
    Near(Vec<Term>, u32, Vec<Term>),
    Pre(Vec<Term>, u32, Vec<Term>),
    NotNear(Vec<Term>, u32, Vec<Term>),
    AtLeast(usize, Vec<Term>),
    Min(usize, Vec<Ask>),
    Site(&'static str),
}

/// A word or phrase, or a list, with a field of its own or without.
#[derive(Clone, Debug)]
pub struct Term {
    pub field: Option<&'static str>,
    pub of: Of,
}

#[derive(Clone, Debug)]
pub enum Of {
    Words(Vec<Word>),
    /// By its number.
    List(usize),
}

impl Term {
    /// The words with their signs.
    pub fn text(&self) -> String {
        match &self.of {
            Of::List(list) => format!("@{}", lists::id(*list)),
            Of::Words(words) => {
                let words = words.iter().map(|word| match word.way {
                    Way::Exact => format!("={}", word.text),
                    Way::Stem => format!("{}~", word.text),
                    _ => word.text.clone(),
                });
                words.collect::<Vec<_>>().join(" ")
            }
        }
    }

    pub fn print(&self) -> String {
        let text = self.text();
        let text = if text.contains(' ') {
            format!("\"{text}\"")
        } else {
            text
        };
        self.field
            .map_or(text.clone(), |field| format!("{field}:{text}"))
    }
}

fn group(terms: &[Term]) -> String {
    let terms: Vec<String> = terms.iter().map(Term::print).collect();
    match terms.as_slice() {
        [one] => one.clone(),
        _ => format!("({})", terms.join(" OR ")),
    }
}

impl Ask {
    pub fn print(&self) -> String {
        let all = |parts: &[Ask], joint: &str| {
            let parts: Vec<String> = parts.iter().map(Ask::print).collect();
            parts.join(joint)
        };
        match self {
            Ask::Term(term) => term.print(),
            Ask::Field(field, of) => format!("{field}:({})", of.print()),
            Ask::All(of) => format!("({})", all(of, " AND ")),
            Ask::Any(of) => format!("({})", all(of, " OR ")),
            Ask::But(a, b) => format!("({} AND NOT {})", a.print(), b.print()),
            Ask::Near(a, n, b) => format!("{} NEAR/{n} {}", group(a), group(b)),
            Ask::Pre(a, n, b) => format!("{} PRE/{n} {}", group(a), group(b)),
            Ask::NotNear(a, n, b) => format!("{} NOT NEAR/{n} {}", group(a), group(b)),
            Ask::AtLeast(n, of) => format!("ATLEAST/{n}({})", group(of)),
            Ask::Min(k, of) => format!("MIN/{k}({})", all(of, ", ")),
            Ask::Site(domain) => format!("site:{domain}"),
        }
    }
}
