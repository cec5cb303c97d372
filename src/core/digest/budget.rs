//! As much of a mail as is read to its end, by its words.

use std::collections::BTreeMap;

use super::{Coverage, Digest, DigestItem, DigestStory, Piece, WORDS_MAX, share_out};

/// Words of head and foot when nothing is wrong.
const AROUND: usize = 110;
/// Words of one thing that is wrong, or of a line that counts.
const LINE: usize = 12;
/// Things of one kind that are named.
const LINES_MAX: usize = 40;
/// Words of outlet, place, time, link and "matched by" around an item in full, beside the names themselves.
const FULL_AROUND: usize = 16;
/// Likewise around a headline.
const HEADLINE_AROUND: usize = 8;

impl Digest {
    /// Makes headlines of stories in full, and counts of headlines, until the words of the mail are some
    /// [`WORDS_MAX`]. It is an estimate: whoever writes the page knows what it takes. Nothing is dropped that the
    /// counts do not hold.
    pub fn fit_words(&mut self) {
        let around =
            AROUND + LINE * lines(&self.coverage) + LINE * self.totals.topics.len().min(LINES_MAX);
        let room = WORDS_MAX.saturating_sub(around).max(WORDS_MAX / 2);
        let before: usize = self
            .alerted
            .iter()
            .chain(&self.later)
            .map(words_of_line)
            .sum();
        let before: usize = before + self.developing.iter().map(words_of_headline).sum::<usize>();
        let headlines: usize = self.headlines.iter().map(words_of_headline).sum();
        let full: usize = self.stories.iter().map(words_in_full).sum();
        if full + headlines + before <= room {
            return;
        }
        // Rather every story in a line than a few more in full, and some in full all the same.
        let all_lines = headlines + self.stories.iter().map(words_of_headline).sum::<usize>();
        let for_full =
            (room.saturating_sub(all_lines + before)).clamp(room / 10 * 4, room / 10 * 6);
        let whole = self.headlines.is_empty() && full <= room - before.min(room / 4);
        if !whole {
            let kept = self.best_in_full(for_full);
            let stories = std::mem::take(&mut self.stories);
            let (kept, rest): (Vec<_>, Vec<_>) = stories
                .into_iter()
                .partition(|story| kept.contains(&story.lead.entry_id));
            self.stories = kept;
            let others = std::mem::take(&mut self.headlines);
            self.headlines = rest.into_iter().map(in_a_line).chain(others).collect();
        }
        let mut left = room.saturating_sub(self.stories.iter().map(words_in_full).sum());
        let for_before = before.min(left / 3);
        keep(&mut self.headlines, left - for_before, words_of_headline);
        left = left.saturating_sub(self.headlines.iter().map(words_of_headline).sum());
        for lines in [&mut self.later, &mut self.alerted] {
            let most = left / 3;
            left = left.saturating_sub(keep(lines, most, words_of_line));
        }
        keep(&mut self.developing, left, words_of_headline);
    }

    /// The leads of as many of the best stories as have room, [shared out](share_out) among the outlets.
    fn best_in_full(&self, room: usize) -> Vec<i64> {
        let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
        for story in self.stories.iter().chain(&self.headlines) {
            *totals.entry(story.lead.outlet.as_str()).or_default() += 1;
        }
        fn outlet_of<'a>(story: &&'a DigestStory) -> &'a str {
            story.lead.outlet.as_str()
        }
        let taken = share_out(&totals, self.stories.len(), outlet_of, |most| {
            let mut words = 0;
            let mut by_outlet: BTreeMap<&str, usize> = BTreeMap::new();
            let mut taken: Vec<&DigestStory> = Vec::new();
            for story in &self.stories {
                let of_outlet = by_outlet.entry(story.lead.outlet.as_str()).or_default();
                let needed = words_in_full(story);
                if *of_outlet < most && (words + needed <= room || taken.is_empty()) {
                    *of_outlet += 1;
                    words += needed;
                    taken.push(story);
                }
            }
            taken
        });
        taken.iter().map(|story| story.lead.entry_id).collect()
    }
}

/// A story that was to be told in full: who else has it is a number.
fn in_a_line(mut story: DigestStory) -> DigestStory {
    story.more += story.also.len();
    story.also.clear();
    story.lead.excerpt.clear();
    story
}

/// Keeps as many as have room, from the first; gives the words that they take.
fn keep<T>(lines: &mut Vec<T>, room: usize, words: impl Fn(&T) -> usize) -> usize {
    let mut used = 0;
    let fits = lines.iter().take_while(|line| {
        let next = used + words(line);
        let fits = next <= room;
        if fits {
            used = next;
        }
        fits
    });
    let kept = fits.count();
    lines.truncate(kept);
    used
}

fn lines(coverage: &Coverage) -> usize {
    let feeds = [
        &coverage.failing,
        &coverage.interrupted,
        &coverage.silent,
        &coverage.incomplete,
        &coverage.possibly_missed,
        &coverage.handled_with_care,
        &coverage.unreadable,
    ];
    let feeds: usize = feeds.iter().map(|feeds| feeds.len().min(LINES_MAX)).sum();
    feeds + coverage.muted.len().min(LINES_MAX) + coverage.undeliverable.len().min(LINES_MAX)
}

fn words_in_full(story: &DigestStory) -> usize {
    let item = &story.lead;
    let also: usize = story.also.iter().map(|also| words(&also.outlet) + 1).sum();
    let mentions: usize = (item.mentions.iter())
        .map(|mention| words(&mention.watch_title) + mention.terms.len())
        .sum();
    words_of(&item.title)
        + words_of(&item.excerpt)
        + words(&item.feed_title)
        + words(&item.author)
        + item.places.len()
        + mentions
        + also
        + FULL_AROUND
}

fn words_of_headline(story: &DigestStory) -> usize {
    words_of_line(&story.lead)
}

fn words_of_line(item: &DigestItem) -> usize {
    words_of(&item.title) + words(&item.feed_title) + HEADLINE_AROUND
}

fn words_of(pieces: &[Piece]) -> usize {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    words(&text)
}

/// Words of a text; two characters of a script without spaces read like one.
pub fn words(text: &str) -> usize {
    let mut words = 0;
    for word in text.split_whitespace() {
        let dense = word.chars().filter(|c| is_dense(*c)).count();
        words += if dense == 0 { 1 } else { dense.div_ceil(2) };
    }
    words
}

/// Thai, Lao, Khmer, Burmese, and the scripts of China and Japan.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
        && c.is_alphanumeric()
}
