//! What has room in a mail, and where the rest is.

use super::language::MessageCatalog;

/// Longest name of a topic, a place, a watch or a feed, in characters.
pub(super) const NAME_CHARS: usize = 120;
/// Bytes of HTML of the names in one list: what strangers call themselves must leave room for what was
/// found.
pub(super) const LIST_BYTES: usize = 8 << 10;
/// Most bytes of HTML in one message. Gmail cuts at 102 KiB, and forwarding adds to it.
pub const HTML_MAX: usize = 90 * 1024;

/// Whether `text` has room, which it then takes. In HTML a character becomes six at most.
pub(super) fn fits(room: &mut usize, text: &str) -> bool {
    let special = text.bytes().filter(|b| b"&<>\"'".contains(b)).count();
    let size = text.len() + 5 * special;
    let enough = size <= *room;
    *room = room.saturating_sub(size);
    enough
}

/// Where the others are that have no room, by the `command` that lists them; empty when all are shown.
pub(super) fn more_by(command: &str, all: usize, shown: usize, catalog: &MessageCatalog) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        more => {
            let values = [("count", more.into()), ("command", command.into())];
            catalog.say_with("more-listed", &values)
        }
    }
}
