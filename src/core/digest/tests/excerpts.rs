//! The sentences that are shown of an item.

use super::*;

/// The excerpt of `summary` and `text`, with the matches of `words` in square brackets.
fn excerpt(title: &str, summary: &str, text: &str, words: &[&str]) -> String {
    let mut item = hit(1, 1, "a", None);
    item.title = title.into();
    item.summary = summary.into();
    item.text = text.into();
    for (field, content) in [
        (Field::Title, title),
        (Field::Summary, summary),
        (Field::Text, text),
    ] {
        for word in words {
            for (start, found) in content.match_indices(word) {
                let (end, term) = (start + found.len(), (*word).to_owned());
                item.spans.push(SpanRecord {
                    field,
                    start,
                    end,
                    term,
                });
            }
        }
    }
    let digest = digest(vec![item]);
    let pieces = &digest.stories.first().unwrap().lead.excerpt;
    pieces
        .iter()
        .map(|piece| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        })
        .collect()
}

#[test]
fn the_excerpt_is_the_sentence_around_the_match() {
    assert_eq!(
        excerpt(
            "T",
            "First. Police used tear gas at 5 p.m. on Monday! Third.",
            "",
            &["tear gas"]
        ),
        "Police used [tear gas] at 5 p.m. on Monday!",
    );
    assert_eq!(
        excerpt(
            "T",
            "Mr. J. Smith of the U.S. was detained. Next.",
            "",
            &["detained"]
        ),
        "Mr. J. Smith of the U.S. was [detained]."
    );
    assert_eq!(
        excerpt("T", "他说。警方拒绝说明拘留地点。律师", "", &["拘留"]),
        "警方拒绝说明[拘留]地点。"
    );
    assert_eq!(
        excerpt("T", "قال. تم اعتقال عشرة؟ نعم.", "", &["اعتقال"]),
        "تم [اعتقال] عشرة؟"
    );
    assert_eq!(
        excerpt("T", "a\nprotest here\nb", "", &["protest"]),
        "[protest] here"
    );
}

#[test]
fn the_sentences_are_those_of_the_words_that_decide_and_these_alone_are_marked() {
    let summary = "Police came. Many people ran. Police and people fled from soldiers in Huamanga. \
                   They prayed. The soldiers shot.";
    assert_eq!(
        excerpt(
            "T",
            summary,
            "",
            &["Police", "people", "soldiers", "Huamanga"]
        ),
        "Police and people fled from [soldiers] in [Huamanga]."
    );
    // Where these stand in the headline alone, the others say which sentences are shown.
    assert_eq!(
        excerpt(
            "Huamanga",
            "It rained. The police came. They left.",
            "",
            &["police", "Huamanga"]
        ),
        "The police came."
    );
    assert_eq!(
        excerpt(
            "T",
            "A massacre. Huamanga. Soldiers. Torture.",
            "",
            &["massacre", "Huamanga", "Soldiers"]
        ),
        "A [massacre]. [Huamanga].",
        "two sentences are enough"
    );
}

#[test]
fn sentences_that_show_other_terms_are_added_in_order() {
    assert_eq!(
        excerpt(
            "T",
            "Soldiers came. It rained. They shot at a protest. Soldiers left.",
            "",
            &["Soldiers", "protest"]
        ),
        "[Soldiers] came. … They shot at a [protest].",
    );
    assert_eq!(
        excerpt(
            "T",
            "Soldiers came. They shot. Soldiers left.",
            "",
            &["Soldiers", "shot"]
        ),
        "[Soldiers] came. They [shot]."
    );
}

#[test]
fn the_excerpt_comes_from_the_text_when_the_summary_has_no_match() {
    assert_eq!(
        excerpt(
            "T",
            "A summary.",
            "Long text. A protest began. End.",
            &["protest"]
        ),
        "A [protest] began."
    );
    assert_eq!(
        excerpt("A protest", "A summary that says more.", "", &["protest"]),
        "A summary that says more."
    );
    assert_eq!(
        excerpt("A protest", "A protest", "", &["protest"]),
        "",
        "the headline is not repeated"
    );
    assert_eq!(
        excerpt("A protest", "A protest", "A protest began.", &["protest"]),
        "A [protest] began."
    );
    assert_eq!(excerpt("A protest", "", "", &["protest"]), "");
}

