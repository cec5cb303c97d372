//! A stored item, and what is known of how it became a hit.

use crate::cli::failure::{Failure, NO_INPUT};
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::config::Watch;
use crate::core::article::{PageRead, PageVerdict};
use crate::core::document::Document;
use crate::daemon::VERSION;
use crate::store::{Connection, articles, digests, entries, hits};

/// A stored item as it stood when the watch found it, else as it stands; and what has changed since.
pub(super) fn stored(paths: &Paths, watch: &Watch, number: i64) -> Result<Document, Failure> {
    let connection = paths.require_database()?;
    let entry = entries::get(&connection, number)?.ok_or_else(|| {
        Failure::new(
            NO_INPUT,
            format!("no item {number} is stored; items without a hit are kept for the time of [store] retention"),
        )
    })?;
    let marks = hits::of_entry(&connection, number)?;
    let Some(hit) = marks.iter().find(|hit| hit.watch_id == watch.id) else {
        say!("item {number} is no hit of `{}`", watch.id);
        show_page(&connection, number, entry.revision)?;
        return Ok(if watch.articles {
            entry.document
        } else {
            say!("the watch looks into what the feed says alone (`articles = false`)");
            entry.without_article().into_owned()
        });
    };
    let how = if hit.later {
        "was found later, in what was stored, and became"
    } else {
        "became"
    };
    say!(
        "item {number} {how} a hit of `{}` on {}",
        watch.id,
        output::local_time(hit.found)
    );
    show_news(&connection, number, watch)?;
    if hit.watch_version != watch.version {
        say!(
            "the watch has changed since: it was version {}, and is {} now; what follows is of the watch as it is",
            hit.watch_version,
            watch.version
        );
    }
    if hit.program_version != VERSION {
        say!(
            "newsvigil was version {} then, and is {VERSION} now",
            hit.program_version
        );
    }
    if hit.revision != entry.revision {
        say!("the item was revised since; what follows is of its words as they were");
    }
    let page = show_page(&connection, number, hit.revision)?;
    let then = entries::at_revision(&connection, &entry, hit.revision)?;
    Ok(if hit.in_article {
        say!("it was found in the article, not in what the feed says");
        then.document
    } else {
        if page.is_some_and(|page| page.gives_text) {
            say!("it was found in what the feed says, and what follows is of that");
        }
        then.without_article().into_owned()
    })
}

/// Why each recipient had an alert of an item that was to be told at once, or had none.
fn show_news(connection: &Connection, number: i64, watch: &Watch) -> Result<(), Failure> {
    for judged in digests::of_entry(connection, number)? {
        if judged.watch_id != watch.id {
            continue;
        }
        let recipient = output::printable(&judged.recipient_id, 60);
        let reason = output::printable(&judged.news.reason(), 600);
        if judged.news.is_news() && judged.in_digest {
            say!("it is told to {recipient} in the digest, {reason}");
        } else if judged.news.is_news() {
            say!("it is an alert to {recipient}, {reason}");
        } else {
            say!("it is no alert to {recipient} by itself, {reason}");
        }
    }
    Ok(())
}

/// Tells how the page behind an item was read, and where its text comes from.
fn show_page(
    connection: &Connection,
    number: i64,
    revision: i64,
) -> Result<Option<PageRead>, Failure> {
    let page = articles::page_of(connection, number, revision)?;
    let Some(page) = page else {
        say!("its page was not asked for: the text is what its feed gives");
        return Ok(None);
    };
    let address = output::printable(&page.address, 300);
    match (page.verdict, page.gives_text) {
        (Some(PageVerdict::Whole), true) => {
            say!("the article was read whole: the text comes from {address}");
        }
        (Some(PageVerdict::Whole), false) => {
            say!("the article was read whole, and gives no more than the feed: {address}");
        }
        _ => say!("{}: {address}", output::printable(&page.sentence(), 400)),
    }
    Ok(Some(page))
}
