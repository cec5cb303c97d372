//! Text from strangers, fit to be printed: without characters that nobody sees or that make others read
//! differently.
//!
//! Gone are control characters (C0 and C1, so that no escape sequence is left), embeddings, overrides,
//! isolates and marks of direction (UAX 9), tags, fillers, noncharacters, and invisible characters where
//! no writing needs them. Joiners stay inside words of scripts that use them and inside emoji, variation
//! selectors behind what they select for. Line and paragraph separators become spaces.

/// What may stay of a text, asked character by character in order.
#[derive(Clone, Copy, Debug, Default)]
pub struct VisibleCharacters {
    /// The last that stayed.
    before: Option<char>,
}

impl VisibleCharacters {
    /// Whether a character stays where it stands before `next`.
    pub fn keeps(&mut self, c: char, next: Option<char>) -> bool {
        let stays = if is_hidden(c) {
            self.before.is_some_and(|before| is_needed(before, c, next))
        } else {
            !c.is_control()
        };
        if stays {
            self.before = Some(c);
        }
        stays
    }
}

/// The visible part of a text. Its lines and tabs stay.
pub fn visible_text(text: &str) -> String {
    let mut visible = VisibleCharacters::default();
    let mut rest = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if visible.keeps(c, rest.peek().copied()) => out.push(c),
            _ => {}
        }
    }
    out
}

/// What is printed by the program itself: the visible part, with the sequences that colour it
/// (ECMA-48, section 8.3.117, "SGR").
pub fn visible_with_styles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        out.push_str(&visible_text(before));
        let style = behind.strip_prefix('[').map(|sequence| {
            sequence
                .bytes()
                .take_while(|byte| byte.is_ascii_digit() || *byte == b';')
                .count()
        });
        rest = match style {
            Some(length) if behind.as_bytes().get(1 + length) == Some(&b'm') => {
                out.push('\u{1b}');
                out.push_str(&behind[..length + 2]);
                &behind[length + 2..]
            }
            _ => behind,
        };
    }
    out.push_str(&visible_text(rest));
    out
}

/// JSON that says the same in visible characters (RFC 8259, section 7).
pub fn visible_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // What is below the space is escaped by whoever wrote it, or stands between the values.
        let separator = matches!(c, '\u{2028}' | '\u{2029}');
        if is_hidden(c) || separator || ('\u{7f}'..='\u{9f}').contains(&c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                use std::fmt::Write as _;
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters that nobody sees, or that change how others are read.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FFA0}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}'
        | '\u{FDD0}'..='\u{FDEF}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// Whether writing needs a hidden character between these.
fn is_needed(before: char, c: char, next: Option<char>) -> bool {
    match c {
        '\u{200C}' | '\u{200D}' => {
            let in_word = joins(before) && next.is_some_and(joins);
            // In scripts of India a joiner behind the sign that takes a vowel away ends a word.
            let in_emoji = c == '\u{200D}' && is_emoji(before) && next.is_some_and(is_emoji);
            in_word || is_virama(before) || in_emoji
        }
        '\u{FE0E}' | '\u{FE0F}' => {
            is_emoji(before) && !is_hidden(before) || matches!(before, '0'..='9' | '#' | '*')
        }
        '\u{FE00}'..='\u{FE0D}' => {
            is_han(before) || matches!(before, '\u{1000}'..='\u{109F}' | '\u{2200}'..='\u{22FF}')
        }
        '\u{E0100}'..='\u{E01EF}' => is_han(before),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(before, '\u{1820}'..='\u{18AA}'),
        _ => false,
    }
}

/// Letters and marks of scripts in which joiners make a difference.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{0600}'..='\u{0DFF}'
        | '\u{0F00}'..='\u{109F}'
        | '\u{1780}'..='\u{18AF}'
        | '\u{1B00}'..='\u{1CFF}'
        | '\u{A800}'..='\u{ABFF}'
        | '\u{FB50}'..='\u{FDCF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10A00}'..='\u{11FFF}'
        | '\u{1E900}'..='\u{1E95F}')
        && !c.is_numeric()
        && !is_hidden(c)
}

