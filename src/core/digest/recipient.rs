//! Who reads, and how much of what.

use jiff::tz::TimeZone;

use crate::core::language::primary_subtag;

/// Who reads.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Stable id.
    pub id: String,
    /// Address, `local@domain`.
    pub address: String,
    /// How to greet, if known.
    pub name: Option<String>,
    /// Times are shown in this zone.
    pub time_zone: TimeZone,
    /// How much may leave the house.
    pub privacy: Privacy,
    /// The headings of a digest.
    pub group_by: GroupBy,
    /// In which language its mails speak.
    pub language: Language,
}

/// How much of the content may leave the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    /// Everything is in the mail.
    #[default]
    Open,
    /// The mail says how many items there are, and nothing else.
    Sealed,
}

/// What the headings of a digest are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The topics of the watches.
    #[default]
    Topic,
    /// The places that the items are about.
    Place,
}

/// What a digest carries beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttachmentFormat {
    /// Nothing.
    #[default]
    Nothing,
    /// Its hits as a table.
    Csv,
}

/// A language that mails speak: their headings, sentences, numbers and dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
    /// Arabic, from right to left.
    Arabic,
    /// Russian.
    Russian,
}

impl Language {
    /// Each with its BCP 47 tag.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("en", Self::English),
        ("es", Self::Spanish),
        ("fr", Self::French),
        ("pt", Self::Portuguese),
        ("ar", Self::Arabic),
        ("ru", Self::Russian),
    ];

    /// Whether a text whose BCP 47 tag is this is written in it.
    pub fn is_of(self, tag: &str) -> bool {
        primary_subtag(tag).eq_ignore_ascii_case(self.tag())
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        Self::NAMED
            .into_iter()
            .find_map(|(tag, language)| (language == self).then_some(tag))
            .unwrap_or("en")
    }
}
