use super::*;

/// Takes turns until none is left to take.
fn slots<'a>(queue: &mut PollQueue, host_of: impl Fn(usize) -> Option<&'a str>) -> Vec<PollSlot> {
    slots_at(queue, 0, host_of)
}

fn slots_at<'a>(
    queue: &mut PollQueue,
    second: i64,
    host_of: impl Fn(usize) -> Option<&'a str>,
) -> Vec<PollSlot> {
    let now = Timestamp::from_second(second).unwrap();
    std::iter::from_fn(|| queue.next(now, &host_of)).collect()
}

fn queue(prompt: usize, slow: usize) -> PollQueue {
    PollQueue::new(prompt, slow, SignedDuration::from_mins(1))
}

fn due(place: usize, speed: ResponseSpeed) -> DueFeed {
    DueFeed {
        place,
        speed,
        alone: false,
    }
}

fn quarantined(place: usize) -> DueFeed {
    DueFeed {
        alone: true,
        ..due(place, ResponseSpeed::Prompt)
    }
}

#[track_caller]
fn check(slots: &[PollSlot], expected: impl IntoIterator<Item = usize>) {
    let places: Vec<usize> = slots.iter().map(|slot| slot.place).collect();
    assert_eq!(places, expected.into_iter().collect::<Vec<_>>());
}

#[test]
fn feeds_come_in_their_order_as_far_as_there_is_room() {
    let mut queue = queue(3, 1);
    (0..5).for_each(|place| queue.push(due(place, ResponseSpeed::Prompt)));
    let first = slots(&mut queue, |_| None);
    check(&first, 0..3);
    queue.ended(&first[1]);
    check(&slots(&mut queue, |_| None), [3]);
}

#[test]
fn slow_feeds_take_no_turns_of_prompt_ones() {
    let mut queue = queue(4, 2);
    (0..100).for_each(|place| queue.push(due(place, ResponseSpeed::Slow)));
    (100..103).for_each(|place| queue.push(due(place, ResponseSpeed::Prompt)));
    check(&slots(&mut queue, |_| None), [100, 101, 102, 0, 1]);
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
    let mut queue = queue(50, 1);
    (0..101).for_each(|place| queue.push(due(place, ResponseSpeed::Prompt)));
    let mut under_way = VecDeque::from(slots(&mut queue, host_of));
    check(under_way.make_contiguous(), (0..A_HOST).chain([100]));
    // In the end each had its turn, in order.
    let mut polled = Vec::new();
    while let Some(slot) = under_way.pop_front() {
        queue.ended(&slot);
        polled.push(slot.place);
        under_way.extend(slots(&mut queue, host_of));
    }
    polled.retain(|place| *place < 100);
    assert_eq!(polled, (0..100).collect::<Vec<_>>());
    assert!(queue.hosts.is_empty());
}

#[test]
fn after_a_reload_only_what_is_under_way_counts() {
    let host_of = |_| Some("many.example");
    let mut queue = queue(50, 1);
    (0..20).for_each(|place| queue.push(due(place, ResponseSpeed::Prompt)));
    let under_way = slots(&mut queue, host_of);
    queue.clear();
    queue.push(due(7, ResponseSpeed::Prompt));
    check(&slots(&mut queue, host_of), []);
    queue.ended(&under_way[0]);
    check(&slots(&mut queue, host_of), [7]);
}

#[test]
fn a_suspect_comes_last_and_alone() {
    let mut queue = queue(50, 50);
    queue.push(quarantined(1));
    queue.push(quarantined(2));
    queue.push(due(3, ResponseSpeed::Prompt));
    queue.push(due(4, ResponseSpeed::Slow));
    let others = slots(&mut queue, |_| None);
    check(&others, [3, 4]);
    queue.ended(&others[0]);
    check(&slots(&mut queue, |_| None), []);
    queue.ended(&others[1]);
    let first = slots(&mut queue, |_| None);
    check(&first, [1]);
    assert!(first[0].alone);
    queue.push(due(5, ResponseSpeed::Prompt));
    check(&slots(&mut queue, |_| None), []);
    queue.ended(&first[0]);
    let other = slots(&mut queue, |_| None);
    check(&other, [5]);
    queue.ended(&other[0]);
    check(&slots(&mut queue, |_| None), [2]);
}

#[test]
fn it_is_known_when_waiting_for_a_suspect_is_over() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut queue = queue(50, 50);
    queue.push(quarantined(1));
    queue.push(due(2, ResponseSpeed::Prompt));
    let other = slots_at(&mut queue, 0, |_| None);
    check(&other, [2]);
    assert_eq!(queue.wake_at(at(0)), Some(at(60)), "the suspect's turn");
    queue.ended(&other[0]);
    let quarantined = slots_at(&mut queue, 10, |_| None);
    check(&quarantined, [1]);
    queue.push(due(3, ResponseSpeed::Prompt));
    check(&slots_at(&mut queue, 11, |_| None), []);
    assert_eq!(queue.wake_at(at(11)), Some(at(25)), "the others' turn");
    check(&slots_at(&mut queue, 25, |_| None), [3]);
    assert_eq!(queue.wake_at(at(25)), None);

    let mut unhurried = PollQueue::new(50, 50, SignedDuration::MAX);
    unhurried.push(due(1, ResponseSpeed::Prompt));
    unhurried.push(DueFeed {
        alone: true,
        ..due(2, ResponseSpeed::Prompt)
    });
    check(&slots_at(&mut unhurried, 0, |_| None), [1]);
    assert_eq!(unhurried.wake_at(at(0)), None);
}

#[test]
fn neither_a_suspect_nor_the_others_wait_for_ever() {
    let mut queue = queue(50, 50);
    queue.push(quarantined(1));
    queue.push(quarantined(2));
    queue.push(due(3, ResponseSpeed::Prompt));
    check(&slots_at(&mut queue, 0, |_| None), [3]);
    check(&slots_at(&mut queue, 59, |_| None), []);
    let first = slots_at(&mut queue, 60, |_| None);
    check(&first, [1]);
    assert!(!first[0].alone, "the third is still under way");
    queue.push(due(4, ResponseSpeed::Prompt));
    check(&slots_at(&mut queue, 74, |_| None), []);
    check(&slots_at(&mut queue, 75, |_| None), [4]);
    check(&slots_at(&mut queue, 600, |_| None), []);
    queue.ended(&first[0]);
    check(&slots_at(&mut queue, 601, |_| None), [2]);
}
