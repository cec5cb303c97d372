//! `match`: documents in, matches out.

use crate::world::World;

fn world() -> World {
    World::new(&[("outlet", "https://outlet.example/feed")])
}

#[test]
fn spans_are_byte_offsets_into_the_field_as_given() {
    let title = "“Émeute”: police used LETHAL  Force";
    let text = "Many prótesters were there.";
    let input = format!(
        "{}\n{}\n",
        serde_json::json!({"id": "a", "title": title, "text": text}),
        serde_json::json!({"id": 7, "title": "Nothing"}),
    );
    let lines = world()
        .run_with_input(&["match", "--json"], &input)
        .ok()
        .json_lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["doc"], "a");
    assert_eq!(lines[0]["watch"], "force");
    let spans: Vec<(String, String)> = lines[0]["spans"]
        .as_array()
        .expect("spans")
        .iter()
        .map(|span| {
            let field = span["field"].as_str().expect("a field");
            let source = if field == "title" { title } else { text };
            let at =
                |key: &str| usize::try_from(span[key].as_u64().expect("an offset")).expect("small");
            (field.to_owned(), source[at("start")..at("end")].to_owned())
        })
        .collect();
    let expected = [("title", "LETHAL  Force"), ("text", "prótesters")];
    assert_eq!(
        spans,
        expected.map(|(field, words)| (field.to_owned(), words.to_owned()))
    );
}

#[test]
fn a_bad_line_is_named_and_the_others_are_matched() {
    let good = serde_json::json!({"id": "a", "title": "Lethal force at a protest"}).to_string();
    let run = world().run_with_input(
        &["match", "--json"],
        &format!("\u{feff}{good}\nnonsense\n\n[]\n{good}\n"),
    );
    assert_eq!(run.code, 65, "{run:?}");
    assert_eq!(run.json_lines().len(), 2);
    assert!(run.stderr.contains("-:2:"), "{run:?}");
    assert!(run.stderr.contains("-:4:"), "{run:?}");
}

#[test]
fn statistics_count_what_was_read() {
    let good = serde_json::json!({"title": "Lethal force at a protest"}).to_string();
    let run = world()
        .run_with_input(&["match", "--stats"], &format!("{good}\n{good}\n"))
        .ok();
    assert!(run.stderr.contains("documents 2"), "{run:?}");
    assert!(run.stderr.contains("watches 1"), "{run:?}");
    assert!(run.stderr.contains("matches 2"), "{run:?}");
}

#[test]
fn a_watch_that_does_not_exist_is_named() {
    let run = world().run_with_input(&["match", "--watch", "nope"], "");
    assert_eq!(run.code, 64);
    assert!(run.stderr.contains("`nope`"), "{run:?}");
}

#[test]
fn a_mistyped_key_is_refused_with_the_one_that_was_meant() {
    let run = world().run_with_input(
        &["match", "--json"],
        "{\"title\": \"fine\", \"published\": 1, \"author\": \"a\", \"categories\": [\"b\"]}\n\
         {\"titel\": \"Lethal force at a protest\"}\n",
    );
    assert_eq!(run.code, 65, "{run:?}");
    assert!(!run.stderr.contains("-:1:"), "{run:?}");
    assert!(
        run.stderr
            .contains("-:2: not a document: unknown key `titel`; did you mean `title`?"),
        "{run:?}"
    );
}

#[test]
fn a_document_without_an_id_is_called_by_its_line_unmistakably() {
    let story = |id: &str| format!("{{{id}\"title\": \"Lethal force at a protest\"}}\n");
    let input = story("\"id\": 2, ") + &story("");
    let lines = world()
        .run_with_input(&["match", "--json"], &input)
        .ok()
        .json_lines();
    assert_eq!(lines[0]["doc"], 2);
    assert_eq!(lines[1]["doc"], "line 2");
}
