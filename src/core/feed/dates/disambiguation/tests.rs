use super::super::read;
use super::*;

/// Reads the dates of a body that is polled on 27 November 2026.
fn check(languages: &[&str], written: &[&str], meant: &[&str]) {
    let now = "2026-11-27T12:00:00Z".parse().unwrap();
    let dates: Vec<_> = written.iter().map(|text| read(text).unwrap()).collect();
    let body = DateDisambiguation::of(dates.iter().copied(), Some(now), languages);
    let read: Vec<_> = dates
        .iter()
        .map(|date| body.settle(date).unwrap().strftime("%F").to_string())
        .collect();
    assert_eq!(read, meant, "of {written:?} in {languages:?}");
}

#[test]
fn one_date_that_can_only_be_of_one_order_decides_for_its_layout() {
    check(
        &["en-us"],
        &["03/12/2026", "25/11/2026"],
        &["2026-12-03", "2026-11-25"],
    );
    check(
        &["es"],
        &["03/12/2026", "11/25/2026"],
        &["2026-03-12", "2026-11-25"],
    );
    check(
        &[],
        &["3-12-26", "25-11-26", "28-11-26"],
        &["2026-12-03", "2026-11-25", "2026-11-28"],
    );
    check(
        &[],
        &["26/12/03", "26/11/25", "26/10/31"],
        &["2026-12-03", "2026-11-25", "2026-10-31"],
    );
    check(
        &["es"],
        &["03/12/2026", "11-25-2026", "11/10/2026", "25/10/2026"],
        &["2026-12-03", "2026-11-25", "2026-10-11", "2026-10-25"],
    );
}

#[test]
fn a_day_of_the_week_decides() {
    check(&["es"], &["Wed, 11/04/2026"], &["2026-11-04"]);
    check(&["en-us"], &["miércoles 04/11/2026"], &["2026-11-04"]);
    check(
        &[],
        &["11/04/2026 (Wed)", "10/11/2026"],
        &["2026-11-04", "2026-10-11"],
    );
    check(&["es"], &["Thu, 03/12/2026"], &["2026-12-03"]);
    check(&["es"], &["Mon, 04/11/2026"], &["2026-11-04"]);
}

#[test]
fn neighbours_decide() {
    check(
        &["en-us"],
        &["Wed, 25 Nov 2026 10:00:00 GMT", "03/12/2026"],
        &["2026-11-25", "2026-12-03"],
    );
    check(
        &["es"],
        &["2026-03-10", "2026-03-08", "03/12/2026"],
        &["2026-03-10", "2026-03-08", "2026-03-12"],
    );
    check(
        &["en-us"],
        &["01/10/2026", "02/10/2026", "03/10/2026"],
        &["2026-10-01", "2026-10-02", "2026-10-03"],
    );
}

#[test]
fn the_time_of_the_poll_decides() {
    check(
        &["en-us"],
        &["05/01/2027", "12/20/2026"],
        &["2027-05-01", "2026-12-20"],
    );
    check(&["en-us"], &["01/11/2026"], &["2026-11-01"]);
    check(&["es"], &["11/01/2026"], &["2026-11-01"]);
    check(
        &["es"],
        &["09/10/26", "09/11/26", "09/12/26"],
        &["2026-09-10", "2026-09-11", "2026-09-12"],
    );
}

#[test]
fn then_the_language_decides() {
    check(&["en-US"], &["10/09/2026"], &["2026-10-09"]);
    check(&["es"], &["10/09/2026"], &["2026-09-10"]);
    check(&["es"], &["09/05/2026"], &["2026-05-09"]);
    check(&["es"], &["03/12/2026"], &["2026-12-03"]);
    check(&["en-gb"], &["10/09/2026"], &["2026-09-10"]);
    check(&["en", "en-us"], &["10/09/2026"], &["2026-10-09"]);
    check(&["en"], &["10.09.2026"], &["2026-09-10"]);
    check(&["fil"], &["10-09-2026"], &["2026-10-09"]);
}

#[test]
fn what_stays_open_is_the_reading_nearest_to_now() {
    check(&[], &["10/09/2026"], &["2026-10-09"]);
    check(&["en"], &["09/10/2026"], &["2026-10-09"]);
    check(&[], &["03-12-2026"], &["2026-12-03"]);
}

#[test]
fn the_year_in_front_leaves_nothing_open() {
    check(
        &["en-us"],
        &["2026/3/12", "25/11/2026"],
        &["2026-03-12", "2026-11-25"],
    );
    check(&["es"], &["2026-12-03"], &["2026-12-03"]);
}

#[test]
fn without_a_time_of_the_poll_the_newest_sure_date_stands_for_it() {
    let dates = ["2026-05-01", "03/12/2026"].map(|text| read(text).unwrap());
    let body = DateDisambiguation::of(dates.into_iter(), None, &[]);
    let settled = body.settle(&dates[1]).unwrap();
    assert_eq!(settled.strftime("%F").to_string(), "2026-03-12");
}
