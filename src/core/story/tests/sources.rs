//! Who is a source of a story, and who carries what others said.

use super::{ClusterAssignment, Engine, Relation, at, report};
use crate::core::story::independent_sources::{ItemSource, count};

const HEADLINE: &str = "Police fire on farmers near Huamanga, nine wounded";
const TEXT: [&str; 4] = [
    "Police fired tear gas at farmers who blocked the road to the mine near Huamanga on Tuesday, wounding nine of them, the regional health office said.",
    "The farmers of three villages had kept the road closed for eleven days to demand water that they say the mine takes from their springs.",
    "Doctors of the hospital of Huamanga treated a boy and two women who had been hit by canisters, and sent one of them on to Lima by air.",
    "The ministry of energy called for talks and said that no licence would be given before the springs are measured by experts of both sides.",
];

/// Places items of feed, headline and lead an hour apart, and counts the independent outlets of their story.
#[track_caller]
fn independent(items: &[(&str, &str, String)]) -> usize {
    let mut engine = Engine::new();
    let mut placed: Vec<ClusterAssignment> = Vec::new();
    let mut copies: Vec<Option<i64>> = Vec::new();
    for (number, (feed, title, lead)) in (0..).zip(items) {
        let minutes = 60 * number;
        let item = report(number, feed, [title, lead], "en", minutes);
        let one = engine.place(&item, at(minutes));
        copies.push(one.copy_of);
        for (copy, original) in &one.same_source {
            let copy = &mut copies[usize::try_from(*copy).unwrap()];
            *copy = copy.or(Some(*original));
        }
        placed.push(one);
    }
    assert_eq!(placed.last().unwrap().story, 0, "{placed:#?}");
    let sources: Vec<ItemSource<'_>> = (0..)
        .zip(items)
        .zip(placed.iter().zip(&copies))
        .map(|((item, (feed, _, _)), (placed, copy_of))| ItemSource {
            item,
            outlet: feed,
            agency: placed.agency.as_deref(),
            copy_of: *copy_of,
            sure: placed.sure,
            reported: at(item),
        })
        .collect();
    count(&sources).independent
}

#[test]
fn who_begins_elsewhere_in_a_text_is_no_source_of_his_own() {
    let cut = format!("{}…", &TEXT.join(" ")[..230]);
    let without_the_first = TEXT[1..].join(" ");
    let with_a_sentence_before = format!(
        "Listen to this article, which takes four minutes to read aloud. {}",
        TEXT.join(" ")
    );
    let items = [
        ("a", HEADLINE, cut),
        (
            "b",
            "Nine farmers wounded near Huamanga as police clear the road to a mine",
            without_the_first,
        ),
        (
            "c",
            "Tear gas at a blockade of farmers near Huamanga",
            TEXT.join(" "),
        ),
        (
            "d",
            "Nine farmers wounded by police in Huamanga",
            with_a_sentence_before,
        ),
    ];
    assert_eq!(independent(&items), 1);
    let [cut, without_the_first, whole, before] = items;
    assert_eq!(independent(&[whole, before, without_the_first, cut]), 1);
}

#[test]
fn who_puts_two_reports_together_makes_no_one_source_of_them() {
    let other = "Nine people were hurt in Huamanga, Peru, when officers broke up a blockade of farmers outside a mine, according to health workers who saw them.";
    let items = [
        ("a", HEADLINE, TEXT[0].to_owned()),
        (
            "b",
            "Nine farmers hurt as blockade of mine near Huamanga ends",
            other.to_owned(),
        ),
        (
            "c",
            "Farmers and police at the mine near Huamanga",
            [TEXT[0], other].join(" "),
        ),
    ];
    assert_eq!(independent(&items), 2);
}

