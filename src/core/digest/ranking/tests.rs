use super::*;

const PLAIN: RankingFeatures = RankingFeatures {
    urgent: false,
    headline: HeadlineKind::Plain,
    unusual: false,
    score: 0,
    in_lead: false,
    terms: 1,
    watches: 1,
    victims: 0,
    outlets: 1,
    time: Timestamp::UNIX_EPOCH,
    end: Timestamp::UNIX_EPOCH,
};

#[test]
fn each_merit_counts_and_none_counts_without_end() {
    let plain = PLAIN.points();
    let better = |change: &dyn Fn(&mut RankingFeatures)| {
        let mut merits = PLAIN;
        change(&mut merits);
        merits.points() - plain
    };
    assert_eq!(better(&|merits| merits.score = 1), 400);
    assert_eq!(better(&|merits| merits.score = -1), -400);
    assert_eq!(better(&|merits| merits.in_lead = true), 600);
    assert_eq!(better(&|merits| merits.terms = 3), 300);
    assert_eq!(better(&|merits| merits.terms = 60), 300);
    assert_eq!(better(&|merits| merits.watches = 2), 300);
    assert_eq!(better(&|merits| merits.watches = 100), 600);
    assert_eq!(better(&|merits| merits.victims = 1), 300);
    assert_eq!(better(&|merits| merits.victims = 255), 1_200);
    assert_eq!(better(&|merits| merits.unusual = true), 400);
    assert_eq!(
        better(&|merits| merits.headline = HeadlineKind::Severe),
        600
    );
    assert_eq!(better(&|merits| merits.outlets = 4), 800);
    assert_eq!(better(&|merits| merits.outlets = 4_000), 1_600);
    assert!(better(&|merits| merits.score = i32::MAX) < 13_000);
    let hours = |hours: i64| Timestamp::from_second(hours * 3_600).unwrap();
    assert_eq!(better(&|merits| merits.end = hours(12)), -200);
    assert_eq!(better(&|merits| merits.end = hours(24 * 3_650)), -400);
    assert_eq!(
        better(&|merits| merits.time = hours(24)),
        0,
        "what says that it is of tomorrow is no better than what is new"
    );
}

#[test]
fn the_reasons_name_what_counted_and_nothing_else() {
    let merits = RankingFeatures {
        urgent: true,
        score: 7,
        in_lead: true,
        terms: 4,
        watches: 2,
        victims: 3,
        unusual: true,
        outlets: 3,
        end: Timestamp::from_second(7_200).unwrap(),
        ..PLAIN
    };
    assert_eq!(
        merits.why().join("; "),
        "urgent; score 7 (12.0); in the headline or the first lines (6.0); 4 words of 2 watches (7.5); \
             3 dead or hurt (6.0); its watch finds far more than usual (4.0); 3 independent outlets (6.3); 2 hours old (3.6)"
    );
    assert_eq!(
        PLAIN.why().join("; "),
        "1 word of 1 watch (1.5); less than an hour old (4.0)"
    );
}

#[test]
fn ages_are_said_in_whole_hours_and_days() {
    for (hours, said) in [
        (0.9, "less than an hour old"),
        (1.0, "1 hour old"),
        (1.4, "1 hour old"),
        (1.6, "2 hours old"),
        (48.0, "2 days old"),
    ] {
        assert_eq!(aged(hours), said);
    }
}

#[test]
fn many_words_weigh_less_than_many_dead() {
    let wordy = RankingFeatures {
        terms: 40,
        watches: 9,
        ..PLAIN
    };
    let grave = RankingFeatures {
        victims: 8,
        ..PLAIN
    };
    assert!(grave.points() > wordy.points());
}

#[test]
fn a_headline_that_comes_again_stands_behind_those_that_are_as_urgent() {
    let of = |title, urgent| {
        let headline = HeadlineKind::of(title, None);
        RankingFeatures {
            urgent,
            headline,
            ..PLAIN
        }
        .class()
    };
    let (again, once) = ("Morning briefing", "Two editors arrested");
    let live = "Harbour blockade live: ministers meet";
    assert!(of(again, false) < of(once, false) && of(once, false) < of(again, true));
    assert!(of(again, true) < of(once, true));
    assert!(of(live, false) < of(once, false));
    let dead = "Harbour blockade live: nine killed";
    assert_eq!(of(dead, false), of(once, false));
}
