//! Copies, corrections and revisions.

use super::*;

#[test]
fn the_same_text_under_another_headline_is_a_copy() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let mut engine = Engine::new();
    engine.place(
        &report(1, "a", ["Dhaka factory fire kills 17", text], "en", 0),
        at(0),
    );
    let copy = engine.place(
        &report(
            2,
            "b",
            ["Workers trapped behind locked doors", text],
            "en",
            30,
        ),
        at(30),
    );
    assert_eq!(
        (copy.story, copy.relation, copy.copy_of),
        (1, Relation::Copy, Some(1))
    );
}

#[test]
fn an_item_that_corrects_its_story_is_an_update() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let first = ["Dhaka factory fire kills 17 garment workers", text];
    let other = "At least 11 garment workers died in the Dhaka factory fire behind locked doors, the fire service said; \
        an earlier report counted others.";
    for (again, corrects) in [
        (
            [
                "Correction: Dhaka factory fire kills 11 garment workers",
                other,
            ],
            true,
        ),
        (
            [
                "Dhaka factory fire kills 11 garment workers",
                &format!("(Corrects number of dead) {other}"),
            ],
            true,
        ),
        // Its text is a copy, and it is a correction all the same.
        (
            [
                "CORRECTED-Dhaka factory fire kills 11 garment workers",
                text,
            ],
            true,
        ),
        (
            ["Dhaka factory fire kills 11 garment workers", other],
            false,
        ),
    ] {
        let mut engine = Engine::new();
        engine.place(&report(1, "a", first, "en", 0), at(0));
        let placed = engine.place(&report(2, "b", again, "en", 30), at(30));
        assert_eq!(placed.story, 1, "{again:?}: {}", placed.why);
        // Another number alone is no correction.
        assert_eq!(placed.relation, Relation::Update, "{again:?}");
        assert_eq!(placed.corrects.is_some(), corrects, "{again:?}");
    }
    // What begins a story corrects none.
    let title = "Correction: Dhaka factory fire kills 11 garment workers";
    let alone = Engine::new().place(&report(1, "a", [title, other], "en", 0), at(0));
    assert_eq!((alone.relation, alone.corrects), (Relation::First, None));
}

#[test]
fn a_revision_says_whether_it_corrects() {
    let mut engine = Engine::new();
    let title = "12 protesters killed in Huamanga";
    let before = report(1, "a", [title, ""], "en", 0);
    engine.place(&before, at(0));
    for (title, changed, is_correction) in [
        ("21 protesters killed in Huamanga", true, false),
        ("2 protesters killed in Huamanga", true, true),
        ("12 protesters killed in Arequipa", true, true),
        (
            "12 protesters killed in Huamanga, officials say",
            false,
            false,
        ),
    ] {
        let revised = engine.revise(&before, &report(1, "a", [title, ""], "en", 0), at(30));
        assert_eq!(
            (revised.changed.is_some(), revised.is_correction),
            (changed, is_correction),
            "{title}: {:?}",
            revised.changed
        );
    }
}

#[test]
fn what_tells_of_another_event_by_now_does_not_belong_to_its_story() {
    let mut engine = Engine::new();
    let says = |id, feed, title, minutes| report(id, feed, [title, ""], "en", minutes);
    let title = "Police fire tear gas at striking dock workers in Port Calder";
    engine.place(&says(1, "a", title, 0), at(0));
    let before = says(
        2,
        "b",
        "Tear gas fired at striking Port Calder dock workers by police",
        5,
    );
    assert_eq!(engine.place(&before, at(5)).story, 1);
    for (title, belongs) in [
        (
            "Tear gas fired at Port Calder dock workers, eleven wounded",
            true,
        ),
        (
            "Court in Velmora sentences editor Irena Dolsk to six years",
            false,
        ),
    ] {
        let revised = engine.revise(&before, &says(2, "b", title, 5), at(30));
        assert_eq!(revised.belongs, belongs, "{title}");
    }
}
