//! What a document has of a list.

use std::fmt;
use std::sync::Arc;

use crate::core::document::Document;
use crate::core::text::tokenizer::fold_text;
use crate::core::watch::lists::ListReference;
use crate::core::watch::span::Span;

/// What a document has of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedList {
    /// How many words the list has, with those of the lists that it takes in.
    pub words: usize,
    /// Those that were found, in the order in which they stand in the document.
    pub found: Vec<FoundWord>,
}

/// A word of a list that a document has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundWord {
    /// As the list writes it.
    pub word: Arc<str>,
    /// The list in which it stands, where that is another one, which the list takes in.
    pub list: Option<Arc<str>>,
    /// The forms of it that were found, each once, as they stand in the document.
    pub forms: Vec<String>,
}

/// Words that are shown, and forms of each.
const MOST_WORDS: usize = 5;
const MOST_FORMS: usize = 3;

impl ExplainedList {
    pub(super) fn new(list: &ListReference, spans: &[Span], document: &Document) -> Self {
        let mut found: Vec<FoundWord> = Vec::new();
        for span in spans {
            let Some(own) = &span.list else { continue };
            let other = (**own != *list.id()).then(|| own.clone());
            let text = document.field(span.field).unwrap_or_default();
            let form = text.get(span.start..span.end).unwrap_or_default();
            let known = found
                .iter_mut()
                .find(|known| known.word == span.term && known.list == other);
            let word = if let Some(word) = known {
                word
            } else {
                found.push(FoundWord {
                    word: span.term.clone(),
                    list: other,
                    forms: Vec::new(),
                });
                let Some(word) = found.last_mut() else {
                    continue;
                };
                word
            };
            let folded = fold_text(form);
            if !word.forms.iter().any(|known| fold_text(known) == folded) {
                word.forms.push(form.to_owned());
            }
        }
        Self {
            words: list.lists().words_in(list.id()),
            found,
        }
    }
}

impl fmt::Display for ExplainedList {
    /// `2 of 214 words: police as “policemen”, soldier`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.words == 1 { "word" } else { "words" };
        write!(f, "{} of {} {plural}: ", self.found.len(), self.words)?;
        for (number, found) in self.found.iter().take(MOST_WORDS).enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            write!(f, "{comma}{}", found.word)?;
            if let Some(list) = &found.list {
                write!(f, " of @{list}")?;
            }
            let plain = fold_text(&found.word);
            let mut others = found.forms.iter().filter(|form| fold_text(form) != plain);
            for (number, form) in others.by_ref().take(MOST_FORMS).enumerate() {
                let before = if number == 0 { " as" } else { "," };
                write!(f, "{before} “{form}”")?;
            }
            if others.next().is_some() {
                f.write_str(", …")?;
            }
        }
        if self.found.len() > MOST_WORDS {
            f.write_str(", …")?;
        }
        Ok(())
    }
}
