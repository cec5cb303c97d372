use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn offer(kind: CandidateKind, bytes: u64, dated: Option<&str>) -> CandidateItem {
    CandidateItem {
        kind,
        bytes,
        dated: dated.map(at),
    }
}

use CandidateKind::{Backlog, New, Revised};

#[test]
fn new_ones_come_first_and_of_them_the_newest_and_a_date_in_the_future_is_of_no_use() {
    let now = at("2026-11-24T12:00:00Z");
    let offers = [
        offer(Backlog, 1, Some("2026-11-20T00:00:00Z")),
        offer(Revised, 1, None),
        offer(New, 1, Some("2026-11-20T00:00:00Z")),
        offer(New, 1, None),
        offer(New, 1, Some("2027-11-20T00:00:00Z")),
        offer(New, 1, Some("2026-11-24T11:00:00Z")),
    ];
    assert_eq!(in_order(&offers, now), [3, 4, 5, 2, 1, 0]);
}

#[test]
fn each_of_the_three_ends_the_taking_by_itself() {
    let left = Budget {
        items: 1,
        bytes: 100,
        hits: 1,
    };
    let small = offer(New, 1, None);
    let mut purse = BudgetTracker::new(left.into());
    purse.spend(&small, 0);
    assert!(!purse.affords(&small, 0), "no more new ones");
    let revised = offer(Revised, 500, None);
    assert!(purse.affords(&revised, 3), "what begins within is taken");
    purse.spend(&revised, 3);
    assert!(!purse.affords(&revised, 0), "no more bytes");

    let mut purse = BudgetTracker::new(Budget { items: 9, ..left }.into());
    purse.spend(&small, 1);
    assert!(!purse.affords(&small, 1), "no more hits");
    assert!(purse.affords(&small, 0), "but what nothing was found in");
}

#[test]
fn revisions_leave_half_of_the_bytes_and_what_is_old_leaves_all() {
    let mut purse = BudgetTracker::new(
        Budget {
            items: 1,
            bytes: 100,
            hits: 1,
        }
        .into(),
    );
    let revised = offer(Revised, 50, None);
    purse.spend(&revised, 0);
    assert!(!purse.affords(&revised, 0));
    let old = offer(Backlog, 500, None);
    purse.spend(&old, 5);
    assert!(!purse.affords(&old, 0));
    assert!(purse.affords(&offer(New, 500, None), 5));
    assert_eq!(purse.taken().backlog.hits, 5);
}

fn taking(items: u64, bytes: u64) -> PollUsage {
    PollUsage {
        live: BudgetUsage {
            items,
            bytes,
            hits: 0,
        },
        ..PollUsage::default()
    }
}

#[test]
fn a_day_begins_with_all_of_it() {
    let now = at("2026-11-24T23:59:59Z");
    let budget = Budget::default();
    let spent = DailyUsage::default().and(taking(600, 30 << 20), now);
    let left = budget.left(spent, now).live;
    assert_eq!((left.items, left.bytes, left.hits), (400, 0, 1_000));
    let next_day = at("2026-11-25T00:00:00Z");
    assert_eq!(budget.left(spent, next_day), budget.into());
    assert_eq!(spent.and(taking(1, 1), next_day).taken, taking(1, 1));
}

#[test]
fn what_an_earlier_version_spent_is_read() {
    let spent: DailyUsage =
        serde_json::from_str(r#"{"day": 20781, "items": 6, "bytes": 7, "hits": 0}"#).unwrap();
    assert_eq!((spent.day, spent.taken), (20_781, taking(6, 7)));
    let written = serde_json::to_string(&spent).unwrap();
    assert_eq!(serde_json::from_str::<DailyUsage>(&written).unwrap(), spent);
}
