//! Decisions, and nothing else: no clock, no network, no database, no environment.
//!
//! `now` is a parameter everywhere, and so is randomness. What a function decides it returns as a
//! value that says why; the shell acts on it.
//!
//! | room | what it decides |
//! |---|---|
//! | [`document`] | what watches are matched against: an item as plain text, field by field |
//! | [`language`] | the language of a tag (BCP 47) |
//! | [`text`] | text as all the others read it: out of HTML, normalized, in words |
//! | [`web_page`] | bytes of a page to a tree, within bounds, and what stands in the place of its text |
//! | [`robots`] | what a publisher's robots.txt asks robots to leave alone |
//! | [`feed`] | bytes of a feed, a sitemap or a page of links to entries, each with its identity |
//! | [`watch`] | whether a query matches a document, where, and why |
//! | [`place`] | which places of a gazetteer an item is about |
//! | [`story`] | which items report one event |
//! | [`revision`] | whether a revised item is worth telling again |
//! | [`schedule`] | when a feed is polled next, and what its silence means |
//! | [`calendar`] | when a digest is due; quiet hours |
//! | [`alert`] | whether a hit is told at once, and when |
//! | [`article`] | whether, when and how politely the page behind an item is asked for, and its text |
//! | [`week`] | which counts are unusual beside those of the weeks before |
//! | [`digest`] | what one recipient reads, in which order |
//! | [`delivery`] | what follows from an attempt to deliver a message |
//! | [`common_cause`] | what has one cause in one line |
//! | [`escalation`] | when a person has to look |
//! | [`judgment`] | how precise a watch is, by what people say of its hits |
//! | [`retention_clock`] | by which time it is told how old something is that is to be deleted |
//!
//! They stand from below to above: a room uses only those before it here; a test holds them to it
//! (`tests/suite/circles.rs`).
//!
//! The rule: no file here imports another room of the program, reads a clock, draws a random number, or opens a file
//! or a connection; a test holds them to it (`tests/suite/house.rs`).

pub mod alert;
pub mod article;
pub mod calendar;
pub mod common_cause;
pub mod delivery;
pub mod digest;
pub mod document;
pub mod escalation;
pub mod feed;
pub mod judgment;
pub mod language;
pub mod place;
pub mod retention_clock;
pub mod revision;
pub mod robots;
pub mod schedule;
pub mod story;
pub mod text;
pub mod watch;
pub mod web_page;
pub mod week;