#[test]
fn endless_sentences_are_cut_at_words_and_say_so() {
    let long = "word ".repeat(100_000) + "protest " + &"more ".repeat(100_000);
    let shown = excerpt("T", "", &long, &["protest"]);
    assert!(
        shown.starts_with("… word") && shown.contains("[protest]") && shown.ends_with("more …"),
        "{shown}"
    );
    assert!(shown.chars().count() < 700, "{}", shown.chars().count());
    let unbroken = "語".repeat(400_000);
    assert!(excerpt("T", "", &unbroken, &["語語語"]).chars().count() < 700);
}

#[test]
fn spans_that_do_not_fit_mark_nothing_and_do_not_panic() {
    let mut item = hit(1, 1, "a", None);
    item.title = "Протест".into();
    item.summary = "Протест на площади.".into();
    for (start, end) in [
        (0, 3),
        (1, 2),
        (5, 2),
        (0, usize::MAX),
        (usize::MAX, usize::MAX),
        (100, 200),
        (3, 3),
        (7, 15),
    ] {
        for field in [
            Field::Title,
            Field::Summary,
            Field::Text,
            Field::Author,
            Field::Category(9),
        ] {
            item.spans.push(SpanRecord {
                field,
                start,
                end,
                term: "x".to_owned(),
            });
        }
    }
    let digest = digest(vec![item]);
    let item = &digest.stories.first().unwrap().lead;
    let title: String = item.title.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(title, "Протест");
    assert_eq!(item.mentions[0].terms, ["x"]);
}

#[test]
fn one_sentence_brings_the_next_or_else_the_one_before() {
    let check = |summary: &str, word: &str, expected: &str| {
        assert_eq!(excerpt("T", summary, "", &[word]), expected);
    };
    check(
        "Police used tear gas at the march on Monday. Two people were taken to hospital. It rained.",
        "tear gas",
        "Police used [tear gas] at the march on Monday. Two people were taken to hospital.",
    );
    check(
        "Two people were taken to hospital.\nPolice used tear gas at the march on Monday.\nPhoto: Example Wire",
        "tear gas",
        "Two people were taken to hospital. Police used [tear gas] at the march on Monday.",
    );
    check(
        "\u{AB}Nos dispararon sin avisar.\u{BB} La polic\u{ed}a detuvo a la Sra. Ruiz y a otros dos. Llovi\u{f3}.",
        "detuvo",
        "\u{AB}Nos dispararon sin avisar.\u{BB} La polic\u{ed}a [detuvo] a la Sra. Ruiz y a otros dos.",
    );
    check(
        "Полиция задержала адвоката в г. Москве. Его семья не знает, где он. Шёл дождь.",
        "задержала",
        "Полиция [задержала] адвоката в г. Москве. Его семья не знает, где он.",
    );
    check(
        "اعتقلت الشرطة ثلاثة محامين يوم الاثنين. أين يوجد هؤلاء المحامون الآن؟ لا تعرف عائلاتهم شيئا.",
        "اعتقلت",
        "[اعتقلت] الشرطة ثلاثة محامين يوم الاثنين. أين يوجد هؤلاء المحامون الآن؟",
    );
    check(
        "警方星期一拘留了三名律师。他们的家人说不知道他们在哪里。下雨了。",
        "拘留",
        "警方星期一[拘留]了三名律师。他们的家人说不知道他们在哪里。",
    );
    check(
        "पुलिस ने सोमवार को तीन वकीलों को हिरासत में लिया। परिवार को कुछ पता नहीं है।",
        "हिरासत",
        "पुलिस ने सोमवार को तीन वकीलों को [हिरासत] में लिया। परिवार को कुछ पता नहीं है।",
    );
}

#[test]
fn a_sentence_is_shown_whole_where_it_has_room_and_alone_where_two_have_none() {
    let long = format!(
        "Police shot at the march {}there.",
        "and more people ran ".repeat(19)
    );
    let text = format!("It had rained since the morning. {long} They left in the evening.");
    assert_eq!(
        excerpt("T", &text, "", &["march"]),
        long.replace("march", "[march]")
    );
}

#[test]
fn the_headline_is_not_said_again() {
    let title = "Police used tear gas at the march";
    let summary =
        format!("{title}. Two people were taken to hospital. It rained on Monday morning.");
    assert_eq!(
        excerpt(title, &summary, "", &["tear gas"]),
        "Two people were taken to hospital. It rained on Monday morning."
    );
    assert_eq!(
        excerpt(
            "A protest",
            "It began on Monday morning. Many came from afar. Third.",
            "",
            &["protest"]
        ),
        "It began on Monday morning. Many came from afar.",
        "what decides stands in the headline"
    );
}
