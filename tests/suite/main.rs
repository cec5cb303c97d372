//! The program as its users meet it: the real binary, real sockets, real files.

#![allow(
    clippy::too_many_arguments,
    clippy::too_many_lines,
    reason = "a table of cases is read from its top to its end"
)]

mod adopting;
mod article_store;
mod articles_shown;
mod asking_pages;
mod backtest;
mod backup;
mod bad_configuration;
mod bad_feeds;
mod bounds;
mod chance;
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
mod explaining;
mod feed_list;
mod finding;
mod first_hour;
mod hostile;
mod house;
mod identity;
mod ignored_files;
mod items;
mod link_pages;
mod lookers;
mod loss;
mod mail;
mod main_job;
mod matching;
mod newsroom;
mod observing;
mod pages_told;
mod places;
mod printing;
mod readers;
mod reading;
mod reading_room;
mod refusals;
mod replay;
mod retention;
mod secrets;
mod seen;
mod service;
mod setting_up;
mod sitemaps;
mod stories;
mod story_alerts;
mod stuck;
mod survival;
mod tokens;
mod web;
mod week;
mod word_lists;
mod world;
