//! RSS 0.9x and 2.0 (<https://www.rssboard.org/rss-specification>): its elements, identifiers and persons.

use super::fields::ElementRank::{Borrowed, Proper};
use super::fields::Field;
use super::raw::{IdRole, person_named};
use super::xml::attributes::attribute;

/// Whether an address of a namespace, in lower case, is one that stands for RSS.
pub(super) fn is_namespace(address: &str) -> bool {
    [
        "backend.userland.com",
        "blogs.law.harvard.edu",
        "cyber.law.harvard.edu",
        "rssboard.org",
    ]
    .iter()
    .any(|part| address.contains(part))
}

/// The meaning of an element by its local name, in lower case.
pub(super) fn field(local: &str) -> Option<Field> {
    Some(match local {
        "item" => Field::Item,
        "title" => Field::Title(Proper),
        "link" => Field::Link,
        "guid" => Field::Guid,
        "description" => Field::Summary(Proper),
        "encoded" => Field::Content(Proper),
        "body" | "fullitem" => Field::Content(Borrowed),
        "pubdate" => Field::Published(Proper),
        "lastbuilddate" => Field::Updated(Borrowed),
        "author" => Field::Author(Proper),
        "category" => Field::Category,
        "language" => Field::Language,
        "ttl" => Field::Ttl,
        "skiphours" => Field::SkipHours,
        "skipdays" => Field::SkipDays,
        "hour" => Field::Hour,
        "day" => Field::Day,
        "image" | "textinput" | "source" | "cloud" => Field::Ignored,
        _ => return None,
    })
}

/// What a `guid` is by its attributes: an address too, unless `isPermaLink` says otherwise.
pub(super) fn guid_role(attributes: &str) -> IdRole {
    let only_names = attribute(attributes, "isPermaLink")
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("false"));
    if only_names {
        IdRole::Name
    } else {
        IdRole::Address
    }
}

/// A person, whose address and name are one text.
pub(super) fn person(text: &str) -> String {
    // `address (Name)`
    if let Some((address, name)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
        && address.contains('@')
        && !address.trim().contains(char::is_whitespace)
    {
        return person_named(name.trim(), address.trim());
    }
    // `Name <address>`
    if let Some((name, address)) = text.strip_suffix('>').and_then(|text| text.split_once('<'))
        && address.contains('@')
    {
        return person_named(name.trim().trim_matches('"'), address.trim());
    }
    text.to_owned()
}
