//! `[fetch]` and `[store]` of `newsvigil.toml`.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::SignedDuration;

use super::problem::{Problem, Problems};
use super::table::TableReader;
use crate::core::schedule::Budget;

/// `[fetch]`.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// An address or page that a publisher can write to; part of the user agent.
    pub contact: Option<String>,
    /// Networks that are not public and that feeds may come from all the same.
    pub allow: Vec<IpNet>,
    /// How often feeds are polled; `None`: as suits each feed's own habit.
    pub every: Option<SignedDuration>,
    /// For one whole exchange.
    pub timeout: SignedDuration,
    /// Of a body, after decompression.
    pub max_bytes: u64,
    /// Exchanges under way at once, over all hosts.
    pub concurrency: usize,
    /// Items published longer than this before the first poll of their feed are stored, not mailed.
    pub backlog: SignedDuration,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            contact: None,
            allow: Vec::new(),
            every: None,
            timeout: SignedDuration::from_secs(30),
            max_bytes: 8 << 20,
            concurrency: 32,
            backlog: SignedDuration::from_hours(7 * 24),
        }
    }
}

/// `[store]`.
#[derive(Clone, Copy, Debug)]
pub struct StoreSettings {
    /// How long items are kept in which nothing was found.
    pub retention: SignedDuration,
    /// How long hits are kept, and the messages that carried them; `None`: for ever.
    pub hit_retention: Option<SignedDuration>,
    /// What is taken of one feed in a day.
    pub budget: Budget,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            retention: SignedDuration::from_hours(30 * 24),
            hit_retention: None,
            budget: Budget::default(),
        }
    }
}

/// Reads `[fetch]`; what is missing has its default.
pub(super) fn read_fetch(problems: &mut Problems, table: Option<TableReader<'_>>) -> FetchSettings {
    let mut fetch = FetchSettings::default();
    let Some(mut table) = table else {
        return fetch;
    };
    fetch.contact = table.string(problems, "contact").and_then(|contact| {
        let fits_a_header = contact.value.len() <= 200
            && contact
                .value
                .chars()
                .all(|c| (' '..='~').contains(&c) && c != '(' && c != ')');
        if !fits_a_header {
            problems.push(Problem::error(
                contact.place.clone(),
                "`contact` must be a short address or page in ASCII, without parentheses",
            ));
        }
        fits_a_header.then_some(contact.value)
    });
    for network in table.strings(problems, "allow").unwrap_or_default() {
        let parsed = network
            .value
            .parse::<IpNet>()
            .ok()
            .or_else(|| network.value.parse::<IpAddr>().ok().map(IpNet::from));
        match parsed {
            Some(net) => fetch.allow.push(net),
            None => problems.error(
                network.place,
                format!("`{}` is not a network", network.value),
                "write it like \"10.0.0.0/8\" or \"fd00::/8\"",
            ),
        }
    }
    let minute = SignedDuration::from_mins(1);
    let day = SignedDuration::from_hours(24);
    if let Some(every) = table.duration(problems, "every", minute * 10..=day) {
        fetch.every = Some(every);
    }
    if let Some(timeout) = table.duration(
        problems,
        "timeout",
        SignedDuration::from_secs(1)..=minute * 10,
    ) {
        fetch.timeout = timeout;
    }
    if let Some(size) = table.bytes(problems, "max_bytes", 1 << 10..=256 << 20) {
        fetch.max_bytes = size;
    }
    if let Some(number) = table.integer(problems, "concurrency", 1..=1024) {
        fetch.concurrency = usize::try_from(number).unwrap_or(1);
    }
    if let Some(backlog) = table.duration(problems, "backlog", SignedDuration::ZERO..=day * 3650) {
        fetch.backlog = backlog;
    }
    table.finish(problems);
    fetch
}

/// Reads `[store]`; what is missing has its default.
pub(super) fn read_store(problems: &mut Problems, table: Option<TableReader<'_>>) -> StoreSettings {
    let mut store = StoreSettings::default();
    let Some(mut table) = table else {
        return store;
    };
    let day = SignedDuration::from_hours(24);
    if let Some(retention) = table.duration(problems, "retention", day..=day * 36_500) {
        store.retention = retention;
    }
    store.hit_retention = table.duration(problems, "hit_retention", day * 30..=day * 36_500);
    if let Some(number) = table.integer(problems, "daily_items", 1..=1_000_000) {
        store.budget.items = number.unsigned_abs();
    }
    if let Some(number) = table.integer(problems, "daily_hits", 1..=1_000_000) {
        store.budget.hits = number.unsigned_abs();
    }
    if let Some(size) = table.bytes(problems, "daily_bytes", 64 << 10..=16 << 30) {
        store.budget.bytes = size;
    }
    table.finish(problems);
    store
}
