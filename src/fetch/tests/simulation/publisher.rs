//! A scripted publisher who is also a judge: it serves a feed over real sockets, by a clock that the
//! test sets, and writes down every offence against good manners.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::core::schedule::FeedHints;

use super::super::Reply;

/// What is wrong at the publisher's at some time.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    /// Nothing.
    None,
    /// This status, without more.
    Status(u16),
    /// This status, with a `Retry-After` in seconds.
    RetrySeconds(u16, i64),
    /// This status, with a `Retry-After` as a date.
    RetryDate(u16, i64),
    /// 429 with a `max-age` and nothing else.
    RetryMaxAge(i64),
    /// An HTML page where the feed should be, with validators of its own.
    Page,
    /// A permanent redirect to `/moved/N`.
    Moved,
    /// 410.
    Gone,
}

/// How a publisher treats validators.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Honesty {
    /// 304 exactly when nothing changed.
    Honest,
    /// 304 to whoever sends validators.
    Liar,
    /// Always the whole body.
    Careless,
}

/// The script.
#[derive(Clone)]
pub(super) struct Script {
    pub(super) name: &'static str,
    /// When entries are published.
    pub(super) posts: Vec<Timestamp>,
    /// Entries in the body.
    pub(super) window: usize,
    pub(super) gives_etag: bool,
    pub(super) gives_date: bool,
    pub(super) honesty: Honesty,
    pub(super) max_age: Option<i64>,
    pub(super) expires: Option<i64>,
    pub(super) hints: FeedHints,
    /// The fault at so many hours after the beginning.
    pub(super) fault: fn(i64) -> Fault,
}

/// A publisher at work, with the judge's notes.
pub(super) struct Publisher {
    pub(super) script: Script,
    begin: Timestamp,
    /// The shortest time between two requests that is no offence.
    shortest: SignedDuration,
    etag: Option<String>,
    date: Option<String>,
    asked_at: Option<Timestamp>,
    unconditional_at: Option<Timestamp>,
    not_before: Option<Timestamp>,
    moved_at: Option<Timestamp>,
    gone: bool,
    pub(super) requests: usize,
    pub(super) unconditional: usize,
    pub(super) bodies: usize,
    pub(super) offences: Vec<String>,
}

impl Publisher {
    pub(super) fn new(script: Script, begin: Timestamp) -> Self {
        // Whoever publishes more than hourly expects to be asked more than hourly.
        let weekly = script.posts.iter().filter(|&&post| {
            post >= begin && post.duration_since(begin) < SignedDuration::from_hours(7 * 24)
        });
        let busy = weekly.count() > 7 * 24;
        Self {
            shortest: if busy {
                SignedDuration::from_mins(10)
            } else {
                SignedDuration::from_hours(1)
            },
            script,
            begin,
            etag: None,
            date: None,
            asked_at: None,
            unconditional_at: None,
            not_before: None,
            moved_at: None,
            gone: false,
            requests: 0,
            unconditional: 0,
            bodies: 0,
            offences: Vec::new(),
        }
    }

    fn fault(&self, now: Timestamp) -> Fault {
        (self.script.fault)(now.duration_since(self.begin).as_hours())
    }

    /// The lines of the feed at `now`: the number and the time of each entry, newest first.
    fn body(&self, now: Timestamp) -> String {
        let mut body = String::new();
        let published = self.published(now);
        let oldest = published.saturating_sub(self.script.window);
        for number in (oldest..published).rev() {
            let _ = writeln!(body, "{number} {}", self.script.posts[number].as_second());
        }
        body
    }

    fn published(&self, now: Timestamp) -> usize {
        self.script.posts.partition_point(|&post| post <= now)
    }

    /// Answers a request, and judges it.
    pub(super) fn answer(&mut self, head: &str, now: Timestamp) -> Reply {
        self.requests += 1;
        self.judge(head, now);
        self.asked_at = Some(now);
        let at_new_address = head.starts_with("GET /moved/");
        let dated = format!("\nDate: {}", http_date(now));
        match self.fault(now) {
            Fault::Moved if !at_new_address => {
                self.moved_at.get_or_insert(now);
                let path = head.split(' ').nth(1).unwrap_or_default();
                Reply::new(
                    &format!("301 Moved Permanently\nLocation: /moved{path}"),
                    b"",
                )
            }
            Fault::None | Fault::Moved => self.serve(head, now, &dated),
            Fault::Status(status) => Reply::new(&format!("{status} Trouble{dated}"), b""),
            Fault::RetrySeconds(status, seconds) => {
                self.forbid(now, seconds);
                Reply::new(
                    &format!("{status} Wait{dated}\nRetry-After: {seconds}"),
                    b"",
                )
            }
            Fault::RetryDate(status, seconds) => {
                self.forbid(now, seconds);
                let until = http_date(now + SignedDuration::from_secs(seconds));
                Reply::new(&format!("{status} Wait{dated}\nRetry-After: {until}"), b"")
            }
            Fault::RetryMaxAge(seconds) => {
                self.forbid(now, seconds);
                Reply::new(
                    &format!("429 Wait{dated}\nCache-Control: max-age={seconds}"),
                    b"",
                )
            }
            Fault::Page => {
                self.etag = Some("\"page\"".to_owned());
                self.date = None;
                if head.contains("if-none-match: \"page\"") {
                    return Reply::new("304 Not Modified", b"");
                }
                if !head.contains("if-none-match: ") {
                    self.judge_unconditional(now);
                }
                Reply::new("200 OK\nETag: \"page\"", b"<html>")
            }
            Fault::Gone => {
                self.gone = true;
                Reply::new("410 Gone", b"")
            }
        }
    }

