//! Lists and words that are no mistake, and are hardly what was meant.

use super::*;

/// The warnings of `check`, in the order of its lines.
fn warnings(words: &str, lines: &str) -> Vec<String> {
    let world = world(words, lines);
    told(&world, 0)
        .iter()
        .map(|problem| text(problem, "message").to_owned())
        .collect()
}

#[test]
fn a_list_that_no_watch_uses_gets_a_warning() {
    let outer = "[[words]]\nid = \"outer\"\nany = [\"@forces\"]\n";
    let all = format!("{FORCES}{BEAT}{outer}");
    assert_eq!(
        warnings(&all, "match = '@outer'\nscore = { \"@beat\" = 1 }"),
        [] as [&str; 0]
    );
    assert_eq!(
        warnings(&all, "match = '@outer'"),
        ["no watch uses the list `beat`"]
    );
    // Named by a list that nothing uses.
    assert_eq!(
        warnings(&all, "match = '@beat'"),
        ["no watch uses 2 lists: `forces`, `outer`"]
    );
}

#[test]
fn words_that_add_nothing_get_a_warning() {
    let list = |words: &str| {
        let text = format!("[[words]]\nid = \"a\"\n{words}\n");
        warnings(&text, "match = '@a'")
    };
    for (words, said) in [
        (
            "en = [\"police\", \"police officer\"]",
            "`police officer` adds nothing: `police` finds it already",
        ),
        (
            "en = [\"arrested\", \"arrest\"]",
            "`arrested` adds nothing: `arrest` finds it already",
        ),
        (
            "en = [\"tortur*\", \"torture\"]",
            "`torture` adds nothing: `tortur*` finds it already",
        ),
        (
            "en = [\"tear gas\", \"tear gas grenade\"]",
            "`tear gas grenade` adds nothing",
        ),
        (
            "en = [\"police\", \"Police\"]",
            "`Police` adds nothing: `police` finds it already",
        ),
        (
            "en = [\"police\", \"police\"]",
            "`police` stands in `en` twice",
        ),
        (
            "es = [\"detener\", \"detenido\"]",
            "`detenido` adds nothing: `detener` finds it already",
        ),
        ("ru = [\"пытка\", \"пытки\"]", "`пытки` adds nothing"),
        (
            "any = [\"LGBT*\"]\nen = [\"LGBTI\"]",
            "`LGBTI` adds nothing: `LGBT*` of `any` finds it already",
        ),
        (
            "en = [\"ice\", \"=ICE\"]",
            "`=ICE` adds nothing: `ice` finds it already",
        ),
    ] {
        let told = list(words);
        assert_eq!(told.len(), 1, "{words}: {told:?}");
        assert!(told[0].contains(said), "{words}: {told:?}");
    }
    for words in [
        "en = [\"police\", \"policy\", \"polite\", \"=ICE\", \"gas tear\"]",
        "en = [\"police officer\", \"officer class\"]",
        "en = [\"=arms\", \"army\"]",
        "any = [\"Europol\"]\nen = [\"police\"]",
        "en = [\"execut*\", \"=exec\"]",
        "en = [\"general\", \"tribunal\"]\nes = [\"general\", \"tribunal\"]\npt = [\"tribunal\"]",
        "es = [\"grupo armado\"]\npt = [\"grupo armado\"]",
    ] {
        assert_eq!(list(words), [] as [&str; 0], "{words}");
    }
    let many = list(
        "en = [\"police\", \"police a\", \"police b\", \"police c\", \"police d\", \"police e\", \"police f\"]",
    );
    assert_eq!(many.len(), 1, "{many:?}");
    assert!(
        many[0].starts_with("6 of these words add nothing"),
        "{many:?}"
    );
    assert!(
        many[0].contains("`police a` (by `police`)") && many[0].ends_with("and 1 more"),
        "{many:?}"
    );
}

#[test]
fn words_in_two_languages_by_accident_get_a_warning() {
    let list = |words: &str| {
        let text = format!("[[words]]\nid = \"a\"\n{words}\n");
        warnings(&text, "match = '@a'")
    };
    for (words, said) in [
        (
            "en = [\"police\", \"polic\u{ed}a\"]\nes = [\"polic\u{ed}a\"]",
            "stands in `en`, `es`: it is hardly a word of both",
        ),
        (
            "en = [\"fuerzas armadas\"]\nes = [\"fuerzas armadas\"]",
            "hardly a word of both",
        ),
        (
            "en = [\"Interpol\"]\nes = [\"Interpol\"]\nfr = [\"Interpol\"]",
            "belongs into `any`",
        ),
        (
            "any = [\"Interpol\"]\nes = [\"Interpol\"]",
            "`any` finds it in every language",
        ),
    ] {
        let told = list(words);
        assert_eq!(told.len(), 1, "{words}: {told:?}");
        assert!(told[0].contains(said), "{words}: {told:?}");
    }
    for words in [
        "en = [\"=ICE\"]\nes = [\"=ICE\"]",
        "en = [\"Taliban\"]\nes = [\"talib\u{e1}n\"]",
        "en = [\"expos\u{e9}\"]\nfr = [\"expos\u{e9}\"]",
        "en = [\"sit-in\", \"regime\"]\nfr = [\"sit-in\", \"r\u{e9}gime\"]\npt = [\"regime\"]",
        "es = [\"Vaticano\"]\npt = [\"Vaticano\"]",
        "en = [\"Burkina Faso\"]\nfr = [\"Burkina Faso\"]",
    ] {
        assert_eq!(list(words), [] as [&str; 0], "{words}");
    }
}
