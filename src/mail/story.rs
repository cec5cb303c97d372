//! A story as its templates show it, in full or in a line.

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::language::{Chrome, Value, chrome};
use super::view::{wrap, wrap_behind};
use crate::core::alert::News;
use crate::core::digest::{
    Also, DigestItem, DigestStory, Mention, Piece, Recipient, clean_line, is_right_to_left,
};
use crate::core::story::change::Parts;

/// Watches named for one story in full, for one whose other topics are named too, and in a line.
const WATCHES_MAX: usize = 2;
const WATCHES_BESIDE_TOPICS_MAX: usize = 1;
const LINE_WATCHES_MAX: usize = 2;
/// Words named of its first watch.
const WORDS_MAX: usize = 3;
/// Topics named beside its own, and languages that others tell it in.
const TOPICS_MAX: usize = 3;
const LANGUAGES_MAX: usize = 4;
/// Seconds of the time in which a date needs no year.
const HALF_A_YEAR: i64 = 183 * 86_400;
/// Characters of an outlet's name, and of what is said to have changed.
const OUTLET_CHARS: usize = 60;
const WHAT_CHARS: usize = 300;
/// Stands for a name, and occurs in no text that mails show.
const NAME: &str = "\u{FFFC}";

/// What a mail takes for granted where it writes of times and in words.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub chrome: &'static Chrome,
    pub tz: &'a TimeZone,
    pub now: Timestamp,
}

impl<'a> Reading<'a> {
    pub fn of(recipient: &'a Recipient, now: Timestamp) -> Self {
        Self {
            chrome: chrome(recipient.language),
            tz: &recipient.time_zone,
            now,
        }
    }

    /// A moment, with no more of it than tells it from others: the mail has its day, year and zone in its head.
    fn moment(self, instant: Timestamp) -> String {
        let (day, today) = (self.tz.to_datetime(instant), self.tz.to_datetime(self.now));
        let apart = (instant.as_second() - self.now.as_second()).abs();
        if day.date() == today.date() {
            self.chrome.time(instant, self.tz)
        } else if apart < HALF_A_YEAR {
            self.chrome.short_date_time(instant, self.tz)
        } else {
            self.chrome.date_time(instant, self.tz)
        }
    }
}

/// What stands above stories or lines.
pub(super) struct Heading {
    pub name: String,
    /// How many; empty where that is plain.
    pub count: String,
    pub urgent: bool,
}

#[derive(Template)]
#[template(path = "story.html", config = "src/mail/askama.toml")]
pub(super) struct StoryHtml<'a>(pub &'a StoryView<'a>);

#[derive(Template)]
#[template(path = "story.txt", config = "src/mail/askama.toml")]
pub(super) struct StoryText<'a>(pub &'a StoryView<'a>);

/// A headline with what tells it from others.
pub(super) struct Head<'a> {
    pub title: &'a [Piece],
    pub dir: &'static str,
    pub lang: Option<&'a str>,
    pub link: Option<&'a str>,
    /// Outlet, author, places, time: each a text of its own, which must not turn its neighbours around.
    pub meta: Vec<String>,
    /// "revised"; empty for what is not.
    pub revised: String,
    chrome: &'static Chrome,
}

impl<'a> Head<'a> {
    fn of(item: &'a DigestItem, meta: Vec<String>, chrome: &'static Chrome) -> Self {
        Self {
            title: &item.title,
            dir: direction(&item.title),
            lang: item.language.as_deref(),
            link: item.link.as_deref(),
            meta,
            revised: if item.updated {
                chrome.say("revised")
            } else {
                String::new()
            },
            chrome,
        }
    }

    pub fn is_revised(&self) -> bool {
        !self.revised.is_empty()
    }

    /// The headline as text, with the words marked, behind the sign of an item.
    pub fn title_text(&self, sign: &str) -> String {
        wrap_behind(&marked_text(self.title), sign, "  ")
    }

