use super::*;
use crate::store::test_database::with_hits;

const LINK: TokenHash = [1; 32];
const COOKIE: TokenHash = [2; 32];

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

#[test]
fn a_link_lets_in_once() {
    let (_folder, mut connection) = with_hits(0);
    invite(&connection, &LINK, "Ana", at(0), at(600)).unwrap();
    let begin = |connection: &mut Connection, link, session| {
        begin_session(connection, link, session, at(10), at(43_210)).unwrap()
    };
    assert_eq!(invited(&connection, &[9; 32], at(10)).unwrap(), None);
    let name = invited(&connection, &LINK, at(10)).unwrap();
    assert_eq!(name.as_deref(), Some("Ana"), "and it is not used up");
    assert_eq!(invited(&connection, &LINK, at(600)).unwrap(), None);
    assert_eq!(begin(&mut connection, &[9; 32], &COOKIE), None);
    assert_eq!(
        begin(&mut connection, &LINK, &COOKIE).as_deref(),
        Some("Ana")
    );
    assert_eq!(
        begin(&mut connection, &LINK, &[3; 32]),
        None,
        "it is used up"
    );
    let pass = session(&connection, &COOKIE, at(20)).unwrap().unwrap();
    assert_eq!((pass.name.as_str(), pass.ends), ("Ana", at(43_210)));
    assert_eq!(session(&connection, &[3; 32], at(20)).unwrap(), None);
    end_session(&connection, &COOKIE).unwrap();
    assert_eq!(session(&connection, &COOKIE, at(20)).unwrap(), None);
}

#[test]
fn links_and_sessions_end_by_the_clock() {
    let (_folder, mut connection) = with_hits(0);
    invite(&connection, &LINK, "Ana", at(0), at(600)).unwrap();
    assert_eq!(
        begin_session(&mut connection, &LINK, &COOKIE, at(600), at(900)).unwrap(),
        None
    );
    invite(&connection, &LINK, "Ana", at(700), at(1_300)).unwrap();
    begin_session(&mut connection, &LINK, &COOKIE, at(800), at(900))
        .unwrap()
        .unwrap();
    assert!(session(&connection, &COOKIE, at(899)).unwrap().is_some());
    assert!(session(&connection, &COOKIE, at(900)).unwrap().is_none());
    // The clock was ahead by a day, and was put right: else it would last a day longer.
    assert!(
        session(&connection, &COOKIE, at(-86_400))
            .unwrap()
            .is_none()
    );
    invite(&connection, &[4; 32], "Ben", at(2_000), at(2_600)).unwrap();
    let (invites, sessions) = passes(&connection, at(2_001)).unwrap();
    assert_eq!((invites.len(), sessions.len()), (1, 0));
    let left: i64 = connection
        .query_row("SELECT count(*) FROM web_session", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0, "what is over is deleted");
}

#[test]
fn who_is_revoked_is_out_and_others_stay() {
    let (_folder, mut connection) = with_hits(0);
    for (number, name) in [(1, "Ana"), (2, "Ana"), (3, "Ben")] {
        invite(&connection, &[number; 32], name, at(0), at(600)).unwrap();
    }
    for (number, session) in [(1, 11), (3, 13)] {
        begin_session(
            &mut connection,
            &[number; 32],
            &[session; 32],
            at(1),
            at(900),
        )
        .unwrap();
    }
    let revoked = revoke(&mut connection, "Ana").unwrap();
    assert_eq!((revoked.invites, revoked.sessions), (1, 1));
    assert!(session(&connection, &[11; 32], at(2)).unwrap().is_none());
    assert!(session(&connection, &[13; 32], at(2)).unwrap().is_some());
    assert_eq!(revoke(&mut connection, "ana").unwrap(), Revoked::default());
}

#[test]
fn a_kept_search_is_not_replaced_by_another() {
    let (_folder, connection) = with_hits(0);
    let search = |query: &str| SavedSearch {
        name: "Force".to_owned(),
        query: query.to_owned(),
        by: "Ana".to_owned(),
        at: at(0),
    };
    let save = |query: &str| save_search(&connection, &search(query)).unwrap();
    assert_eq!(save("watch=force"), SaveSearchResult::Kept);
    assert_eq!(save("watch=force"), SaveSearchResult::Kept);
    assert_eq!(save("watch=gas"), SaveSearchResult::Taken);
    assert_eq!(
        saved_searches(&connection).unwrap(),
        [search("watch=force")]
    );
    assert!(forget_search(&connection, "Force").unwrap());
    assert!(!forget_search(&connection, "Force").unwrap());
}

#[test]
fn no_more_searches_are_kept_than_a_page_can_list() {
    let (_folder, connection) = with_hits(0);
    let save = |number: u64| {
        let search = SavedSearch {
            name: format!("Search {number}"),
            query: format!("q={number}"),
            by: "Ana".to_owned(),
            at: at(0),
        };
        save_search(&connection, &search).unwrap()
    };
    assert!((0..SEARCHES_MAX).all(|number| save(number) == SaveSearchResult::Kept));
    assert_eq!(save(SEARCHES_MAX), SaveSearchResult::Full);
    assert_eq!(save(0), SaveSearchResult::Kept, "it is there");
    assert!(forget_search(&connection, "Search 0").unwrap());
    assert_eq!(save(SEARCHES_MAX), SaveSearchResult::Kept);
}