    fn serve(&mut self, head: &str, now: Timestamp, dated: &str) -> Reply {
        let published = self.published(now);
        let newest = published.checked_sub(1).map(|last| self.script.posts[last]);
        let etag = self
            .script
            .gives_etag
            .then(|| format!("W/\"v{published}\""));
        let date = self
            .script
            .gives_date
            .then(|| newest.map(http_date))
            .flatten();
        let conditional = head.contains("if-none-match: ") || head.contains("if-modified-since: ");
        let matches = match (&etag, &date) {
            (Some(etag), _) => head.contains(&format!("if-none-match: {etag}\r\n")),
            (None, Some(date)) => head.contains(&format!("if-modified-since: {date}\r\n")),
            (None, None) => false,
        };
        let not_modified = match self.script.honesty {
            Honesty::Honest => matches,
            Honesty::Liar => conditional,
            Honesty::Careless => false,
        };
        let mut headers = dated.to_owned();
        if let Some(seconds) = self.script.max_age {
            let _ = write!(headers, "\nCache-Control: max-age={seconds}");
        }
        if let Some(seconds) = self.script.expires {
            let until = http_date(now + SignedDuration::from_secs(seconds));
            let _ = write!(headers, "\nExpires: {until}");
        }
        let hints = self.script.hints.interval().unwrap_or(SignedDuration::ZERO);
        let fresh = self.script.max_age.or(self.script.expires).unwrap_or(0);
        self.forbid(now, fresh.max(hints.as_secs()));
        if not_modified {
            return Reply::new(&format!("304 Not Modified{headers}"), b"");
        }
        if let Some(etag) = &etag {
            let _ = write!(headers, "\nETag: {etag}");
        }
        if let Some(date) = &date {
            let _ = write!(headers, "\nLast-Modified: {date}");
        }
        if !conditional {
            self.judge_unconditional(now);
        }
        self.etag = etag;
        self.date = date;
        self.bodies += 1;
        Reply::new(&format!("200 OK{headers}"), self.body(now).as_bytes())
    }

    fn forbid(&mut self, now: Timestamp, seconds: i64) {
        self.not_before = Some(now + SignedDuration::from_secs(seconds));
    }

    /// A body for nothing: once a day it passes for distrust.
    fn judge_unconditional(&mut self, now: Timestamp) {
        self.unconditional += 1;
        let since = self.unconditional_at.map(|last| now.duration_since(last));
        let could = self.etag.is_some() || self.date.is_some();
        if could && since.is_some_and(|since| since < SignedDuration::from_hours(24)) {
            self.offences
                .push(format!("{now}: unconditional twice within a day"));
        }
        self.unconditional_at = Some(now);
    }

    fn judge(&mut self, head: &str, now: Timestamp) {
        let mut offences = Vec::new();
        let path = head.split(' ').nth(1).unwrap_or_default();
        if path.contains('?') || path.contains('#') {
            offences.push(format!("made up an address: {path}"));
        }
        for line in head.lines().skip(1).take_while(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            match name {
                "accept" | "accept-encoding" | "host" | "user-agent" => {}
                "if-none-match" if self.etag.as_deref() == Some(value) => {}
                "if-modified-since" if self.date.as_deref() == Some(value) => {}
                _ => offences.push(format!("sent {line}, which nobody gave or asked for")),
            }
        }
        let redirected = self.asked_at == Some(now);
        if let Some(last) = self.asked_at
            && !redirected
            && now.duration_since(last) < self.shortest
        {
            offences.push(format!("came again after {:#}", now.duration_since(last)));
        }
        if !redirected && self.not_before.is_some_and(|until| now < until) {
            offences.push("came before it was permitted".to_owned());
        }
        if self.script.hints.after_skips(now) != now {
            offences.push("came at a time that the feed skips".to_owned());
        }
        if self.gone {
            offences.push("came though the feed is over".to_owned());
        }
        if let Some(moved_at) = self.moved_at
            && !head.starts_with("GET /moved/")
            && now.duration_since(moved_at) > SignedDuration::from_hours(7 * 24)
        {
            offences.push("still comes to the old address".to_owned());
        }
        let named = offences
            .into_iter()
            .map(|offence| format!("{now}: {offence}"));
        self.offences.extend(named);
    }
}

fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
