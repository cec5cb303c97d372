use super::*;

/// The abbreviations of a text.
fn all(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut buffer = Vec::new();
    let reading = super::super::tokenizer::WordSegmentation::Parted;
    super::super::tokenizer::split(text, reading, &mut buffer, |_, word| {
        let word = &text[word.start..word.end];
        if word.contains(is_dot) {
            words.push(word);
        }
    });
    words
}

#[test]
fn letters_with_dots_are_one_word() {
    for (text, expected) in [
        ("the U.N. said", vec!["U.N."]),
        ("L.G.B.T.Q. rights", vec!["L.G.B.T.Q."]),
        ("at the U.N", vec!["U.N"]),
        ("the U.N.", vec!["U.N."]),
        ("U.S.-led, D.C.-based", vec!["U.S.", "D.C."]),
        ("U.N.'s and U.N.’s", vec!["U.N.", "U.N."]),
        ("N.G.O.s", vec!["N.G.O.s"]),
        ("(С.Ш.А.)", vec!["С.Ш.А."]),
        ("οι Η.Π.Α. λένε", vec!["Η.Π.Α."]),
        ("وكالة أ.ف.ب. قالت", vec!["أ.ف.ب."]),
        ("Á.B. and A\u{301}.B.", vec!["Á.B.", "A\u{301}.B."]),
        ("भा.ज.पा. ने", vec!["भा.ज.पा."]),
        ("EE.UU. y FF. AA.", vec!["EE.UU.", "FF. AA."]),
        ("EE. UU. y CC.OO", vec!["EE. UU.", "CC.OO"]),
        ("Ｕ．Ｎ． say", vec!["Ｕ．Ｎ．"]),
        ("J.K.Doe and J.K. Doe", vec!["J.K.", "J.K."]),
        ("it ended.U.S. troops", vec!["U.S."]),
        ("U.S..., U.S.; U.S.1", vec!["U.S.", "U.S.", "U.S."]),
        ("U.S.–U.K./U.N.", vec!["U.S.", "U.K.", "U.N."]),
        ("at 5 p.m. today, e.g. here", vec!["p.m.", "e.g."]),
        ("中国U.N.专家", vec!["U.N."]),
    ] {
        assert_eq!(all(text), expected, "{text:?}");
    }
}

#[test]
fn other_dots_part_words() {
    for text in [
        "plan B. He left",
        "J. K. Doe",
        "1.2.3 and 3.14",
        "v.1.2",
        "a.example.org",
        "www.x.y.example.org",
        "x.y.example",
        "p. 5",
        "A..B",
        ". . .",
        "I. said.",
        "H. R. 1",
        "it is. It",
        "Mr. X. was",
        "No.5.a",
        "AB.CD.",
        "Aa.Bb.",
        "ss.aa.",
        "U. S. A.",
        "B.He left",
        "疫.情.",
        "EE. He",
        "U.\u{200B}S.",
    ] {
        assert_eq!(all(text), [""; 0], "{text:?}");
    }
}

#[test]
fn the_letters_of_abbreviations_can_be_taken_apart() {
    assert_eq!(
        split_abbreviations("the U.N. and L.G.B.T").unwrap(),
        "the U N  and L G B T"
    );
    assert_eq!(split_abbreviations("EE.UU.").unwrap(), "EE UU ");
    assert_eq!(split_abbreviations("no dots. 3.1"), None);
}

#[test]
fn megabytes_of_dots_take_linear_time() {
    for piece in ["A.", "a.", "AA. ", "A.b", "A.B.c", "É."] {
        let _ = all(&piece.repeat(500_000 / piece.len()));
    }
}
