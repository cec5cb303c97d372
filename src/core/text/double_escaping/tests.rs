use super::super::html::to_text;

fn check(source: &str, text: &str) {
    assert_eq!(to_text(source), text, "of {source:?}");
}

#[test]
fn bodies_that_were_escaped_twice_or_thrice_show_no_tags() {
    let body = "<p>Police used <b>lethal</b> force</p><p>in the south</p>";
    let text = "Police used lethal force\nin the south";
    let mut source = body.to_owned();
    for _ in 0..4 {
        check(&source, text);
        source = source
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
    }
    check("&lt;b&gt;lethal&lt;/b&gt; force", "lethal force");
    check("&#60;i&#62;lethal&#60;/i&#62; force", "lethal force");
    check("lethal&lt;br/&gt;force", "lethal\nforce");
}

#[test]
fn what_is_wrapped_once_more_is_read_when_it_begins_as_a_body() {
    check(
        "<div class=\"a &quot;b&quot;\">&lt;p&gt;lethal &lt;em&gt;force&lt;/em&gt;&lt;/p&gt;</div><a href='x'>more</a>",
        "lethal force\nmore",
    );
}

#[test]
fn what_is_about_markup_keeps_its_text() {
    check("Use &lt;b&gt; for bold", "Use <b> for bold");
    check(
        "<p>Use <code>&lt;b&gt;bold&lt;/b&gt;</code> and <code>&amp;eacute;</code></p>",
        "Use <b>bold</b> and &eacute;",
    );
    check(
        "<p>Use &lt;b&gt;bold&lt;/b&gt; for it</p>",
        "Use <b>bold</b> for it",
    );
    check(
        "a &lt;unknown&gt;b&lt;/unknown&gt;",
        "a <unknown>b</unknown>",
    );
    check(
        "&lt;p&gt;so: &lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;",
        "so: alert(1)",
    );
    check("write &amp;lt; for it", "write &lt; for it");
    for (text, kept) in [
        (
            "if n &lt;k and lethal force, then",
            "if n <k and lethal force, then",
        ),
        ("n &lt;b and c&gt; so", "n <b and c> so"),
        ("&lt;desk@example.org&gt;", "<desk@example.org>"),
        ("&lt;https://example.org/a&gt;", "<https://example.org/a>"),
        ("&lt;!-- to begin", "<!-- to begin"),
        ("&lt;?php so ?&gt;", "<?php so ?>"),
        ("&lt;name&gt;", "<name>"),
        ("&lt;!-- so --&gt;", ""),
    ] {
        check(
            &format!("&lt;i&gt;so&lt;/i&gt; {text} end"),
            &format!("so {kept} end").replace("  ", " "),
        );
    }
}

#[test]
fn escaped_sections_are_read_closed_or_not() {
    for end in ["", "]]>", "]]"] {
        let text = if end == "]]" {
            "lethal force]]"
        } else {
            "lethal force"
        };
        check(&format!("<![CDATA[<b>lethal</b> force{end}"), text);
    }
    check(
        "<p>so</p><![CDATA[<p>lethal</p>]]><p>force</p>",
        "so\nlethal\nforce",
    );
    check("<![CDATA[Ministry &amp; police]]>", "Ministry & police");
    check(
        "<p>&lt;![CDATA[lethal &lt;b&gt;force&lt;/b&gt;]]&gt;</p>",
        "lethal force",
    );
}

#[test]
fn references_that_were_escaped_again_are_characters() {
    check(
        "<p>l&amp;#8217;arr&amp;ecirc;t&amp;nbsp;a</p>",
        "l\u{2019}arrêt a",
    );
    check(
        "R&amp;amp;amp;D &amp;unknown; &amp;amp;#x27;",
        "R&D &unknown; '",
    );
}
