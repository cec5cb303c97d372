use super::*;

/// Takes turns until none is left to take.
fn turns<'a>(line: &mut PollQueue, host_of: impl Fn(usize) -> Option<&'a str>) -> Vec<PollSlot> {
    turns_at(line, 0, host_of)
}

fn turns_at<'a>(
    line: &mut PollQueue,
    second: i64,
    host_of: impl Fn(usize) -> Option<&'a str>,
) -> Vec<PollSlot> {
    let now = Timestamp::from_second(second).unwrap();
    std::iter::from_fn(|| line.next(now, &host_of)).collect()
}

fn line(prompt: usize, slow: usize) -> PollQueue {
    PollQueue::new(prompt, slow, SignedDuration::from_mins(1))
}

fn due(place: usize, lane: ResponseSpeed) -> DueFeed {
    DueFeed {
        place,
        lane,
        alone: false,
    }
}

fn suspect(place: usize) -> DueFeed {
    DueFeed {
        alone: true,
        ..due(place, ResponseSpeed::Prompt)
    }
}

#[track_caller]
fn check(turns: &[PollSlot], expected: impl IntoIterator<Item = usize>) {
    let places: Vec<usize> = turns.iter().map(|turn| turn.place).collect();
    assert_eq!(places, expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn feeds_come_in_their_order_as_far_as_there_is_room() {
    let mut line = line(3, 1);
    (0..5).for_each(|place| line.push(due(place, ResponseSpeed::Prompt)));
    let first = turns(&mut line, |_| None);
    check(&first, 0..3);
    line.ended(&first[1]);
    check(&turns(&mut line, |_| None), [3]);
}

#[test]
fn slow_feeds_take_no_turns_of_prompt_ones() {
    let mut line = line(4, 2);
    (0..100).for_each(|place| line.push(due(place, ResponseSpeed::Slow)));
    (100..103).for_each(|place| line.push(due(place, ResponseSpeed::Prompt)));
    check(&turns(&mut line, |_| None), [100, 101, 102, 0, 1]);
}

#[test]
fn a_host_of_many_feeds_lets_the_others_pass() {
    let host_of = |place| {
        Some(if place < 100 {
            "many.example"
        } else {
            "one.example"
        })
    };
    let mut line = line(50, 1);
    (0..101).for_each(|place| line.push(due(place, ResponseSpeed::Prompt)));
    let mut under_way = VecDeque::from(turns(&mut line, host_of));
    check(under_way.make_contiguous(), (0..A_HOST).chain([100]));
    // In the end each had its turn, in order.
    let mut polled = Vec::new();
    while let Some(turn) = under_way.pop_front() {
        line.ended(&turn);
        polled.push(turn.place);
        under_way.extend(turns(&mut line, host_of));
    }
    polled.retain(|place| *place < 100);
    assert_eq!(polled, (0..100).collect::<Vec<_>>());
    assert!(line.hosts.is_empty());
}

#[test]
fn after_a_reload_only_what_is_under_way_counts() {
    let host_of = |_| Some("many.example");
    let mut line = line(50, 1);
    (0..20).for_each(|place| line.push(due(place, ResponseSpeed::Prompt)));
    let under_way = turns(&mut line, host_of);
    line.clear();
    line.push(due(7, ResponseSpeed::Prompt));
    check(&turns(&mut line, host_of), []);
    line.ended(&under_way[0]);
    check(&turns(&mut line, host_of), [7]);
}

#[test]
fn a_suspect_comes_last_and_alone() {
    let mut line = line(50, 50);
    line.push(suspect(1));
    line.push(suspect(2));
    line.push(due(3, ResponseSpeed::Prompt));
    line.push(due(4, ResponseSpeed::Slow));
    let others = turns(&mut line, |_| None);
    check(&others, [3, 4]);
    line.ended(&others[0]);
    check(&turns(&mut line, |_| None), []);
    line.ended(&others[1]);
    let first = turns(&mut line, |_| None);
    check(&first, [1]);
    assert!(first[0].alone);
    line.push(due(5, ResponseSpeed::Prompt));
    check(&turns(&mut line, |_| None), []);
    line.ended(&first[0]);
    let other = turns(&mut line, |_| None);
    check(&other, [5]);
    line.ended(&other[0]);
    check(&turns(&mut line, |_| None), [2]);
}

#[test]
fn it_is_known_when_waiting_for_a_suspect_is_over() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut line = line(50, 50);
    line.push(suspect(1));
    line.push(due(2, ResponseSpeed::Prompt));
    let other = turns_at(&mut line, 0, |_| None);
    check(&other, [2]);
    assert_eq!(line.wake_at(at(0)), Some(at(60)), "the suspect's turn");
    line.ended(&other[0]);
    let suspect = turns_at(&mut line, 10, |_| None);
    check(&suspect, [1]);
    line.push(due(3, ResponseSpeed::Prompt));
    check(&turns_at(&mut line, 11, |_| None), []);
    assert_eq!(line.wake_at(at(11)), Some(at(25)), "the others' turn");
    check(&turns_at(&mut line, 25, |_| None), [3]);
    assert_eq!(line.wake_at(at(25)), None);

    let mut unhurried = PollQueue::new(50, 50, SignedDuration::MAX);
    unhurried.push(due(1, ResponseSpeed::Prompt));
    unhurried.push(DueFeed {
        alone: true,
        ..due(2, ResponseSpeed::Prompt)
    });
    check(&turns_at(&mut unhurried, 0, |_| None), [1]);
    assert_eq!(unhurried.wake_at(at(0)), None);
}

#[test]
fn neither_a_suspect_nor_the_others_wait_for_ever() {
    let mut line = line(50, 50);
    line.push(suspect(1));
    line.push(suspect(2));
    line.push(due(3, ResponseSpeed::Prompt));
    check(&turns_at(&mut line, 0, |_| None), [3]);
    check(&turns_at(&mut line, 59, |_| None), []);
    let first = turns_at(&mut line, 60, |_| None);
    check(&first, [1]);
    assert!(!first[0].alone, "the third is still under way");
    line.push(due(4, ResponseSpeed::Prompt));
    check(&turns_at(&mut line, 74, |_| None), []);
    check(&turns_at(&mut line, 75, |_| None), [4]);
    check(&turns_at(&mut line, 600, |_| None), []);
    line.ended(&first[0]);
    check(&turns_at(&mut line, 601, |_| None), [2]);
}
