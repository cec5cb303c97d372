//! What an explanation says: of the document as a whole, of each part of the query, and of the score.

use super::list::ExplainedList;
use crate::core::watch::body_only::BodyOnly;
use crate::core::watch::span::Span;

/// Why a watch matched a document, or did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether it matched, all told.
    pub matched: bool,
    /// Language or feed, where they exclude the document; and a score below the threshold. Sentences
    /// without a full stop.
    pub objections: Vec<String>,
    /// What a reader of the query should know of this document. Sentences without a full stop.
    pub notes: Vec<String>,
    /// Where the whole watch matched, as a hit shows it; empty for a miss.
    pub spans: Vec<Span>,
    /// Where it stands, for a match that needs words from below the top of the item.
    pub body_only: Option<BodyOnly>,
    /// The query and its parts.
    pub query: ExplainedPart,
    /// The score table, line by line.
    pub score: Vec<ExplainedScore>,
    /// The sum of the score table.
    pub total: i64,
    /// The least score that is asked for.
    pub threshold: Option<i64>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// The part as canonical text.
    pub text: String,
    /// Whether it holds for the document.
    pub holds: bool,
    /// Where it matched; empty under NOT, and where it does not hold.
    pub spans: Vec<Span>,
    /// For a part that does not hold: what came nearest, or what is missing. A sentence without a full
    /// stop.
    pub miss: Option<String>,
    /// How near it came, where it came near.
    pub near_miss: Option<NearMiss>,
    /// Of a list that holds: which of its words are there.
    pub list: Option<ExplainedList>,
    /// The words of the first of [`spans`](Self::spans), as they stand there.
    pub words: Option<String>,
    /// Whether it stands under NOT: its words speak against the document.
    pub excluding: bool,
    /// How its parts make it up.
    pub shape: Shape,
    /// The parts of which it is made.
    pub parts: Vec<ExplainedPart>,
}

/// How near a part that does not hold came. The nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearMiss {
    /// It asks that something be absent, and that is there.
    Excluded,
    /// Its sides are there, too far apart or the wrong way round.
    Distance,
    /// Some of what is counted is there, too little of it.
    Count,
    /// Another form or spelling of the word is there.
    Form,
    /// It is there in another field.
    Field,
    /// The words of a phrase are there, not side by side.
    Scattered,
}

/// How the parts of a part make it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It has no parts.
    Leaf,
    /// Some of its parts are enough: OR and MIN.
    Choice,
    /// It holds where its part does not.
    Not,
    /// It needs each of its parts, and nothing else: AND.
    All,
    /// It needs its parts in some way: a field around them, NEAR, a count.
    Within,
}

impl ExplainedPart {
    /// The parts, this one or within it, because of which it does not hold although something came
    /// near; the nearest first. Empty for one that holds.
    pub fn near_misses(&self) -> Vec<&ExplainedPart> {
        let mut found = Vec::new();
        self.collect_near_misses(&mut found);
        found.sort_by_key(|part| part.near_miss);
        found
    }

    fn collect_near_misses<'p>(&'p self, found: &mut Vec<&'p ExplainedPart>) {
        if self.holds {
            return;
        }
        if self.near_miss.is_some() {
            found.push(self);
        }
        // What stands under a NOT that fails is there, and so no miss.
        if self.shape != Shape::Not {
            for part in &self.parts {
                part.collect_near_misses(found);
            }
        }
    }

    /// Whether it, or a part of it, came near.
    pub fn is_near_miss(&self) -> bool {
        !self.near_misses().is_empty()
    }

    /// The parts that hold, without those under NOT: of a document that is no match, what is there.
    /// A part that is made of others and does not hold counts as nothing, unless it needs all of them.
    pub fn holding(&self) -> Vec<&ExplainedPart> {
        if self.excluding || self.shape == Shape::Not {
            Vec::new()
        } else if self.holds {
            vec![self]
        } else if matches!(self.shape, Shape::All | Shape::Within) {
            self.parts.iter().flat_map(ExplainedPart::holding).collect()
        } else {
            Vec::new()
        }
    }
}

/// A line of a score table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedScore {
    /// The term as written.
    pub term: String,
    /// Points an occurrence.
    pub weight: i64,
    /// Occurrences in the title.
    pub title: usize,
    /// Occurrences in summary and text.
    pub body: usize,
    /// What it adds.
    pub points: i64,
}