fn is_virama(c: char) -> bool {
    matches!(
        c,
        '\u{094D}'
            | '\u{09CD}'
            | '\u{0A4D}'
            | '\u{0ACD}'
            | '\u{0B4D}'
            | '\u{0BCD}'
            | '\u{0C4D}'
            | '\u{0CCD}'
            | '\u{0D4D}'
            | '\u{0DCA}'
    )
}

/// Roughly: signs that are drawn, and what modifies them.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}'
        | '\u{203C}' | '\u{2049}' | '\u{20E3}'
        | '\u{2100}'..='\u{27BF}'
        | '\u{2900}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{FE0F}'
        | '\u{1F000}'..='\u{1FAFF}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(visible_text(text), expected);
    }

    #[test]
    fn nothing_stays_that_steers_a_terminal_or_turns_text_around() {
        check("a\u{1b}[31mb\u{9b}31mc\u{7}\0\u{7f}\u{85}d", "a[31mb31mc d");
        check(
            "\u{202e}abc\u{202c} \u{2067}d\u{2069}\u{200e}\u{200f}\u{61c}",
            "abc d",
        );
        check(
            "a\u{e0041}\u{e007f}\u{e0001}b\u{fff9}c\u{ffff}\u{10fffe}\u{fdd0}",
            "abc",
        );
        check(
            "one\u{2028}two\u{2029}three\nfour\tfive\rsix",
            "one two three\nfour\tfivesix",
        );
    }

    #[test]
    fn invisible_characters_stay_only_where_writing_needs_them() {
        check(
            "pol\u{200b}ice po\u{200d}li\u{200c}ce p\u{ad}o\u{2060}l\u{34f}i\u{feff}",
            "police police poli",
        );
        check(
            "می\u{200c}خواهم \u{200c}می\u{200c} a\u{200c}",
            "می\u{200c}خواهم می a",
        );
        check("क्\u{200d}ष ന്\u{200d}", "क्\u{200d}ष ന്\u{200d}");
        check(
            "\u{1F469}\u{200D}\u{1F4BB} \u{1F469}\u{200D}",
            "\u{1F469}\u{200D}\u{1F4BB} \u{1F469}",
        );
        check(
            "\u{2764}\u{fe0f}\u{200d}\u{1f525} 1\u{fe0f}\u{20e3}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525} 1\u{fe0f}\u{20e3}",
        );
        check(
            "a\u{fe0f}b\u{fe00}\u{e0100} 葛\u{e0100}\u{e0101} \u{2764}\u{fe0f}\u{fe0f}",
            "ab 葛\u{e0100} \u{2764}\u{fe0f}",
        );
        check("ㅤ\u{115f}\u{1160}\u{ffa0}x", "x");
    }

    #[test]
    fn our_own_colours_stay_and_no_other_sequence() {
        assert_eq!(
            visible_with_styles(
                "\u{1b}[1;31mred\u{1b}[0m \u{1b}]0;title\u{7} \u{1b}[2J\u{1b}[m\u{1b}"
            ),
            "\u{1b}[1;31mred\u{1b}[0m ]0;title [2J\u{1b}[m"
        );
    }

    #[test]
    fn json_says_the_same_in_visible_characters() {
        let hostile = "a\u{1b}\u{9b}\u{202e}\u{200d}\u{2028}\u{e0041}\u{7f}\u{feff}\u{10ffff}é警";
        let json = visible_json(&serde_json::to_string(hostile).unwrap());
        assert!(
            json.chars().all(|c| !c.is_control() && !is_hidden(c)),
            "{json}"
        );
        assert!(
            json.contains("\\udb40\\udc41") && json.contains("é警"),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