    pub fn meta_text(&self) -> String {
        let revised = self.is_revised().then_some(&self.revised);
        let meta = self.meta.iter().chain(revised);
        let meta: Vec<String> = meta.map(|part| self.chrome.isolated(part)).collect();
        wrap(&meta.join(" · "), "  ")
    }
}

/// One story in full.
pub(super) struct StoryView<'a> {
    pub heading: Option<Heading>,
    /// The watch's title, above its first story.
    pub watch: Option<&'a str>,
    /// Whether another story stands right above, so that a line must part them.
    pub follows: bool,
    /// Why it is told at once, or again.
    pub news: Vec<Named>,
    pub head: Head<'a>,
    pub excerpt: &'a [Piece],
    pub excerpt_dir: &'static str,
    /// Who reports it, a sentence each.
    pub facts: Vec<Named>,
    /// "Also in", in front of the outlets.
    pub also_in: String,
    pub also: Vec<Linked<'a>>,
    pub more_reports: String,
    /// Headlines of further items.
    pub reports: Vec<Linked<'a>>,
    pub why: Why,
    pub chrome: &'static Chrome,
}

/// A sentence around a name.
pub(super) struct Named {
    pub before: String,
    pub name: String,
    pub behind: String,
}

impl Named {
    fn text(&self, chrome: &Chrome) -> String {
        let name = chrome.isolated(&self.name);
        format!("{}{name}{}", self.before, self.behind)
    }
}

/// An outlet of a list, behind what parts it from the one before.
pub(super) struct Linked<'a> {
    pub between: String,
    pub name: String,
    pub link: Option<&'a str>,
}

/// Why a story is here.
pub(super) struct Why {
    /// Where its watches found it, when it was not in what the feed says; with a space behind it.
    pub found: String,
    pub matched_by: String,
    pub watches: Vec<WhyWatch>,
    /// " and 3 more watches", with what parts it from the words before; empty when all are named.
    pub more: String,
    pub colon: String,
    pub semicolon: String,
    pub comma: String,
    /// "Also under Press.", with a space behind it.
    pub under: String,
    pub item: String,
}

pub(super) struct WhyWatch {
    pub title: String,
    /// What matched. Each stands for itself in the page: a term in Arabic must not turn its neighbours around.
    pub words: Vec<String>,
    /// That it was found in the article, of an item that others found by what the feed says; else empty.
    pub found: String,
}

impl Why {
    fn of(story: &DigestStory, chrome: &Chrome) -> Self {
        let mentions = &story.lead.mentions;
        let in_article = !mentions.is_empty() && mentions.iter().all(|mention| mention.in_article);
        let watch = |(place, mention): (usize, &Mention)| WhyWatch {
            title: mention.watch_title.clone(),
            words: match place {
                0 => mention.terms.iter().take(WORDS_MAX).cloned().collect(),
                _ => Vec::new(),
            },
            found: if mention.in_article && !in_article {
                format!(" {}", chrome.say("in-article"))
            } else {
                String::new()
            },
        };
        let watches_max = if story.other_topics.is_empty() {
            WATCHES_MAX
        } else {
            WATCHES_BESIDE_TOPICS_MAX
        };
        let under: Vec<&str> = (story.other_topics.iter().take(TOPICS_MAX))
            .map(String::as_str)
            .collect();
        Self {
            found: if in_article {
                chrome.say("found-in-article") + " "
            } else {
                String::new()
            },
            matched_by: chrome.say("matched-by"),
            watches: mentions
                .iter()
                .take(watches_max)
                .enumerate()
                .map(watch)
                .collect(),
            // Words of a watch end where the next watch is named.
            more: match more_watches(mentions.len(), watches_max, chrome) {
                more if watches_max == 1 && !more.is_empty() => {
                    format!("{}{}", chrome.say("semicolon"), more.trim_start())
                }
                more => more,
            },
            colon: chrome.say("colon"),
            semicolon: chrome.say("semicolon"),
            comma: chrome.say("comma"),
            under: if under.is_empty() {
                String::new()
            } else {
                let topics: Vec<String> = under.into_iter().map(shown_topic).collect();
                let topics = chrome.list(&topics);
                chrome.say_with("also-under", &[("topics", topics.into())]) + " "
            },
            item: chrome.say_with(
                "item-number",
                &[("item", story.lead.entry_id.to_string().into())],
            ),
        }
    }

