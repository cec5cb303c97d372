use super::*;

/// What became of a digest and of those after it that hold what it left.
#[derive(Debug, Default, PartialEq, Eq)]
struct Course {
    digests: usize,
    /// In all of them.
    mails: u64,
    /// Items of which no headline was told.
    counted: Vec<usize>,
}

/// How the items reach their reader when the headlines of `bad` are refused and everything else is
/// taken.
fn course(items: usize, bad: &[usize]) -> Course {
    let refused = |wording: DetailLevel, shown: &[usize]| {
        wording != DetailLevel::CountOnly && shown.iter().any(|item| bad.contains(item))
    };
    let mut course = Course::default();
    let mut owed: Vec<usize> = (0..items).collect();
    let mut told = 0;
    while !owed.is_empty() {
        course.digests += 1;
        let mut made = 1;
        let mut sent = false;
        let all = std::mem::take(&mut owed);
        let mut queue = std::collections::VecDeque::from([(DetailLevel::Whole, all)]);
        while let Some((wording, shown)) = queue.pop_front() {
            if !refused(wording, &shown) {
                told += shown.len();
                sent |= wording < DetailLevel::CountOnly;
                if wording == DetailLevel::CountOnly {
                    course.counted.extend(shown);
                }
                continue;
            }
            let waits = queue
                .iter()
                .any(|(wording, _)| *wording < DetailLevel::CountOnly);
            match wording.after_refusal(shown.len(), made, sent || waits) {
                Some(RecomposeStep::Reduced(less)) => {
                    assert!(less > wording);
                    made += 1;
                    queue.push_back((less, shown));
                }
                Some(RecomposeStep::Split) => {
                    made += 2;
                    let (first, second) = shown.split_at(shown.len() / 2);
                    queue.push_back((DetailLevel::HeadlinesOnly, first.to_vec()));
                    queue.push_back((DetailLevel::HeadlinesOnly, second.to_vec()));
                }
                Some(RecomposeStep::Deferred) => owed.extend(shown),
                None => panic!("a count was refused"),
            }
        }
        course.mails += made;
    }
    assert_eq!(told, items, "nothing is lost");
    course
}

#[test]
fn one_bad_item_is_found_with_few_mails() {
    assert_eq!(course(1, &[]).mails, 1);
    assert_eq!(course(1, &[0]).mails, 4, "plain, headline, count");
    for items in [2_usize, 20, 200] {
        let log = u64::from(usize::BITS - items.leading_zeros());
        let course = course(items, &[items - 1]);
        assert!(course.mails <= 2 * log + 4);
        assert_eq!(course.counted, [items - 1]);
    }
    let two = course(8, &[0, 7]);
    assert!(two.digests == 1 && two.mails <= MAILS_MAX);
}

#[test]
fn a_few_bad_items_among_many_are_told_by_count_and_no_good_one_with_them() {
    for bad in [
        vec![3, 41, 78, 120, 151, 199],
        (90..96).collect(),
        (0..200).step_by(20).collect(),
    ] {
        let mut course = course(200, &bad);
        course.counted.sort_unstable();
        assert_eq!(course.counted, bad);
        assert!(course.digests <= 10, "{course:?}");
    }
}

#[test]
fn where_everything_is_bad_each_digest_is_done_with_some() {
    let all: Vec<usize> = (0..200).collect();
    let course = course(200, &all);
    assert!(course.digests <= 40, "{course:?}");
    assert!(course.mails <= 40 * 2 * MAILS_MAX, "{course:?}");
}

#[test]
fn what_says_nothing_of_strangers_is_not_made_anew() {
    assert_eq!(DetailLevel::CountOnly.after_refusal(0, 1, true), None);
    assert_eq!(
        DetailLevel::HeadlinesOnly.after_refusal(0, 2, true),
        Some(RecomposeStep::Reduced(DetailLevel::CountOnly))
    );
}

#[test]
fn every_wording_is_read_as_it_was_stored() {
    for wording in DetailLevel::ALL {
        assert_eq!(DetailLevel::from_number(wording.number()), Some(wording));
    }
    assert_eq!(DetailLevel::from_number(4), None);
}
