//! In which order a digest tells its stories, and why.

use crate::cli::output;
use crate::config::Recipient;
use crate::core::digest::{Digest, DigestStory, GroupBy};
use crate::mail::{self, ShownEntries};

/// Longest headline and longest name of an outlet in the explanation, in characters.
const TITLE_CHARS: usize = 160;

/// The stories by their ranks, each with how it is told and under what, and what its rank is made of.
pub(super) fn explain_order(digest: &Digest, told: &ShownEntries, recipient: &Recipient) {
    let new = digest.stories.iter().chain(&digest.headlines);
    let mut turns: Vec<(usize, &DigestStory)> = (1..).zip(new).collect();
    turns.sort_by_key(|(_, story)| story.place);
    let shown = turns.len() + digest.developing.len();
    if shown == 0 {
        say!("No new story is owed to {}.", recipient.id);
        return;
    }
    let rule = "What was to be told at once stands first, then the story with the most points. Points are given for \
                the score, for a match in the headline or the first lines, for words and watches that matched, \
                for a headline of people killed, hurt, taken or driven out, for the dead and hurt that are counted, for a watch that finds far more than usual, for \
                independent outlets and for being new. Headlines that come again and again, and live pages, stand \
                last. A topic gets two places until the others had theirs, and so does an outlet, or a quarter of \
                all places where that is more.";
    say!("{}\n", output::paragraph(rule, 0));
    for (number, (turn, story)) in (1..).zip(turns) {
        let how = how_told(story, turn, told);
        explain_story(number, story, &how, recipient.group_by);
    }
    for (number, story) in
        (digest.stories.len() + digest.headlines.len() + 1..).zip(&digest.developing)
    {
        let how = if told.headlines.contains(&story.lead.entry_id) {
            "in a line, since it was told before and nothing of this is new in it"
        } else {
            "by count, since it was told before and the mail is full"
        };
        explain_story(number, story, how, recipient.group_by);
    }
    let all = digest.totals.stories + digest.totals.developing;
    if all > shown {
        say!(
            "\n{} more stories rank behind these and are told by count.",
            all - shown
        );
    }
}

/// How a new story is told that got its room as the one of that number, and why no better.
fn how_told(story: &DigestStory, turn: usize, told: &ShownEntries) -> String {
    let entry = &story.lead.entry_id;
    let put_off = turn > story.place;
    let how = match (told.full.contains(entry), told.headlines.contains(entry)) {
        (true, _) => "in full",
        (false, true) if put_off => {
            "as a headline, since other topics or outlets had their turn before it"
        }
        (false, true) => "as a headline, since those before it took the room for stories in full",
        (false, false) if put_off => {
            "by count, since other topics or outlets had their turn before it"
        }
        (false, false) => "by count, since the mail is full",
    };
    let again = if story.told_before {
        "; told before, and this is new in it"
    } else {
        ""
    };
    format!("{how}{again}")
}

fn explain_story(number: usize, story: &DigestStory, how: &str, by: GroupBy) {
    let lead = &story.lead;
    let clean = |text: &str| output::printable(text, TITLE_CHARS);
    let title: String = lead.title.iter().map(|piece| piece.text.as_str()).collect();
    let head = format!("{number}. {} ({})", clean(&title), clean(&lead.feed_title));
    say!("{}", output::paragraph(&head, 0));
    say!(
        "{}",
        output::paragraph(&format!("{how}; {}", stands_under(story, by)), 3)
    );
    say!("{}", output::paragraph(&story.why.join("; "), 3));
}

/// Under which heading a story stands, and why.
fn stands_under(story: &DigestStory, by: GroupBy) -> String {
    let clean = |text: &str| output::printable(text, TITLE_CHARS);
    if by == GroupBy::Place {
        return match story.lead.places.first() {
            Some(place) => format!("under {}, the first place that it is about", clean(place)),
            None => "under no place, since it names none that is known".to_owned(),
        };
    }
    let (_, title) = story.watch();
    let best = story.under.as_ref().map_or_else(String::new, |under| {
        let score = match under.score {
            0 => String::new(),
            score => format!("score {score}, "),
        };
        let words = if under.terms == 1 { "word" } else { "words" };
        format!(" ({score}{} {words})", under.terms)
    });
    let topic = clean(&mail::topic_called(story.lead.topic.as_deref()));
    format!(
        "under {topic}, since its watch {} matches best{best}",
        clean(title)
    )
}
