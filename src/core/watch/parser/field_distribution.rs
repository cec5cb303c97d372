//! A field or `site:` in front of a group, as one in front of each term.

use std::fmt::Write as _;

use super::super::lexer::{Token, TokenKind};
use super::super::syntax::{Expression, Kind};
use super::cursor::Parser;

impl Parser<'_> {
    /// `site:(a.org OR b.org)`: tells it and takes it. False when something else is in the group.
    pub(super) fn sites(&mut self, token: &Token) -> bool {
        let mut sites = Vec::new();
        let mut at = self.at + 1;
        loop {
            let next = &self.tokens[at];
            match &next.kind {
                TokenKind::Word => sites.push(format!("site:{}", self.text(&next.span))),
                TokenKind::Quoted { text, .. } => sites.push(format!("site:{}", self.text(text))),
                TokenKind::Or | TokenKind::Comma | TokenKind::Site => {}
                TokenKind::Close if !sites.is_empty() => break,
                _ => return false,
            }
            at += 1;
        }
        let end = self.tokens[at].span.end;
        let help = match sites.as_slice() {
            [one] => one.clone(),
            several => format!("({})", several.join(" OR ")),
        };
        let message = "`site:` takes one domain: for several, join them with OR";
        self.report(token.span.start..end, message, help);
        self.at = at + 1;
        true
    }

    /// `of` with the field in front of each of its terms that has none.
    pub(super) fn distribute(&self, field: &str, of: &Expression, into: &mut String) {
        let open = self.query[of.place.clone()].starts_with('(');
        match &of.kind {
            Kind::Field(..) | Kind::Site(_) | Kind::Term(_) | Kind::List(_) => {
                if matches!(of.kind, Kind::Term(_) | Kind::List(_)) {
                    into.push_str(field);
                    into.push(':');
                }
                let text = self.text(&of.place);
                // Parentheses around one term alone.
                let inner = text.trim_start_matches(['(', '（']);
                let closing = text.len() - inner.len();
                let bare = (0..closing).fold(inner, |text, _| {
                    text.trim_end()
                        .strip_suffix([')', '）'])
                        .unwrap_or(text)
                        .trim_end()
                });
                into.push_str(bare.trim_start());
            }
            Kind::And(parts) => self.distribute_list(field, parts, " AND ", into),
            Kind::Or(parts) => self.distribute_list(field, parts, " OR ", into),
            Kind::Not(of) => {
                into.push_str(if open { "(NOT " } else { "NOT " });
                self.distribute(field, of, into);
                into.push_str(if open { ")" } else { "" });
            }
            Kind::Near {
                left,
                right,
                distance,
                order,
            } => {
                let operator = format!("{}/{distance}", order.name());
                self.distribute_pair(field, [left, right], &operator, into);
            }
            Kind::NotNear {
                left,
                right,
                distance,
            } => {
                let operator = format!("NOT NEAR/{distance}");
                self.distribute_pair(field, [left, right], &operator, into);
            }
            Kind::AtLeast { count, of } => {
                let _ = write!(into, "ATLEAST/{count}(");
                self.distribute(field, of, into);
                into.push(')');
            }
            Kind::Min { count, of } => {
                let _ = write!(into, "MIN/{count}");
                self.distribute_list(field, of, ", ", into);
            }
        }
    }

    fn distribute_list(&self, field: &str, parts: &[Expression], joint: &str, into: &mut String) {
        into.push('(');
        for (index, part) in parts.iter().enumerate() {
            into.push_str(if index == 0 { "" } else { joint });
            self.distribute(field, part, into);
        }
        into.push(')');
    }

    fn distribute_pair(
        &self,
        field: &str,
        [left, right]: [&Expression; 2],
        operator: &str,
        into: &mut String,
    ) {
        into.push('(');
        self.distribute(field, left, into);
        let _ = write!(into, " {operator} ");
        self.distribute(field, right, into);
        into.push(')');
    }
}
