//! The program as its users meet it: the real binary, real sockets, real files.

mod backtest;
mod bad_configuration;
mod bad_feeds;
mod commands;
mod crashes;
mod database;
mod delivery;
mod explaining;
mod feed_list;
mod hostile;
mod house;
mod mail;
mod main_job;
mod matching;
mod replay;
mod secrets;
mod service;
mod web;
mod world;
