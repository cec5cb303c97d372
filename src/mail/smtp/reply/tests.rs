use super::*;

fn read(bytes: &[u8]) -> Result<Option<(u16, String)>, ReplyParseError> {
    let mut collector = ReplyParser::default();
    let (taken, reply) = collector.take(bytes)?;
    if reply.is_some() {
        assert_eq!(taken, bytes.len(), "{:?}", String::from_utf8_lossy(bytes));
    }
    Ok(reply.map(|reply| (reply.code, reply.text())))
}

#[test]
fn the_code_decides_whatever_the_text_is() {
    for (bytes, code, text) in [
        (&b"250 2.0.0 ok\r\n"[..], 250, "2.0.0 ok"),
        (b"250\r\n", 250, ""),
        (b"250 \r\n", 250, ""),
        (b"250\n", 250, ""),
        (b"250\tok\r\n", 250, "ok"),
        (b"250 \xdcbermittlung\r\n", 250, "\u{fffd}bermittlung"),
        (
            b"535 \x83p\x83X\x83\x8f\r\n",
            535,
            "\u{fffd}p\u{fffd}X\u{fffd}\u{fffd}",
        ),
        (b"550 a\0b\r\n", 550, "a\0b"),
        (b"250\xa0ok\r\r\n", 250, "ok"),
        (b"250-a\r\n250-\r\n250 b\r\n", 250, "a  b"),
        (b"220-a\nno code\n220\n", 220, "a no code"),
        (b"250-ok\r\n550 no\r\n", 550, "ok no"),
        (b"334 \r\n", 334, ""),
        (b"\r\n\r\n250 ok\r\n", 250, "ok"),
        (b"354\r\n", 354, ""),
    ] {
        assert_eq!(read(bytes), Ok(Some((code, text.to_owned()))), "{bytes:?}");
    }
}

#[test]
fn what_has_no_code_is_no_reply() {
    for bytes in [
        &b"what?\r\n"[..],
        b"\r\nok\r\n",
        b"25\r\n",
        b"2500 ok\r\n",
        b"150 ok\r\n",
        b"650 ok\r\n",
        b"250ok\r\n",
        b" 250 ok\r\n",
        b"\xff\xfe2\x005\x000\x00\n",
    ] {
        assert!(
            matches!(read(bytes), Err(ReplyParseError::Malformed(_))),
            "{bytes:?}"
        );
    }
}

#[test]
fn it_is_the_same_reply_in_pieces_and_leaves_what_follows() {
    let bytes = b"250-one\r\n250 two\r\n354 go on\r\n";
    for size in 1..bytes.len() {
        let mut collector = ReplyParser::default();
        let mut total = 0;
        let found = bytes.chunks(size).find_map(|chunk| {
            let (taken, reply) = collector.take(chunk).unwrap();
            total += taken;
            reply
        });
        assert_eq!(found.unwrap().text(), "one two");
        assert_eq!(total, 18);
    }
}

#[test]
fn a_reply_is_bounded_and_its_code_is_not_lost_in_its_length() {
    let endless = [&b"250 "[..], &vec![b'x'; 1 << 20]].concat();
    let (_, reply) = ReplyParser::default().take(&endless).unwrap();
    let reply = reply.unwrap();
    assert_eq!((reply.code, reply.whole), (250, false));
    assert!(reply.text().len() <= LINE_BYTES);
    for endless in [
        b"250-x".repeat(1 << 18),
        b"250-x\r\n".repeat(1 << 16),
        b"x".repeat(1 << 20),
    ] {
        let taken = ReplyParser::default().take(&endless);
        assert_eq!(taken, Err(ReplyParseError::TooLong));
    }
}

#[test]
fn a_connection_that_ends_behind_a_code_has_said_it() {
    for (bytes, code) in [
        (&b""[..], None),
        (b"250-ok\r\n", None),
        (b"250-ok", None),
        (b"250", Some(250)),
        (b"550 no", Some(550)),
    ] {
        let mut collector = ReplyParser::default();
        assert_eq!(collector.take(bytes).unwrap().1, None);
        let reply = collector.end().unwrap();
        assert_eq!(reply.map(|reply| reply.code), code, "{bytes:?}");
    }
    let mut collector = ReplyParser::default();
    collector.take(b"25").unwrap();
    assert!(collector.end().is_err());
}
