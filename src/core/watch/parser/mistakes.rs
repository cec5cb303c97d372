//! What stands where an operator should, and what was probably meant.

use std::ops::Range;

use super::super::foreign_syntax::forms_of;
use super::super::lexer::{Token, TokenKind};
use super::super::problem::{PLACEHOLDER_TERM, Problem};
use super::super::quotes::is_quote;
use super::super::syntax::{Expression, Kind};
use super::cursor::{ChainOperator, Parser};
use super::foreign_operators::signed;

impl Parser<'_> {
    /// An operator that begins a query or a group.
    pub(super) fn nothing_before(&mut self, operator: &Token) {
        let name = self.text(&operator.span).to_owned();
        let help = if self.ends_here() {
            PLACEHOLDER_TERM
        } else {
            ""
        };
        self.report(
            operator.span.clone(),
            format!("`{name}` needs something before it"),
            help,
        );
    }

    /// After an operator: is there anything to be joined?
    pub(super) fn operand_follows(&mut self, operator: &Token) {
        if self.ends_here() || matches!(self.peek().kind, TokenKind::And | TokenKind::Or) {
            self.nothing_after(operator.span.clone());
        }
    }

    /// An operator that ends a query or a group, or stands before another.
    pub(super) fn nothing_after(&mut self, operator: Range<usize>) {
        let message = format!("`{}` needs something after it", self.text(&operator));
        let before = self.tokens[..self.at]
            .iter()
            .rev()
            .skip_while(|token| token.span.end > operator.start);
        let mut start = operator.start;
        let mut alone = true;
        for token in before {
            match token.kind {
                // `AND NOT` goes as a whole.
                TokenKind::And | TokenKind::Or => start = token.span.start,
                TokenKind::Open | TokenKind::Comma => break,
                _ => {
                    alone = false;
                    break;
                }
            }
        }
        let help = if alone && self.ends_here() {
            PLACEHOLDER_TERM
        } else {
            ""
        };
        self.report(start..operator.end, message, help);
    }

    fn ends_here(&self) -> bool {
        matches!(
            self.peek().kind,
            TokenKind::Close | TokenKind::Comma | TokenKind::End
        )
    }

    /// Something stands where an operator should: a mistyped one, or two things side by side.
    pub(super) fn missing_operator(&mut self, parts: &[Expression]) -> ChainOperator {
        let token = self.peek().clone();
        if token.kind == TokenKind::Not {
            let problem = Problem::error(
                token.span,
                "NOT follows AND: `AND NOT` says that the item must not hold it",
            );
            self.problems.push(problem.help("AND NOT"));
            return ChainOperator::Unclear;
        }
        if let Some(instead) = self.intended_operator(self.at) {
            return self.told_operator(instead);
        }
        if self.signed_neighbour() {
            return ChainOperator::Unclear;
        }
        if let Some(last) = parts.last() {
            match token.kind {
                TokenKind::Near(_) | TokenKind::Pre(_) => {
                    self.take();
                    return self.chained_near(last, &token);
                }
                _ => self.side_by_side(last),
            }
        }
        ChainOperator::Unclear
    }

    /// `a NEAR/3 b NEAR/5 c`: which two belong together?
    fn chained_near(&mut self, last: &Expression, operator: &Token) -> ChainOperator {
        let span = operator.span.clone();
        let operator = self.text(&span).to_owned();
        let (Kind::Near { right, .. } | Kind::NotNear { right, .. }) = &last.kind else {
            let message = format!("`{operator}` joins two terms or groups of them");
            self.report(span, message, "AND");
            return ChainOperator::Unclear;
        };
        let next = self.at;
        let third = self.peek().span.clone();
        let end = match self.peek().kind {
            TokenKind::Word | TokenKind::Quoted { .. } | TokenKind::List => third.end,
            TokenKind::Open => self.closing(next).map_or(third.end, |span| span.end),
            _ => third.start,
        };
        let third = self.query[third.start..end].to_owned();
        let first = self.query[last.place.clone()].to_owned();
        let middle = self.query[right.place.clone()].to_owned();
        self.report(
            last.place.start..end.max(last.place.end),
            "NEAR joins two things, not three: say which two are close to each other",
            format!("({first}) AND ({middle} {operator} {third})"),
        );
        ChainOperator::Unclear
    }

    /// The parenthesis that closes the one at token `open`.
    fn closing(&self, open: usize) -> Option<Range<usize>> {
        let mut depth = 0_usize;
        for token in &self.tokens[open..] {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(token.span.clone());
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// `detenido(a)`: tells it and takes it.
    fn ending_in_parentheses(&mut self) -> bool {
        let base = self.at.checked_sub(1).map(|before| &self.tokens[before]);
        let Some(base) = base.filter(|base| base.kind == TokenKind::Word) else {
            return false;
        };
        let [open, ending, close] = [0, 1, 2].map(|ahead| self.tokens.get(self.at + ahead));
        let (Some(open), Some(ending), Some(close)) = (open, ending, close) else {
            return false;
        };
        let glued = open.span.start == base.span.end
            && ending.span.start == open.span.end
            && close.span.start == ending.span.end;
        if !glued || ending.kind != TokenKind::Word || close.kind != TokenKind::Close {
            return false;
        }
        let plural = self.tokens.get(self.at + 3).is_some_and(|next| {
            next.kind == TokenKind::Word
                && next.span.start == close.span.end
                && self.text(&next.span) == "s"
        });
        let whole = base.span.start..close.span.end + usize::from(plural);
        let Some(forms) = forms_of(self.text(&whole)) else {
            return false;
        };
        let message = "each form of a word is a word of its own here";
        let help = format!("({})", forms.join(" OR "));
        self.report(whole, message, help);
        // What closes it is passed over by the caller.
        self.at += 2 + usize::from(plural);
        true
    }

    /// Terms that stand one below the other, without an operator: tells them and takes all but the last.
    fn one_below_the_other(&mut self, last: &Expression) -> bool {
        let first = self
            .tokens
            .iter()
            .position(|token| token.span == last.place)
            .unwrap_or(self.at);
        let is_part =
            |at: usize, parser: &Self| match parser.tokens.get(at).map(|token| &token.kind) {
                Some(TokenKind::Quoted { .. }) => true,
                Some(TokenKind::Word) => {
                    let text = parser.text(&parser.tokens[at].span);
                    parser.intended_operator(at).is_none() && signed(text).is_none()
                }
                _ => false,
            };
        let mut lines: Vec<Vec<usize>> = Vec::new();
        let mut at = first;
        while is_part(at, self) {
            let begins = at.checked_sub(1).is_none_or(|before| {
                let gap = self.tokens[before].span.end..self.tokens[at].span.start;
                at == first || self.text(&gap).contains('\n')
            });
            if begins {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(at);
            }
            at += 1;
        }
        if lines.len() < 2 || at <= self.at {
            return false;
        }
        let terms: Vec<String> = lines
            .iter()
            .map(|line| match line.as_slice() {
                [one] => self.text(&self.tokens[*one].span).to_owned(),
                several => {
                    let words = several.iter().map(|&at| match &self.tokens[at].kind {
                        TokenKind::Quoted { text, .. } => self.text(text),
                        _ => self.text(&self.tokens[at].span),
                    });
                    format!("\"{}\"", words.collect::<Vec<_>>().join(" "))
                }
            })
            .collect();
        let span = last.place.start..self.tokens[at - 1].span.end;
        let whole = first == 0 && self.tokens[at].kind == TokenKind::End;
        let or = terms.join(" OR ");
        let message = format!(
            "a new line joins nothing: is it any of them, `{}`, or all of them, `{}`?",
            shortened(&or),
            shortened(&terms.join(" AND "))
        );
        let help = if whole { or } else { format!("({or})") };
        self.report(span, message, help);
        self.at = at - 1;
        true
    }

    /// Two terms with nothing between them: a phrase, or AND?
    fn side_by_side(&mut self, last: &Expression) {
        if self.ending_in_parentheses()
            || (matches!(last.kind, Kind::Term(_)) && self.one_below_the_other(last))
        {
            return;
        }
        let bare = |parser: &Self, place: &Range<usize>| {
            let text = parser.text(place);
            !text.contains(|c: char| c.is_whitespace() || is_quote(c) || c == '(')
        };
        let both_bare = matches!(last.kind, Kind::Term(_))
            && bare(self, &last.place)
            && self.peek().kind == TokenKind::Word;
        if both_bare {
            return self.bare_words(last);
        }
        let next = self.peek().span.clone();
        let end = if self.peek().kind == TokenKind::Open {
            self.closing(self.at).map_or(next.end, |span| span.end)
        } else {
            next.end
        };
        let message = "two parts side by side: write AND, OR or NEAR/n between them";
        let left = &self.query[last.place.clone()];
        let right = &self.query[next.start..end];
        self.report(
            last.place.start..end,
            message,
            format!("{left} AND {right}"),
        );
    }

    /// Bare words in a row, of which the first was read: a phrase, or AND? Takes all but the last.
    fn bare_words(&mut self, first: &Expression) {
        // All the bare words in a row, so that one suggestion mends them at once.
        let mut end = self.peek().span.end;
        let mut words = vec![self.text(&first.place).to_owned()];
        let mut taken = self.at;
        while self.tokens[taken].kind == TokenKind::Word {
            let text = self.text(&self.tokens[taken].span);
            if self.intended_operator(taken).is_some() || signed(text).is_some() {
                break;
            }
            words.push(text.to_owned());
            end = self.tokens[taken].span.end;
            taken += 1;
        }
        // The last of them is read as an operand, as any other.
        self.at = taken - 1;
        let phrase = format!("\"{}\"", words.join(" "));
        // A sign alone, such as `…`, is no word of its own.
        let and: Vec<String> = words
            .iter()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .map(|word| match forms_of(word) {
                Some(forms) => format!("({})", forms.join(" OR ")),
                None => word.clone(),
            })
            .collect();
        let and = and.join(" AND ");
        let (meant, name) = match self.without_slips(&phrase) {
            Some(meant) => (meant, ""),
            None => (phrase, "the phrase "),
        };
        self.report(
            first.place.start..end,
            format!(
                "words side by side: is it {name}`{}`, or `{}`?",
                shortened(&meant),
                shortened(&and)
            ),
            meant,
        );
    }

    /// A phrase that would itself get a warning, as that warning suggests to write it.
    fn without_slips(&self, phrase: &str) -> Option<String> {
        let problems = (self.told_of)(phrase);
        let [problem] = problems.as_slice() else {
            return None;
        };
        let help = problem.help.as_ref()?;
        (problem.span == (0..phrase.len())).then(|| help.clone())
    }
}

/// The chain as text with parentheses around what `tighter` joins.
pub(super) fn reading(
    query: &str,
    parts: &[Expression],
    joints: &[ChainOperator],
    tighter: ChainOperator,
) -> String {
    let name = |joint| {
        if joint == ChainOperator::And {
            " AND "
        } else {
            " OR "
        }
    };
    let looser = if tighter == ChainOperator::And {
        ChainOperator::Or
    } else {
        ChainOperator::And
    };
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && joints.get(index - 1) == Some(&looser) {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(&query[part.place.clone()]);
        }
    }
    let texts: Vec<String> = groups
        .iter()
        .map(|group| match group.as_slice() {
            [one] => (*one).to_owned(),
            [first, rest @ ..] if tighter == ChainOperator::Or && first.starts_with("NOT ") => {
                format!("NOT ({} OR {})", &first[4..], rest.join(" OR "))
            }
            _ => format!("({})", group.join(name(tighter))),
        })
        .collect();
    texts.join(name(looser))
}

/// A reading as it fits into a message.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 400;
    if text.len() <= LONGEST {
        text.to_owned()
    } else {
        format!("{}…", &text[..text.floor_char_boundary(LONGEST)])
    }
}
