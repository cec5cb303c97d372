//! Tokens to a syntax tree. Goes on after a mistake, so that all of them are shown at once.

mod counting;
mod cursor;
mod expressions;
mod field_distribution;
mod foreign_operators;
mod mistakes;
mod operand;
mod proximity;

use cursor::{ChainOperator, Parser};
pub(super) use expressions::is_operand;
use expressions::is_positive;
use foreign_operators::NotLanguage;
use mistakes::{reading, shortened};

use super::lexer::{TokenKind, tokens};
use super::limits::{MAX_NESTING, MAX_QUERY};
use super::lists::WordLists;
use super::problem::{PLACEHOLDER_TERM, Problem, Severity};
use super::syntax::{Expression, Kind, Order};
use super::term::read_term;
use super::word::Term;

/// The tree of a query, and what is wrong with it; `told_of` says what a suggestion would be told itself.
pub(super) fn read_with(
    query: &str,
    lists: Option<&WordLists>,
    told_of: fn(&str) -> Vec<Problem>,
    problems: &mut Vec<Problem>,
) -> Option<Expression> {
    let tokens = tokens(query, problems);
    let mut parser = Parser {
        query,
        lists,
        told_of,
        is_sound,
        tokens,
        at: 0,
        depth: 0,
        terms: 0,
        unclosed: Vec::new(),
        told: None,
        problems: std::mem::take(problems),
    };
    let root = parser.whole();
    *problems = parser.problems;
    root
}

/// The tree of a query that has no mistake, warnings apart, which are not looked for. Whether there are such
/// lists as it names is not asked.
pub(super) fn read(query: &str) -> Option<Expression> {
    let mut problems = Vec::new();
    let root = (query.len() <= MAX_QUERY)
        .then(|| read_with(query, None, |_| Vec::new(), &mut problems))??;
    let sound = problems.iter().all(|p| p.severity == Severity::Warning);
    sound.then_some(root)
}

/// Whether a query has no mistake, warnings apart.
pub(super) fn is_sound(query: &str) -> bool {
    read(query).is_some()
}

/// Reads one word or phrase, such as the key of a score table: several words are a phrase.
///
/// # Errors
/// The first mistake, or that it is more than a term.
pub(super) fn parse_term(text: &str) -> Result<Term, Problem> {
    let mut problems = Vec::new();
    let trimmed = text.trim();
    let (exact, body) = match trimmed.strip_prefix('=') {
        Some(rest) if rest.starts_with(super::quotes::is_quote) => (true, rest),
        _ => (false, trimmed),
    };
    let body = body
        .strip_prefix(super::quotes::is_quote)
        .and_then(|inner| inner.strip_suffix(super::quotes::is_quote))
        .unwrap_or(body);
    let start = text.find(body).unwrap_or(0);
    let whole = 0..text.len();
    let term = read_term(
        body,
        exact,
        start..start + body.len(),
        &whole,
        &mut problems,
    );
    let refusal = problems
        .into_iter()
        .find(|problem| problem.severity == Severity::Error);
    if let Some(problem) = refusal {
        return Err(problem);
    }
    if term.words.is_empty() {
        return Err(Problem::error(whole, "a term needs a letter or a digit"));
    }
    Ok(term)
}

