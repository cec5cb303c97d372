use super::*;

/// Decodes the encoded words of an unfolded value, as RFC 2047 section 6.2 has it: white space
/// between two of them is not shown.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    for word in value
        .replace("\r\n", "")
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        let inner = word
            .strip_prefix("=?utf-8?b?")
            .and_then(|word| word.strip_suffix("?="));
        let inner = inner.unwrap_or_else(|| panic!("{word} is no encoded word"));
        bytes.extend(STANDARD.decode(inner).unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

fn line(value: HeaderValue) -> String {
    let mut headers = lettre::message::header::Headers::new();
    headers.insert_raw(value);
    headers.to_string()
}

#[track_caller]
fn check_encoded(text: &str) {
    let line = line(unstructured("Subject", text));
    let value = line.strip_prefix("Subject: ").unwrap().trim_end();
    assert_eq!(decoded(value), text);
    assert!(line.split("\r\n").all(|part| part.len() <= LINE), "{line}");
    assert!(value.split("\r\n ").all(|word| word.len() <= 75), "{line}");
}

#[test]
fn subjects_in_every_script_come_out_as_they_went_in() {
    check_encoded("Суд продлил арест правозащитника до конца января: дело о клевете");
    check_encoded("律师被拘留三周后仍无法会见家属，当局拒绝说明拘留地点，家属表示担忧");
    check_encoded("منظمة حقوقية: اعتقال تعسفي لعشرات الصحفيين بعد احتجاجات (AFP)");
    check_encoded("1 new · Police");
    check_encoded("🧑🏽\u{200d}🚒 ".repeat(20).trim());
}

#[test]
fn a_text_that_looks_encoded_is_shown_and_not_decoded() {
    check_encoded("=?utf-8?q?=0D=0ABcc:_x?= is plain text");
    check_encoded("=?");
}

#[test]
fn plain_subjects_stay_readable() {
    assert_eq!(
        line(unstructured("Subject", "3 new = good?")),
        "Subject: 3 new = good?\r\n"
    );
}

#[track_caller]
fn check_name(name: Option<&str>, expected: &str) {
    let desk: Address = "desk@example.org".parse().unwrap();
    assert_eq!(
        line(address("To", &desk, name)),
        format!("To: {expected}\r\n")
    );
}

#[test]
fn short_names_are_quoted_or_encoded_in_one_word() {
    check_name(None, "desk@example.org");
    check_name(Some(" \r\n\0"), "desk@example.org");
    check_name(
        Some(r#"Desk, "one" \"#),
        r#""Desk, \"one\" \\" <desk@example.org>"#,
    );
    check_name(Some("Büro"), "=?utf-8?b?QsO8cm8=?=\r\n <desk@example.org>");
    check_name(
        Some("=?utf-8?q?x?="),
        "=?utf-8?b?PT91dGYtOD9xP3g/PQ==?=\r\n <desk@example.org>",
    );
}

/// Reads a name as a mail program does.
fn read_name(field: &str) -> (Option<String>, Option<String>) {
    let message = format!("{field}\r\nbody\r\n");
    let read = mail_parser::MessageParser::default()
        .parse(message.as_bytes())
        .expect("a message");
    let to = read.to().and_then(|to| to.first()).expect("an address");
    (
        to.name().map(str::to_owned),
        to.address().map(str::to_owned),
    )
}

#[track_caller]
fn check_long_name(name: &str) {
    let desk: Address = "desk@example.org".parse().unwrap();
    let field = line(address("To", &desk, Some(name)));
    assert!(
        field.split("\r\n").all(|part| part.len() <= LINE),
        "{field}"
    );
    assert!(field.is_ascii(), "{field}");
    let (read, to) = read_name(&field);
    assert_eq!(read.as_deref(), Some(name), "{field}");
    assert_eq!(to.as_deref(), Some("desk@example.org"), "{field}");
}

#[test]
fn long_names_come_out_as_they_went_in() {
    check_long_name("Bureau des défenseurs des droits humains et de la liberté d’expression");
    check_long_name("Équipe \"Amériques\", bureau de Genève (secrétariat), permanence de nuit");
    check_long_name("منظمة حقوق الإنسان والحريات العامة، مكتب الشرق الأوسط وشمال أفريقيا");
    check_long_name(
        "🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒 Team 🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒",
    );
    check_long_name(&"語".repeat(300));
    check_long_name(&"ä".repeat(300));
    check_long_name(&"x".repeat(300));
    check_long_name(&["Americas desk, \"night\""; 13].join(" "));
    check_long_name("Desk, \"one\" <two@example.org>; three");
}

#[test]
fn a_name_beyond_all_measure_is_cut_between_words() {
    let desk: Address = "desk@example.org".parse().unwrap();
    let field = line(address("To", &desk, Some(&"défenseurs ".repeat(100))));
    let (read, _) = read_name(&field);
    let read = read.expect("a name");
    assert!(
        read.ends_with("défenseurs…") && read.chars().count() <= NAME_CHARS + 1,
        "{read}"
    );
}

#[test]
fn a_long_word_has_a_line_of_its_own() {
    let value = format!("<mailto:{}>", "a".repeat(70));
    assert_eq!(
        line(one_word("List-Unsubscribe", value.clone())),
        format!("List-Unsubscribe: \r\n {value}\r\n")
    );
    assert_eq!(line(one_word("X", "<a>".to_owned())), "X: <a>\r\n");
    let long: Address = format!("{}@{}.example", "a".repeat(60), "b".repeat(60))
        .parse()
        .unwrap();
    let (_, to) = read_name(&line(address("To", &long, Some("Desk"))));
    assert_eq!(to, Some(long.to_string()));
    let (_, to) = read_name(&line(address("To", &long, None)));
    assert_eq!(to, Some(long.to_string()));
}