    fn text(&self, chrome: &Chrome) -> String {
        let watches: Vec<String> = self
            .watches
            .iter()
            .map(|watch| {
                let mut text = chrome.isolated(&watch.title);
                if !watch.words.is_empty() {
                    let words = watch.words.iter().map(|word| chrome.isolated(word));
                    text.push_str(&self.colon);
                    text.push_str(&words.collect::<Vec<_>>().join(&self.comma));
                }
                text + &watch.found
            })
            .collect();
        if watches.is_empty() {
            return format!("{}{}{}", self.under, self.found, self.item);
        }
        format!(
            "{}{}{} {}{}. {}",
            self.under,
            self.found,
            self.matched_by,
            watches.join(&self.semicolon),
            self.more,
            self.item
        )
    }
}

impl StoryView<'_> {
    pub fn excerpt_text(&self) -> String {
        wrap(&marked_text(self.excerpt), "    ")
    }

    pub fn news_text(&self) -> String {
        let news = self.news.iter().map(|news| news.text(self.chrome));
        wrap_behind(&news.collect::<Vec<_>>().join(" "), "! ", "  ")
    }

    pub fn facts_text(&self) -> String {
        let facts = self.facts.iter().map(|fact| fact.text(self.chrome));
        let facts: Vec<String> = facts.collect();
        wrap(&facts.join(" "), "    ")
    }

    /// An outlet a line, with its link.
    pub fn also_text(&self) -> String {
        self.lines_text(&self.also_in, &self.also)
    }

    /// A headline a line, with its link.
    pub fn reports_text(&self) -> String {
        self.lines_text(&self.more_reports, &self.reports)
    }

    fn lines_text(&self, above: &str, lines: &[Linked<'_>]) -> String {
        let mut text = wrap(above, "    ");
        for line in lines {
            text.push('\n');
            let name = self.chrome.isolated(&line.name);
            let linked = format!("{name} {}", line.link.unwrap_or_default());
            text.push_str(&wrap_behind(&linked, "    - ", "      "));
        }
        text
    }

    pub fn why_text(&self) -> String {
        wrap(&self.why.text(self.chrome), "    ")
    }
}

