//! The fetcher against real sockets.

mod answers;
mod concurrency;
mod encrypted;
mod failures;
mod files;
mod pages;
mod redirects;
mod requests;
mod server;
mod simulation;

use std::time::Duration;

use crate::core::schedule::{
    Failure, FailureKind, Modified, Outcome, Request, ResponseSpeed, Throttled, Validators,
};

use super::MemoryReservation;

use super::fetcher::Fetcher;
use super::options::{FetchOptions, FetchSetupError};
use super::redirects::FeedFetch;
use server::{Reply, Server};

/// Loopback is open, and there is patience for a busy machine.
fn options() -> FetchOptions {
    FetchOptions {
        allow: vec!["127.0.0.0/8".parse().unwrap()],
        timeout: Duration::from_secs(20),
        connect_timeout: Duration::from_secs(20),
        stall_timeout: Duration::from_secs(20),
        slow_after: Duration::from_millis(50),
        max_bytes: 1024 * 1024,
        ..FetchOptions::default()
    }
}

/// The same, in a hurry: for what never comes.
fn hurried() -> FetchOptions {
    FetchOptions {
        timeout: Duration::from_millis(800),
        connect_timeout: Duration::from_millis(600),
        stall_timeout: Duration::from_millis(300),
        ..options()
    }
}

fn fetcher() -> Fetcher {
    Fetcher::new(&options()).unwrap()
}

async fn get(url: &str) -> Outcome {
    get_with(&options(), url).await
}

async fn get_with(options: &FetchOptions, url: &str) -> Outcome {
    let fetcher = Fetcher::new(options).unwrap();
    fetcher
        .fetch(&Request::new(url, Validators::default()))
        .await
}

#[track_caller]
fn expect_modified(outcome: Outcome) -> Modified {
    match outcome {
        Outcome::Modified(modified) => modified,
        other => panic!("not modified: {other:?}"),
    }
}

#[track_caller]
fn expect_failed(outcome: Outcome) -> Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        other => panic!("did not fail: {other:?}"),
    }
}

#[track_caller]
fn expect_throttled(outcome: Outcome) -> Throttled {
    match outcome {
        Outcome::Throttled(throttled) => throttled,
        other => panic!("was not throttled: {other:?}"),
    }
}
