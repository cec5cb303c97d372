use std::fs;

use super::*;
use crate::config;
use crate::core::alert::Urgency;

/// A configuration of one recipient and one watch, with these lines.
fn config(recipient: &str, watch: &str) -> Config {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("watches")).unwrap();
    let settings =
        format!("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{recipient}\n");
    let watch = format!(
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\n\
             score = {{ lethal = 3 }}\n{watch}\n"
    );
    for (name, text) in [
        ("newsvigil.toml", settings.as_str()),
        ("feeds.toml", ""),
        ("watches/force.toml", watch.as_str()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (config, _) = config::load(folder.path()).unwrap_or_else(|bad| panic!("{bad:?}"));
    config
}

/// How fast each is told of a hit of so many points.
fn told(config: &Config, score: i64, undecided: bool) -> Vec<Urgency> {
    told_of(
        config,
        &Match {
            watch: 0,
            score,
            spans: Vec::new(),
            undecided,
            body_only: None,
        },
    )
}

fn told_of(config: &Config, found: &Match) -> Vec<Urgency> {
    receivers(config, &config.watches[0], found, &&Vec::new())
        .into_iter()
        .map(|receiver| receiver.urgency)
        .collect()
}

/// How fast each is told of an item that holds a word in these paragraphs, among thirty.
fn told_of_paragraphs(config: &Config, with_word: &[usize]) -> Vec<Urgency> {
    let paragraph = |number| {
        let rest =
            "The council met again on Monday and spoke of roads, schools and rents. ".repeat(2);
        let word = if with_word.contains(&number) {
            "force"
        } else {
            "order"
        };
        format!("{rest} It was a question of {word}.\n")
    };
    let document = Document {
        title: "From the council".to_owned(),
        text: (1..=30).map(paragraph).collect(),
        ..Document::default()
    };
    let found = config
        .set
        .matches(&document, &mut watch::Scratch::default());
    told_of(config, &found[0])
}

#[test]
fn what_is_said_in_passing_far_below_is_told_in_the_digest() {
    use crate::core::alert::Urgency::{Alert, Digest};
    let alerting = config("", "urgency = \"alert\"");
    assert_eq!(told_of_paragraphs(&alerting, &[30]), [Digest]);
    assert_eq!(told_of_paragraphs(&alerting, &[12, 30]), [Digest]);
    assert_eq!(told_of_paragraphs(&alerting, &[12, 20, 30]), [Alert]);
    assert_eq!(told_of_paragraphs(&alerting, &[1]), [Alert]);
    assert_eq!(told_of_paragraphs(&alerting, &[1, 30]), [Alert]);
    // With two tiers, too.
    let tiers = config("", "alert_above = -1");
    assert_eq!(told_of_paragraphs(&tiers, &[30]), [Digest]);
    assert_eq!(told_of_paragraphs(&tiers, &[1]), [Alert]);
    // Nothing is kept from who reads no digests, and from watches that want everything at once.
    let undigested = config("digest = [\"off\"]", "urgency = \"alert\"");
    assert_eq!(told_of_paragraphs(&undigested, &[30]), [Alert]);
    let eager = config("", "urgency = \"alert\"\nbody_only = \"alert\"");
    assert_eq!(told_of_paragraphs(&eager, &[30]), [Alert]);
    let calm = config("", "");
    assert_eq!(told_of_paragraphs(&calm, &[1]), [Digest]);
}

#[test]
fn a_hit_that_could_not_be_decided_is_told_to_those_who_want_high_scores_only() {
    let config = config("min_score = 5", "recipients = [\"desk\"]");
    assert_eq!(told(&config, 5, false).len(), 1);
    assert_eq!(told(&config, 4, false).len(), 0);
    assert_eq!(told(&config, 0, true).len(), 1);
}

#[test]
fn only_what_has_more_points_than_alert_above_is_told_at_once() {
    use crate::core::alert::Urgency::{Alert, Digest};
    for urgency in ["", "urgency = \"alert\"\n"] {
        let config = config("", &format!("{urgency}threshold = 3\nalert_above = 6"));
        assert_eq!(told(&config, 3, false), [Digest]);
        assert_eq!(told(&config, 6, false), [Digest]);
        assert_eq!(told(&config, 7, false), [Alert]);
        // Nobody knows how many points it has.
        assert_eq!(told(&config, 0, true), [Alert]);
    }
    let config = config("alerts = false", "alert_above = 6");
    assert_eq!(told(&config, 7, false), [Digest]);
}

#[test]
fn who_gets_no_digests_is_owed_no_hit_that_only_a_digest_would_tell() {
    use crate::core::alert::Urgency::{Alert, Digest};
    let unnamed = config("digest = [\"off\"]", "alert_above = 6");
    assert_eq!(told(&unnamed, 6, false), []);
    assert_eq!(told(&unnamed, 7, false), [Alert]);
    // Whom the watch names is told of by `status`, as with any other watch.
    let named = config(
        "digest = [\"off\"]",
        "alert_above = 6\nrecipients = [\"desk\"]",
    );
    assert_eq!(told(&named, 6, false), [Digest]);
}