impl Parser<'_> {
    fn whole(&mut self) -> Option<Expression> {
        let mut root = None;
        if self.peek().kind == TokenKind::End {
            let message = "the query is empty: a watch needs at least one term";
            self.report(0..self.query.len(), message, PLACEHOLDER_TERM);
            return None;
        }
        loop {
            let part = self.chain();
            root = root.or(part);
            match self.peek().kind {
                TokenKind::End => break,
                TokenKind::Comma => {
                    self.stray_comma();
                }
                _ => {
                    let span = self.take().span;
                    self.report(span, "this parenthesis closes nothing", "");
                }
            }
        }
        if let Some(&first) = self.unclosed.iter().min() {
            let count = self.unclosed.len();
            let message = if count == 1 {
                "this parenthesis is never closed".to_owned()
            } else {
                format!("{count} parentheses are never closed")
            };
            let rest = self.query[first..].trim_end();
            self.report(
                first..first + rest.len(),
                message,
                format!("{rest}{}", ")".repeat(count)),
            );
        }
        if let Some(root) = &root
            && self
                .problems
                .iter()
                .all(|p| p.severity == Severity::Warning)
            && !is_positive(root)
        {
            self.report(
                root.place.clone(),
                "a watch of negatives alone would match nearly everything: say first what it is \
                     looking for",
                format!("{PLACEHOLDER_TERM} AND {}", in_group(self.query, root)),
            );
        }
        root
    }

    /// Parts joined by AND or by OR, but not both.
    fn chain(&mut self) -> Option<Expression> {
        let mut parts: Vec<Expression> = Vec::new();
        let mut joints: Vec<ChainOperator> = Vec::new();
        parts.extend(self.negation());
        loop {
            let token = self.peek().clone();
            let joint = match token.kind {
                TokenKind::And | TokenKind::Or => {
                    self.take();
                    if parts.is_empty() {
                        self.nothing_before(&token);
                    } else {
                        self.operand_follows(&token);
                    }
                    if token.kind == TokenKind::And {
                        ChainOperator::And
                    } else {
                        ChainOperator::Or
                    }
                }
                TokenKind::Close | TokenKind::Comma | TokenKind::End => break,
                TokenKind::Near(_) | TokenKind::Pre(_) if parts.is_empty() => {
                    self.take();
                    self.nothing_before(&token);
                    ChainOperator::Unclear
                }
                _ => self.missing_operator(&parts),
            };
            let before = self.at;
            let part = self.negation();
            if part.is_some() && !parts.is_empty() {
                joints.push(joint);
            }
            parts.extend(part);
            if self.at == before && !matches!(joint, ChainOperator::And | ChainOperator::Or) {
                self.take();
            }
        }
        self.join(parts, &joints)
    }

    fn join(&mut self, mut parts: Vec<Expression>, joints: &[ChainOperator]) -> Option<Expression> {
        let last = parts.pop()?;
        let Some(first) = parts.first() else {
            return Some(last);
        };
        let place = first.place.start..last.place.end;
        parts.push(last);
        let ands = joints.contains(&ChainOperator::And);
        let ors = joints.contains(&ChainOperator::Or);
        if ands && ors && !joints.contains(&ChainOperator::Unclear) {
            let and_first = reading(self.query, &parts, joints, ChainOperator::And);
            let or_first = reading(self.query, &parts, joints, ChainOperator::Or);
            self.report(
                place.clone(),
                format!(
                    "AND and OR meet without parentheses: is it `{}` or `{}`?",
                    shortened(&and_first),
                    shortened(&or_first)
                ),
                and_first,
            );
        }
        let kind = if ors && !ands {
            for part in parts.iter().filter(|part| !is_positive(part)) {
                self.report(
                    part.place.clone(),
                    "NOT beside OR would match nearly everything: exclude with AND NOT, after \
                         the group",
                    format!(
                        "({PLACEHOLDER_TERM} AND {})",
                        &self.query[part.place.clone()]
                    ),
                );
            }
            Kind::Or(parts)
        } else {
            Kind::And(parts)
        };
        Some(Expression { kind, place })
    }

    fn negation(&mut self) -> Option<Expression> {
        let not = if self.peek().kind == TokenKind::Not {
            self.take()
        } else if self.is_mistyped_not(self.at, NotLanguage::English) {
            self.mistyped_not()
        } else {
            return self.proximity();
        };
        let mut repeated = false;
        while self.peek().kind == TokenKind::Not {
            let second = self.take();
            repeated = true;
            self.report(not.span.start..second.span.end, "NOT stands twice", "NOT");
        }
        if matches!(self.peek().kind, TokenKind::Near(_) | TokenKind::Pre(_)) {
            let near = self.take();
            let message = "NOT NEAR needs something before it";
            self.report(not.span.start..near.span.end, message, "NOT");
        } else {
            self.operand_follows(&not);
        }
        if self.depth >= MAX_NESTING || repeated {
            return self.proximity();
        }
        let of = self.proximity()?;
        let place = not.span.start..of.place.end;
        Some(Expression {
            kind: Kind::Not(Box::new(of)),
            place,
        })
    }

    /// One operand, or two with NEAR, PRE or NOT NEAR between them.
    fn proximity(&mut self) -> Option<Expression> {
        let left = self.operand()?;
        let negated = self.peek().kind == TokenKind::Not
            && matches!(self.peek_second(), TokenKind::Near(_) | TokenKind::Pre(_));
        let not = negated.then(|| self.take());
        let (distance, order) = match self.peek().kind {
            TokenKind::Near(distance) => (distance, Order::Either),
            TokenKind::Pre(distance) => (distance, Order::InOrder),
            _ => return Some(left),
        };
        let operator = self.take();
        let start = not
            .as_ref()
            .map_or(operator.span.start, |not| not.span.start);
        let span = start..operator.span.end;
        if negated && order == Order::InOrder {
            self.report(
                span.clone(),
                "there is no NOT PRE: use NOT NEAR",
                format!("NOT NEAR/{distance}"),
            );
        }
        let before = self.problems.len();
        let span = self.not_after_near(span, negated);
        let Some(right) = self.operand() else {
            if self.problems.len() == before {
                self.nothing_after(span);
            }
            return Some(left);
        };
        let operator = self.text(&span).to_owned();
        if self.problems.len() == before {
            self.check_operands(&left, &right, &operator);
        }
        let place = left.place.start..right.place.end;
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = if negated {
            Kind::NotNear {
                left,
                right,
                distance,
            }
        } else {
            Kind::Near {
                left,
                right,
                distance,
                order,
            }
        };
        Some(Expression { kind, place })
    }
}

fn in_group(query: &str, expression: &Expression) -> String {
    let text = &query[expression.place.clone()];
    if matches!(expression.kind, Kind::Or(_)) && !text.starts_with('(') {
        format!("({text})")
    } else {
        text.to_owned()
    }
}
