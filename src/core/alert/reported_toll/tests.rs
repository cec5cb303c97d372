use super::*;

fn told(entry: i64, counted: u32) -> ReportedItem {
    ReportedItem {
        entry,
        counted: Some(counted),
        now: Some(counted),
        corrects: false,
    }
}

fn count(entry: i64, outlet: &str, counted: u32) -> Count {
    Count {
        entry,
        outlet: outlet.to_owned(),
        is_copy: false,
        counted,
    }
}

#[track_caller]
fn check(tellings: &[ReportedItem], counts: &[Count], victims: Option<u32>) {
    assert_eq!(reported_toll(tellings, counts).victims, victims);
}

#[test]
fn the_most_that_was_told_stands() {
    check(&[], &[], None);
    let uncounted = ReportedItem {
        counted: None,
        now: None,
        ..told(1, 0)
    };
    check(&[uncounted], &[], None);
    check(&[told(1, 12), told(2, 21), told(3, 14)], &[], Some(21));
}

#[test]
fn a_correction_to_fewer_takes_back_what_was_told_before() {
    let corrects = |entry, counted| ReportedItem {
        corrects: true,
        ..told(entry, counted)
    };
    check(&[told(1, 12), told(2, 30), corrects(3, 2)], &[], Some(2));
    check(&[told(1, 12), corrects(1, 2), told(4, 5)], &[], Some(5));
    // Of a name, or of nothing that is counted.
    check(&[told(1, 12), told(2, 30), corrects(1, 12)], &[], Some(30));
    let uncounted = ReportedItem {
        counted: None,
        ..corrects(3, 0)
    };
    check(&[told(1, 12), uncounted], &[], Some(12));
}

#[test]
fn an_item_stands_for_no_more_than_it_counts_now() {
    let fell = ReportedItem {
        now: Some(2),
        ..told(1, 12)
    };
    check(&[fell], &[], Some(2));
    check(&[fell, told(2, 7)], &[], Some(7));
    let silent = ReportedItem {
        now: None,
        ..told(1, 12)
    };
    check(&[silent], &[], Some(12));
    let grew = ReportedItem {
        now: Some(40),
        ..told(1, 12)
    };
    check(&[grew], &[], Some(12));
}

#[test]
fn a_slip_of_one_outlet_does_not_stand_and_what_another_confirms_does() {
    let tellings = [told(1, 12), told(2, 12_000)];
    let mut counts = vec![count(1, "a", 12), count(2, "b", 12_000)];
    check(&tellings, &counts, Some(12_000));
    counts.push(count(3, "b", 18));
    check(&tellings, &counts, Some(12));
    let copy = Count {
        is_copy: true,
        ..count(4, "c", 12_000)
    };
    counts.push(copy);
    check(&tellings, &counts, Some(12));
    counts.push(count(5, "d", 9_000));
    check(&tellings, &counts, Some(12_000));
    // Alone, it was told, and nothing of it stands.
    let alone = reported_toll(
        &[told(2, 12_000)],
        &[count(2, "b", 12_000), count(3, "c", 12)],
    );
    assert_eq!((alone.victims, alone.told), (None, Some(12_000)));
}

#[test]
fn numbers_that_differ_by_less_than_ten_times_are_no_slip_nor_is_what_came_before() {
    let tellings = [told(1, 12), told(2, 100)];
    let counts = [count(1, "a", 12), count(2, "b", 100), count(3, "c", 10)];
    check(&tellings, &counts, Some(100));
    let counts = [count(1, "a", 2), count(2, "b", 100), count(3, "c", 0)];
    check(&[told(1, 2), told(2, 100)], &counts, Some(100));
}
