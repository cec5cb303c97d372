//! Texts with an article in them, as they are stored: deflated (RFC 1951).

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::store::StoreError;

/// Bytes of a text at most. An item with its article is far smaller: see the bounds of feeds and of
/// [`core::article`](crate::core::article).
const LONGEST: usize = 16 << 20;

/// The text into which a hit's spans point, in a query that has `hit`, `entry` and the `revision` of the hit,
/// if that is an earlier one.
pub(in crate::store) const TEXT_OF_HIT: &str = "coalesce(
    iif(hit.in_article, (SELECT inflated(article.text) FROM article
        WHERE article.entry_id = hit.entry_id AND article.revision = hit.revision), NULL),
    revision.text, entry.text)";

/// Packs a text.
pub(super) fn deflate(text: &str) -> Result<Vec<u8>, StoreError> {
    if text.len() > LONGEST {
        return Err(StoreError::Value(format!(
            "a text of {} bytes is longer than is stored",
            text.len()
        )));
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish());
    packed.map_err(|error| StoreError::Value(error.to_string()))
}

/// Unpacks it; `None`, which is logged, where the bytes are none that this program wrote.
pub(in crate::store) fn inflate(packed: &[u8]) -> Option<String> {
    let mut text = String::new();
    let bound = LONGEST as u64 + 1;
    let read = DeflateDecoder::new(packed)
        .take(bound)
        .read_to_string(&mut text);
    let trouble = match read {
        Ok(_) if text.len() <= LONGEST => return Some(text),
        Ok(_) => "it is too long".to_owned(),
        Err(error) => error.to_string(),
    };
    tracing::warn!("the stored text of an article cannot be read, its feed's is taken: {trouble}");
    None
}

/// Gives SQL `inflated(BLOB)`, NULL for NULL and for what cannot be read.
pub(in crate::store) fn add_function(connection: &Connection) -> Result<(), rusqlite::Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("inflated", 1, flags, |context| {
        Ok(context.get_raw(0).as_blob_or_null()?.and_then(inflate))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(text in any::<String>()) {
            prop_assert_eq!(inflate(&deflate(&text).unwrap()), Some(text));
        }

        #[test]
        fn whatever_bytes_there_are_end_within_the_bound(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            prop_assert!(inflate(&bytes).is_none_or(|text| text.len() <= LONGEST));
        }
    }

    #[test]
    fn a_bomb_ends_at_the_bound() {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b'a'; LONGEST + 1]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 100_000);
        assert_eq!(inflate(&bomb), None);
        assert!(deflate(&"a".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn queries_unpack() {
        let connection = Connection::open_in_memory().unwrap();
        add_function(&connection).unwrap();
        let packed = deflate("Été à l'Élysée").unwrap();
        let get = |value: Option<Vec<u8>>| -> Option<String> {
            connection
                .query_row("SELECT inflated(?1)", [value], |row| row.get(0))
                .unwrap()
        };
        assert_eq!(get(Some(packed)).as_deref(), Some("Été à l'Élysée"));
        assert_eq!(get(None), None);
        assert_eq!(get(Some(b"no deflate".to_vec())), None);
    }
}
