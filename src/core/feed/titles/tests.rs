use super::*;

fn check(text: &str, kind: TextKind, expected: &str) {
    assert_eq!(clean(text, kind), expected, "of {text:?}");
}

#[test]
fn plain_titles_keep_every_character() {
    check(
        "5 < 6 &amp; <b> 7 vector<T>",
        TextKind::Plain,
        "5 < 6 &amp; <b> 7 vector<T>",
    );
}

#[test]
fn plain_titles_that_show_tags_lose_them() {
    check(
        "de<nobr>tained</nobr><sup>1</sup> by <T>",
        TextKind::Plain,
        "detained¹ by <T>",
    );
    check(
        "<![CDATA[lethal &amp; more]]>",
        TextKind::Plain,
        "lethal & more",
    );
}

#[test]
fn html_titles_lose_their_tags() {
    check(
        "<b>Five</b> held &amp; <i>one</i> released",
        TextKind::Html,
        "Five held & one released",
    );
}

#[test]
fn titles_of_unsaid_kind_lose_what_is_plainly_html() {
    check("5 < 6", TextKind::Unsaid, "5 < 6");
    check("AT&T and R&amp;D", TextKind::Unsaid, "AT&T and R&D");
    check(
        "<em>Five</em> held<br/>in the <a href='https://example.org'>south</a>",
        TextKind::Unsaid,
        "Five held in the south",
    );
    check(
        "Vec<T> and <unknown>",
        TextKind::Unsaid,
        "Vec<T> and <unknown>",
    );
    check("a<b and c>d", TextKind::Unsaid, "a<b and c>d");
    check(
        "write to <b@example.org>",
        TextKind::Unsaid,
        "write to <b@example.org>",
    );
    check("l&#8217;arr&ecirc;t", TextKind::Unsaid, "l\u{2019}arrêt");
    check("black&notwhite", TextKind::Unsaid, "black&notwhite");
}

#[test]
fn no_element_of_a_line_is_shown_or_parts_a_word() {
    for name in [
        "nobr", "bdi", "bdo", "font", "span", "mark", "kbd", "strike",
    ] {
        let title = format!("de<{name}>tain</{name}>ed <{name} dir=\"ltr\">in May</{name}>");
        check(&title, TextKind::Unsaid, "detained in May");
        check(&title, TextKind::Html, "detained in May");
    }
    check("de<wbr>tai<wbr/>ned", TextKind::Unsaid, "detained");
}

#[test]
fn titles_that_were_escaped_again_are_read() {
    let title = "Police use lethal force";
    for source in [
        "&lt;b&gt;Police&lt;/b&gt; use lethal force",
        "&amp;lt;nobr&amp;gt;Police&amp;lt;/nobr&amp;gt; use lethal force",
        "<![CDATA[Police use <b>lethal</b> force]]>",
        "<![CDATA[Police use <b>lethal</b> force",
        "Police&amp;nbsp;use&amp;#32;lethal force",
    ] {
        check(source, TextKind::Unsaid, title);
        check(source, TextKind::Html, title);
    }
    check(
        "Use &lt;b&gt; for bold",
        TextKind::Unsaid,
        "Use <b> for bold",
    );
    check(
        "l&amp;#8217;arr&amp;ecirc;t",
        TextKind::Unsaid,
        "l\u{2019}arrêt",
    );
}

#[test]
fn marks_of_notes_stay_marks() {
    check(
        "detained<sup>1</sup> in May",
        TextKind::Unsaid,
        "detained\u{B9} in May",
    );
    check("CO<sub>2</sub>", TextKind::Html, "CO\u{2082}");
}

#[test]
fn titles_are_one_line() {
    check("  two\n  lines ", TextKind::Unsaid, "two lines");
    check("<p>two</p><p>lines</p>", TextKind::Html, "two lines");
}
