use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::*;
use crate::core::article::PageVerdictCounts;
use crate::core::digest::{Coverage, GroupBy, Language, Privacy, Recipient};
use crate::core::week::{Baseline, FeedChanges, Place, WeekCoverage};
use crate::web::search::{Criteria, find};
use crate::web::site_tests::{Item, TestSite, begin};

const WATCHES: [(&str, &str); 2] = [("police", "police"), ("band", "band OR police")];

const ITEMS: [Item<'static>; 4] = [
    ("Police in Lima", "In Peru, the police came.", &[]),
    ("The band played", "", &[]),
    ("Police in Lima again", "In Peru, once more.", &[]),
    // A backlog is in no story of the week, and a hit.
    ("Police in Nairobi, Kenya", "", &[("backlog", "1")]),
];

fn row(name: &str, stories: u64) -> Row {
    Row {
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        stories,
        baseline: None,
    }
}

fn coverage() -> Coverage {
    Coverage {
        feeds_polled: 0,
        failing: Vec::new(),
        interrupted: Vec::new(),
        silent: Vec::new(),
        incomplete: Vec::new(),
        possibly_missed: Vec::new(),
        handled_with_care: Vec::new(),
        reading: PageVerdictCounts::default(),
        unreadable: Vec::new(),
        muted: Vec::new(),
        undeliverable: Vec::new(),
        version: String::new(),
        window_start: None,
        window_end: begin(),
    }
}

fn week(first: Date) -> Week {
    let place = |name: &str, id: &str| Anomaly {
        what: AnomalySubject::Place(Place {
            name: name.to_owned(),
            id: id.to_owned(),
        }),
        stories: 2,
        baseline: Baseline {
            median: 1.0,
            weeks: 8,
            spread: 1.0,
        },
        day: None,
        item: 1,
    };
    let watch = Anomaly {
        what: AnomalySubject::Watch {
            id: "police".to_owned(),
            title: "About police".to_owned(),
        },
        ..place("", "")
    };
    Week {
        recipient: Recipient {
            id: "desk".to_owned(),
            address: "desk@example.org".to_owned(),
            name: None,
            time_zone: TimeZone::UTC,
            privacy: Privacy::Open,
            group_by: GroupBy::Topic,
            language: Language::English,
        },
        first,
        last: first.saturating_add(jiff::ToSpan::days(6)),
        time: begin()..begin(),
        stories: 3,
        baseline: None,
        weeks: 0,
        watched: WeekCoverage::default(),
        missed_since: None,
        topics: vec![row("About police", 3), row("", 1)],
        places: vec![row("Peru", 2), row("Kenya", 1)],
        places_in_part: false,
        unusual: vec![watch, place("Peru", "PE")],
        headlines: BTreeMap::new(),
        feeds: FeedChanges::default(),
        coverage: coverage(),
    }
}

#[test]
fn each_number_is_that_of_the_list_behind_it() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let sources = site.sources();
    let today = sources.zone.to_datetime(begin()).date();
    let page = overview(sources, &site.places, &week(today), &[]).unwrap();
    let mut lists = vec![&page.today, &page.all];
    lists.extend(page.unusual.iter().map(|line| &line.hits));
    lists.extend(
        page.tables
            .iter()
            .flat_map(|table| &table.rows)
            .map(|row| &row.hits),
    );
    let without = lists.iter().filter(|list| list.address.is_empty());
    assert_eq!(without.count(), 1, "of no topic there is no list");
    let mut numbers = Vec::new();
    for list in lists.iter().filter(|list| !list.address.is_empty()) {
        let query = list.address.strip_prefix("/hits?").unwrap();
        let address = HitsAddress::read(query).unwrap();
        let times = address.times(sources.now, sources.zone);
        let found = find(
            sources.connection,
            sources.config,
            &site.places,
            Criteria {
                address: &address,
                asked: &SearchTerms::Everything,
                times,
            },
            1_000,
        );
        let shown = found.unwrap().page.hits.len() as u64;
        assert_eq!(list.number, shown, "{}", list.address);
        assert_eq!(list.hits, count(shown, "hit"));
        numbers.push(shown);
    }
    // Today and all; police and Peru; the topic; Peru and Kenya.
    assert_eq!(numbers, [7, 7, 3, 4, 3, 4, 2]);
    let next_week = overview(
        sources,
        &site.places,
        &week(today.saturating_add(jiff::ToSpan::days(1))),
        &[],
    );
    assert_eq!(next_week.unwrap().all.number, 0);
}
