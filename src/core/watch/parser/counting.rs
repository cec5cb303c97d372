//! ATLEAST and MIN: what is counted, and what was meant where it cannot be.

use std::ops::Range;

use super::super::lexer::{Token, TokenKind};
use super::super::problem::{PLACEHOLDER_TERM, Problem};
use super::super::syntax::{Expression, Kind};
use super::cursor::Parser;
use super::expressions::{is_negative, is_operand};

impl Parser<'_> {
    /// `ATLEAST/3(police)`. The operator was taken.
    pub(super) fn at_least(&mut self, count: u32, token: &Token) -> Option<Expression> {
        let of = self.counted(token)?;
        let whole = self.place_from(token.span.start);
        if of.len() != 1 || !is_operand(&of[0]) {
            self.not_countable(count, &of, whole.clone());
        }
        let of = Box::new(of.into_iter().next()?);
        Some(Expression {
            kind: Kind::AtLeast { count, of },
            place: whole,
        })
    }

    /// `MIN/2(police, army, court)`. The operator was taken.
    pub(super) fn min(&mut self, count: u32, token: &Token) -> Option<Expression> {
        let of = self.counted(token)?;
        let whole = self.place_from(token.span.start);
        if of.iter().any(is_negative) {
            self.negative_in_list(count, &of, whole.clone());
        } else if let Some(list) = self.group_as_list(count, &of) {
            let message = "commas part the list of `MIN`, not operators";
            self.report(whole.clone(), message, list);
        } else if count as usize > of.len() {
            self.report(
                token.span.clone(),
                format!("the list has {} parts, so {count} never match", of.len()),
                format!("MIN/{}", of.len()),
            );
        }
        Some(Expression {
            kind: Kind::Min { count, of },
            place: whole,
        })
    }

    /// ATLEAST around something that does not occur, but is or is not.
    fn not_countable(&mut self, count: u32, of: &[Expression], whole: Range<usize>) {
        let each = |part: &Expression| {
            let text = self.text(&part.place);
            if is_operand(part) {
                format!("ATLEAST/{count}({text})")
            } else {
                text.to_owned()
            }
        };
        let help = match of {
            [
                Expression {
                    kind: Kind::And(parts),
                    ..
                },
            ] => format!(
                "({})",
                parts.iter().map(each).collect::<Vec<_>>().join(" AND ")
            ),
            [one] => format!("({})", self.text(&one.place)),
            list if count as usize <= list.len() => {
                let parts: Vec<&str> = list.iter().map(|part| self.text(&part.place)).collect();
                format!("MIN/{count}({})", parts.join(", "))
            }
            list => {
                let parts: Vec<&str> = list.iter().map(|part| self.text(&part.place)).collect();
                format!("ATLEAST/{count}({})", parts.join(" OR "))
            }
        };
        let message = "ATLEAST counts a term, a phrase or an OR-group of them; for different ones \
                       use MIN/k(a, b, c)";
        self.report(whole, message, help);
    }

    /// `MIN/2(a OR b)` as it was probably meant.
    fn group_as_list(&self, count: u32, of: &[Expression]) -> Option<String> {
        let [one] = of else {
            return None;
        };
        let (Kind::Or(parts) | Kind::And(parts)) = &one.kind else {
            return None;
        };
        if parts.len() < count as usize || count < 2 || parts.iter().any(is_negative) {
            return None;
        }
        let texts: Vec<&str> = parts.iter().map(|part| self.text(&part.place)).collect();
        Some(format!("MIN/{count}({})", texts.join(", ")))
    }

    /// `MIN/2(a, b, NOT c)`.
    fn negative_in_list(&mut self, count: u32, of: &[Expression], whole: Range<usize>) {
        let texts = |negative: bool| -> Vec<&str> {
            of.iter()
                .filter(|part| is_negative(part) == negative)
                .map(|part| self.text(&part.place))
                .collect()
        };
        let sought = match texts(false).as_slice() {
            [] => PLACEHOLDER_TERM.to_owned(),
            [one] => (*one).to_owned(),
            several => format!(
                "MIN/{}({})",
                several.len().min(count as usize),
                several.join(", ")
            ),
        };
        let help = format!("({sought} AND {})", texts(true).join(" AND "));
        let message = "NOT has no place in a MIN list: exclude with AND NOT after it";
        self.report(whole, message, help);
    }

    /// The list after ATLEAST/n and MIN/k.
    pub(super) fn counted(&mut self, operator: &Token) -> Option<Vec<Expression>> {
        let name = self.text(&operator.span).to_owned();
        if self.peek().kind != TokenKind::Open {
            let next = self.peek().clone();
            let (end, inside) = match next.kind {
                TokenKind::Word | TokenKind::Quoted { .. } | TokenKind::List => {
                    (next.span.end, self.text(&next.span))
                }
                _ => (operator.span.end, PLACEHOLDER_TERM),
            };
            let message = format!("`{name}` needs parentheses after it, as in `{name}(…)`");
            let problem =
                Problem::error(operator.span.start..end, message).help(format!("{name}({inside})"));
            self.problems.push(problem);
            return None;
        }
        let open = self.take();
        if self.is_too_deep(&open) {
            return None;
        }
        self.depth += 1;
        let before = self.problems.len();
        let mut parts = Vec::new();
        loop {
            let part = self.chain();
            if part.is_none() && self.problems.len() == before {
                let next = self.peek().span.clone();
                let message = format!("a part of `{name}` is missing");
                let before = self.tokens[self.at.saturating_sub(1)].span.clone();
                let help = format!(
                    "{}{PLACEHOLDER_TERM}{}",
                    self.text(&before),
                    self.text(&next)
                );
                self.report(before.start..next.end, message, help);
            }
            parts.extend(part);
            if self.peek().kind != TokenKind::Comma {
                break;
            }
            self.take();
        }
        self.depth -= 1;
        if self.peek().kind == TokenKind::Close {
            self.take();
        } else {
            self.unclosed.push(open.span.start);
        }
        (!parts.is_empty()).then_some(parts)
    }
}
