//! What stands in front: the subject, what a mail program shows beside it, and the headline of the page.

use super::{completeness, watch_name};
use crate::core::alert::Novelty;
use crate::core::digest::{
    DetailLevel, Digest, DigestStory, GroupBy, Kind, Privacy, RepeatedStories, clean_line,
};
use crate::core::story::change::correction_notice;
use crate::mail::footer::doubts;
use crate::mail::language::catalog;
use crate::mail::language::direction::is_isolate;

/// Characters of a headline and of a watch's title in a subject.
const HEADLINE_CHARS: usize = 110;
const WATCH_CHARS: usize = 60;

/// What was found, as a headline.
pub(in crate::mail) fn summary(digest: &Digest) -> String {
    let nothing = if digest.totals.developing + again(digest).stories > 0 {
        None
    } else if digest.totals.alerted == 0 {
        Some("nothing-new")
    } else {
        Some("nothing-new-beside-alerts")
    };
    summed_up(digest, nothing)
}

/// What a digest tells again, which is nothing new; whoever gets alerts is told of each what it is.
fn again(digest: &Digest) -> RepeatedStories {
    match digest.kind {
        Kind::Digest(_) => digest.totals.again,
        Kind::Alert { .. } => RepeatedStories::default(),
    }
}

/// The same; that nothing is new by this message, or not at all.
fn summed_up(digest: &Digest, nothing: Option<&str>) -> String {
    let catalog = catalog(digest.recipient.language);
    let (all, alerted) = (digest.totals.items, digest.totals.alerted);
    let mut again = again(digest);
    let items = all.saturating_sub(again.items);
    let mut later = digest.totals.later;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let topics = digest.totals.topics.len();
    // Its headings are no topics.
    let by_place = digest.recipient.group_by == GroupBy::Place;
    let stories = digest.totals.stories.saturating_sub(again.stories);
    let counts = [
        ("count", stories.into()),
        ("items", items.into()),
        ("topics", topics.into()),
    ];
    let found = || {
        if stories == items {
            catalog.count("new-items", items)
        } else {
            catalog.say_with("new-stories", &counts)
        }
    };
    let is_unmailed = all + later > 0 && !sealed && digest.wording == DetailLevel::CountOnly;
    let new = match &digest.kind {
        _ if is_unmailed => {
            let unmailed = all + std::mem::take(&mut later);
            again = RepeatedStories::default();
            Some(catalog.count("items-not-mailed", unmailed))
        }
        Kind::Alert { watch_title, .. } if digest.wording < DetailLevel::Headline && !sealed => {
            let watch = catalog.isolated(&watch_name(watch_title));
            Some(format!("{watch}{}{}", catalog.say("colon"), found()))
        }
        Kind::Alert { .. } => Some(found()),
        Kind::Digest(_) if stories == 0 => nothing.map(|nothing| catalog.say(nothing)),
        // The topics are those of what is told again, too.
        Kind::Digest(_) if sealed || topics < 2 || by_place || again.stories > 0 => Some(found()),
        Kind::Digest(_) if stories == items => {
            Some(catalog.say_with("new-items-in-topics", &counts))
        }
        Kind::Digest(_) => Some(catalog.say_with("new-stories-in-topics", &counts)),
    };
    let archived = digest.totals.archived();
    let says_new = is_unmailed || items + alerted > 0 || later + archived == 0;
    let mut parts: Vec<String> = new.filter(|_| says_new).into_iter().collect();
    for (key, count) in [
        (
            "stories-developing",
            digest.totals.developing + again.stories,
        ),
        // A sealed mail counts them apart, too: its alerts have counted them already.
        ("alerts-sent-before", alerted),
        ("items-found-later", later),
        ("items-appeared-at-once", archived),
    ] {
        if count > 0 {
            parts.push(catalog.count(key, count));
        }
    }
    parts.join(&catalog.say("comma"))
}

/// Of a digest without a new item: what may be missing, if anything may be; that nothing is new, only if nothing
/// else is to be said. It holds no word of strangers.
fn subject_without_items(digest: &Digest) -> String {
    let catalog = catalog(digest.recipient.language);
    let coverage = &digest.coverage;
    if let Some(doubts) = doubts(coverage, catalog) {
        let told = summed_up(digest, None);
        return if told.is_empty() {
            doubts
        } else {
            format!("{doubts}{}{told}", catalog.say("semicolon"))
        };
    }
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let mut parts = if polled == 0 && digest.is_empty() {
        vec![catalog.say("no-feed-polled")]
    } else {
        let polled = catalog.count("feeds-polled", polled);
        vec![summary(digest) + &catalog.say("semicolon") + &polled]
    };
    for (key, n) in [
        ("silent-for-long", coverage.silent.len()),
        ("watches-muted", coverage.muted_now()),
        ("held-back", coverage.held_back()),
    ] {
        if n > 0 {
            parts.push(catalog.count(key, n));
        }
    }
    parts.join(&catalog.say("comma"))
}