/// A story in full; heading and watch are set by who knows what stands above it.
pub(super) fn story<'a>(story: &'a DigestStory, reading: Reading<'_>) -> StoryView<'a> {
    let chrome = reading.chrome;
    let item = &story.lead;
    StoryView {
        heading: None,
        watch: None,
        follows: false,
        news: (story.news.iter())
            .filter_map(|found| news(found, chrome))
            .collect(),
        head: Head::of(item, meta(item, Author::Named, reading), chrome),
        excerpt: &item.excerpt,
        excerpt_dir: direction(&item.excerpt),
        facts: facts(story, reading),
        also_in: chrome.say("also-in"),
        also: also(story, chrome),
        more_reports: chrome.say("more-reports"),
        reports: reports(story),
        why: Why::of(story, chrome),
        chrome,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Author {
    Named,
    LeftOut,
}

/// Outlet, author, places, time.
fn meta(item: &DigestItem, author: Author, reading: Reading<'_>) -> Vec<String> {
    let mut meta = vec![item.feed_title.clone()];
    if author == Author::Named && !item.author.is_empty() && item.author != item.feed_title {
        meta.push(item.author.clone());
    }
    if !item.places.is_empty() {
        meta.push(item.places.join(&reading.chrome.say("comma")));
    }
    let time = reading.moment(item.time);
    meta.push(if item.undated {
        reading.chrome.say_with("undated", &[("time", time.into())])
    } else {
        time
    });
    meta
}

/// Who was first, how many tell it in their own words, how often it came, and in which other languages.
fn facts(story: &DigestStory, reading: Reading<'_>) -> Vec<Named> {
    let chrome = reading.chrome;
    let plain = |text: String| Named {
        before: text,
        name: String::new(),
        behind: String::new(),
    };
    let mut facts: Vec<Named> = Vec::new();
    let corroborated = story.news.iter().find_map(|found| match found {
        News::Corroborated(reported) => Some(reported),
        _ => None,
    });
    let told_by_others = story.outlets > 1 || story.items > 1 || story.more > 0;
    // The alert was decided by who had reported it until then.
    let first = match corroborated {
        Some(reported) => (reported.outlets.first()).map(|outlet| (outlet, &reported.first)),
        None => (story.first.as_ref())
            .filter(|_| told_by_others)
            .map(|(outlet, time)| (outlet, time)),
    };
    if let Some((outlet, time)) = first {
        let time = reading.moment(*time);
        facts.push(around(
            chrome,
            "first-reported",
            outlet,
            &[("time", time.into())],
        ));
    }
    let one_text = (story.one_text > 1).then(|| chrome.count("one-text", story.one_text));
    let own_words = (story.outlets > 1 && corroborated.is_none())
        .then(|| chrome.count("own-words", story.outlets));
    let outlets: Vec<String> = own_words.into_iter().chain(one_text).collect();
    let alone = story.outlets <= 1 && story.one_text > 1;
    if alone {
        facts.push(plain(
            chrome.count("outlets-carry-one-text", story.one_text) + ".",
        ));
    } else if !outlets.is_empty() {
        facts.push(plain(format!(
            "{}.",
            outlets.join(&chrome.say("semicolon"))
        )));
    }
    if story.items > 1 + story.also.len() + story.reports.len() {
        facts.push(plain(chrome.count("items-in-all", story.items)));
    }
    let languages: Vec<String> = story
        .also_in
        .iter()
        .take(LANGUAGES_MAX)
        .map(|(tag, items)| format!("{} ({})", language_name(tag, chrome), chrome.number(*items)))
        .collect();
    let watches = &story.other_watches;
    if !watches.is_empty() {
        let more = watches.len().saturating_sub(WATCHES_MAX);
        let mut watches: Vec<String> = watches.iter().take(WATCHES_MAX).cloned().collect();
        if more > 0 {
            watches.push(chrome.count("more-names", more));
        }
        let watches = chrome.list(&watches);
        facts.push(plain(
            chrome.say_with("also-matched-by", &[("watches", watches.into())]),
        ));
    }
    if !languages.is_empty() {
        let languages = chrome.list(&languages);
        facts.push(plain(
            chrome.say_with("also-in-languages", &[("languages", languages.into())]),
        ));
    }
    facts
}

/// Why a story is told at once; nothing of what goes without saying.
fn news(found: &News, chrome: &Chrome) -> Option<Named> {
    let plain = |text: String| Named {
        before: text,
        name: String::new(),
        behind: String::new(),
    };
    let number = |number: u32| Value::from(usize::try_from(number).unwrap_or(usize::MAX));
    Some(match found {
        News::First | News::Each | News::Along => return None,
        News::Watch => plain(chrome.say("news-watch")),
        News::More => plain(chrome.say("news-more")),
        News::Corroborated(reported) => {
            let outlets: Vec<String> = (reported.outlets.iter())
                .map(|outlet| clean_line(outlet, OUTLET_CHARS))
                .collect();
            let outlets = chrome.list(&outlets);
            let values = [("count", reported.count.into())];
            around(chrome, "news-corroborated", &outlets, &values)
        }
        News::Victims { counted, told } => {
            let counted = number(*counted);
            plain(match told {
                Some(told) => {
                    let values = [("counted", counted), ("told", number(*told))];
                    chrome.say_with("news-victims", &values)
                }
                None => chrome.say_with("news-victims-first", &[("counted", counted)]),
            })
        }
        News::Corrected { what } => {
            let clean = |words: &str| Value::from(clean_line(words, WHAT_CHARS));
            let what = match Parts::of(what) {
                Some(Parts::Became { before, after }) => {
                    let values = [("before", clean(before)), ("after", clean(after))];
                    chrome.say_with("changed-became", &values)
                }
                Some(Parts::Says(words)) => {
                    chrome.say_with("changed-says", &[("words", clean(words))])
                }
                None => clean_line(what, WHAT_CHARS),
            };
            around(chrome, "news-corrected", what.trim_end_matches('.'), &[])
        }
        News::Awaited { outlets, asked } => plain(chrome.say_with(
            "news-awaited",
            &[("count", (*outlets).into()), ("asked", (*asked).into())],
        )),
    })
}

/// A message that holds a name, parted there.
fn around(chrome: &Chrome, key: &str, name: &str, values: &[(&str, Value<'_>)]) -> Named {
    let mut values = values.to_vec();
    values.push(("outlet", NAME.into()));
    let said = chrome.say_with(key, &values);
    let (before, behind) = said.split_once(NAME).unwrap_or((&said, ""));
    Named {
        before: before.to_owned(),
        name: name.to_owned(),
        behind: behind.to_owned(),
    }
}

fn also<'a>(story: &'a DigestStory, chrome: &Chrome) -> Vec<Linked<'a>> {
    let more =
        (story.more > 0 && !story.also.is_empty()).then(|| chrome.count("more-names", story.more));
    let outlets = story.also.iter().map(|also: &Also| also.outlet.as_str());
    let names: Vec<&str> = outlets.chain(more.as_deref()).collect();
    let links = story.also.iter().map(|also| also.link.as_deref());
    chrome
        .parted(&names)
        .into_iter()
        .zip(links.chain([None]))
        .map(|((between, name), link)| Linked {
            between,
            name: name.to_owned(),
            link,
        })
        .collect()
}

fn reports(story: &DigestStory) -> Vec<Linked<'_>> {
    (story.reports.iter())
        .map(|report| Linked {
            between: String::new(),
            name: report.title.clone(),
            link: report.link.as_deref(),
        })
        .collect()
}

/// Languages with a name in every file; others go by their tag.
const LANGUAGES: [(&str, &str); 20] = [
    ("ar", "language-ar"),
    ("bn", "language-bn"),
    ("de", "language-de"),
    ("en", "language-en"),
    ("es", "language-es"),
    ("fa", "language-fa"),
    ("fr", "language-fr"),
    ("hi", "language-hi"),
    ("id", "language-id"),
    ("it", "language-it"),
    ("ja", "language-ja"),
    ("ko", "language-ko"),
    ("pl", "language-pl"),
    ("pt", "language-pt"),
    ("ru", "language-ru"),
    ("sw", "language-sw"),
    ("th", "language-th"),
    ("tr", "language-tr"),
    ("uk", "language-uk"),
    ("zh", "language-zh"),
];

fn language_name(tag: &str, chrome: &Chrome) -> String {
    let primary = tag.split('-').next().unwrap_or_default().to_lowercase();
    let known = LANGUAGES.iter().find(|(tag, _)| *tag == primary);
    known.map_or_else(|| tag.to_owned(), |(_, key)| chrome.say(key))
}

/// Whether the name of a topic is a mere tag, such as `freedom-of-expression`.
pub(super) fn is_tag(topic: &str) -> bool {
    !topic.contains(' ') && !topic.chars().any(char::is_uppercase)
}

/// A topic as a reader likes to see it: its tag as words, "Freedom of expression".
pub(super) fn shown_topic(topic: &str) -> String {
    if !is_tag(topic) {
        return topic.to_owned();
    }
    let words = topic.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// " and 3 more watches", when there are more than `limit`.
fn more_watches(watches: usize, limit: usize, chrome: &Chrome) -> String {
    match watches.saturating_sub(limit) {
        0 => String::new(),
        more => format!(" {}", chrome.count("more-watches", more)),
    }
}

fn marked_text(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| {
            if piece.marked {
                format!("**{}**", piece.text)
            } else {
                piece.text.clone()
            }
        })
        .collect()
}

fn direction(pieces: &[Piece]) -> &'static str {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_right_to_left(&text) {
        "rtl"
    } else {
        "ltr"
    }
}

