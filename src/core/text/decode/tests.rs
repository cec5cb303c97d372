use super::*;
use proptest::prelude::*;

fn check(body: &[u8], content_type: Option<&str>, text: &str, warnings: usize) {
    let decoded = decode(body, content_type);
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.warnings.len(), warnings, "{:?}", decoded.warnings);
    assert_eq!(decoded.is_damaged, text.contains('\u{fffd}'));
}

fn in_utf16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(write).collect()
}

fn in_utf32(text: &str, write: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars()
        .flat_map(|character| write(u32::from(character)))
        .collect()
}

#[test]
fn utf_8_needs_no_claim() {
    check("<a>é</a>".as_bytes(), None, "<a>é</a>", 0);
    check(
        "\u{feff}<a>é</a>".as_bytes(),
        Some("text/xml; charset=iso-8859-1"),
        "<a>é</a>",
        0,
    );
}

#[test]
fn utf_16_and_utf_32_are_known_by_mark_or_shape() {
    let text = "<?xml version='1.0' encoding='utf-16'?><a>é漢</a>";
    check(&in_utf16(text, u16::to_be_bytes), None, text, 0);
    check(&in_utf16(text, u16::to_le_bytes), None, text, 0);
    check(&in_utf32(text, u32::to_be_bytes), None, text, 0);
    check(&in_utf32(text, u32::to_le_bytes), None, text, 0);
    let marked = format!("\u{feff}{text}");
    check(
        &in_utf16(&marked, u16::to_be_bytes),
        Some("text/xml; charset=utf-8"),
        text,
        0,
    );
    check(&in_utf16(&marked, u16::to_le_bytes), None, text, 0);
    check(&in_utf32(&marked, u32::to_be_bytes), None, text, 0);
    check(&in_utf32(&marked, u32::to_le_bytes), None, text, 0);
}

#[test]
fn the_header_comes_before_the_declaration() {
    let body = b"<?xml version='1.0' encoding='iso-8859-2'?><a>\xD0\xD2</a>";
    let text = "<?xml version='1.0' encoding='iso-8859-2'?><a>пр</a>";
    check(
        b"<a>\xD0\xD2</a>",
        Some("application/rss+xml; charset=\"KOI8-R\""),
        "<a>пр</a>",
        0,
    );
    check(body, Some("text/xml; charset=koi8-r"), text, 0);
    check(
        body,
        None,
        "<?xml version='1.0' encoding='iso-8859-2'?><a>ĐŇ</a>",
        0,
    );
}

#[test]
fn a_single_byte_claim_about_utf_8_bytes_is_overruled() {
    check(
        "<a>é</a>".as_bytes(),
        Some("text/xml; charset=iso-8859-1"),
        "<a>é</a>",
        1,
    );
}

#[test]
fn a_claim_of_utf_8_about_other_bytes_is_overruled() {
    let body = b"<?xml version='1.0' encoding='utf-8'?><a>le caf\xE9 \xE9tait ferm\xE9</a>";
    check(
        body,
        None,
        "<?xml version='1.0' encoding='utf-8'?><a>le café était fermé</a>",
        2,
    );
}

#[test]
fn a_few_broken_bytes_do_not_cost_the_encoding() {
    let mut body = "<a>журналисты задержаны</a>".as_bytes().to_vec();
    body.insert(3, 0xFF);
    check(&body, None, "<a>\u{fffd}журналисты задержаны</a>", 1);
}

#[test]
fn an_unknown_encoding_is_told() {
    check(
        b"<a>caf\xE9</a>",
        Some("text/xml; charset=nonsense"),
        "<a>café</a>",
        2,
    );
}

#[test]
fn multi_byte_encodings_are_read() {
    let japanese = "<a>記者が拘束された</a>";
    for encoding in [
        encoding_rs::SHIFT_JIS,
        encoding_rs::EUC_JP,
        encoding_rs::ISO_2022_JP,
    ] {
        let bytes = encoding.encode(japanese).0;
        check(
            &bytes,
            Some(&format!("text/xml; charset={}", encoding.name())),
            japanese,
            0,
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_decoded(body in any::<Vec<u8>>(), content_type in any::<Option<String>>()) {
        let _ = decode(&body, content_type.as_deref());
    }
}
