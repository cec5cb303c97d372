//! Tokens to a syntax tree. Goes on after a mistake, so that all of them are shown at once.

use std::ops::Range;

use super::lexer::{Token, TokenKind, domain_of, tokens};
use super::lint::lint;
use super::problem::{Problem, Severity};
use super::syntax::{
    Expression, Kind, MAX_NESTING, MAX_QUERY, MAX_TERMS, Order, Query, Term, TextField,
};
use super::term::read_term;

/// Problems that are told, at most.
const MOST_PROBLEMS: usize = 100;

/// Reads a query.
///
/// There is a tree when no problem is an error. Problems are in the order of their places, the first
/// hundred of them.
pub fn parse(query: &str) -> (Option<Query>, Vec<Problem>) {
    let mut problems = Vec::new();
    if query.len() > MAX_QUERY {
        let message = format!(
            "the query has {} bytes, and {MAX_QUERY} are the most: make it several watches",
            query.len()
        );
        return (None, vec![Problem::error(0..query.len(), message)]);
    }
    let tokens = tokens(query, &mut problems);
    let mut parser = Parser {
        query,
        tokens,
        at: 0,
        depth: 0,
        terms: 0,
        unclosed: Vec::new(),
        problems,
    };
    let root = parser.whole();
    let mut problems = parser.problems;
    if let Some(root) = &root
        && problems.iter().all(|p| p.severity == Severity::Warning)
    {
        lint(query, root, &mut problems);
    }
    let sound = problems.iter().all(|p| p.severity == Severity::Warning);
    problems.sort_by_key(|p| (p.span.start, p.span.end));
    problems.dedup();
    problems.truncate(MOST_PROBLEMS);
    (root.filter(|_| sound).map(|root| Query { root }), problems)
}

/// Reads one word or phrase, such as the key of a score table: several words are a phrase.
///
/// # Errors
/// The first mistake, or that it is more than a term.
pub(super) fn parse_term(text: &str) -> Result<Term, Problem> {
    let mut problems = Vec::new();
    let trimmed = text.trim();
    let (exact, body) = match trimmed.strip_prefix('=') {
        Some(rest) if rest.starts_with(super::lexer::is_quote) => (true, rest),
        _ => (false, trimmed),
    };
    let body = body
        .strip_prefix(super::lexer::is_quote)
        .and_then(|inner| inner.strip_suffix(super::lexer::is_quote))
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
    if let Some(problem) = problems.into_iter().next() {
        return Err(problem);
    }
    if term.words.is_empty() {
        return Err(Problem::error(whole, "a term needs a letter or a digit"));
    }
    Ok(term)
}

/// How two neighbours in a chain are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
    /// An operator was missing or mistyped, and that was told.
    Unclear,
}

