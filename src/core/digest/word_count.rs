//! How many words a text has, in scripts without spaces by their characters.

/// Words of a text, to keep a mail within [`WORDS_MAX`](super::WORDS_MAX): two characters of a script without spaces
/// count as one.
pub fn words(text: &str) -> usize {
    let mut words = 0;
    for word in text.split_whitespace() {
        let dense = word.chars().filter(|c| is_dense(*c)).count();
        words += if dense == 0 { 1 } else { dense.div_ceil(2) };
    }
    words
}

/// Thai, Lao, Khmer, Burmese, and the scripts of China and Japan.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_without_spaces_has_words_too() {
        for (text, expected) in [
            ("", 0),
            (" Two died,\n  police said. ", 4),
            ("قتل اثنان", 2),
            ("警察が抗議する人々に発砲した。", 7),
            ("ตำรวจ ยิง", 5),
            ("警方 https://outlet.example/警", 2),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
