use super::*;

fn one(script: &str) -> JsonLdArticle {
    described(&[script.to_owned()], &[]).expect("an article")
}

#[test]
fn an_article_is_found_in_graphs_lists_and_behind_pages() {
    let article = r#"{"@type": "NewsArticle", "headline": "Five held", "author": [{"name": "A. One"}, "B. Two"],
        "datePublished": "2026-11-01T08:00:00Z", "inLanguage": "fr", "articleBody": "<p>One.</p><p>Two &amp; three.</p>"}"#;
    for script in [
        article.to_owned(),
        format!("[{{\"@type\": \"Organization\"}}, {article}]"),
        format!("{{\"@context\": \"https://schema.org\", \"@graph\": [{article}]}}"),
        format!("{{\"@type\": \"WebPage\", \"mainEntity\": {article}}}"),
    ] {
        let found = one(&script);
        assert_eq!(found.headline.as_deref(), Some("Five held"));
        assert_eq!(found.authors, ["A. One", "B. Two"]);
        assert_eq!(found.published.as_deref(), Some("2026-11-01T08:00:00Z"));
        assert_eq!(found.language.as_deref(), Some("fr"));
        assert_eq!(found.body.as_deref(), Some("One.\nTwo & three."));
    }
    let list = format!("{{\"@type\": \"ItemList\", \"itemListElement\": [{article}]}}");
    assert_eq!(described(&[list], &[]), None);
}

#[test]
fn mistakes_are_forgiven() {
    for script in [
        "<!-- {\"@type\": \"Article\", \"headline\": \"A\\u0020b\"} -->",
        "//<![CDATA[\n{\"@type\": [\"Article\"], \"headline\": \"A b\",}\n//]]>",
        "{\"@type\": \"Article\",, \"keywords\": [\"x\", ], \"headline\": \"A\nb\",\n}",
        "{\"@type\": \"Article\", \"note\": \"it\\'s\ttabbed\", \"headline\": \"A b\"};",
        "{\"@type\": \"Article\", \"headline\": \"A b\"} {\"@type\": \"Person\"}",
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;A b&quot;}",
    ] {
        let headline = one(script).headline.unwrap();
        assert_eq!(headline.replace('\n', " "), "A b", "{script}");
    }
    assert_eq!(
        described(&["{\"@type\": \"Article\"".to_owned()], &[]),
        None
    );
    assert_eq!(described(&["[".repeat(100_000)], &[]), None);
}

#[test]
fn what_costs_is_said_in_many_ways() {
    for (free, expected) in [
        ("\"isAccessibleForFree\": false", Some(false)),
        ("\"isAccessibleForFree\": \"False\"", Some(false)),
        (
            "\"isAccessibleForFree\": \"http://schema.org/False\"",
            Some(false),
        ),
        ("\"isAccessibleForFree\": true", Some(true)),
        (
            "\"isAccessibleForFree\": \"True\", \"hasPart\": {\"isAccessibleForFree\": false}",
            Some(true),
        ),
        (
            "\"hasPart\": [{\"@type\": \"WebPageElement\", \"isAccessibleForFree\": \"False\"}]",
            Some(false),
        ),
        ("\"name\": \"x\"", None),
    ] {
        let script = format!("{{\"@type\": \"NewsArticle\", {free}}}");
        assert_eq!(one(&script).free, expected, "{free}");
    }
}

#[test]
fn the_articles_own_description_is_chosen_by_its_address() {
    let script = r#"[{"@type": "Article", "headline": "Other", "articleBody": "text", "url": "https://a.example/other"},
        {"@type": "Article", "headline": "Own", "mainEntityOfPage": {"@id": "http://a.example/own/?x=1"}}]"#;
    let found = described(&[script.to_owned()], &["https://a.example/own"]).unwrap();
    assert_eq!(found.headline.as_deref(), Some("Own"));
}
