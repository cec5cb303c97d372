//! The length of a text in characters of a script with an alphabet, so that scripts can be compared.

/// How much a text says, in characters of Latin script: letters, digits and marks count one, and a word one
/// more for its space. Chinese and Japanese characters count three, syllables of Korean two, since texts that say
/// the same are shorter by so much. Punctuation and signs say nothing.
pub(in crate::core) fn amount(text: &str) -> usize {
    let mut sum = 0;
    let mut in_word = false;
    for character in text.chars() {
        let weight = weight(character);
        sum += weight + usize::from(weight > 0 && !in_word);
        in_word = weight > 0;
    }
    sum
}

#[allow(clippy::match_same_arms, reason = "ASCII first, for speed")]
fn weight(character: char) -> usize {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => 1,
        '\0'..='\x7f' => 0,
        '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 3,
        '\u{AC00}'..='\u{D7A3}' => 2,
        // Vowels of Brahmic scripts and points of Semitic ones are marks, which are no letters.
        '\u{0591}'..='\u{05C7}'
        | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0900}'..='\u{0DFF}'
        | '\u{0E31}'
        | '\u{0E34}'..='\u{0E3A}'
        | '\u{0E47}'..='\u{0E4E}'
        | '\u{0EB1}'
        | '\u{0EB4}'..='\u{0EBC}'
        | '\u{0EC8}'..='\u{0ECE}'
        | '\u{0F71}'..='\u{0F84}'
        | '\u{102B}'..='\u{103E}'
        | '\u{17B6}'..='\u{17D3}' => 1,
        other if other.is_alphanumeric() => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_need_fewer_characters_count_more() {
        assert_eq!(amount("Five were held."), 15);
        assert_eq!(amount("  — … !!! "), 0);
        assert_eq!(amount("記者拘束"), 13);
        assert_eq!(amount("기자 구금"), 10);
        assert_eq!(amount("журналист"), 10);
        assert_eq!(amount("पत्रकार"), 8);
    }
}
