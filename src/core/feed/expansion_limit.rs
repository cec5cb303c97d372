//! How much text a body may become: what is given once and stands for many is counted as often as it
//! stands there.

use std::cell::Cell;

/// All texts of a feed may have so many times the bytes of its body.
pub(super) const TEXT_FACTOR: usize = 8;
/// And so many bytes more, so that a short body may have a long base or author.
const SLACK_BYTES: usize = 64 * 1024;
/// What a short text in a list takes in memory beside its bytes.
pub(super) const PIECE_BYTES: usize = 56;

/// What is left of the room for text. Once it is spent, the feed is given up.
pub(super) struct ExpansionLimit {
    all: usize,
    left: Cell<usize>,
    is_spent: Cell<bool>,
}

impl ExpansionLimit {
    /// What a body of so many bytes may become.
    pub(super) fn of(body_bytes: usize) -> Self {
        let bytes = body_bytes
            .saturating_mul(TEXT_FACTOR)
            .saturating_add(SLACK_BYTES);
        Self {
            all: bytes,
            left: Cell::new(bytes),
            is_spent: Cell::new(false),
        }
    }

    /// Gives all room back, for what was read is let go of and read again.
    pub(super) fn reset(&self) {
        if !self.is_spent() {
            self.left.set(self.all);
        }
    }

    /// Takes room for so many bytes; `false` when there is no more.
    pub(super) fn take(&self, bytes: usize) -> bool {
        match self.left.get().checked_sub(bytes) {
            Some(left) => self.left.set(left),
            None => self.is_spent.set(true),
        }
        !self.is_spent.get()
    }

    /// Whether more was wanted than there was.
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent.get()
    }
}

/// Of a text that is longer than `bytes`, no more than shows that it is: the assembly cuts and tells it.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    // The longest character has four bytes.
    &text[..text.floor_char_boundary(bytes.saturating_add(4))]
}

/// Adds to a text while it is not longer than `bytes`.
pub(super) fn push_up_to(text: &mut String, more: &str, bytes: usize) {
    if let Some(room) = bytes.checked_sub(text.len()) {
        text.push_str(beginning(more, room));
    }
}
