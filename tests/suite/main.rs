//! The program as its users meet it: the real binary, real sockets, real files.

#![allow(
    clippy::too_many_arguments,
    clippy::too_many_lines,
    reason = "a table of cases is read from its top to its end"
)]

mod adopting;
mod article_fetching;
mod article_store;
mod articles_shown;
mod backtest;
mod backup;
mod bad_configuration;
mod bad_feeds;
mod bounds;
mod circles;
mod commands;
mod connection;
mod correcting;
mod corrections;
mod corroborating;
mod crashes;
mod damage;
mod database;
mod dates;
mod delivery;
mod digests;
mod discovery;
mod explaining;
mod feed_list;
mod first_hour;
mod hostile;
mod house;
mod identity;
mod ignored_files;
mod init;
mod items;
mod link_pages;
mod loss;
mod mail;
mod main_job;
mod matching;
mod newsroom;
mod observing;
mod pages_told;
mod places;
mod printing;
mod random;
mod read_only_commands;
mod readers;
mod reading;
mod reading_room;
mod refusals;
mod replay;
mod retention;
mod secrets;
mod service;
mod sitemaps;
mod stories;
mod story_alerts;
mod stuck_body;
mod survival;
mod tokens;
mod visible_text;
mod web;
mod week;
mod word_lists;
mod world;
