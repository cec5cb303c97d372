use super::*;

/// The text of `bytes`, and the rest of it from where something is wrong, with words of the message and
/// of the help.
#[track_caller]
fn check(bytes: &[u8], text: &str, rest: &str, message: &str, help: &str) {
    let (read, misencoded) = text_of(bytes.to_vec());
    assert_eq!(read, text);
    let misencoded = misencoded.expect("something wrong");
    assert_eq!(&read[misencoded.at..], rest);
    assert!(misencoded.message.contains(message), "{misencoded:?}");
    assert!(misencoded.help.contains(help), "{misencoded:?}");
}

#[test]
fn utf_8_is_read_with_and_without_a_mark() {
    for bytes in ["a = 'é'\r\n", "\u{FEFF}a = 'é'\r\n"] {
        let (text, misencoded) = text_of(bytes.as_bytes().to_vec());
        assert_eq!(text, "a = 'é'\r\n");
        assert!(misencoded.is_none());
    }
    assert!(text_of(Vec::new()).1.is_none());
}

#[test]
fn other_encodings_are_named_with_the_place() {
    check(
        b"title = \"Detenci\xf3n y espa\xf1ol\"\n",
        "title = \"Detención y español\"\n",
        "ón y español\"\n",
        "0xF3 here on it seems to be Windows-1252 or Latin-1",
        "iconv -f windows-1252 -t UTF-8",
    );
    check(
        b"title = '\xef\xee\xeb\xe8\xf6\xe8\xff \xe8 \xef\xf0\xee\xf2\xe5\xf1\xf2\xfb'",
        "title = 'полиция и протесты'",
        "полиция и протесты'",
        "windows-1251",
        "windows-1251",
    );
    check(
        "é\u{e9}"
            .as_bytes()
            .iter()
            .chain(b" \xe9")
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
        "éé \u{FFFD}",
        "\u{FFFD}",
        "0xE9 is none of a letter",
        "anew",
    );
    let utf_16 = |big: bool, text: &str| -> Vec<u8> {
        let order = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(order).collect()
    };
    for mark in ["\u{FEFF}", ""] {
        let text = format!("{mark}title = 'é'\n");
        check(
            &utf_16(false, &text),
            "title = 'é'\n",
            "title = 'é'\n",
            "little-endian",
            "UTF-16LE",
        );
        check(
            &utf_16(true, &text),
            "title = 'é'\n",
            "title = 'é'\n",
            "big-endian",
            "UTF-16BE",
        );
    }
}

#[test]
fn lines_that_end_in_cr_alone_are_told_once() {
    check(
        b"a = 1\rb = 2\r\nc = 3\r",
        "a = 1\nb = 2\r\nc = 3\n",
        "\nb = 2\r\nc = 3\n",
        "CR alone",
        "LF",
    );
}