struct Parser<'q> {
    query: &'q str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    terms: usize,
    unclosed: Vec<usize>,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek_second(&self) -> &TokenKind {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)].kind
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn text(&self, span: &Range<usize>) -> &str {
        &self.query[span.clone()]
    }

    fn whole(&mut self) -> Option<Expression> {
        let mut root = None;
        if self.peek().kind == TokenKind::End {
            let message = "the query is empty: a watch needs at least one term";
            self.problems
                .push(Problem::error(0..self.query.len(), message));
            return None;
        }
        loop {
            let part = self.chain();
            root = root.or(part);
            match self.peek().kind {
                TokenKind::End => break,
                TokenKind::Comma => {
                    let span = self.take().span;
                    self.problems.push(
                        Problem::error(span, "a comma joins nothing here: write OR or AND")
                            .help(" OR"),
                    );
                }
                _ => {
                    let span = self.take().span;
                    self.problems
                        .push(Problem::error(span, "this parenthesis closes nothing").help(""));
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
            self.problems.push(
                Problem::error(first..first + rest.len(), message)
                    .help(format!("{rest}{}", ")".repeat(count))),
            );
        }
        if let Some(root) = &root
            && self
                .problems
                .iter()
                .all(|p| p.severity == Severity::Warning)
            && !is_positive(root)
        {
            self.problems.push(
                Problem::error(
                    root.place.clone(),
                    "a watch of negatives alone would match nearly everything: say first what it is \
                     looking for",
                )
                .help(format!("\"what to find\" AND {}", in_group(self.query, root))),
            );
        }
        root
    }

    /// Parts joined by AND or by OR, but not both.
    fn chain(&mut self) -> Option<Expression> {
        let mut parts: Vec<Expression> = Vec::new();
        let mut joints: Vec<Joint> = Vec::new();
        parts.extend(self.negation());
        loop {
            let token = self.peek().clone();
            let joint = match token.kind {
                TokenKind::And | TokenKind::Or => {
                    self.take();
                    if parts.is_empty() {
                        self.problems.push(
                            Problem::error(
                                token.span.clone(),
                                format!("`{}` needs something before it", self.text(&token.span)),
                            )
                            .help(""),
                        );
                    }
                    self.operand_follows(&token);
                    if token.kind == TokenKind::And {
                        Joint::And
                    } else {
                        Joint::Or
                    }
                }
                TokenKind::Close | TokenKind::Comma | TokenKind::End => break,
                TokenKind::Near(_) | TokenKind::Pre(_) if parts.is_empty() => {
                    self.take();
                    self.problems.push(
                        Problem::error(
                            token.span.clone(),
                            format!("`{}` needs something before it", self.text(&token.span)),
                        )
                        .help(""),
                    );
                    Joint::Unclear
                }
                _ => self.missing_operator(&parts),
            };
            let before = self.at;
            let part = self.negation();
            if part.is_some() && !parts.is_empty() {
                joints.push(joint);
            }
            parts.extend(part);
            if self.at == before && !matches!(joint, Joint::And | Joint::Or) {
                self.take();
            }
        }
        self.join(parts, &joints)
    }

    fn operand_follows(&mut self, operator: &Token) {
        if matches!(
            self.peek().kind,
            TokenKind::Close | TokenKind::Comma | TokenKind::End | TokenKind::And | TokenKind::Or
        ) {
            let name = self.text(&operator.span).to_owned();
            self.problems.push(
                Problem::error(
                    operator.span.clone(),
                    format!("`{name}` needs something after it"),
                )
                .help(""),
            );
        }
    }

    fn join(&mut self, mut parts: Vec<Expression>, joints: &[Joint]) -> Option<Expression> {
        let last = parts.pop()?;
        let Some(first) = parts.first() else {
            return Some(last);
        };
        let place = first.place.start..last.place.end;
        parts.push(last);
        let ands = joints.contains(&Joint::And);
        let ors = joints.contains(&Joint::Or);
        if ands && ors && !joints.contains(&Joint::Unclear) {
            let and_first = reading(self.query, &parts, joints, Joint::And);
            let or_first = reading(self.query, &parts, joints, Joint::Or);
            self.problems.push(
                Problem::error(
                    place.clone(),
                    format!(
                        "AND and OR meet without parentheses: is it `{}` or `{}`?",
                        shortened(&and_first),
                        shortened(&or_first)
                    ),
                )
                .help(and_first),
            );
        }
        let kind =
            if ors && !ands {
                for part in parts.iter().filter(|part| !is_positive(part)) {
                    self.problems.push(
                    Problem::error(
                        part.place.clone(),
                        "NOT beside OR would match nearly everything: exclude with AND NOT, after \
                         the group",
                    )
                    .help(format!("(\"what to find\" AND {})", &self.query[part.place.clone()])),
                );
                }
                Kind::Or(parts)
            } else {
                Kind::And(parts)
            };
        Some(Expression { kind, place })
    }

    /// Something stands where an operator should: a mistyped one, or two things side by side.
    fn missing_operator(&mut self, parts: &[Expression]) -> Joint {
        let token = self.peek().clone();
        let text = self.text(&token.span).to_owned();
        if token.kind == TokenKind::Not {
            let problem = Problem::error(
                token.span,
                "NOT follows AND: `AND NOT` says that the item must not hold it",
            );
            self.problems.push(problem.help("AND NOT"));
            return Joint::Unclear;
        }
        if token.kind == TokenKind::Word
            && let Some((operator, joint)) = mistyped_operator(&text)
        {
            self.take();
            let message = if text.chars().all(char::is_alphabetic) {
                format!("`{text}` is a word here: operators are written in capitals")
            } else {
                format!("`{text}` is no operator here")
            };
            self.problems
                .push(Problem::error(token.span.clone(), message).help(operator));
            self.operand_follows(&token);
            return joint;
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
        Joint::Unclear
    }

    /// `a NEAR/3 b NEAR/5 c`: which two belong together?
    fn chained_near(&mut self, last: &Expression, operator: &Token) -> Joint {
        let operator = self.text(&operator.span).to_owned();
        let (Kind::Near { right, .. } | Kind::NotNear { right, .. }) = &last.kind else {
            let message = format!("`{operator}` joins two terms or groups of them");
            self.problems
                .push(Problem::error(last.place.clone(), message));
            return Joint::Unclear;
        };
        let next = self.at;
        let third = self.peek().span.clone();
        let end = match self.peek().kind {
            TokenKind::Word | TokenKind::Quoted { .. } => third.end,
            TokenKind::Open => self.closing(next).map_or(third.end, |span| span.end),
            _ => third.start,
        };
        let third = self.query[third.start..end].to_owned();
        let first = self.query[last.place.clone()].to_owned();
        let middle = self.query[right.place.clone()].to_owned();
        self.problems.push(
            Problem::error(
                last.place.start..end.max(last.place.end),
                "NEAR joins two things, not three: say which two are close to each other",
            )
            .help(format!("({first}) AND ({middle} {operator} {third})")),
        );
        Joint::Unclear
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

    /// Two terms with nothing between them: a phrase, or AND?
    fn side_by_side(&mut self, last: &Expression) {
        let bare = |parser: &Self, place: &Range<usize>| {
            let text = parser.text(place);
            !text.contains(|c: char| c.is_whitespace() || super::lexer::is_quote(c) || c == '(')
        };
        let mut end = self.peek().span.end;
        let both_bare = matches!(last.kind, Kind::Term(_))
            && bare(self, &last.place)
            && self.peek().kind == TokenKind::Word;
        if both_bare {
            // All the bare words in a row, so that one suggestion mends them at once.
            let mut words = vec![self.text(&last.place).to_owned()];
            let mut taken = self.at;
            while self.tokens[taken].kind == TokenKind::Word {
                let text = self.text(&self.tokens[taken].span);
                if mistyped_operator(text).is_some() {
                    break;
                }
                words.push(text.to_owned());
                end = self.tokens[taken].span.end;
                taken += 1;
            }
            // The last of them is read as an operand, as any other.
            self.at = taken - 1;
            let phrase = format!("\"{}\"", words.join(" "));
            let and = words.join(" AND ");
            self.problems.push(
                Problem::error(
                    last.place.start..end,
                    format!(
                        "words side by side: is it the phrase `{}`, or `{}`?",
                        shortened(&phrase),
                        shortened(&and)
                    ),
                )
                .help(phrase),
            );
            return;
        }
        let next = self.peek().span.clone();
        if self.peek().kind == TokenKind::Open {
            end = self.closing(self.at).map_or(next.end, |span| span.end);
        }
        let message = "two parts side by side: write AND, OR or NEAR/n between them";
        let left = &self.query[last.place.clone()];
        let right = &self.query[next.start..end];
        self.problems.push(
            Problem::error(last.place.start..end, message).help(format!("{left} AND {right}")),
        );
    }

    fn negation(&mut self) -> Option<Expression> {
        if self.peek().kind != TokenKind::Not {
            return self.proximity();
        }
        let not = self.take();
        let mut repeated = false;
        while self.peek().kind == TokenKind::Not {
            let second = self.take();
            repeated = true;
            self.problems.push(
                Problem::error(not.span.start..second.span.end, "NOT stands twice").help("NOT"),
            );
        }
        if matches!(self.peek().kind, TokenKind::Near(_) | TokenKind::Pre(_)) {
            let near = self.take();
            let message = "NOT NEAR needs something before it";
            self.problems
                .push(Problem::error(not.span.start..near.span.end, message).help("NOT"));
        }
        self.operand_follows(&not);
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
            self.problems.push(
                Problem::error(span.clone(), "there is no NOT PRE: use NOT NEAR")
                    .help(format!("NOT NEAR/{distance}")),
            );
        }
        let before = self.problems.len();
        let Some(right) = self.operand() else {
            if self.problems.len() == before {
                let name = self.text(&span).to_owned();
                self.problems.push(
                    Problem::error(span, format!("`{name}` needs something after it")).help(""),
                );
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

    /// NEAR joins terms, phrases and OR-groups of them.
    fn check_operands(&mut self, left: &Expression, right: &Expression, operator: &str) {
        let query = self.query;
        for (operand, left_text, right_text) in [
            (left, None, Some(&query[right.place.clone()])),
            (right, Some(&query[left.place.clone()]), None),
        ] {
            if is_operand(operand) {
                continue;
            }
            let pair = |part: &Expression| {
                let text = &query[part.place.clone()];
                let (l, r) = (left_text.unwrap_or(text), right_text.unwrap_or(text));
                format!("({l} {operator} {r})")
            };
            let whole = left.place.start..right.place.end;
            let problem = Problem::error(
                whole,
                format!("`{operator}` joins terms, phrases and OR-groups of them"),
            );
            let help = match &operand.kind {
                Kind::And(parts) if parts.iter().all(is_operand) => {
                    parts.iter().map(pair).collect::<Vec<_>>().join(" AND ")
                }
                Kind::Near {
                    left: a, right: b, ..
                } => {
                    let near = if left_text.is_some() { a } else { b };
                    format!("({}) AND {}", &query[operand.place.clone()], pair(near))
                }
                _ => format!(
                    "({}) AND ({})",
                    &query[left.place.clone()],
                    &query[right.place.clone()]
                ),
            };
            self.problems.push(problem.help(help));
            return;
        }
    }

    fn operand(&mut self) -> Option<Expression> {
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

/// The chain as text with parentheses around what `tighter` joins.
fn reading(query: &str, parts: &[Expression], joints: &[Joint], tighter: Joint) -> String {
    let name = |joint| if joint == Joint::And { " AND " } else { " OR " };
    let looser = if tighter == Joint::And {
        Joint::Or
    } else {
        Joint::And
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
            [first, rest @ ..] if tighter == Joint::Or && first.starts_with("NOT ") => {
                format!("NOT ({} OR {})", &first[4..], rest.join(" OR "))
            }
            _ => format!("({})", group.join(name(tighter))),
        })
        .collect();
    texts.join(name(looser))
}

/// A reading as it fits into a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 400;
    if text.len() <= LONGEST {
        text.to_owned()
    } else {
        format!("{}…", &text[..text.floor_char_boundary(LONGEST)])
    }
}

/// `and`, `&&`, `oder`: what people write for an operator, what to write, and how it joins.
fn mistyped_operator(text: &str) -> Option<(&'static str, Joint)> {
    let lower = text.to_ascii_lowercase();
    Some(match lower.as_str() {
        "and" | "&" | "&&" | "+" => ("AND", Joint::And),
        "or" | "|" | "||" | "/" => ("OR", Joint::Or),
        "not" | "-" | "!" => ("AND NOT", Joint::Unclear),
        "near" | "within" | "adj" => ("NEAR/10", Joint::Unclear),
        "pre" => ("PRE/10", Joint::Unclear),
        "same" if text == "SAME" => ("NEAR/50", Joint::Unclear),
        "andnot" | "but" if text != "but" => ("AND NOT", Joint::Unclear),
        _ => return None,
    })
}

/// Terms, phrases, fields around them, and OR-groups of all these.
pub(super) fn is_operand(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Term(_) => true,
        Kind::Field(_, of) => is_operand(of),
        Kind::Or(of) => of.iter().all(is_operand),
        _ => false,
    }
}

/// Cannot match without something that is there.
fn is_positive(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Not(_) => false,
        Kind::And(of) => of.iter().any(is_positive),
        Kind::Or(of) => of.iter().all(is_positive),
        Kind::Field(_, of) => is_positive(of),
        _ => true,
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

fn in_group(query: &str, expression: &Expression) -> String {
    let text = &query[expression.place.clone()];
    if matches!(expression.kind, Kind::Or(_)) && !text.starts_with('(') {
        format!("({text})")
    } else {
        text.to_owned()
    }
}
