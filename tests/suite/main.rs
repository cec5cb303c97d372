//! The program as its users meet it: the real binary, real sockets, real files.

mod backtest;
mod backup;
mod bad_configuration;
mod bad_feeds;
mod chance;
mod commands;
mod crashes;
mod damage;
mod database;
mod delivery;
mod explaining;
mod feed_list;
mod hostile;
mod house;
mod mail;
mod main_job;
mod matching;
mod observing;
mod replay;
mod retention;
mod secrets;
mod service;
mod setting_up;
mod survival;
mod web;
mod world;
