//! Terms, groups, fields and counts: what operators join.

use std::ops::Range;

use super::super::lexer::{Token, TokenKind, domain_of};
use super::super::problem::Problem;
use super::super::syntax::{Expression, Kind, MAX_NESTING, MAX_TERMS, TextField};
use super::super::term::read_term;
use super::{Parser, is_operand, is_positive};

impl Parser<'_> {
    pub(super) fn operand(&mut self) -> Option<Expression> {
        let token = self.peek().clone();
        match token.kind {
            TokenKind::Field(field) => {
                self.take();
                self.in_field(field, &token)
            }
            TokenKind::Site => {
                self.take();
                self.site(&token)
            }
            TokenKind::Word => {
                self.take();
                Some(self.word(&token.span))
            }
            TokenKind::Quoted { text, exact } => {
                self.take();
                Some(self.term(&text, exact, token.span))
            }
            TokenKind::Open => self.group(),
            TokenKind::AtLeast(count) => {
                self.take();
                let of = self.counted(&token)?;
                if of.iter().any(|of| !is_operand(of)) || of.len() != 1 {
                    let first = of.first()?.place.start;
                    let last = of.last()?.place.end;
                    self.problems.push(Problem::error(
                        first..last,
                        "ATLEAST counts a term, a phrase or an OR-group of them; for different ones \
                         use MIN/k(a, b, c)",
                    ));
                }
                let of = Box::new(of.into_iter().next()?);
                Some(self.ending(token.span.start, Kind::AtLeast { count, of }))
            }
            TokenKind::Min(count) => {
                self.take();
                let of = self.counted(&token)?;
                for part in of.iter().filter(|part| !is_positive(part)) {
                    let message = "NOT has no place in a MIN list: exclude with AND NOT after it";
                    self.problems
                        .push(Problem::error(part.place.clone(), message));
                }
                if count as usize > of.len() {
                    self.problems.push(
                        Problem::error(
                            token.span.clone(),
                            format!("the list has {} parts, so {count} never match", of.len()),
                        )
                        .help(format!("MIN/{}", of.len())),
                    );
                }
                Some(self.ending(token.span.start, Kind::Min { count, of }))
            }
            TokenKind::Near(_)
            | TokenKind::Pre(_)
            | TokenKind::Not
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Close
            | TokenKind::Comma
            | TokenKind::End => None,
        }
    }

    /// An expression that ends where the last token did.
    fn ending(&self, start: usize, kind: Kind) -> Expression {
        let end = self.tokens[self.at.saturating_sub(1)].span.end;
        Expression {
            kind,
            place: start..end.max(start),
        }
    }

    fn term(&mut self, text: &Range<usize>, exact: bool, whole: Range<usize>) -> Expression {
        self.terms += 1;
        if self.terms == MAX_TERMS + 1 {
            self.problems.push(Problem::error(
                whole.clone(),
                format!("a query has at most {MAX_TERMS} terms: make it several watches"),
            ));
        }
        let content = &self.query[text.clone()];
        let term = read_term(content, exact, text.clone(), &whole, &mut self.problems);
        if term.words.is_empty() && content.trim().is_empty() {
            self.problems.push(Problem::error(
                whole.clone(),
                "there is nothing between the quotes",
            ));
        }
        Expression {
            kind: Kind::Term(term),
            place: whole,
        }
    }

    fn word(&mut self, span: &Range<usize>) -> Expression {
        let text = self.text(span);
        let sign = text
            .chars()
            .next()
            .filter(|c| matches!(c, '-' | '+' | '!' | '−'));
        if let Some(sign) = sign
            && text[sign.len_utf8()..].starts_with(char::is_alphanumeric)
        {
            let rest = text[sign.len_utf8()..].to_owned();
            let first = span.start == 0;
            let problem = if sign == '+' {
                Problem::error(span.clone(), "`+` means nothing here: join words with AND")
                    .help(rest)
            } else {
                let help = if first {
                    format!("NOT {rest}")
                } else {
                    format!("AND NOT {rest}")
                };
                Problem::error(
                    span.clone(),
                    format!("`{sign}` excludes nothing here: write AND NOT"),
                )
                .help(help)
            };
            self.problems.push(problem);
        }
        self.term(span, false, span.clone())
    }

    fn in_field(&mut self, field: TextField, token: &Token) -> Option<Expression> {
        let before = self.problems.len();
        // A loop, not recursion: ten thousand prefixes in a row must not exhaust the stack.
        while matches!(self.peek().kind, TokenKind::Field(_)) && self.problems.len() == before {
            let inner = self.take();
            let both = token.span.start..inner.span.end;
            self.problems.push(
                Problem::error(both, "one field inside another can never match")
                    .help(format!("{}:", field.name())),
            );
        }
        while matches!(self.peek().kind, TokenKind::Field(_)) {
            self.take();
        }
        let nested = match self.peek().kind {
            TokenKind::Site => true,
            TokenKind::Open
            | TokenKind::Word
            | TokenKind::Quoted { .. }
            | TokenKind::AtLeast(_)
            | TokenKind::Min(_) => false,
            _ => {
                self.problems.push(
                    Problem::error(
                        token.span.clone(),
                        format!("`{}:` needs a term or a group after it", field.name()),
                    )
                    .help(""),
                );
                return None;
            }
        };
        let of = self.operand()?;
        let inner = if nested {
            Some(of.place.clone())
        } else {
            field_inside(&of)
        };
        if let Some(inner) = inner
            && self.problems.len() == before
        {
            let message = format!("a field inside `{}:` can never match", field.name());
            let term = self
                .text(&inner)
                .split_once(':')
                .map(|(_, term)| term.to_owned());
            let problem = Problem::error(inner, message);
            self.problems.push(match term {
                Some(term) if !nested => problem.help(term),
                _ => problem,
            });
        }
        let place = token.span.start..of.place.end;
        Some(Expression {
            kind: Kind::Field(field, Box::new(of)),
            place,
        })
    }

    fn site(&mut self, token: &Token) -> Option<Expression> {
        let next = self.peek().clone();
        let text = match &next.kind {
            TokenKind::Word => next.span.clone(),
            TokenKind::Quoted { text, .. } => text.clone(),
            _ => {
                self.problems.push(Problem::error(
                    token.span.clone(),
                    "`site:` takes a domain, such as `site:example.org`; for several, join them \
                     with OR",
                ));
                return None;
            }
        };
        self.take();
        let given = self.text(&text).to_owned();
        let domain = domain_of(&given);
        let place = token.span.start..next.span.end;
        let valid = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        if !valid {
            self.problems.push(Problem::error(
                place.clone(),
                "`site:` takes a domain, such as `site:example.org`",
            ));
        } else if domain != given.to_lowercase() {
            self.problems.push(
                Problem::error(
                    place.clone(),
                    "`site:` takes the domain alone; it holds for all addresses under it",
                )
                .help(format!("site:{domain}")),
            );
        }
        Some(Expression {
            kind: Kind::Site(domain),
            place,
        })
    }

    fn group(&mut self) -> Option<Expression> {
        let open = self.take();
        if self.depth >= MAX_NESTING {
            self.problems.push(Problem::error(
                open.span.clone(),
                format!("parentheses are nested deeper than {MAX_NESTING}"),
            ));
            self.skip_group();
            return None;
        }
        self.depth += 1;
        let before = self.problems.len();
        let of = self.chain();
        self.depth -= 1;
        while self.peek().kind == TokenKind::Comma {
            let comma = self.take().span;
            self.problems.push(
                Problem::error(comma, "a comma joins nothing here: write OR or AND").help(" OR"),
            );
            self.chain();
        }
        if self.peek().kind == TokenKind::Close {
            let close = self.take();
            if of.is_none() && self.problems.len() == before {
                self.problems.push(
                    Problem::error(
                        open.span.start..close.span.end,
                        "there is nothing between the parentheses",
                    )
                    .help(""),
                );
            }
        } else {
            self.unclosed.push(open.span.start);
        }
        // The place of a group includes its parentheses, so that it can be quoted in suggestions.
        of.map(|of| {
            let place = self.ending(open.span.start, Kind::And(Vec::new())).place;
            Expression { place, ..of }
        })
    }

    /// Passes over what is nested too deeply, without recursion.
    fn skip_group(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 && self.peek().kind != TokenKind::End {
            match self.take().kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
        }
    }

    /// The list after ATLEAST/n and MIN/k.
    fn counted(&mut self, operator: &Token) -> Option<Vec<Expression>> {
        let name = self.text(&operator.span).to_owned();
        if self.peek().kind != TokenKind::Open {
            self.problems.push(Problem::error(
                operator.span.clone(),
                format!("`{name}` needs parentheses after it, as in `{name}(…)`"),
            ));
            return None;
        }
        let open = self.take();
        if self.depth >= MAX_NESTING {
            self.problems.push(Problem::error(
                open.span,
                format!("parentheses are nested deeper than {MAX_NESTING}"),
            ));
            self.skip_group();
            return None;
        }
        self.depth += 1;
        let before = self.problems.len();
        let mut parts = Vec::new();
        loop {
            let part = self.chain();
            if part.is_none() && self.problems.len() == before {
                let span = self.peek().span.clone();
                self.problems.push(Problem::error(
                    open.span.start..span.end,
                    format!("a part of `{name}` is missing"),
                ));
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

/// The place of a field prefix anywhere inside.
fn field_inside(expression: &Expression) -> Option<Range<usize>> {
    match &expression.kind {
        Kind::Field(..) | Kind::Site(_) => Some(expression.place.clone()),
        Kind::Term(_) => None,
        Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => of.iter().find_map(field_inside),
        Kind::Not(of) | Kind::AtLeast { of, .. } => field_inside(of),
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
            field_inside(left).or_else(|| field_inside(right))
        }
    }
}
