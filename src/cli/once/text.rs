//! What a run tells people of itself.

use super::outcome::{OWED, RunReport};
use crate::cli::output;
use crate::core::common_cause::{group_by_cause, named};
use crate::daemon::{ArticleReport, FeedFailure, PollReport};
use crate::store::polls::PollCounts;

pub(super) fn for_people(done: &RunReport) {
    feeds(&done.polls);
    items(done.polls.counts);
    articles(&done.articles);
    hits(done.polls.counts, done.articles.hits);
    mail(done);
}

fn feeds(polls: &PollReport) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    if polls.polled == 0 {
        say!("{heading}Feeds{heading:#}    none was due (--all polls every feed)");
        return;
    }
    let polled = output::count(polls.polled, "feed");
    let bad = match polls.failures.len() {
        0 => "all answered".to_owned(),
        failed => format!("{alarm}{failed} failed{alarm:#}"),
    };
    say!("{heading}Feeds{heading:#}    {polled} polled, {bad}");
    list(&polls.failures);
    if polls.failures.len() > 1 && polls.answered == 0 {
        say!("           Nothing on the web answered: is this machine connected?");
    }
    if !polls.incomplete.is_empty() {
        let feeds = output::count(polls.incomplete.len(), "feed");
        say!("           {alarm}{feeds} could not be read whole{alarm:#}");
        list(&polls.incomplete);
    }
}

fn items(counts: PollCounts) {
    let heading = output::HEADING;
    let left_out = match counts.new_left_out + counts.revised_left_out {
        0 => String::new(),
        number => {
            format!(", {number} left for after midnight UTC: more than a feed may bring in a day")
        }
    };
    say!(
        "{heading}Items{heading:#}    {} new, {} revised{left_out}",
        counts.entries_new,
        counts.entries_revised
    );
}

fn articles(report: &ArticleReport) {
    let heading = output::HEADING;
    let ArticleReport {
        asked,
        whole,
        waiting,
        ..
    } = report;
    if asked + waiting > 0 {
        let wait = match waiting {
            0 => String::new(),
            _ => format!(", {waiting} wait for the next run"),
        };
        say!("{heading}Articles{heading:#} {asked} asked for, {whole} read whole{wait}");
    }
}

fn hits(counts: PollCounts, in_articles: u64) {
    let heading = output::HEADING;
    let older = match counts.hits_backlog {
        0 => String::new(),
        number => format!(", {number} of them too old to be mailed"),
    };
    let archive = match counts.hits_archive {
        0 => String::new(),
        number => format!(", {number} of them on many old items that appeared at once"),
    };
    let found = match in_articles {
        0 => String::new(),
        number => format!(", {number} of them found in the article only"),
    };
    say!(
        "{heading}Hits{heading:#}     {}{older}{archive}{found}",
        counts.hits + in_articles
    );
}

fn mail(done: &RunReport) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let given_up = match done.sent.undeliverable {
        0 => String::new(),
        number => format!(", {alarm}{number} given up{alarm:#}"),
    };
    let waiting = match &done.sent.waiting {
        Some(why) => {
            let waiting = match done.outbox.queued {
                0 => OWED.to_owned(),
                number => format!("{number} waiting"),
            };
            format!("{alarm}{waiting}{alarm:#}: {}", output::printable(why, 160))
        }
        None => format!("{} waiting", done.outbox.queued),
    };
    say!(
        "{heading}Mail{heading:#}     {} delivered{given_up}, {waiting}",
        done.sent.delivered
    );
}

/// Lines of failures shown; `status` has the others.
const FAILURES_SHOWN: usize = 12;

fn list(feeds: &[FeedFailure]) {
    let causes = group_by_cause(feeds, |feed| &feed.reason);
    for cause in causes.iter().take(FAILURES_SHOWN) {
        let told = match cause.of.as_slice() {
            [feed] => format!("{}: {}", feed.id, output::printable(&cause.why, 160)),
            several => {
                let ids: Vec<&str> = several.iter().map(|feed| feed.id.as_str()).collect();
                let why = output::printable(&cause.why, 160);
                format!("{} feeds: {why} ({})", ids.len(), named(&ids))
            }
        };
        say!("           {told}");
    }
    let more: usize = causes
        .iter()
        .skip(FAILURES_SHOWN)
        .map(|cause| cause.of.len())
        .sum();
    if more > 0 {
        say!("           and {more} more, which `status` names");
    }
}
