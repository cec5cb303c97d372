use super::*;

fn read_bytes(bytes: &[u8]) -> Result<Document, String> {
    document("it", bytes, None)
}

#[test]
fn the_first_line_of_a_text_is_its_title() {
    let document = read_bytes(b"\n \xef\xbb\xbfTitle\r\nFirst.\r\n\r\nSecond < third.\n").unwrap();
    assert_eq!(document.title.trim_start_matches('\u{feff}'), "Title");
    assert_eq!(document.text, "First.\nSecond < third.");
    assert_eq!(plain("only a title").title, "only a title");
}

#[test]
fn a_text_is_read_in_its_encoding() {
    let document = read_bytes(b"Manifestaci\xf3n en la plaza\nLa polic\xeda\n").unwrap();
    assert_eq!(document.title, "Manifestación en la plaza");
    let utf16: Vec<u8> = "\u{feff}Протест\nв Минске"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let document = read_bytes(&utf16).unwrap();
    assert_eq!((&*document.title, &*document.text), ("Протест", "в Минске"));
}

#[test]
fn a_page_is_its_title_and_its_visible_text() {
    let page = "<!DOCTYPE html><html><head><title>A &amp; B</title><script>hidden()</script>\
            <style>p{}</style></head><body><h1>Head</h1><p>Police used<br>force.</p></body></html>";
    let document = read_bytes(page.as_bytes()).unwrap();
    assert_eq!(document.title, "A & B");
    assert!(
        document.text.contains("Police used\nforce."),
        "{}",
        document.text
    );
    assert!(!document.text.contains("hidden") && !document.text.contains("p{}"));
}

#[test]
fn a_mail_is_its_subject_and_what_it_says() {
    let mail = "Received: by mx.example;\r\n\tSat, 28 Nov 2026 07:00:00 +0000\r\nFrom: a@b.example\r\n\
            Subject: =?utf-8?b?UMOpcm91?= today\r\nMIME-Version: 1.0\r\n\
            Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
            UG9saWNlIHVzZWQgZm9yY2UuCg==\r\n";
    let document = read_bytes(mail.as_bytes()).unwrap();
    assert_eq!(
        (&*document.title, &*document.text),
        ("P\u{e9}rou today", "Police used force.")
    );
    let page = "From: a@b.example\nSubject: s\nContent-Type: text/html\n\n<p>Police <b>used</b> force.</p>";
    assert_eq!(
        read_bytes(page.as_bytes()).unwrap().text,
        "Police used force."
    );
    for text in [
        "Lima: police used force\n\nFrom: the subject: all",
        "From: a correspondent\nPolice used force.",
        "From: Lima\n\nSubject: force",
    ] {
        assert!(!is_mail(text), "{text}");
    }
}

#[test]
fn what_is_no_document_is_told() {
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b" \n\t", "empty"),
        (b"a\0b", "neither text"),
        (b"%PDF-1.7 text", "neither text"),
        (b"[ {\"title\": 1}]", "JSON array"),
        (
            b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>",
            "is a feed",
        ),
        (b"<html><script>x</script></html>", "shows no text"),
    ] {
        let reason = read_bytes(bytes).unwrap_err();
        assert!(reason.contains(words), "{reason}");
    }
    assert!(read_bytes(b"<b>bold words</b> in a text").is_ok());
    assert!(read_bytes(b"[Update] police").is_ok());
}

#[test]
fn words_are_told_from_files_that_are_missing() {
    assert!(reads_like_words("police used force"));
    assert!(reads_like_words("/ first\nsecond"));
    for path in ["docs", "my file.txt", "/tmp/my file", "./a b", "docs.jsonl"] {
        assert!(!reads_like_words(path), "{path}");
    }
    assert!(is_address("HTTPS://outlet.example/a") && !is_address("outlet.example"));
}
