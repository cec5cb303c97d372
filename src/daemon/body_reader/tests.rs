use super::*;

#[tokio::test]
async fn small_bodies_never_wait_for_large_ones_and_none_takes_all_room() {
    let memory = BodyMemory::default();
    let first = memory.take(usize::MAX / MEMORY_FACTOR).await;
    let _second = memory.take(8 << 20).await;
    let third = tokio::time::timeout(Duration::from_millis(50), memory.take(4 << 20));
    assert!(third.await.is_err(), "there is room for two of the largest");
    memory.wait_for_small().await;
    drop(memory.take(SMALL).await);
    drop(first);
    drop(memory.take(8 << 20).await);
}

#[tokio::test]
async fn large_bodies_that_are_read_for_long_leave_a_place_for_small_ones() {
    let (memory, readers) = (BodyMemory::default(), BodyReaderSlots::new(2));
    let (large, small) = (memory.take(1 << 20).await, memory.take(SMALL).await);
    let first = readers.take(&large).await;
    let _second = readers.take(&large).await;
    let third = tokio::time::timeout(Duration::from_millis(50), readers.take(&large));
    assert!(third.await.is_err(), "two at a time");
    for _ in 0..3 {
        drop(readers.take(&small).await);
    }
    drop(first);
    let _first = readers.take(&small).await;
    assert!(readers.take(&small).await.is_some(), "any place will do");
}

#[test]
fn the_time_for_matching_grows_with_what_there_is_to_match_within_bounds() {
    let seconds = |items, bytes| matching_time(items, bytes).as_secs();
    assert_eq!(seconds(1, 1_000), 10);
    assert_eq!(seconds(800, 100_000), 90);
    assert_eq!(seconds(10, 8 << 20), 90);
    assert_eq!(seconds(usize::MAX / 2, 8 << 20), 300);
}

#[tokio::test]
async fn work_that_does_not_end_is_given_up_and_told_until_it_ends() {
    let memory = Arc::new(BodyMemory::default());
    let work = TimedWork {
        memory: &memory,
        feed: "outlet",
    };
    let permit = memory.take(8 << 20).await;
    let (ending, end) = std::sync::mpsc::channel::<()>();
    let given_up = work
        .stage(Duration::from_millis(100), permit, move |given_up| {
            // Busy, as a parser in a circle is.
            while !given_up.load(Ordering::Relaxed) {}
            let _ = end.recv();
        })
        .await;
    assert_eq!(given_up.err(), Some(StageFailure::TimedOut));
    assert!(memory.stuck_for("outlet").is_some());
    let trouble = memory.trouble().unwrap();
    assert!(
        trouble
            .sentence
            .starts_with("the body of outlet was given up")
    );
    assert!(!trouble.blocked, "half of the room is left");
    assert_eq!(memory.large.available_permits(), ROOM_KIB / 2, "it counts");
    ending.send(()).unwrap();
    while memory.stuck_for("outlet").is_some() {
        tokio::task::yield_now().await;
    }
    assert_eq!(memory.large.available_permits(), ROOM_KIB);
    assert!(memory.trouble().is_none());
}

#[tokio::test]
async fn a_panic_fails_the_stage_alone() {
    let memory = Arc::new(BodyMemory::default());
    let work = TimedWork {
        memory: &memory,
        feed: "outlet",
    };
    let permit = memory.take(1).await;
    let failed = work
        .stage(READING_TIME, permit, |_| panic!("on purpose"))
        .await;
    assert_eq!(
        failed.map(|_: ((), BodyMemoryPermit)| ()).err(),
        Some(StageFailure::Failed)
    );
    let permit = memory.take(1).await;
    let (sum, _permit) = work.stage(READING_TIME, permit, |_| 1 + 1).await.unwrap();
    assert_eq!(sum, 2);
    assert_eq!(memory.trouble().map(|trouble| trouble.sentence), None);
}
