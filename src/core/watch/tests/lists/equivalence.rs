//! That a list finds what its words find, and watches together what each finds alone.

use proptest::prelude::*;

use super::*;
use crate::core::watch::Match;

#[test]
fn watches_that_share_parts_find_what_each_finds_alone() {
    let lists = actors();
    let parts = [
        "@police NEAR/3 @courts",
        "title:(@police NEAR/3 @courts)",
        "lead:(@police NEAR/3 @courts)",
        "text:(@police NEAR/3 @courts)",
        "@police NEAR/1 @courts",
        "@police PRE/3 @courts",
        "@police NOT NEAR/3 @courts",
        "title:@police AND text:@courts",
        "author:@police",
        "lead:@guards",
    ];
    let mut queries: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
    for part in parts {
        queries.push(format!("({part}) AND NOT @guards"));
        queries.push(format!("MIN/2({part}, title:@guards, title:@courts)"));
    }
    let specs: Vec<WatchSpec> = queries.iter().map(|query| listed(query, &lists)).collect();
    let together = WatchSet::compile(&specs);
    let mut scratch = Scratch::default();
    let fields = [
        "",
        "The police told the judge.",
        "The court hears the national guard and the riot police.",
        "A judge, and nobody else at all, saw the OMON there.",
    ];
    let mut matched = 0;
    for number in 0..fields.len().pow(4) {
        let field = |place: u32| fields[number / fields.len().pow(place) % fields.len()].to_owned();
        let document = Document {
            title: field(0),
            summary: field(1),
            text: format!("{}\n\n{}", field(2), field(3)),
            author: field(3),
            ..Document::default()
        };
        let found = together.matches(&document, &mut scratch);
        let alone = specs.iter().enumerate().filter_map(|(watch, spec)| {
            let set = WatchSet::compile(std::slice::from_ref(spec));
            let found = set.matches_one(0, &document, &mut Scratch::default());
            found.map(|found| Match { watch, ..found })
        });
        assert_eq!(found, alone.collect::<Vec<_>>(), "{document:?}");
        matched += found.len();
    }
    assert!(matched > 500, "{matched}");
}

const WORDS: [&str; 12] = [
    "police",
    "policeman",
    "guard",
    "national guard",
    "detain",
    "riot police",
    "guard detain",
    "arrest",
    "tortur*",
    "human rights",
    "prison",
    "guard guard",
];

fn some_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "police",
        "Policemen",
        "guards",
        "guard",
        "National",
        "national",
        "detained",
        "riot",
        "arrests",
        "torture",
        "human",
        "rights",
        "imprisoned",
        "prisons",
        "a",
        "b.",
        "po\u{AD}lice",
        "guard-detain",
        "guard's",
        "national\u{200B}guard",
        "b",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.join(" "))
}

/// The watch, its score, and where it matched.
type Places = (
    usize,
    i64,
    Vec<(crate::core::document::Field, usize, usize)>,
);

fn places(found: &[Match]) -> Vec<Places> {
    let places = |found: &Match| {
        let mut places: Vec<_> = found
            .spans
            .iter()
            .map(|span| (span.field, span.start, span.end))
            .collect();
        places.dedup();
        places
    };
    found
        .iter()
        .map(|found| (found.watch, found.score, places(found)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_list_finds_what_its_words_find(
        first in prop::sample::subsequence(&WORDS[..], 1..6),
        second in prop::sample::subsequence(&WORDS[..], 1..6),
        title in some_text(),
        body in some_text(),
        certain in any::<bool>(),
    ) {
        let group = |words: &[&str]| {
            let words = words.iter().map(|word| {
                let forms = word.split(' ').map(|word| {
 if word.contains('*') { word.to_owned() } else { format!("{word}~") }
});
                format!("\"{}\"", forms.collect::<Vec<_>>().join(" "))
            });
            format!("({})", words.collect::<Vec<_>>().join(" OR "))
        };
        let halves = second.split_at(second.len() / 2);
        let (lists, problems) = WordLists::new(vec![
            list("one", &[("en", &first)]),
            list("two", &[("en", halves.1), ("any", &["@half"])]),
            list("half", &[("es", &["policía"]), ("en", if halves.0.is_empty() { halves.1 } else { halves.0 })]),
        ]);
        prop_assert!(problems.is_empty());
        let document = Document {
            title,
            language: Some("en".to_owned()),
            language_certain: certain,
            ..text(&body)
        };
        let shapes = [
            "ONE", "ONE AND TWO", "a AND NOT ONE", "ONE NEAR/3 TWO", "ONE PRE/2 TWO", "ONE NOT NEAR/2 TWO",
            "(ONE OR a) NEAR/4 TWO", "ATLEAST/2(ONE)", "ATLEAST/3(ONE OR TWO)", "MIN/2(ONE, a, TWO)", "title:ONE",
            "text:(ONE NEAR/5 b)", "b OR (title:TWO AND text:ONE)", "a NOT NEAR/3 ONE",
        ];
        let with: Vec<WatchSpec> = shapes.iter().map(|shape| {
            listed(&shape.replace("ONE", "@one").replace("TWO", "@two"), &lists)
        }).collect();
        let without: Vec<WatchSpec> = shapes.iter().map(|shape| {
            spec(&shape.replace("ONE", &group(&first)).replace("TWO", &group(&second)))
        }).collect();
        let mut scratch = Scratch::default();
        let set = WatchSet::compile(&with);
        let found = set.matches(&document, &mut scratch);
        let each: Vec<Match> = set.each(&document, &mut scratch).into_iter().flatten().collect();
        prop_assert_eq!(&found, &each);
        let expected = WatchSet::compile(&without).matches(&document, &mut scratch);
        if certain {
            prop_assert_eq!(places(&found), places(&expected));
        } else {
            // Spanish words may be there too.
            prop_assert!(places(&expected).len() <= places(&found).len() + shapes.len());
        }
    }
}
