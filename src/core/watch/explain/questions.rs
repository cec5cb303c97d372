//! The questions of an explanation: each part of a query as a watch of its own, and what comes near to it.

use crate::core::text::normalization::lower_with_accents;
use crate::core::watch::field::TextField;
use crate::core::watch::set::WatchSpec;
use crate::core::watch::syntax::{Expression, Kind, Query};
use crate::core::watch::word::{Term, Word};

/// The queries to ask, in the order in which [`Answers`](super::answers::Answers) takes the answers.
#[derive(Default)]
pub(super) struct ExplanationQueries {
    pub(super) specs: Vec<WatchSpec>,
}

/// The fields that share no words.
pub(super) fn separate_fields() -> impl Iterator<Item = TextField> {
    let all = TextField::ALL.into_iter();
    all.filter(|field| *field != TextField::Lead)
}

/// Questions about a term or list that was not found, in this order.
pub(super) fn variants(kind: &Kind, scope: Option<TextField>) -> Vec<Expression> {
    let mut questions = Vec::new();
    if !matches!(kind, Kind::Term(_) | Kind::List(_)) {
        return questions;
    }
    // In another field.
    for field in separate_fields() {
        questions.push(within(Some(field), kind.clone()));
    }
    let Kind::Term(term) = kind else {
        return questions;
    };
    // Without case and accents.
    let mut folded = term.clone();
    for word in folded.words.iter_mut().chain(&mut folded.other) {
        if let Word::Exact { folded, .. } = word {
            *word = Word::Plain(std::mem::take(folded));
        }
    }
    questions.push(within(scope, Kind::Term(folded.clone())));
    // In another inflection.
    let mut stemmed = folded.clone();
    for word in stemmed.words.iter_mut().chain(&mut stemmed.other) {
        if let Word::Plain(folded) = word {
            let written = match term.words.len() {
                1 => lower_with_accents(term.text.trim_start_matches('=')),
                _ => folded.clone(),
            };
            *word = Word::Stem {
                folded: std::mem::take(folded),
                written,
            };
        }
    }
    questions.push(within(scope, Kind::Term(stemmed)));
    // Its words, anywhere.
    let words = folded.words.iter().map(|word| {
        let word = Term {
            words: vec![word.clone()],
            other: Vec::new(),
            ..term.clone()
        };
        Expression {
            kind: Kind::Term(word),
            place: 0..0,
        }
    });
    questions.push(within(scope, Kind::And(words.collect())));
    questions
}

pub(super) fn within(scope: Option<TextField>, kind: Kind) -> Expression {
    let of = Expression { kind, place: 0..0 };
    match scope {
        Some(field) => Expression {
            kind: Kind::Field(field, Box::new(of)),
            place: 0..0,
        },
        None => of,
    }
}

pub(super) fn scope_of(expression: &Expression, scope: Option<TextField>) -> Option<TextField> {
    match &expression.kind {
        Kind::Field(field, _) => Some(*field),
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. }
            if left.names_lead() || right.names_lead() =>
        {
            Some(TextField::Lead)
        }
        _ => scope,
    }
}

impl ExplanationQueries {
    pub(super) fn ask(&mut self, root: Expression) {
        self.specs.push(WatchSpec::from(Query { root }));
    }

    pub(super) fn part(&mut self, expression: &Expression, scope: Option<TextField>) {
        self.ask(within(scope, expression.kind.clone()));
        for question in variants(&expression.kind, scope) {
            self.ask(question);
        }
        let scope = scope_of(expression, scope);
        for part in expression.parts() {
            self.part(part, scope);
        }
    }
}
