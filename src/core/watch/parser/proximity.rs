//! What NEAR and PRE cannot join, and how the same is said with what they can.

use std::ops::Range;

use super::super::lexer::{Token, TokenKind};
use super::super::syntax::{Expression, Kind};
use super::cursor::Parser;
use super::expressions::{is_operand, is_positive};

/// Suggestions grow with both operands; longer ones than this help nobody.
const LONGEST: usize = 16 * 1024;

/// One operand of NEAR as text, and the side on which the other stands.
struct Pair<'a> {
    query: &'a str,
    other: &'a str,
    operator: &'a str,
    side: Side,
    length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Parser<'_> {
    /// `a NEAR/5 NOT b`: the NOT is taken and told. Returns the place of the operator.
    pub(super) fn not_after_near(&mut self, operator: Range<usize>, negated: bool) -> Range<usize> {
        if self.peek().kind != TokenKind::Not || !self.begins_operand(self.at + 1) {
            return operator;
        }
        let not = self.take();
        let text = self.text(&operator);
        let message = format!("NOT stands in front of `{text}`");
        let help = if negated {
            text.trim_start_matches("NOT").trim_start().to_owned()
        } else {
            format!("NOT {}", text.replacen("PRE", "NEAR", 1))
        };
        self.report(operator.start..not.span.end, message, help);
        operator
    }

    /// NEAR joins terms, phrases and OR-groups of them.
    pub(super) fn check_operands(&mut self, left: &Expression, right: &Expression, operator: &str) {
        let (wrong, other, side) = if !is_operand(left) {
            (left, right, Side::Right)
        } else if !is_operand(right) {
            (right, left, Side::Left)
        } else {
            return;
        };
        let query = self.query;
        let mut pair = Pair {
            query,
            other: &query[other.place.clone()],
            operator,
            side,
            length: 0,
        };
        let whole = left.place.start..right.place.end;
        let help = pair.joined(wrong, "").map_or_else(
            || {
                format!(
                    "(({}) AND ({}))",
                    &query[left.place.clone()],
                    &query[right.place.clone()]
                )
            },
            |help| self.in_place(&whole, help),
        );
        let message = format!("`{operator}` joins terms, phrases and OR-groups of them");
        self.report(whole, message, help);
    }

    /// Text with AND in it, in parentheses where its neighbours would take a part of it.
    fn in_place(&self, whole: &Range<usize>, text: String) -> String {
        let first = self
            .tokens
            .partition_point(|token| token.span.start < whole.start);
        let before = first.checked_sub(1).map(|index| &self.tokens[index].kind);
        let alone = matches!(
            before,
            None | Some(TokenKind::Open | TokenKind::And | TokenKind::Comma)
        ) && matches!(
            self.peek().kind,
            TokenKind::Close | TokenKind::And | TokenKind::Comma | TokenKind::End
        );
        if alone || !text.contains(" AND ") {
            text
        } else {
            format!("({text})")
        }
    }

    /// `NEAR/6(police, protest)`: the operator as a function. It was taken, and a parenthesis follows.
    pub(super) fn near_as_function(&mut self, operator: &Token) -> Option<Expression> {
        let before = self.problems.len();
        let of = self.counted(operator)?;
        let whole = self.place_from(operator.span.start);
        if self.problems.len() == before {
            let name = self.text(&operator.span);
            let texts: Vec<&str> = of.iter().map(|part| self.text(&part.place)).collect();
            let pairs: Vec<String> = texts
                .windows(2)
                .map(|two| format!("{} {name} {}", two[0], two[1]))
                .collect();
            let (message, help) = match pairs.as_slice() {
                [] => (
                    format!("`{name}` needs something before it"),
                    texts.join(""),
                ),
                [one] => (format!("`{name}` stands between two terms"), one.clone()),
                several => (
                    format!("`{name}` stands between two terms"),
                    format!("(({}))", several.join(") AND (")),
                ),
            };
            self.report(whole.clone(), message, help);
        }
        Some(Expression {
            kind: Kind::And(of),
            place: whole,
        })
    }
}

impl<'a> Pair<'a> {
    fn text(&self, part: &Expression) -> &'a str {
        &self.query[part.place.clone()]
    }

    fn pair(&self, text: &str, field: &str) -> String {
        match self.side {
            Side::Left => format!("{} {} {field}{text}", self.other, self.operator),
            Side::Right => format!("{field}{text} {} {}", self.operator, self.other),
        }
    }

    /// The operator between `other` and each term of `of`, and AND, OR and NOT as they were.
    fn joined(&mut self, of: &Expression, field: &str) -> Option<String> {
        self.length += self.other.len() + of.place.len();
        if self.length > LONGEST {
            return None;
        }
        let text = self.text(of);
        Some(match &of.kind {
            _ if is_operand(of) => self.pair(text, field),
            Kind::And(parts) => {
                let negative = !parts.iter().any(is_positive);
                let mut texts = Vec::new();
                for part in parts {
                    texts.push(match &part.kind {
                        Kind::Not(inner) if !negative => {
                            format!("NOT {field}{}", self.text(inner))
                        }
                        _ => format!("({})", self.joined(part, field)?),
                    });
                }
                texts.join(" AND ")
            }
            Kind::Or(parts) => {
                let texts = self.each_joined(parts, field)?;
                format!("(({}))", texts.join(") OR ("))
            }
            Kind::Not(inner) if is_operand(inner) => self.without(inner, field)?,
            Kind::Near { left, right, .. } => {
                let near = if self.side == Side::Right {
                    right
                } else {
                    left
                };
                let near = self.joined(near, field)?;
                format!("{field}({}) AND ({near})", bare(text))
            }
            Kind::NotNear { left, .. } => {
                let near = self.joined(left, field)?;
                format!("{field}({}) AND ({near})", bare(text))
            }
            Kind::AtLeast { of: inner, .. } => {
                let near = self.joined(inner, field)?;
                format!("{field}{text} AND ({near})")
            }
            Kind::Min { count, of: list } => {
                let texts = self.each_joined(list, field)?;
                format!("MIN/{count}({})", texts.join(", "))
            }
            Kind::Field(inner, of) if field.is_empty() => {
                self.joined(of, &format!("{}:", inner.name()))?
            }
            Kind::Site(_) => format!("{} AND {text}", self.other),
            _ => return None,
        })
    }

    fn each_joined(&mut self, parts: &[Expression], field: &str) -> Option<Vec<String>> {
        parts.iter().map(|part| self.joined(part, field)).collect()
    }

    /// `other` where it is not near to what NOT excludes.
    fn without(&self, excluded: &Expression, field: &str) -> Option<String> {
        let excluded = format!("{field}{}", self.text(excluded));
        let (other, operator) = (self.other, self.operator);
        match self.side {
            Side::Left => Some(if let Some(operator) = operator.strip_prefix("NOT ") {
                format!("{other} {operator} {excluded}")
            } else {
                let near = operator.replacen("PRE", "NEAR", 1);
                format!("{other} NOT {near} {excluded}")
            }),
            Side::Right if operator.starts_with("NEAR") => {
                Some(format!("{other} NOT {operator} {excluded}"))
            }
            Side::Right => None,
        }
    }
}

/// A text without the parentheses around the whole of it.
fn bare(text: &str) -> &str {
    let Some(inner) = text
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
    else {
        return text;
    };
    let mut depth = 0_i32;
    for c in inner.chars() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return text;
        }
    }
    inner
}
