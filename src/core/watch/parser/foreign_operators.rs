//! What people write for an operator: `and`, `&&`, `oder`, `-football`, a comma.

use super::super::lexer::{Token, TokenKind};
use super::super::problem::{PLACEHOLDER_TERM, Problem};
use super::cursor::{ChainOperator, Parser};

/// What was meant by a word that stands for an operator.
#[derive(Clone, Copy)]
pub(super) struct IntendedOperator {
    pub(super) operator: &'static str,
    pub(super) joint: ChainOperator,
    foreign: bool,
}

/// How a `not` may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NotLanguage {
    English,
    Any,
}

impl Parser<'_> {
    fn kind_at(&self, index: usize) -> &TokenKind {
        &self.tokens[index.min(self.tokens.len() - 1)].kind
    }

    /// Whether something that operators join begins at token `index`.
    pub(super) fn begins_operand(&self, index: usize) -> bool {
        matches!(
            self.kind_at(index),
            TokenKind::Word
                | TokenKind::Quoted { .. }
                | TokenKind::List
                | TokenKind::Open
                | TokenKind::Field(_)
                | TokenKind::Site
                | TokenKind::AtLeast(_)
                | TokenKind::Min(_)
        )
    }

    /// The operator that was meant by the word at token `index`.
    pub(super) fn intended_operator(&self, index: usize) -> Option<IntendedOperator> {
        let token = self.tokens.get(index)?;
        if token.kind != TokenKind::Word {
            return None;
        }
        let text = self.text(&token.span);
        let not_follows = *self.kind_at(index + 1) == TokenKind::Not
            || self.is_mistyped_not(index + 1, NotLanguage::English);
        if text == "but" {
            let instead = mistyped_operator("BUT");
            return instead.filter(|_| not_follows);
        }
        let instead = mistyped_operator(text)?;
        let follows = not_follows || self.begins_operand(index + 1);
        (!instead.foreign || follows).then_some(instead)
    }

    /// Whether the word at token `index` is a `not` in front of something.
    pub(super) fn is_mistyped_not(&self, index: usize, tongue: NotLanguage) -> bool {
        let token = &self.tokens[index.min(self.tokens.len() - 1)];
        token.kind == TokenKind::Word
            && self.begins_operand(index + 1)
            && match tongue {
                NotLanguage::English => {
                    let text = self.text(&token.span);
                    let glued = self.tokens[index + 1].span.start == token.span.end;
                    is_not(text)
                        || (glued && text.chars().all(is_minus) && text.chars().count() == 1)
                }
                NotLanguage::Any => {
                    let text = self.text(&token.span);
                    is_not(text) || is_foreign_not(text)
                }
            }
    }

    /// A lower-case `not` where an operand should begin.
    pub(super) fn mistyped_not(&mut self) -> Token {
        let token = self.take();
        let text = self.text(&token.span);
        let message = if is_not(text) {
            in_capitals(text)
        } else {
            excludes_nothing(text)
        };
        let help = format!("NOT{}", self.blank_after(token.span.end));
        self.report(token.span.clone(), message, help);
        token
    }

    /// A blank, when an operator that ends here would stick to what comes next.
    fn blank_after(&self, end: usize) -> &'static str {
        let next = self.query[end..].chars().next();
        if next.is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '）')) {
            " "
        } else {
            ""
        }
    }

    /// A word that stands for an operator, with the `not` after it.
    pub(super) fn told_operator(&mut self, instead: IntendedOperator) -> ChainOperator {
        let token = self.take();
        let near = matches!(self.peek().kind, TokenKind::Near(_) | TokenKind::Pre(_));
        let mut span = token.span.clone();
        let mut help = instead.operator;
        if near && is_not(self.text(&span)) {
            self.take();
            help = "NOT";
        } else if !help.contains('/')
            && (self.peek().kind == TokenKind::Not
                || self.is_mistyped_not(self.at, NotLanguage::Any))
        {
            span.end = self.take().span.end;
            help = if instead.operator == "OR" {
                "OR NOT"
            } else {
                "AND NOT"
            };
        }
        let text = self.text(&span);
        let message = if instead.foreign {
            format!(
                "`{text}` is a word here: operators are the English AND, OR and NOT, in capitals"
            )
        } else if text.chars().all(|c| c.is_alphabetic() || c.is_whitespace()) {
            in_capitals(text)
        } else {
            format!("`{text}` is no operator here")
        };
        let help = format!("{help}{}", self.blank_after(span.end));
        self.report(span, message, help);
        self.operand_follows(&token);
        instead.joint
    }

    /// `-football` or `+football` beside something: tells it, and leaves the word to be read.
    pub(super) fn signed_neighbour(&mut self) -> bool {
        let token = self.peek().clone();
        if token.kind != TokenKind::Word {
            return false;
        }
        let Some((sign, rest)) = signed(self.text(&token.span)) else {
            return false;
        };
        let problem = if sign == '+' {
            Problem::error(token.span, "`+` means nothing here: join words with AND")
                .help(format!("AND {rest}"))
        } else {
            Problem::error(token.span, excludes_nothing(&sign.to_string()))
                .help(format!("AND NOT {rest}"))
        };
        self.problems.push(problem);
        self.told = Some(self.at);
        true
    }

    /// `-football` where an operand may stand. The word was taken already.
    pub(super) fn signed_operand(&mut self, token: &Token) {
        let at = self.at - 1;
        if self.told == Some(at) {
            return;
        }
        let Some((sign, rest)) = signed(self.text(&token.span)) else {
            return;
        };
        let mut span = token.span.clone();
        if sign == '+' {
            let problem = Problem::error(span, "`+` means nothing here: join words with AND");
            let problem = problem.help(rest);
            self.problems.push(problem);
            return;
        }
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let help = match before.map(|before| &before.kind) {
            None if *self.kind_at(self.at) == TokenKind::End => {
                format!("{PLACEHOLDER_TERM} AND NOT {rest}")
            }
            Some(TokenKind::Not) => rest.to_owned(),
            Some(TokenKind::Field(_)) => {
                span.start = before.map_or(span.start, |before| before.span.start);
                format!("NOT {}{rest}", self.text(&(span.start..token.span.start)))
            }
            _ => format!("NOT {rest}"),
        };
        self.report(span, excludes_nothing(&sign.to_string()), help);
    }

    /// A comma outside a list; it is taken.
    pub(super) fn stray_comma(&mut self) {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let comma = self.take().span;
        let before = self
            .at
            .checked_sub(2)
            .map(|before| self.tokens[before].clone());
        if let Some(before) = &before
            && before.kind == TokenKind::Word
            && before.span.end == comma.start
            && digits(self.text(&before.span))
        {
            let mut end = before.span.end;
            let mut index = self.at;
            while self.tokens[index - 1].kind == TokenKind::Comma
                && self.tokens[index - 1].span.start == end
                && let Some(next) = self.tokens.get(index)
                && next.kind == TokenKind::Word
                && next.span.len() == 3
                && next.span.start == self.tokens[index - 1].span.end
                && digits(self.text(&next.span))
            {
                end = next.span.end;
                index += 2;
                if index > self.tokens.len() {
                    break;
                }
            }
            if end > comma.end {
                self.at = index - 1;
                let span = before.span.start..end;
                let help = format!("\"{}\"", self.text(&span));
                let message = "a number with a comma stands in quotes";
                self.report(span, message, help);
                return;
            }
        }
        if self.list_of_terms() {
            return;
        }
        let joins = self.begins_operand(self.at)
            && !matches!(
                before.map(|before| before.kind),
                None | Some(TokenKind::Open | TokenKind::Comma)
            );
        if !joins {
            let message = "this comma joins nothing";
            self.report(comma, message, "");
            return;
        }
        let left = self.query[..comma.start].ends_with(char::is_whitespace);
        let right = self.query[comma.end..].starts_with(char::is_whitespace);
        let help = match (left, right) {
            (true, true) => "OR",
            (true, false) => "OR ",
            (false, true) => " OR",
            (false, false) => " OR ",
        };
        let message = "a comma joins nothing here: write OR or AND";
        self.report(comma, message, help);
    }

    /// `jail, prison, "tear gas"`: tells all the commas between terms at once, and takes them. The first comma was
    /// taken already.
    fn list_of_terms(&mut self) -> bool {
        let is_term = |parser: &Self, at: usize| match parser.tokens.get(at) {
            Some(token) if matches!(token.kind, TokenKind::Quoted { .. }) => true,
            Some(token) if token.kind == TokenKind::Word => {
                parser.intended_operator(at).is_none() && signed(parser.text(&token.span)).is_none()
            }
            _ => false,
        };
        let ends = |kind: &TokenKind| {
            matches!(
                kind,
                TokenKind::And
                    | TokenKind::Or
                    | TokenKind::Not
                    | TokenKind::Open
                    | TokenKind::Close
                    | TokenKind::Comma
                    | TokenKind::End
            )
        };
        let Some(first) = self.at.checked_sub(2) else {
            return false;
        };
        let before = first.checked_sub(1);
        let begins_plainly = before.is_none_or(|before| ends(self.kind_at(before)));
        if !is_term(self, first) || !begins_plainly {
            return false;
        }
        let mut terms = vec![self.tokens[first].span.clone()];
        let mut at = self.at;
        while is_term(self, at) && ends(self.kind_at(at + 1)) {
            terms.push(self.tokens[at].span.clone());
            at += 1;
            if *self.kind_at(at) != TokenKind::Comma || !is_term(self, at + 1) {
                break;
            }
            at += 1;
        }
        let [start, .., end] = terms.as_slice() else {
            return false;
        };
        let span = start.start..end.end;
        let parts: Vec<&str> = terms.iter().map(|term| self.text(term)).collect();
        let or = parts.join(" OR ");
        let in_group = matches!(
            (before.map(|before| self.kind_at(before)), self.kind_at(at)),
            (
                None | Some(TokenKind::Open),
                TokenKind::Close | TokenKind::End
            )
        );
        let message = "a comma joins nothing here: write OR or AND";
        let help = if in_group { or } else { format!("({or})") };
        self.report(span, message, help);
        // The last one is read as what comes next.
        self.at = at - 1;
        true
    }
}

