use super::*;
use proptest::prelude::*;

/// Tokens in one line: `<a>` `</a>` and text as it is.
fn check(text: &str, expected: &str) {
    let mut tokens = Tokens::new(text);
    let mut seen = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Open(tag) => {
                let is_empty = tag.closed == Closed::SelfClosing;
                seen.extend(["<", tag.name, if is_empty { "/>" } else { ">" }]);
            }
            Token::Close { name, .. } => seen.extend(["</", name, ">"]),
            Token::Text(text) => seen.push_str(&text),
        }
    }
    assert_eq!(seen, expected, "of {text:?}");
}

#[test]
fn sound_xml_is_read_as_it_is() {
    check(
        "<?xml version='1.0'?><a b='c'><!-- d -->e<f/></a>",
        "<a>e<f/></a>",
    );
    check("<a><![CDATA[b < c]]></a>", "<a>b < c</a>");
    check("<a><![CDATA[<![CDATA[b < c]]></a>", "<a>b < c</a>");
    check("<a>&lt;b&gt; &amp; &#233;</a>", "<a><b> & é</a>");
}

#[test]
fn stray_markup_is_text() {
    check("<a>1 < 2 & 3</a>", "<a>1 < 2 & 3</a>");
    check("<a>I <3 you</a>", "<a>I <3 you</a>");
    check("<a>&nbsp;&eacute;&bogus;</a>", "<a>\u{a0}é&bogus;</a>");
    check("<a>b</c></a>", "<a>b</c></a>");
}

#[test]
fn a_missing_quote_costs_one_tag_only() {
    check("<a b=\"c><d>e</d><f g=\"h\"/></a>", "<a><d>e</d><f/></a>");
}

#[test]
fn what_was_cut_off_is_read_to_its_end() {
    check("<a><![CDATA[b", "<a>b");
    check("<a>b<c", "<a>b");
    check("<a>b</c", "<a>b");
    check("<a>b<!-- c<d>e</d>", "<a>b c<d>e</d>");
}

#[test]
fn entities_of_the_document_are_known_and_cannot_multiply() {
    check(
        "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d '&b;&b;'>]><a>&b;&d;</a>",
        "<a>c&d;</a>",
    );
}

#[test]
fn a_megabyte_of_what_never_closes_ends_soon() {
    for (part, end) in [
        ("<!--", ""),
        ("<a ", ">"),
        ("<a b=\"", ""),
        ("<![CDATA[", ""),
        ("<", ""),
        ("&", ""),
    ] {
        let text = part.repeat(200_000 / part.len()) + end;
        let mut tokens = Tokens::new(&text);
        while tokens.next().is_some() {}
        assert!(tokens.damage.is_some() || part == "&");
    }
}

proptest! {
    #[test]
    fn any_text_has_tokens(text in any::<String>()) {
        let mut tokens = Tokens::new(&text);
        while tokens.next().is_some() {}
    }

    #[test]
    fn any_markup_has_tokens(text in "(<|>|/|a|é|:|!|--|\\[CDATA\\[|]]>|\"|'|=| |&|;|#x?1|\\?|DOCTYPE|\\[|]){0,60}") {
        let mut tokens = Tokens::new(&text);
        let mut turns = 0;
        while tokens.next().is_some() {
            turns += 1;
            prop_assert!(turns <= 4 * text.len() + 4);
        }
    }
}