/// A section of stories or items in a line each.
#[derive(Template)]
#[template(path = "lines.html", config = "src/mail/askama.toml")]
pub(super) struct LinesHtml<'a>(pub &'a Lines<'a>);

#[derive(Template)]
#[template(path = "lines.txt", config = "src/mail/askama.toml")]
pub(super) struct LinesText<'a>(pub &'a Lines<'a>);

pub(super) struct Lines<'a> {
    pub heading: Heading,
    /// What stands between the heading and the lines; may be empty.
    pub why: String,
    pub groups: Vec<Group<'a>>,
    /// Where the others are; empty when there are none.
    pub more: String,
    pub chrome: &'static Chrome,
}

impl Lines<'_> {
    /// Whether there is more to it than its heading.
    pub fn says_something(&self) -> bool {
        !self.more.is_empty() || self.groups.iter().any(|group| !group.lines.is_empty())
    }

    pub fn why_text(&self) -> String {
        wrap(&self.why, "")
    }

    pub fn more_text(&self) -> String {
        wrap(&self.more, "")
    }
}

/// Lines of one topic.
pub(super) struct Group<'a> {
    /// Empty where there is but one.
    pub name: String,
    pub lines: Vec<Head<'a>>,
}

/// A story in a line: headline, outlet, places, and how many more have it.
pub(super) fn headline<'a>(story: &'a DigestStory, reading: Reading<'_>) -> Head<'a> {
    let chrome = reading.chrome;
    let item = &story.lead;
    let mut meta = vec![item.feed_title.clone()];
    if !item.places.is_empty() {
        meta.push(item.places.join(&chrome.say("comma")));
    }
    let others = story.also.len() + story.more;
    if others > 0 {
        meta.push(chrome.count("and-outlets", others));
    } else if story.items > 1 {
        meta.push(chrome.count("and-items", story.items - 1));
    }
    Head::of(item, meta, chrome)
}

