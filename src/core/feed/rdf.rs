//! RSS 0.9 and 1.0, which are RDF (<https://web.resource.org/rss/1.0/spec>): what they have beside RSS.

use super::fields::ElementRank::Borrowed;
use super::fields::Field;

/// The attribute by which an item is identified.
pub(super) const ABOUT: &str = "rdf:about";

/// Whether an address of a namespace, in lower case, is one that stands for RSS as RDF.
pub(super) fn is_namespace(address: &str) -> bool {
    [
        "purl.org/rss",
        "purl.org/net/rss",
        "my.netscape.com/rdf",
        "channel.netscape.com",
        "w3.org/1999/02/22-rdf",
    ]
    .iter()
    .any(|part| address.contains(part))
}

/// The meaning of an element of Dublin Core that stands without its prefix, by its name in lower case.
pub(super) fn field(local: &str) -> Option<Field> {
    Some(match local {
        "date" => Field::Published(Borrowed),
        "creator" => Field::Author(Borrowed),
        _ => return None,
    })
}
