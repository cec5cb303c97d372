//! Items that count another number of victims.

use super::*;

#[test]
fn a_text_with_another_number_of_victims_is_an_update() {
    let text = |killed: &str| {
        format!(
            "Gunmen on motorcycles attacked the farming village of Bokkos in Plateau state, killing {killed} people \
            and burning granaries, residents said."
        )
    };
    for (title, again, relation) in [
        ("12", "20", Relation::Update),
        ("20", "12", Relation::Update),
        ("12", "12", Relation::Copy),
        ("12", "twelve", Relation::Copy),
    ] {
        let headline = |killed: &str| format!("Gunmen kill {killed} villagers in Plateau state");
        let mut engine = Engine::new();
        for (id, feed, killed) in [(1, "a", title), (2, "b", again)] {
            let (headline, text) = (headline(killed), text(killed));
            let placed = engine.place(&report(id, feed, [&headline, &text], "en", id), at(id));
            if id == 2 {
                assert_eq!(
                    (placed.story, placed.relation, placed.copy_of),
                    (1, relation, Some(1)),
                    "{title}, {again}: {}",
                    placed.why
                );
            }
        }
    }
}

#[test]
fn another_number_of_victims_in_other_words_is_an_update() {
    let first = [
        "Dhaka garment factory fire kills 52 workers, officials say",
        "A fire in a garment factory in the Dhaka district of Bangladesh killed 52 workers, officials said.",
    ];
    for (again, relation) in [
        (
            [
                "Bangladesh garment factory fire in Dhaka: 49 workers killed",
                "Rescuers brought out 49 dead workers of the garment factory in Dhaka, the fire service said.",
            ],
            Relation::Update,
        ),
        (
            [
                "Fire in Dhaka garment factory kills 61 workers, officials",
                "",
            ],
            Relation::Update,
        ),
        (
            [
                "Bangladesh garment factory fire in Dhaka: 52 workers killed",
                "Rescuers brought out the dead of the garment factory in Dhaka; 30 were hurt, the fire service said.",
            ],
            Relation::SameEvent,
        ),
        (
            [
                "Families mourn workers of Dhaka garment factory fire",
                "Officials in Dhaka had locked the garment factory, workers in Bangladesh said of the fire.",
            ],
            Relation::SameEvent,
        ),
    ] {
        let mut engine = Engine::new();
        engine.place(&report(1, "a", first, "en", 0), at(0));
        let placed = engine.place(&report(2, "b", again, "en", 60), at(60));
        assert_eq!(
            (placed.story, placed.relation, placed.corrects),
            (1, relation, None),
            "{again:?}: {}",
            placed.why
        );
    }
}