/// The strongest headline, in front of which stands no more than fits on a telephone with it: "7 new", "Urgent",
/// "Corrected". Sealed mails say the count and nothing else. Plain ASCII in English but for the headline, so that an
/// English subject needs no encoding.
pub(in crate::mail) fn subject(digest: &Digest) -> String {
    let mut subject = directed_subject(digest);
    // It is one line of one text, which programs search and sort by.
    subject.retain(|c| !is_isolate(c));
    subject
}

fn directed_subject(digest: &Digest) -> String {
    let catalog = catalog(digest.recipient.language);
    let stories = digest.totals.stories;
    let is_digest = matches!(digest.kind, Kind::Digest(_));
    let is_open =
        digest.recipient.privacy == Privacy::Open && digest.wording < DetailLevel::Headline;
    let title = |story: &DigestStory| clean_line(&plain_title(story), HEADLINE_CHARS);
    let corrected_title = |story| {
        let title = title(story);
        // A headline that says so itself says it once.
        match correction_notice(&title, "") {
            Some(_) => title,
            None => catalog.say_with("corrected", &[("title", title.into())]),
        }
    };
    let is_whole = is_open && digest.wording == DetailLevel::Whole;
    let fresh = stories.saturating_sub(again(digest).stories);
    let new = match &digest.kind {
        Kind::Digest(_) if stories > 0 && fresh == 0 => summary(digest),
        Kind::Digest(_) => catalog.count("new", fresh),
        Kind::Alert { watch_title, .. } => {
            let mut parts = vec![clean_line(watch_title, WATCH_CHARS)];
            parts.extend((stories > 1).then(|| catalog.count("new", stories)));
            parts.join(&catalog.say("comma"))
        }
    };
    let told = digest.strongest().filter(|_| is_whole);
    let corrected = told.into_iter().chain(&digest.developing);
    let corrected = corrected
        .filter(|_| is_whole)
        .find(|story| is_corrected(story));
    let headline = match (told, corrected) {
        (None, Some(story)) => return corrected_title(story),
        (Some(told), Some(story)) if told.lead.entry_id == story.lead.entry_id => {
            corrected_title(told)
        }
        (Some(story), _) if is_digest && story.urgent => {
            catalog.say_with("urgent", &[("topic", title(story).into())])
        }
        (Some(story), _) if is_digest => {
            return format!("{new}{}{}", catalog.say("colon"), title(story));
        }
        (Some(story), _) => title(story),
        (None, None) if stories == 0 && is_digest => {
            let is_doubtful = doubts(&digest.coverage, catalog).is_some();
            let developing = digest.developing.first();
            return match developing.filter(|_| is_whole && !is_doubtful) {
                Some(story) => {
                    format!(
                        "{}{}{}",
                        summary(digest),
                        catalog.say("colon"),
                        title(story)
                    )
                }
                None => subject_without_items(digest),
            };
        }
        (None, None) if is_open => return new,
        (None, None) => return summary(digest),
    };
    format!("{headline} ({new})")
}

fn is_corrected(story: &DigestStory) -> bool {
    let mut news = story.news.iter();
    news.any(|found| matches!(found, Novelty::Corrected { .. }))
}

fn plain_title(story: &DigestStory) -> String {
    let title = story.lead.title.iter();
    title.map(|piece| piece.text.as_str()).collect()
}

/// What a mail program shows beside the subject: what may be missing, and the headlines behind the strongest; of an
/// alert how it begins.
pub(in crate::mail) fn preheader(digest: &Digest) -> String {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= DetailLevel::Headline {
        return summary(digest);
    }
    let mut parts: Vec<String> = Vec::new();
    if let Kind::Alert { .. } = &digest.kind {
        let excerpt = digest.stories.iter().flat_map(|story| &story.lead.excerpt);
        let excerpt: String = excerpt.take(6).map(|piece| piece.text.as_str()).collect();
        parts.extend(excerpt.split_inclusive(". ").next().map(str::to_owned));
    } else {
        let doubtful = completeness(digest).filter(|line| !line.is_complete);
        parts.extend(doubtful.map(|line| line.sentence));
        if digest.wording == DetailLevel::Whole {
            let stories = digest.stories.iter().chain(&digest.headlines);
            parts.extend(stories.skip(1).take(3).map(plain_title));
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| clean_line(part, 140)).collect();
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    clean_line(&parts.join(" · "), 200)
}
