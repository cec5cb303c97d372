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
    /// The language is known beyond doubt: the feed's is configured, or what is declared was confirmed.
    pub language_certain: bool,
    /// Absolute address of the item as its feed gives it, a redirect among them: see
    /// [`target`](crate::core::feed::links::target).
    pub url: Option<String>,
    /// Id of the feed it came from.
    pub feed: Option<String>,
}

/// What phrases and NEAR do not cross inside a text.
pub const PARAGRAPH_SEPARATOR: char = '\u{2029}';

impl Document {
    /// The body alone, without what the item says elsewhere.
    pub fn body(&self) -> &str {
        let end = self.text.find(PARAGRAPH_SEPARATOR);
        let body = &self.text[..end.unwrap_or(self.text.len())];
        body.strip_suffix('\n')
            .filter(|_| end.is_some())
            .unwrap_or(body)
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