#[test]
fn the_name_of_an_outlet_around_a_headline_makes_no_other_of_it() {
    let headlines = [
        [
            "Police fire on farmers near Huamanga - Daily Post",
            "Police fire on farmers near Huamanga",
        ],
        [
            "Daily Post | Police fire on farmers near Huamanga",
            "Police fire on farmers near Huamanga",
        ],
        [
            "Huamanga: police fire on farmers at blockade of mine",
            "Daily Post: Huamanga: police fire on farmers at blockade of mine",
        ],
        [
            "Policía dispara contra campesinos en Huamanga — Diario de Ejemplo",
            "Policía dispara contra campesinos en Huamanga",
        ],
        [
            "Полиция стреляла в крестьян под Уамангой | Пример",
            "Полиция стреляла в крестьян под Уамангой",
        ],
        [
            "الشرطة تطلق النار على مزارعين قرب هوامانغا - المثال",
            "الشرطة تطلق النار على مزارعين قرب هوامانغا",
        ],
    ];
    for pair in headlines {
        for [first, second] in [pair, [pair[1], pair[0]]] {
            let mut engine = Engine::new();
            engine.place(&report(1, "a", [first, ""], "", 0), at(0));
            let placed = engine.place(&report(2, "b", [second, ""], "", 9), at(9));
            assert_eq!(placed.relation, Relation::Copy, "{second}: {}", placed.why);
        }
    }
    let apart = [
        [
            "Daily Post | Police fire on farmers near Huamanga",
            "Storm closes port of Callao for days | Daily Post",
        ],
        [
            "Daily Post | Police fire on farmers near Huamanga",
            "Daily Post | Storm closes port of Callao for days",
        ],
        [
            "Police fire on protesters in the main square - Lima",
            "Police fire on protesters in the main square - Quito",
        ],
    ];
    for [first, second] in apart {
        let mut engine = Engine::new();
        engine.place(&report(1, "a", [first, ""], "en", 0), at(0));
        let placed = engine.place(&report(2, "b", [second, ""], "en", 9), at(9));
        assert_ne!(placed.relation, Relation::Copy, "{second}: {}", placed.why);
        assert_eq!(placed.copy_of, None, "{second}");
    }
}

#[test]
fn a_bare_headline_brings_no_two_places_together() {
    for [bare, first, second] in [
        [
            "Police shoot protester dead during march",
            "Kenya: Police shoot protester dead during march",
            "Uganda: Police shoot protester dead during march",
        ],
        [
            "Army kills dozens of villagers in raid",
            "Army kills dozens of villagers in raid | Mali",
            "Army kills dozens of villagers in raid | Niger",
        ],
        [
            "Policía mata a manifestante durante marcha de estudiantes",
            "Perú: Policía mata a manifestante durante marcha de estudiantes",
            "Bolivia: Policía mata a manifestante durante marcha de estudiantes",
        ],
        [
            "La police tue un manifestant pendant une marche d’étudiants",
            "Mali : La police tue un manifestant pendant une marche d’étudiants",
            "Tchad : La police tue un manifestant pendant une marche d’étudiants",
        ],
        [
            "Polícia mata manifestante durante marcha de estudantes",
            "Polícia mata manifestante durante marcha de estudantes - Angola",
            "Polícia mata manifestante durante marcha de estudantes - Moçambique",
        ],
        [
            "Полиция застрелила участника марша студентов",
            "Кения: Полиция застрелила участника марша студентов",
            "Уганда: Полиция застрелила участника марша студентов",
        ],
        [
            "الشرطة تقتل متظاهرا خلال مسيرة طلابية",
            "الشرطة تقتل متظاهرا خلال مسيرة طلابية | مالي",
            "الشرطة تقتل متظاهرا خلال مسيرة طلابية | النيجر",
        ],
    ] {
        for order in [[bare, first, second], [first, bare, second]] {
            let mut engine = Engine::new();
            let placed = [1, 2, 3].map(|id| {
                let title = order[usize::try_from(id).unwrap() - 1];
                let feed = ["a", "b", "c"][usize::try_from(id).unwrap() - 1];
                engine.place(&report(id, feed, [title, ""], "", id), at(id))
            });
            let is_one =
                placed[1].story == 1 && placed[2].story == 1 || !placed[2].merged.is_empty();
            assert!(!is_one, "{order:?}: {} / {}", placed[1].why, placed[2].why);
        }
    }
}

