//! Whatever comes is placed, and a restart changes nothing.

use proptest::prelude::*;

use super::*;

#[test]
fn two_thousand_items_of_one_story_are_bounded() {
    let mut engine = Engine::new();
    let text = TOGETHER[0].2;
    for number in 0..2_000 {
        let feed = format!("feed {number}");
        let placed = engine.place(
            &report(number, &feed, text, "en", number / 20),
            at(number / 20),
        );
        assert_eq!(placed.story, 0);
        assert!(placed.record.len() < 1_000, "{}", placed.record.len());
    }
}

#[test]
fn hostile_items_are_placed_as_others() {
    let mut engine = Engine::new();
    let long = "раз two 三 ".repeat(100_000);
    let blank = " ".repeat(1 << 20);
    for (number, text) in [
        ["", ""],
        [&long, &long],
        [&blank, "x"],
        ["\u{202e}\u{0}", "-|-: - | "],
        ["::", " | "],
    ]
    .into_iter()
    .enumerate()
    {
        let mut item = report(i64::try_from(number).unwrap(), "", text, "", 0);
        item.published = None;
        item.language = ["x-klingon", "", "en", "und", "zh-Hans"]
            .get(number)
            .copied();
        let placed = engine.place(&item, at(0));
        assert!(placed.record.len() < 2_000);
    }
    // A clock that jumps.
    for minutes in [0, 600_000, -600_000, 10] {
        engine.place(
            &report(100 + minutes, "a", TOGETHER[0].2, "en", minutes),
            at(minutes),
        );
        engine.forget(at(minutes));
    }
    assert!(engine.restore(1, 1, at(0), b"").is_err());
    assert!(engine.restore(1, 1, at(0), &[2; 40]).is_err());
}

/// Items of a few events in few words, so that they meet.
fn items() -> impl Strategy<Value = Vec<(String, String, u8, i64)>> {
    let words = prop::sample::select(vec![
        "Huamanga", "Ayacucho", "police", "court", "strike", "Lima", "killed", "protest",
        "verdict", "Moyo", "Harare", "teachers", "gas", "airport", "soldiers", "12", "minister",
        "Update:", "| Times", "rises",
    ]);
    let text = prop::collection::vec(words, 3..9).prop_map(|words| words.join(" "));
    prop::collection::vec((text.clone(), text, 0..4_u8, 0..900_i64), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_restart_decides_as_if_it_had_never_stopped(items in items(), stop in 0..60_usize, revised in any::<bool>()) {
        let feeds = ["a", "b", "c", ""];
        let mut engine = Engine::new();
        let mut kept: Vec<(i64, i64, Timestamp, Vec<u8>)> = Vec::new();
        let mut minutes = 0;
        let mut restarted: Option<Engine> = None;
        for (number, (title, lead, feed, gap)) in items.iter().enumerate() {
            minutes += gap;
            let id = i64::try_from(number).unwrap() + 1;
            let item = report(id, feeds[usize::from(*feed)], [title, lead], "en", minutes);
            if number == stop {
                let mut again = Engine::new();
                for (item, story, seen, record) in &kept {
                    again.restore(*item, *story, *seen, record).unwrap();
                }
                restarted = Some(again);
            }
            let placed = engine.place(&item, at(minutes));
            if let Some(restarted) = &mut restarted {
                prop_assert_eq!(&restarted.place(&item, at(minutes)), &placed);
            }
            for (newer, older) in &placed.merged {
                prop_assert!(older < newer);
                for kept in kept.iter_mut().filter(|kept| kept.1 == *newer) {
                    kept.1 = *older;
                }
            }
            prop_assert!(placed.story <= id);
            kept.push((id, placed.story, at(minutes), placed.record));
            if revised && number % 3 == 0 {
                let after = report(id, feeds[usize::from(*feed)], [lead, title], "en", minutes);
                let now = engine.revise(&item, &after, at(minutes));
                if let Some(restarted) = &mut restarted {
                    prop_assert_eq!(&restarted.revise(&item, &after, at(minutes)), &now);
                }
                kept.last_mut().unwrap().3 = now.record;
            }
            // Only what is in the window is read back.
            let window = at(minutes) - crate::core::story::story_item::WINDOW;
            kept.retain(|kept| kept.2 > window);
        }
    }
}
