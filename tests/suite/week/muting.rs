//! Mutes in the summary of the week.

use newsvigil::store::mutes;

use super::*;

fn mute(office: &Office, reason: &str, hours: i64) {
    let ends = office.now + SignedDuration::from_hours(hours);
    mutes::add(&office.connection, "force", reason, office.now, ends).expect("muted");
}

#[test]
fn a_mute_is_told_with_the_weeks_in_which_it_was_with_what_it_held_back_in_each() {
    let mut office = Office::new(WEEKLY);
    office.days(6, &[("prisons", 1)]);
    // From Sunday noon to Monday evening, and found in both weeks, the second time before the summary.
    mute(&office, "an election", 30);
    office.poll("outlet", &[("force", 3)]);
    office.now = "2026-03-09T12:00:00Z".parse().expect("a time");
    office.poll("outlet", &[("force", 2)]);
    let mut texts = Vec::new();
    for day in 0..16 {
        office.now += SignedDuration::from_hours(1);
        texts.extend(office.summaries().into_iter().map(|mail| mail.text));
        office.now += SignedDuration::from_hours(1);
        // After a week's end, and before it is told.
        if day == 6 {
            office.now = "2026-03-16T11:00:00Z".parse().expect("a time");
            mute(&office, "a strike", 30);
            office.poll("outlet", &[("force", 4)]);
        } else {
            office.poll("outlet", &[("prisons", 1)]);
            office.now += SignedDuration::from_hours(22);
        }
    }
    let texts: Vec<String> = texts.iter().map(|text| text.replace('\n', " ")).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    let counts = ["3 hits", "2 hits", "4 hits"];
    let reasons = ["(an election)", "(an election)", "(a strike)"];
    for (week, text) in texts.iter().enumerate() {
        let text: Vec<&str> = text.split_whitespace().collect();
        let text = text.join(" ");
        let told = format!("{} held back {}", counts[week], reasons[week]);
        assert!(text.contains(&told), "{week}: {text}");
        assert_eq!(text.contains("a strike"), week == 2, "{week}: {text}");
        assert_eq!(
            text.contains("hits were held back while their watches were muted"),
            week > 0,
            "{week}: {text}"
        );
    }
}