fn excludes_nothing(sign: &str) -> String {
    format!("`{sign}` excludes nothing here: write AND NOT")
}

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '!' | '−' | '–' | '—')
}

fn in_capitals(text: &str) -> String {
    format!("`{text}` is a word here: operators are written in capitals")
}

/// The sign in front of a word, and the word.
pub(super) fn signed(text: &str) -> Option<(char, &str)> {
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    ((is_minus(sign) || sign == '+') && rest.starts_with(char::is_alphanumeric))
        .then_some((sign, rest))
}

fn is_not(text: &str) -> bool {
    text.eq_ignore_ascii_case("not") || text == "ＮＯＴ"
}

fn is_foreign_not(text: &str) -> bool {
    matches!(
        text,
        "NO" | "NON" | "SAUF" | "NÃO" | "NICHT" | "НЕ" | "ليس" | "非"
    )
}

/// What people write for an operator, what to write, and how it joins.
fn mistyped_operator(text: &str) -> Option<IntendedOperator> {
    let lower = text.to_ascii_lowercase();
    let (operator, joint) = match lower.as_str() {
        "and" | "&" | "&&" | "+" | "ＡＮＤ" => ("AND", ChainOperator::And),
        "or" | "|" | "||" | "/" | "and/or" | "ＯＲ" => ("OR", ChainOperator::Or),
        "not" | "-" | "!" | "−" | "–" | "—" | "ＮＯＴ" => {
            ("AND NOT", ChainOperator::Unclear)
        }
        "near" | "within" | "adj" => ("NEAR/10", ChainOperator::Unclear),
        "pre" => ("PRE/10", ChainOperator::Unclear),
        "same" if text == "SAME" => ("NEAR/50", ChainOperator::Unclear),
        "andnot" | "but" if text != "but" => ("AND NOT", ChainOperator::Unclear),
        _ => return foreign_operator(text),
    };
    Some(IntendedOperator {
        operator,
        joint,
        foreign: false,
    })
}

/// Operators in other languages: in capitals, for in small letters they are words of phrases.
fn foreign_operator(text: &str) -> Option<IntendedOperator> {
    let (operator, joint) = match text {
        "Y" | "E" | "ET" | "UND" | "И" | "و" | "和" => ("AND", ChainOperator::And),
        "O" | "U" | "OU" | "ODER" | "ИЛИ" | "أو" | "或" => ("OR", ChainOperator::Or),
        _ if is_foreign_not(text) => ("AND NOT", ChainOperator::Unclear),
        _ => return None,
    };
    Some(IntendedOperator {
        operator,
        joint,
        foreign: true,
    })
}
