//! Terms, lists, groups, fields and sites: what operators join.

use std::ops::Range;

use super::super::field::TextField;
use super::super::lexer::{Token, TokenKind, domain_of};
use super::super::limits::{MAX_NESTING, MAX_TERMS};
use super::super::lists::{ListReference, list_named};
use super::super::problem::{PLACEHOLDER_TERM, Problem};
use super::super::quotes::needs_quotes;
use super::super::syntax::{Expression, Kind};
use super::super::term::read_term;
use super::cursor::Parser;
use super::expressions::has_field;

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
                Some(self.word(&token))
            }
            TokenKind::Quoted { text, exact } => {
                self.take();
                Some(self.term(&text, exact, token.span))
            }
            TokenKind::List => {
                self.take();
                Some(self.list(&token))
            }
            TokenKind::Open => self.group(),
            TokenKind::AtLeast(count) => {
                self.take();
                self.at_least(count, &token)
            }
            TokenKind::Min(count) => {
                self.take();
                self.min(count, &token)
            }
            TokenKind::Near(_) | TokenKind::Pre(_) if *self.peek_second() == TokenKind::Open => {
                self.take();
                self.near_as_function(&token)
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

    /// From `start` to where the last token ends.
    pub(super) fn place_from(&self, start: usize) -> Range<usize> {
        let end = self.tokens[self.at.saturating_sub(1)].span.end;
        start..end.max(start)
    }

    fn count_term(&mut self, whole: &Range<usize>) {
        self.terms += 1;
        if self.terms == MAX_TERMS + 1 {
            self.problems.push(Problem::error(
                whole.clone(),
                format!("a query has at most {MAX_TERMS} terms: make it several watches"),
            ));
        }
    }

    /// `@police`. The token was taken.
    fn list(&mut self, token: &Token) -> Expression {
        self.count_term(&token.span);
        let mut place = token.span.clone();
        let sign = self.query[place.start..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let mut name = place.start + sign..place.end;
        if name.is_empty() {
            let next = self.peek().clone();
            let meant = match &next.kind {
                TokenKind::Word => Some(next.span.clone()),
                TokenKind::Quoted { text, .. } => Some(text.clone()),
                _ => None,
            };
            if let Some(meant) = meant {
                self.take();
                place.end = next.span.end;
                name = meant;
            }
        }
        let id = &self.query[name.clone()];
        let Some(lists) = self.lists else {
            return Expression {
                kind: Kind::List(ListReference::unchecked(id)),
                place,
            };
        };
        let full_width = self.query[place.start..].starts_with('＠');
        // Blanks or quotes before the name, which are none of it.
        let apart = name.start != place.start + sign;
        let asked = if apart {
            format!(" {id}")
        } else {
            id.to_owned()
        };
        let reference = match list_named(&asked, full_width, lists.names()) {
            Ok(_) => lists.reference(id),
            Err((message, help)) => {
                let help = help.map(|help| {
                    if needs_quotes(&help) && !help.starts_with('@') {
                        format!("\"{help}\"")
                    } else {
                        help
                    }
                });
                let help = help.filter(|help| (self.is_sound)(help));
                let help = help.unwrap_or_else(|| PLACEHOLDER_TERM.to_owned());
                self.report(place.clone(), message, help);
                None
            }
        };
        Expression {
            kind: Kind::List(reference.unwrap_or_else(|| ListReference::unchecked(id))),
            place,
        }
    }

    /// `"@police"`, `-@police`: the word, or the list?
    fn quoted_list(&mut self, content: &str, whole: &Range<usize>) {
        let Some(lists) = self.lists else {
            return;
        };
        for (at, sign) in content.match_indices(['@', '＠', '﹫']) {
            let name = &content[at + sign.len()..];
            let end = name.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
            let id = &name[..end.unwrap_or(name.len())];
            // `desk@police` is an address.
            let is_address = content[..at].ends_with(char::is_alphanumeric);
            if is_address || lists.get(id).is_none() {
                continue;
            }
            let excludes = at > 0 && matches!(content[..at].trim(), "-" | "!");
            let help = format!("{}@{id}", if excludes { "NOT " } else { "" });
            let message = format!(
                "here this is the word `{id}`: the list is named without quotes and signs, and the word \
                 written without `@`"
            );
            self.report(whole.clone(), message, help);
            return;
        }
    }

    fn term(&mut self, text: &Range<usize>, exact: bool, whole: Range<usize>) -> Expression {
        self.count_term(&whole);
        let content = &self.query[text.clone()];
        self.quoted_list(content, &whole);
        let term = read_term(content, exact, text.clone(), &whole, &mut self.problems);
        if term.words.is_empty() && content.trim().is_empty() {
            self.report(
                whole.clone(),
                "there is nothing between the quotes",
                PLACEHOLDER_TERM,
            );
        }
        Expression {
            kind: Kind::Term(term),
            place: whole,
        }
    }

    fn word(&mut self, token: &Token) -> Expression {
        self.signed_operand(token);
        self.term(&token.span, false, token.span.clone())
    }

    fn in_field(&mut self, field: TextField, token: &Token) -> Option<Expression> {
        let before = self.problems.len();
        // A loop, not recursion: ten thousand prefixes in a row must not exhaust the stack.
        while matches!(self.peek().kind, TokenKind::Field(_)) && self.problems.len() == before {
            let inner = self.take();
            let both = token.span.start..inner.span.end;
            self.report(
                both,
                "one field inside another can never match",
                format!("{}:", field.name()),
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
            | TokenKind::List
            | TokenKind::AtLeast(_)
            | TokenKind::Min(_) => false,
            _ => {
                self.report(
                    token.span.clone(),
                    format!("`{}:` needs a term or a group after it", field.name()),
                    format!("{}:{PLACEHOLDER_TERM}", field.name()),
                );
                return None;
            }
        };
        let of = self.operand()?;
        if nested && self.problems.len() == before {
            let message = format!("`site:` looks at the address, not in the {}", field.name());
            let site = self.text(&of.place).to_owned();
            self.report(token.span.start..of.place.end, message, site);
        } else if has_field(&of) && self.problems.len() == before {
            let message = format!("a field inside `{}:` can never match", field.name());
            let whole = token.span.start..of.place.end;
            let mut help = String::new();
            self.distribute(field.name(), &of, &mut help);
            self.report(whole, message, help);
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
            TokenKind::Open if self.sites(token) => return None,
            _ => {
                self.report(
                    token.span.clone(),
                    "`site:` takes a domain, such as `site:example.org`; for several, join \
                         them with OR",
                    "site:example.org",
                );
                return None;
            }
        };
        self.take();
        let given = self.text(&text).to_owned();
        let domain = domain_of(&given);
        let place = token.span.start..next.span.end;
        if !is_domain(&domain) {
            self.report(
                place.clone(),
                "`site:` takes a whole domain, such as `site:example.org`, and holds for all \
                     addresses under it",
                format!("site:{}", likely_domain(&domain)),
            );
        } else if domain != given.to_lowercase() {
            self.report(
                place.clone(),
                "`site:` takes the domain alone; it holds for all addresses under it",
                format!("site:{domain}"),
            );
        }
        Some(Expression {
            kind: Kind::Site(domain),
            place,
        })
    }

    fn group(&mut self) -> Option<Expression> {
        let open = self.take();
        if self.is_too_deep(&open) {
            return None;
        }
        self.depth += 1;
        let before = self.problems.len();
        let of = self.chain();
        self.depth -= 1;
        while self.peek().kind == TokenKind::Comma {
            self.stray_comma();
            self.chain();
        }
        if self.peek().kind == TokenKind::Close {
            let close = self.take();
            if of.is_none() && self.problems.len() == before {
                self.report(
                    open.span.start..close.span.end,
                    "there is nothing between the parentheses",
                    PLACEHOLDER_TERM,
                );
            }
        } else {
            self.unclosed.push(open.span.start);
        }
        // The place of a group includes its parentheses, so that it can be quoted in suggestions.
        of.map(|of| {
            let place = self.place_from(open.span.start);
            Expression { place, ..of }
        })
    }

    /// Whether the parenthesis that was taken is one too many: tells it, and passes over its group.
    pub(super) fn is_too_deep(&mut self, open: &Token) -> bool {
        let is_too_deep = self.depth >= MAX_NESTING;
        if is_too_deep {
            self.problems.push(Problem::error(
                open.span.clone(),
                format!("parentheses are nested deeper than {MAX_NESTING}"),
            ));
            self.skip_group();
        }
        is_too_deep
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
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// The domain in `*.example.org`, or an example.
fn likely_domain(given: &str) -> &str {
    let inner = given.trim_matches(|c: char| !c.is_alphanumeric());
    if is_domain(inner) {
        inner
    } else {
        "example.org"
    }
}
