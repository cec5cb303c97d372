//! What is a query, and what are words that somebody looks for.

use super::lexer::{TokenKind, tokens};

/// Whether a text uses the language of queries, and not only words and phrases in quotes, with `*` behind a word.
pub fn is_query(text: &str) -> bool {
    let tokens = tokens(text, &mut Vec::new());
    let mut tokens = tokens.into_iter();
    tokens.any(|token| match token.kind {
        // A question ends with a question mark, and asks for no letter.
        TokenKind::Word => {
            let end = text.trim_end().len();
            let word = text.get(token.span.clone()).unwrap_or_default();
            let is_last = token.span.end == end;
            let word = if is_last {
                word.trim_end_matches('?')
            } else {
                word
            };
            word.starts_with('=') || word.ends_with('~') || word.contains('?')
        }
        // Brackets and commas stand in headlines, too.
        TokenKind::Open | TokenKind::Close | TokenKind::Comma | TokenKind::End => false,
        TokenKind::Quoted { exact, .. } => exact,
        TokenKind::And
        | TokenKind::Or
        | TokenKind::Not
        | TokenKind::List
        | TokenKind::Near(_)
        | TokenKind::Pre(_)
        | TokenKind::AtLeast(_)
        | TokenKind::Min(_)
        | TokenKind::Field(_)
        | TokenKind::Site => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_query_until_something_joins_them() {
        for words in [
            "",
            "police",
            "police protest",
            "\"tear gas\" protest*",
            "Lima (Peru), 12:30",
            "who shot them?",
            "逮捕 記者",
            "co-op O'Brien",
        ] {
            assert!(!is_query(words), "{words}");
        }
        for query in [
            "police AND protest",
            "police OR army",
            "NOT police",
            "police NEAR/5 shot",
            "detain~",
            "wom?n",
            "=ICE",
            "=\"ICE\"",
            "title:police",
            "site:example.org",
            "@police",
            "ATLEAST/2(police)",
            "MIN/2(police, army)",
            "police AND",
        ] {
            assert!(is_query(query), "{query}");
        }
    }
}
