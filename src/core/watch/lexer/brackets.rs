//! Square and curly brackets, which stand for parentheses elsewhere.

use std::ops::Range;

use super::cursor::Lexer;

impl Lexer<'_> {
    /// `[police OR army]`: told in one piece when it is short.
    pub(super) fn closing_bracket(&mut self, end: usize) {
        const LONGEST: usize = 400;
        let Some(open) = self.brackets.pop() else {
            return self.bracket(self.at..end, ")");
        };
        let inside = &self.query[open + 1..self.at];
        if inside.len() <= LONGEST {
            let help = format!("({})", group_of(inside));
            return self.bracket(open..end, &help);
        }
        self.bracket(open..open + 1, "(");
        self.bracket(self.at..end, ")");
    }

    pub(super) fn bracket(&mut self, span: Range<usize>, help: &str) {
        let message = "groups stand in round parentheses";
        self.report(span, message, help);
    }
}

/// What stands in other brackets, for round ones: plain words become a phrase, and a list is joined.
fn group_of(inside: &str) -> String {
    let is_plain = inside
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '\'' | '’' | '-' | '*' | '?'))
        && !inside.split(' ').any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "and" | "or" | "not" | "near" | "but" | "pre"
            ) || word.starts_with('-')
        });
    if !is_plain {
        return inside.to_owned();
    }
    let parts: Vec<String> = inside
        .split(',')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .map(|part| {
            if part.contains(' ') {
                format!("\"{part}\"")
            } else {
                part
            }
        })
        .collect();
    parts.join(" OR ")
}
