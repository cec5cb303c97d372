//! Nothing owed is dropped, and none is told twice.

use super::*;
use proptest::prelude::*;

/// A hit of few entries, stories, feeds and watches, of any kind.
fn any_key() -> impl Strategy<Value = PendingHitKey<'static>> {
    let names = ["a", "b", "c", "d"];
    let ids = (0_i64..220, 0_usize..4);
    let facts = (any::<[bool; 4]>(), -3_i64..9, 0_u8..8, 0_u16..9);
    (ids, facts).prop_map(move |((entry_id, watch), (facts, score, origin, terms))| {
        let [urgent, alerted, in_lead, each] = facts;
        PendingHitKey {
            story: (!each && entry_id % 3 > 0).then_some(entry_id / 9 + 1),
            watch_id: names[watch],
            watch_title: names[watch / 2],
            topic: names[watch],
            score,
            urgent,
            alerted,
            is_copy: entry_id % 7 == 0,
            in_lead,
            terms,
            origin: match origin {
                0 => HitOrigin::Archive,
                1 => HitOrigin::Later,
                _ => HitOrigin::New,
            },
            ..key(entry_id, if entry_id % 5 > 0 { "a" } else { "b" })
        }
    })
}

proptest! {
    #[test]
    fn every_entry_is_told_or_counted_once_whatever_the_order(
        keys in proptest::collection::vec(any_key(), 0..900),
        told in proptest::collection::btree_set(1_i64..40, 0..6),
    ) {
        let told: HashMap<i64, ReportedBefore> = told
            .into_iter()
            .map(|story| {
                let watches = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
                (story, ReportedBefore { watches, ..ReportedBefore::default() })
            })
            .collect();
        let choice = choose_knowing(&keys, told.clone(), &[]);
        let entries: BTreeSet<i64> = keys.iter().map(|key| key.entry_id).collect();
        let totals = &choice.totals;
        prop_assert_eq!(totals.hits, keys.len());
        // What is shown, each once.
        let stories = choice.full.iter().chain(&choice.headlines).chain(&choice.developing);
        let stories: Vec<&SelectedStory> = stories.collect();
        let mut shown: Vec<i64> = stories.iter().map(|story| story.lead).collect();
        shown.extend(choice.alerted.iter().chain(&choice.later));
        let once: BTreeSet<i64> = shown.iter().copied().collect();
        prop_assert_eq!(once.len(), shown.len());
        prop_assert!(once.is_subset(&entries));
        // What is counted comes to all there is: so few entries make fewer stories than may be shown.
        let new: usize = stories.iter().map(|story| story.items).sum();
        prop_assert_eq!(stories.len(), totals.stories + totals.developing);
        let of_new = choice.full.iter().chain(&choice.headlines).map(|story| story.items);
        prop_assert_eq!(of_new.sum::<usize>(), totals.items);
        let by_topic: usize = totals.topics.iter().map(|count| count.items).sum();
        prop_assert_eq!(by_topic, totals.stories);
        let apart = totals.later + totals.archived();
        prop_assert!(new + apart + totals.alerted <= entries.len());
        if keys.iter().all(|key| !key.alerted) {
            prop_assert_eq!(new + apart, entries.len());
        }
        let mut backwards = keys.clone();
        backwards.reverse();
        prop_assert_eq!(choose_knowing(&backwards, told, &[]), choice);
    }
}
