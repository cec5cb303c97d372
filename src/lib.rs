//! newsvigil watches news feeds for human-rights abuses and mails what it finds.
//!
//! # The way of the data
//!
//! ```text
//! body bytes -> Entry -> (new? revised? same?) -> Document -> Match -> Hit -> outbox row -> e-mail
//!                                 |                  ^
//!                            article row -> page -> Article
//! ```
//!
//! Each item waits in the table `story_waiting`, too, and is put into its story before mails are made
//! ([`store::stories`], by [`core::story`]).
//!
//! An item is matched at once by what its feed says. The page behind it waits in the table `article`, is asked for by
//! its own loop ([`daemon`]), read by [`core::article`], and what comes of it is matched once more.
//!
//! # The house
//!
//! | room | what it does | what it must not know |
//! |---|---|---|
//! | [`core`] | decides: parsing, matching, schedules, digests, delivery | the clock, the network, the database, the environment |
//! | [`config`] | TOML files to checked values, all problems at once | the network, the database |
//! | [`store`] | SQLite: schema, migrations, one file a concern | `fetch`, `mail` |
//! | [`fetch`] | HTTP: conditional GET, limits, address guard | `store`, `mail` |
//! | [`mail`] | digest to message, message to mailbox | `store`, `fetch` |
//! | [`matching`] | matches to hits: of new items, and of stored ones put to other watches | the network, the clock |
//! | [`export`] | hits to CSV, JSON lines and Atom | the network, the clock |
//! | [`web`] | requests to pages: the reading room over what was found | `fetch`, `mail`, `daemon`, `cli` |
//! | [`daemon`] | wires the rooms together; the only place that spawns tasks | |
//! | [`cli`] | one file a command | |
//!
//! Beside them stand `file`, which opens files that somebody else names, and `fault`, at whose points tests end the
//! program. `core` imports none of the others; `fetch`, `store` and `mail` never import each other. A test
//! holds the imports to this table.
//!
//! # The promises
//!
//! - One transaction stores a poll: entries, hits, the feed's validators and its next poll time. A
//!   validator is never ahead of the entries it stands for. The pages behind the entries are queued in it, and one
//!   transaction more settles a page together with its hits.
//! - One transaction turns hits into an outbox row that carries the complete message, and marks the
//!   hits as carried by it.
//! - A row left in `sending` by a crash is sent again with the same bytes and the same `Message-ID`.
//!
//! # Deliberately absent
//!
//! No global state, no reading of the environment below [`cli`], no clock in [`core`]: `now` and
//! randomness are parameters, which is what lets a test play a year in milliseconds.

#![cfg_attr(
    test,
    allow(
        clippy::too_many_lines,
        reason = "a table of cases is read from its top to its end"
    )
)]

pub mod cli;
pub mod config;
pub mod core;
pub mod daemon;
pub mod export;
mod fault;
pub mod fetch;
mod file;
pub mod mail;
pub mod matching;
pub mod store;
#[cfg(test)]
mod thread_time;
pub mod web;
