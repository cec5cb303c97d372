use super::*;

/// Folded form, place and mark of each word.
type Seen = Vec<(Vec<u8>, usize, usize, bool)>;

fn seen(words: &mut Seen) -> impl FnMut(&mut Vec<u8>, Word) {
    |buffer, word| {
        let folded = buffer[word.folded..].to_vec();
        words.push((folded, word.start, word.end, word.marked));
        buffer.truncate(word.folded);
    }
}

/// The quick passes find what going on character by character finds.
fn check_same(text: &str) {
    for reading in [WordSegmentation::Parted, WordSegmentation::Joined] {
        let mut found = Seen::new();
        let differs = split(text, reading, &mut Vec::new(), seen(&mut found));
        let mut expected = Seen::new();
        let mut sink = seen(&mut expected);
        let mut at = 0;
        let mut state = TokenizerState {
            table: NormalizationTables::new(),
            reading,
            differs: false,
        };
        while at < text.len() {
            at = split_slow(text, at..at, &mut state, &mut Vec::new(), &mut sink);
        }
        drop(sink);
        assert_eq!((found, differs), (expected, state.differs), "{text:?}");
    }
}

#[test]
fn the_quick_way_agrees_with_the_slow_one_on_every_character() {
    // Blanks at the end, so that the quick passes have eight bytes to look at.
    let tail = " ".repeat(10);
    for character in (1..0x3100).filter_map(char::from_u32) {
        for (before, after) in [
            ("", ""),
            ("", "ab"),
            ("ab", ""),
            ("ab", "cd"),
            ("é", "é"),
            ("Я", "\u{301}я"),
            ("abcdefgh", "i"),
            ("疫", "情"),
        ] {
            check_same(&format!("{before}{character}{after}{tail}"));
            check_same(&format!("{before}{character}{after}"));
        }
    }
}

#[test]
fn the_quick_way_agrees_with_the_slow_one_on_long_words() {
    for length in 50..80 {
        for front in ["a", "é", "я", "ß"] {
            for end in [
                "", " b", "é", "é b", "я я", "\u{301}", "\u{AD}x", "疫", "ŉ", "—b",
            ] {
                let letters = 1 + front.len() / 2;
                for count in [length, length / letters, length / letters + 1] {
                    check_same(&format!("{}{end}{}", front.repeat(count), " ".repeat(9)));
                    check_same(&format!("x{}{end}", front.repeat(count)));
                }
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn the_quick_way_agrees_with_the_slow_one_on_any_text(
        any in ".{0,80}",
        mixed in "[a-zA-Z0-9éßŒяЙقكْकि疫ｶﾞ\u{301}\u{AD}\u{200D}\u{200B}¹₂② .'’—-]{0,120}",
        dotted in "([A-Ca-bÉЯقß疫1ſ\u{301}\u{AD}\u{200B}¹][.．. ]?){0,60}",
    ) {
        check_same(&dotted);
        check_same(&any);
        check_same(&mixed);
        check_same(&format!("{mixed}{any}{mixed}"));
    }
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let words = fold_words(text);
    let found: Vec<(&str, &str)> = words
        .iter()
        .map(|w| (w.folded.as_str(), &text[w.start..w.end]))
        .collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn letters_and_digits_make_words_and_the_rest_parts_them() {
    check("", &[]);
    check(" … — ", &[]);
    check(
        "Police, AK-47!",
        &[("police", "Police"), ("ak", "AK"), ("47", "47")],
    );
    check(
        "co-op don’t",
        &[("co", "co"), ("op", "op"), ("don", "don"), ("t", "t")],
    );
    check(
        "C.I.A. L.G.B.T.Q-Rechte É.U. ist EE.UU.",
        &[
            ("cia", "C.I.A."),
            ("lgbtq", "L.G.B.T.Q"),
            ("rechte", "Rechte"),
            ("eu", "É.U."),
            ("ist", "ist"),
            ("eeuu", "EE.UU."),
        ],
    );
    check("об\u{02BC}єкт", &[("об", "об"), ("єкт", "єкт")]);
    check(
        "internationally recognised",
        &[
            ("internationally", "internationally"),
            ("recognised", "recognised"),
        ],
    );
}

#[test]
fn a_word_keeps_its_marks_and_drops_invisible_ends() {
    check(
        "Lacrimo\u{0301}genos.",
        &[("lacrimogenos", "Lacrimo\u{0301}genos")],
    );
    check("café\u{200F} x", &[("cafe", "café"), ("x", "x")]);
    check("de\u{AD}tained", &[("detained", "de\u{AD}tained")]);
    check("\u{0301}abc", &[("abc", "abc")]);
}

#[test]
fn scripts_without_spaces_give_a_word_a_character() {
    check(
        "COVID疫情2",
        &[("covid", "COVID"), ("疫", "疫"), ("情", "情"), ("2", "2")],
    );
    check("ｶﾞ", &[("ガ", "ｶﾞ")]);
    check("คน", &[("ค", "ค"), ("น", "น")]);
    check("ที่นี่", &[("ที่", "ที่"), ("นี่", "นี่")]);
}

#[test]
fn a_megabyte_of_marks_or_letters_takes_linear_time() {
    for text in [
        "a\u{0301}".repeat(500_000),
        "क\u{093C}\u{0951}".repeat(300_000),
    ] {
        assert_eq!(fold_words(&text).len(), 1);
    }
    let marks = format!("к{}", "\u{0316}\u{0302}".repeat(300_000));
    assert_eq!(fold_words(&marks).len(), 1);
}