/// A story that was told before: its headline, and who has it since.
pub(super) fn development<'a>(story: &'a DigestStory, reading: Reading<'_>) -> Head<'a> {
    let chrome = reading.chrome;
    let mut meta = Vec::new();
    if story.joined == 0 {
        meta.push(chrome.count("more-items", story.items.max(1)));
    } else {
        meta.push(chrome.count("more-outlets", story.joined));
    }
    let mut names = vec![story.lead.feed_title.as_str()];
    names.extend(story.also.iter().map(|also| also.outlet.as_str()));
    let more = (story.more > 0).then(|| chrome.count("more-names", story.more));
    names.extend(more.as_deref());
    meta.push(chrome.list(&names));
    Head::of(&story.lead, meta, chrome)
}

/// An item in a line: headline, outlet, places, time, watch.
pub(super) fn line<'a>(item: &'a DigestItem, reading: Reading<'_>) -> Head<'a> {
    let chrome = reading.chrome;
    let mut meta = meta(item, Author::LeftOut, reading);
    let watches = item.mentions.iter().take(LINE_WATCHES_MAX);
    let watches: Vec<&str> = watches
        .map(|mention| mention.watch_title.as_str())
        .collect();
    let mut watches = watches.join(&chrome.say("comma"));
    watches.push_str(&more_watches(item.mentions.len(), LINE_WATCHES_MAX, chrome));
    if !watches.is_empty() {
        meta.push(watches);
    }
    Head::of(item, meta, chrome)
}
