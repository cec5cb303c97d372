use super::*;

fn ended<'t>(attributes: &'t str, text: &str, markup: Option<&'t str>) -> ClosedElement<'t> {
    ClosedElement {
        field: Field::Content(ElementRank::Proper),
        space: Namespace::Atom,
        attributes,
        text: text.to_owned(),
        markup,
    }
}

fn check_person(text: &str, markup: Option<&str>, expected: &str) {
    assert_eq!(ended("", text, markup).person(1000), expected);
}

#[test]
fn persons_are_named_whatever_the_form() {
    check_person(
        "desk@example.org (News Desk)",
        None,
        "News Desk (desk@example.org)",
    );
    check_person(
        "News Desk <desk@example.org>",
        None,
        "News Desk (desk@example.org)",
    );
    check_person(" News Desk ", None, "News Desk");
    check_person("Desk (South)", None, "Desk (South)");
    check_person(
        "",
        Some("<name>News &amp; Desk</name><uri>https://example.org</uri>"),
        "News & Desk",
    );
    check_person(
        "",
        Some("<a:name>Desk</a:name> <a:email>desk@example.org</a:email>"),
        "Desk (desk@example.org)",
    );
}

fn check_body(
    attributes: &str,
    text: &str,
    markup: Option<&str>,
    expected: Option<(&str, TextKind)>,
) {
    let body = ended(attributes, text, markup).body(1000);
    assert_eq!(
        body.as_ref().map(|body| (body.text.as_str(), body.kind)),
        expected
    );
}

#[test]
fn bodies_are_what_their_type_says() {
    check_body("", "5 < 6", None, Some(("5 < 6", TextKind::Plain)));
    check_body(
        " type='html'",
        "<p>a</p>",
        None,
        Some(("<p>a</p>", TextKind::Html)),
    );
    check_body(
        " type='text'",
        "<p>a</p>",
        None,
        Some(("<p>a</p>", TextKind::Html)),
    );
    check_body(
        " type='xhtml'",
        "",
        Some(" <div xmlns='x'><p>a</p></div>\n"),
        Some(("<p>a</p>", TextKind::Html)),
    );
    check_body(
        " type='xhtml'",
        "",
        Some("<div>a</div><div>b</div>"),
        Some(("<div>a</div><div>b</div>", TextKind::Html)),
    );
}

#[test]
fn encoded_bodies_are_decoded_when_they_are_text() {
    check_body(
        " type='text/html' mode='base64'",
        "PGI+\nYTwvYj4=",
        None,
        Some(("<b>a</b>", TextKind::Html)),
    );
    check_body(" type='image/png'", "iVBORw0KGgo=", None, None);
}
