//! One hit, with all that is known of it.

use askama::Template;

use super::{Frame, Time};
use crate::core::digest::TextSegment;

/// The page of a hit.
#[derive(Clone, Debug, Template)]
#[template(path = "hit.html", config = "src/web/askama.toml")]
pub struct HitPage {
    /// What is around it.
    pub frame: Frame,
    /// The number of the hit.
    pub id: i64,
    /// The headline, for the tab of the browser.
    pub plain_title: String,
    /// The headline; never empty.
    pub title: Vec<TextSegment>,
    /// Of headline and text.
    pub language: Option<String>,
    /// Who reports it.
    pub outlet: String,
    /// Whose name stands over it; may be empty.
    pub author: String,
    /// Where it happened.
    pub places: Vec<String>,
    /// When it was published, else first seen.
    pub time: Time,
    /// Where it was published; web addresses alone.
    pub link: Option<String>,
    /// Summary and text.
    pub paragraphs: Vec<Vec<TextSegment>>,
    /// Where the text comes from, and what was cut.
    pub source: String,
    /// The page of the watch.
    pub watch_address: String,
    /// The watch, as it was called then.
    pub watch_title: String,
    /// When it was found.
    pub found: Time,
    /// What of watch and program has changed since; may be empty.
    pub versions: String,
    /// Part by part; empty where the watch is gone.
    pub why: Vec<Part>,
    /// Other watches that found the item: address and title.
    pub siblings: Vec<(String, String)>,
    /// What the item said before, the newest change first.
    pub revisions: Vec<Revision>,
    /// Its story.
    pub story: Option<Story>,
    /// Who was told, and who will be.
    pub told: Vec<Notification>,
    /// The judgment in force.
    pub current: Option<Judged>,
    /// Those before, and notes.
    pub history: Vec<Judged>,
    /// What it can be judged.
    pub verdicts: Vec<Verdict>,
    /// Of what there is more than the page has room for, in a sentence; may be empty.
    pub left_out: String,
    /// Where it goes on.
    pub onward: NextHitLinks,
    /// To be pasted into the watch's file.
    pub example: Option<String>,
}

/// Where it goes on from a hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextHitLinks {
    /// What the form sends with a judgment; empty where it goes on nowhere.
    pub next: String,
    /// Where the reader comes from: address and name.
    pub back: (String, &'static str),
    /// The next hit, leaving this one as it is; empty where there is none.
    pub skip: String,
    /// "3 of 20 judged, 17 to go."; empty where no sample is judged.
    pub progress: String,
}

/// A part of a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How deep it stands: 0 for the whole.
    pub depth: usize,
    /// As the watch writes it.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// The words by which it does and where they stand, or what came nearest; may be empty.
    pub found: String,
}

/// A change of an item.
#[derive(Clone, Debug)]
pub struct Revision {
    /// When it was seen.
    pub time: Time,
    /// What stayed, went and came, in the order of the text.
    pub changes: Vec<Change>,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words.
    pub text: String,
    /// Whether they came.
    pub added: bool,
    /// Whether they went.
    pub removed: bool,
}

/// A story.
#[derive(Clone, Debug)]
pub struct Story {
    /// How many reports and outlets, who was first.
    pub sentence: String,
    /// Its reports, the first first.
    pub reports: Vec<Report>,
}

/// A report of a story.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who reports.
    pub outlet: String,
    /// When.
    pub time: Time,
    /// "same event", "copy", "update".
    pub relation: String,
    /// Its headline.
    pub title: String,
    /// Of the headline.
    pub language: Option<String>,
    /// Its page here, if something was found in it.
    pub address: Option<String>,
    /// Why it belongs to the story.
    pub why: String,
}

/// How one recipient was told.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Who.
    pub recipient: String,
    /// "alert, sent", "waits for the next digest".
    pub how: String,
    /// When.
    pub time: Option<Time>,
    /// The number of the mail.
    pub mail: Option<i64>,
}

/// What a reader said of a hit.
#[derive(Clone, Debug)]
pub struct Judged {
    /// "relevant", "irrelevant: too broad"; empty of a note alone.
    pub verdict: String,
    /// Who.
    pub by: String,
    /// When.
    pub time: Time,
    /// As it was written; may be empty.
    pub note: String,
}

/// What a hit can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What the form sends.
    pub value: &'static str,
    /// What the button says.
    pub name: &'static str,
    /// Its access key.
    pub key: char,
}
