//! Items that are revised, unreadable, let go or split from their story.

use newsvigil::core::story::Relation;
use newsvigil::store::retention::Retention;
use newsvigil::store::stories::Split;
use newsvigil::store::{digests, retention};

use super::*;

const FOR_A_MONTH: Retention = Retention {
    items: SignedDuration::from_hours(24 * 30),
    hits: None,
};

#[test]
fn an_item_that_is_revised_stays_an_outlet_of_its_story() {
    let mut desk = Desk::new();
    let mut items = vec![
        item("courier", CRACKDOWN[0], None),
        item("tribune", CRACKDOWN[1], None),
        item("gazette", CRACKDOWN[2], None),
    ];
    let outlets = |desk: &Desk| {
        let story = desk.story_of(CRACKDOWN[0]);
        let found = digests::corroboration(&desk.connection, story).expect("read");
        found.expect("a story").count
    };
    desk.poll(&items);
    desk.place();
    assert_eq!(outlets(&desk), 3);
    desk.later(1);
    items[1].words.1 = items[1].words.1.replace("Eleven of them", "Twelve of them");
    desk.poll(&items);
    desk.place();
    assert_eq!(outlets(&desk), 3);
}

#[test]
fn an_item_that_says_something_else_becomes_an_update_of_its_story() {
    let mut desk = Desk::new();
    let mut items = vec![
        item("courier", CRACKDOWN[0], None),
        item("tribune", CRACKDOWN[1], None),
    ];
    desk.poll(&items);
    let counts = desk.place();
    assert_eq!((counts.placed, counts.begun), (2, 1), "{counts:?}");
    desk.later(2);
    items[1].words.1 = items[1].words.1.replace("Eleven of them", "Thirty of them");
    desk.poll(&items);
    desk.restart();
    let counts = desk.place();
    assert_eq!(
        (counts.placed, counts.revised, counts.changed),
        (0, 1, 1),
        "{counts:?}"
    );
    let member = desk.member(CRACKDOWN[1]);
    assert_eq!(member.relation, Relation::Update);
    assert!(member.changed.is_some(), "{member:?}");
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.story_of(CRACKDOWN[0]));
    // Said otherwise, and nothing else.
    desk.later(2);
    items[0].words.1 = items[0]
        .words
        .1
        .replace("the dockers' union said", "according to the dockers' union");
    desk.poll(&items);
    let counts = desk.place();
    assert_eq!((counts.revised, counts.changed), (1, 0), "{counts:?}");
    assert_eq!(desk.member(CRACKDOWN[0]).changed, None);
    assert_eq!(desk.place(), PlacedCounts::default(), "nothing waits");
}

#[test]
fn a_record_that_cannot_be_read_costs_no_other_item_its_story() {
    let mut desk = Desk::new();
    desk.poll(&[
        item("courier", CRACKDOWN[0], None),
        item("herald", TRIAL[0], None),
    ]);
    desk.place();
    let broken = "UPDATE story_item SET record = x'ff' WHERE entry_id = ?1";
    let entry = desk.entry(CRACKDOWN[0].0);
    desk.connection.execute(broken, [entry]).expect("broken");
    desk.restart();
    desk.later(1);
    desk.poll(&[item("tribune", TRIAL[1], None)]);
    let counts = desk.place();
    assert_eq!((counts.unreadable, counts.placed), (1, 1), "{counts:?}");
    assert_eq!(desk.story_of(TRIAL[1]), desk.story_of(TRIAL[0]));
}

#[test]
fn what_is_let_go_leaves_its_story_and_the_service_goes_on() {
    let mut desk = Desk::new();
    desk.poll(&[item("courier", CRACKDOWN[0], None)]);
    desk.place();
    // Items are kept for a shorter time than a story is open.
    desk.later(48);
    desk.poll(&[item("courier", TRIAL[0], None)]);
    desk.place();
    let for_a_day = Retention {
        items: hours(24),
        ..FOR_A_MONTH
    };
    while retention::prune(&mut desk.connection, for_a_day, desk.now).expect("pruned") > 0 {}
    let stories = "SELECT count(*) FROM story";
    let left: i64 = desk
        .connection
        .query_row(stories, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(left, 1);
    // What is in memory still has the story that is gone.
    desk.poll(&[item("tribune", CRACKDOWN[1], None)]);
    desk.place();
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.entry(CRACKDOWN[1].0));
}

#[test]
fn what_is_split_stays_apart_while_the_service_works_and_after_a_restart() {
    for restarting in [false, true] {
        let mut desk = Desk::new();
        desk.poll(&[
            item("courier", CRACKDOWN[0], None),
            item("tribune", CRACKDOWN[1], None),
        ]);
        desk.place();
        let number = desk.story_of(CRACKDOWN[1]);
        let mut beside = Connection::open(&desk.folder.path().join("newsvigil.db"));
        let split = stories::split(&mut beside, number).expect("split");
        assert_eq!(split, Split::Separated(2));
        if restarting {
            desk.restart();
        }
        desk.later(1);
        // The same text once more joins neither.
        desk.poll(&[
            item("gazette", CRACKDOWN[2], None),
            item("herald", CRACKDOWN[0], None),
        ]);
        desk.place();
        let apart = [0, 1].map(|place| desk.story_of(CRACKDOWN[place]));
        assert_ne!(apart[0], apart[1]);
        assert!(
            apart.contains(&number),
            "{number} stays with the first item"
        );
        for story in apart {
            let members = stories::members(&desk.connection, story, 9).expect("members");
            assert_eq!(members.len(), 1, "{members:?}");
        }
    }
}