#[test]
fn who_says_other_things_below_a_short_headline_is_a_source_of_his_own() {
    let events = [
        (
            "Protest in the streets of Lima",
            [
                "Thousands of students marched through the centre of Lima on Friday and called for the law on pensions to be withdrawn.",
                "Riot officers used tear gas against students in Lima who marched against a pension bill, rights monitors said.",
                "Students took to the streets of Lima, where the march against the pensions law drew crowds not seen in years.",
            ],
        ),
        (
            "Protesta en Lima",
            [
                "Miles de estudiantes marcharon el viernes por el centro de Lima para pedir que se retire la ley de pensiones.",
                "Agentes antidisturbios lanzaron gases contra estudiantes de Lima que rechazaban la ley de pensiones, dicen observadores.",
                "Los estudiantes de Lima salieron a las calles contra la ley de pensiones con una marcha que no se veía en años.",
            ],
        ),
        (
            "Manifestation à Lille",
            [
                "Des milliers d’étudiants ont défilé vendredi dans le centre de Lille pour demander le retrait de la loi sur les retraites.",
                "Des agents ont tiré des gaz contre les étudiants de Lille opposés à la loi sur les retraites, selon des observateurs.",
                "Les étudiants de Lille sont descendus dans la rue contre la loi sur les retraites, en nombre inédit depuis des années.",
            ],
        ),
        (
            "Protesto em Recife",
            [
                "Milhares de estudantes marcharam na sexta pelo centro do Recife para pedir a retirada da lei das aposentadorias.",
                "Agentes lançaram gás contra estudantes do Recife que rejeitavam a lei das aposentadorias, dizem observadores.",
                "Os estudantes do Recife saíram às ruas contra a lei das aposentadorias numa marcha como há anos não se via.",
            ],
        ),
        (
            "Протест в Минске",
            [
                "Тысячи студентов прошли в пятницу по центру Минска и потребовали отозвать закон о пенсиях.",
                "Силовики применили газ против студентов Минска, выступавших против закона о пенсиях, сообщили наблюдатели.",
                "Студенты Минска вышли на улицы из-за закона о пенсиях, такого шествия не было много лет.",
            ],
        ),
        (
            "احتجاج في حلب",
            [
                "سار آلاف الطلاب يوم الجمعة في وسط حلب وطالبوا بسحب قانون المعاشات.",
                "أطلق رجال الأمن الغاز على طلاب حلب الرافضين قانون المعاشات بحسب مراقبين.",
                "نزل طلاب حلب إلى الشوارع ضد قانون المعاشات في مسيرة لم تشهدها المدينة منذ سنوات.",
            ],
        ),
    ];
    for (title, leads) in events {
        let [first, second, third] = leads.map(str::to_owned);
        let items = [
            ("a", title, first),
            ("b", title, second),
            ("c", title, third),
        ];
        assert_eq!(independent(&items), 3, "{title}");
    }
}

#[test]
fn a_copy_makes_no_story_newer() {
    let day = 24 * 60;
    let mut engine = Engine::new();
    engine.place(&report(1, "a", [HEADLINE, TEXT[0]], "en", 0), at(0));
    engine.place(
        &report(2, "z", ["Storm closes port of Callao", ""], "en", 0),
        at(0),
    );
    let copy = report(
        3,
        "b",
        ["Another headline of the week", TEXT[0]],
        "en",
        5 * day,
    );
    assert_eq!(engine.place(&copy, at(5 * day)).story, 1);
    assert_eq!(engine.span(1).1, at(0).as_second());
    // Nor does it when it alone is left.
    engine.forget(at(7 * day + 1));
    assert_eq!(engine.span(1).1, at(0).as_second());
}

#[test]
fn a_number_that_changes_a_thousand_times_in_a_form_is_one_story() {
    let mut engine = Engine::new();
    engine.place(
        &report(0, "z", ["Storm closes port of Callao", ""], "en", 0),
        at(0),
    );
    for number in 1..1_000 {
        let title = format!(
            "Police fire on crowd in Huamanga, {} dead ({number})",
            number % 26 + 5
        );
        let placed = engine.place(
            &report(number, "a", [&title, TEXT[0]], "en", number / 3),
            at(number / 3),
        );
        assert_eq!(placed.story, 1, "{number}: {}", placed.why);
    }
}
