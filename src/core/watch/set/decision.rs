//! Whether a watch matches a document, with which score, and where.

use super::restrictions::Restriction;
use crate::core::document::Field;
use crate::core::watch::body_only::BodyOnly;
use crate::core::watch::cost;
use crate::core::watch::evaluate::Evaluation;
use crate::core::watch::list_matches::AttachedLists;
use crate::core::watch::occurrences::{LISTED, Occurrence, Source};
use crate::core::watch::program::NodeId;
use crate::core::watch::score::{MOST_COUNTED, points};
use crate::core::watch::span::{MAX_SPANS, Span};

/// A document that a watch found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index of the watch in the list that was compiled.
    pub watch: usize,
    /// Sum of the score table; 0 without one.
    pub score: i64,
    /// The terms that made it match, in order of field and place, each once; the first [`MAX_SPANS`].
    pub spans: Vec<Span>,
    /// To decide it would have taken more steps than are spent on an item and a watch: it may match or
    /// not, and there are neither score nor spans. [`cost_problem`](crate::core::watch::cost_problem) foresees
    /// which watches this can happen to.
    pub undecided: bool,
    /// Where it stands, if it would be none by the top of the item alone. None for a watch that asks for the
    /// `text:` anyway.
    pub body_only: Option<BodyOnly>,
}

/// A compiled watch.
pub(super) struct Watch {
    pub(super) root: NodeId,
    pub(super) restriction: Restriction,
    pub(super) score: Box<[(Source, i64)]>,
    pub(super) threshold: Option<i64>,
    pub(super) asks_for_text: bool,
}

impl Watch {
    /// Whether it matches the document under evaluation.
    pub(super) fn decide(
        &self,
        number: usize,
        evaluation: &Evaluation<'_>,
        lists: &AttachedLists,
        occurrences: &mut Vec<Occurrence>,
    ) -> Option<Match> {
        let undecided = Match {
            watch: number,
            score: 0,
            spans: Vec::new(),
            undecided: true,
            body_only: None,
        };
        let steps = cost::steps(evaluation.index.words());
        evaluation.steps.set(steps);
        let holds = evaluation.holds(self.root);
        if evaluation.is_step_limit_reached() {
            return Some(undecided);
        }
        if !holds {
            return None;
        }
        let score = self
            .score
            .iter()
            .map(|&(source, weight)| score_of(evaluation, source, weight))
            .fold(0, i64::saturating_add);
        if evaluation.is_step_limit_reached() {
            return Some(undecided);
        }
        if self.threshold.is_some_and(|threshold| score < threshold) {
            return None;
        }
        let spans = self.spans(evaluation, lists, occurrences);
        let body_only = if self.asks_for_text {
            None
        } else {
            evaluation.body_only(self.root, &spans)
        };
        Some(Match {
            watch: number,
            score,
            spans,
            undecided: false,
            body_only,
        })
    }

    /// Where it matches, in order: the first [`MAX_SPANS`].
    fn spans(
        &self,
        evaluation: &Evaluation<'_>,
        lists: &AttachedLists,
        occurrences: &mut Vec<Occurrence>,
    ) -> Vec<Span> {
        occurrences.clear();
        evaluation.contributions(self.root, occurrences);
        // Positions go up from field to field as fields do, so sorting numbers sorts spans; only terms at
        // the same place are left.
        occurrences.sort_unstable();
        occurrences.dedup();
        occurrences.truncate(MAX_SPANS);
        let mut spans: Vec<Span> = Vec::with_capacity(occurrences.len());
        spans.extend(
            occurrences
                .iter()
                .filter_map(|&one| span_of(evaluation, lists, one)),
        );
        let place = |one: &Occurrence| (one.start, one.end);
        if occurrences
            .windows(2)
            .any(|two| place(&two[0]) == place(&two[1]))
        {
            spans.sort_unstable();
            spans.dedup();
        }
        spans
    }
}

fn span_of(
    evaluation: &Evaluation<'_>,
    lists: &AttachedLists,
    occurrence: Occurrence,
) -> Option<Span> {
    let index = evaluation.index;
    let (start, end) = if occurrence.joined {
        index.joined_bytes(occurrence.start, occurrence.end)
    } else {
        let start = index.bytes_at(occurrence.start).0;
        (start, index.bytes_at(occurrence.end).1)
    };
    let (term, list) = if occurrence.leaf & LISTED == 0 {
        (&evaluation.leaf(occurrence.leaf)?.name, None)
    } else {
        let (word, list) = lists.name(occurrence.leaf)?;
        (word, Some(list.clone()))
    };
    Some(Span {
        field: index.part_of(occurrence.start).field,
        start: start as usize,
        end: end as usize,
        term: term.clone(),
        list,
    })
}

fn score_of(evaluation: &Evaluation<'_>, source: Source, weight: i64) -> i64 {
    let (mut title, mut body) = (0_usize, 0_usize);
    evaluation.each(source, &mut |occurrence| {
        match evaluation.index.part_of(occurrence.start).field {
            Field::Title => title += 1,
            _ => body += 1,
        }
        // The title comes first.
        body < MOST_COUNTED
    });
    points(weight, title, body)
}
