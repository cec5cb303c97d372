//! What watches are matched against: one item as a reader sees it.

/// One item as plain text, field by field. Watches match against this and spans point into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Headline.
    pub title: String,
    /// Summary or description, as text.
    pub summary: String,
    /// Body, as text; empty when the feed gives none. Behind it stands what the item says elsewhere, such as
    /// the captions of its pictures, each with a [`PARAGRAPH_SEPARATOR`] before it.
    pub text: String,
    /// Authors, joined with `, `.
    pub author: String,
    /// Categories, each a field of its own: phrases never cross from one to the next.
    pub categories: Vec<String>,
    /// BCP 47 language tag, when the item or its feed says it; `en-GB` counts as `en`.
    pub language: Option<String>,
    /// That is beyond doubt: configured for the feed, or declared and confirmed by the words.
    pub language_certain: bool,
    /// Absolute address of the item as its feed gives it, a redirect among them: see
    /// [`target`](crate::core::feed::links::target).
    pub url: Option<String>,
    /// Id of the feed it came from.
    pub feed: Option<String>,
}

/// What phrases and NEAR do not cross inside a text.
pub const PARAGRAPH_SEPARATOR: char = '\u{2029}';

/// Characters of the first paragraph that belong to the lead, so that a text without line breaks is not all
/// of it; a word that begins among them belongs to it too.
pub const LONGEST_LEAD: usize = 600;

impl Document {
    /// The body alone, without what the item says elsewhere.
    pub fn body(&self) -> &str {
        let end = self.text.find(PARAGRAPH_SEPARATOR);
        let body = &self.text[..end.unwrap_or(self.text.len())];
        body.strip_suffix('\n')
            .filter(|_| end.is_some())
            .unwrap_or(body)
    }

    /// Where the first paragraph of the body ends, in bytes of [`Document::text`]. A paragraph ends at a line
    /// break behind a letter or digit, and has at most [`LONGEST_LEAD`] characters.
    pub fn lead_end(&self) -> usize {
        let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | PARAGRAPH_SEPARATOR);
        let (mut begun, mut length) = (false, 0);
        for (at, character) in self.text.char_indices() {
            begun |= character.is_alphanumeric();
            if character == PARAGRAPH_SEPARATOR || begun && is_break(character) {
                return at;
            }
            length += usize::from(begun);
            if length > LONGEST_LEAD {
                return at;
            }
        }
        self.text.len()
    }

    /// Where the top of the item ends, in bytes of [`Document::text`]: the first [`LONGEST_LEAD`] characters of
    /// its text belong to it, which hold the lead.
    pub fn top_end(&self) -> usize {
        if self.text.len() <= LONGEST_LEAD {
            return self.text.len();
        }
        let mut characters = self.text.char_indices();
        let begun = characters.find(|(_, character)| character.is_alphanumeric());
        let end = begun.and_then(|_| characters.nth(LONGEST_LEAD - 1));
        end.map_or(self.text.len(), |(at, _)| at)
    }

    /// Where its paragraphs begin, in bytes of [`Document::text`]: its lines that are not blank. One that is longer
    /// than [`LONGEST_LEAD`] characters counts as several, for many feeds break no lines.
    pub fn paragraphs(&self) -> Vec<usize> {
        let (mut starts, mut at) = (Vec::new(), 0);
        for line in self.text.split('\n') {
            if !line.trim().is_empty() {
                starts.push(at);
            }
            if line.len() > LONGEST_LEAD {
                let pieces = line.char_indices().skip(LONGEST_LEAD).step_by(LONGEST_LEAD);
                starts.extend(pieces.map(|(piece, _)| at + piece));
            }
            at += line.len() + 1;
        }
        starts
    }

    /// The text of a field; `None` for a category that it does not have.
    pub fn field(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::Title => &self.title,
            Field::Summary => &self.summary,
            Field::Text => &self.text,
            Field::Author => &self.author,
            Field::Category(index) => self.categories.get(usize::from(index))?,
        })
    }

    /// Adds what the item says beside its body.
    pub fn add_paragraph(&mut self, paragraph: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push(PARAGRAPH_SEPARATOR);
        self.text.push_str(paragraph);
    }
}

/// A field of a [`Document`] that a span can point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// [`Document::title`].
    Title,
    /// [`Document::summary`].
    Summary,
    /// [`Document::text`].
    Text,
    /// [`Document::author`].
    Author,
    /// One of [`Document::categories`], by its index.
    Category(u16),
}

impl Field {
    /// The name used in queries and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Text => "text",
            Self::Author => "author",
            Self::Category(_) => "category",
        }
    }
}
