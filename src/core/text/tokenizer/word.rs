//! A word of a text with its place, and the two readings of a text.

use std::num::NonZeroU64;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where the folded form begins in the buffer given to [`split`](super::split); it runs to the buffer's end.
    pub folded: usize,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text, with the marks that belong to the word.
    pub end: usize,
    /// Folding took away more than case, so the word as written says more than the folded form.
    pub marked: bool,
    /// The folded form in one number, its first byte lowest, when it is at most 8 bytes of ASCII from
    /// the quick pass; otherwise none.
    pub short: Option<NonZeroU64>,
}

/// What is made of a word with a seam in it (`de<U+200B>tained`) or with a mark behind it (`detained¹`):
/// nobody but the writer knows whether they part a word, so there are two readings of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordSegmentation {
    /// A seam ends a word, and what is raised behind one is no part of it and no word.
    Parted,
    /// A seam is nothing, and what is raised is a letter or digit like others.
    Joined,
}
