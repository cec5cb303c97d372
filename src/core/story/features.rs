//! An item read: its terms and what they weigh, its names, and what its feed says again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::cognates::{TermKey, hash, keys};
use super::engine::Engine;
use super::hash_maps::Map;
use super::item_record::ItemRecord;
use super::language;
use super::lexicon::Lexicon;
use super::near_duplicate::{shingles, title_key};
use super::recurring_headlines::is_generic;
use super::roundups::events;
use super::story_item::StoryItem;
use super::text::{Title, lead_of, plain_hash, title_of};
use super::thresholds::{
    FEWEST_TERMS, FIXED_POINT_SCALE, HEADLINE_TERM_BOOST, NAME_BOOST, NAMES, SHORT_ITEM_TERMS,
    TERMS, TOP_TERMS, TOP_TERMS_UNSPACED,
};
use super::tokenizer::{Kind, Token, tokens};
use super::word_sequence::wording;

/// An item read, before it is compared.
pub(super) struct ItemFeatures<'a> {
    pub(super) record: ItemRecord,
    /// How much each of its terms tells.
    pub(super) idf: Map<u32, f64>,
    /// Terms as the item has them.
    pub(super) words: Map<u32, &'a str>,
    pub(super) short: bool,
    pub(super) copy_only: bool,
}

impl Engine {
    pub(super) fn read<'a>(&self, report: &StoryItem<'a>) -> ItemFeatures<'a> {
        let title = Title::of(title_of(report.title));
        let ends = title.ends();
        let mut lead = lead_of(report.lead);
        let stripped = self.labels.strip(&title, &ends);
        let primary = language::primary(report.language);
        let primary = primary.as_deref();
        let mut record = whole_keys(report, &title, stripped, primary);
        record.ends = ends;
        let language = record.language;
        let core = title.core();
        let form = mask(core, &keys(core, primary), language);
        (record.series, record.filling) = (form.hash, form.filling);
        // A headline that many items have says nothing of what this one is about.
        let generic = [stripped, title.whole]
            .into_iter()
            .chain(title.behind_topic())
            .any(|title| is_generic(title, primary));
        let mut title_keys = keys(stripped, primary);
        if generic {
            title_keys.clear();
        }
        let events = events(&title, primary);
        if generic || events > 2 || form.template && self.filled_before(&record) > 0 {
            record.flags |= ItemRecord::ALONE;
        }
        if events == 2 {
            record.flags |= ItemRecord::TWOFOLD;
        }
        if record.lead != 0 && self.led_before(&record) > 1 {
            lead = "";
        }
        let lead_keys = keys(lead, primary);
        let (counts, words) = count(&[
            (&title_keys, stripped, HEADLINE_TERM_BOOST),
            (&lead_keys, lead, 1),
        ]);
        record.names = self.names(&title_keys, &lead_keys, language);
        let idf = self.tell(&record, counts.keys().copied());
        weigh(&mut record, counts, &idf);
        let title_tokens = tokens(stripped);
        if title_tokens.iter().any(|token| GROWS.has(&token.folded)) {
            record.flags |= ItemRecord::GROWS;
        }
        record.headline = headline(&title_keys, &title_tokens);
        record.shingles = shingles(if lead.is_empty() { "" } else { report.lead });
        record.wording = wording(title.without_trailing(stripped), lead, primary, language);
        ItemFeatures {
            short: record.terms.len() <= SHORT_ITEM_TERMS,
            copy_only: record.terms.len() < FEWEST_TERMS,
            record,
            idf,
            words,
        }
    }

    /// How many other fillings of the form of its headline its outlet has sent.
    fn filled_before(&self, record: &ItemRecord) -> u32 {
        self.leads
            .others([mix(record.outlet, record.series, SERIES), record.filling])
    }

    /// How many other headlines its outlet has put over its lead.
    fn led_before(&self, record: &ItemRecord) -> u32 {
        self.leads
            .others([mix(record.outlet, record.lead, LEAD), record.title])
    }

    /// The rarest names.
    pub(super) fn names(&self, title: &[TermKey], lead: &[TermKey], language: u32) -> Box<[u32]> {
        if language::has_capital_nouns(language) {
            return Box::default();
        }
        let title_case = is_title_case(title);
        let mut names: BTreeSet<u32> = BTreeSet::new();
        let sure = title
            .iter()
            .filter(|_| !title_case)
            .chain(lead)
            .filter(|key| key.capital && !key.begins && !key.number);
        names.extend(sure.map(|key| key.hash));
        // Two capitals in a row are a name also where a sentence begins.
        for keys in [if title_case { &[] } else { title }, lead] {
            names.extend(
                keys.windows(2)
                    .filter(|pair| is_begun_name(pair))
                    .map(|pair| pair[0].hash),
            );
        }
        let mut names: Vec<u32> = names.into_iter().collect();
        let frequency = self.languages.get(&language::counted_as(language));
        names.sort_by_cached_key(|name| {
            (
                frequency.map_or(0, |frequency| frequency.with(*name)),
                *name,
            )
        });
        names.truncate(NAMES);
        names.into()
    }
}

/// An item as it is told before its words are looked at: whose it is, and the keys of its whole headline and lead.
fn whole_keys(
    report: &StoryItem<'_>,
    title: &Title<'_>,
    stripped: &str,
    primary: Option<&str>,
) -> ItemRecord {
    let lead = lead_of(report.lead);
    let name = |name: &str| (!name.is_empty()).then(|| hash(name.as_bytes()));
    let feed = name(report.feed).unwrap_or(0);
    let core = title.core();
    ItemRecord {
        language: language::code(primary, &[stripped, lead].join(" ")),
        feed,
        outlet: name(report.outlet).unwrap_or(feed),
        title: plain_hash(stripped),
        core: title_key(core)
            .filter(|_| !is_generic(core, primary))
            .map_or(0, |key| key.max(1)),
        lead: plain_hash(lead),
        ..ItemRecord::default()
    }
}

/// How often each term stands in texts, of which each counts so many times, and the words that it is there.
fn count<'a>(texts: &[(&[TermKey], &'a str, u32)]) -> (BTreeMap<u32, u32>, Map<u32, &'a str>) {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let mut words = Map::default();
    for (keys, text, times) in texts {
        for key in *keys {
            *counts.entry(key.hash).or_insert(0) += times;
            words.entry(key.hash).or_insert(&text[key.start..key.end]);
        }
    }
    (counts, words)
}

/// Gives an item its terms, the heaviest first, and what those weigh.
fn weigh(record: &mut ItemRecord, counts: BTreeMap<u32, u32>, idf: &Map<u32, f64>) {
    let mut terms: Vec<(f64, u32)> = counts
        .into_iter()
        .map(|(term, count)| {
            let idf = idf.get(&term).copied().unwrap_or(0.0);
            let weight = idf * (1.0 + f64::from(count).ln());
            let is_name = record.names.contains(&term);
            (if is_name { weight * NAME_BOOST } else { weight }, term)
        })
        .collect();
    terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    terms.truncate(TERMS);
    let dense = record.language >> 24 == 4 || record.language >> 24 == 0;
    let heaviest = if dense { TOP_TERMS_UNSPACED } else { TOP_TERMS };
    let heaviest = &terms[..terms.len().min(heaviest)];
    let length = heaviest
        .iter()
        .map(|(weight, _)| weight * weight)
        .sum::<f64>()
        .sqrt();
    record.weights = heaviest
        .iter()
        .map(|(weight, _)| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let whole = (weight / length.max(f64::MIN_POSITIVE) * FIXED_POINT_SCALE).round() as u16;
            whole
        })
        .collect();
    record.terms = terms.into_iter().map(|(_, term)| term).collect();
}

/// "shares “Huamanga”, “gas” and 3 more words": the heaviest first, as the item has them.
pub(super) fn shared_words(reading: &ItemFeatures, shared: &[u32]) -> String {
    const NAMED: usize = 3;
    let words: Vec<String> = shared
        .iter()
        .filter_map(|term| reading.words.get(term))
        .take(NAMED)
        .map(|word| format!("“{word}”"))
        .collect();
    let more = shared.len() - words.len();
    match (more, &*words) {
        (0, []) => "shares no word".to_owned(),
        (1, []) => "shares 1 word".to_owned(),
        (more, []) => format!("shares {more} words"),
        (0, [one]) => format!("shares {one}"),
        (0, [first @ .., last]) => format!("shares {} and {last}", first.join(", ")),
        (1, words) => format!("shares {} and 1 more word", words.join(", ")),
        (more, words) => format!("shares {} and {more} more words", words.join(", ")),
    }
}

pub(super) const LEAD: u32 = 0x6c65_6164;
pub(super) const SERIES: u32 = 0x7365_7269;

pub(super) fn mix(outlet: u32, what: u32, kind: u32) -> u32 {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&outlet.to_le_bytes());
    bytes[4..8].copy_from_slice(&what.to_le_bytes());
    bytes[8..].copy_from_slice(&kind.to_le_bytes());
    hash(&bytes).max(1)
}

/// What an outlet says again and again: its leads and the forms of its headlines, each with the headline.
pub(super) fn habits(record: &ItemRecord) -> impl Iterator<Item = super::text::Ends> + use<> {
    let outlet = record.outlet;
    [
        (record.lead, LEAD, record.title),
        (record.series, SERIES, record.filling),
    ]
    .into_iter()
    .filter(|(what, _, _)| *what != 0)
    .map(move |(what, kind, rest)| super::text::Ends {
        leading: [mix(outlet, what, kind), rest],
        trailing: [0; 2],
    })
}

/// Words of headlines by which a toll grows.
static GROWS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "toll rise rises rising rose risen climbs climbed sube suben asciende ascienden aumenta aumentan eleva elevan \
         sobe sobem bilan alourdit passe augmente вырос* возрос* увелич* число ارتفاع ارتفع ارتفعت ترتفع يرتفع حصيلة",
    )
});

/// Terms of a headline that are no numbers.
fn headline(keys: &[TermKey], tokens: &[Token]) -> Box<[u32]> {
    let is_number = |key: &TermKey| {
        let at = tokens.partition_point(|token| token.end <= key.start);
        key.number || tokens.get(at).is_some_and(|token| token.kind != Kind::Word)
    };
    let terms: BTreeSet<u32> = keys
        .iter()
        .filter(|key| !is_number(key))
        .map(|key| key.hash)
        .collect();
    terms.into_iter().take(NAMES * 2).collect()
}

/// Whether the first word of a sentence is of the name that the next is of.
fn is_begun_name(pair: &[TermKey]) -> bool {
    matches!(pair, [first, next] if first.begins && first.capital && !first.number
        && next.capital && !next.begins && !next.number && next.start == first.end + 1)
}

/// Whether Most Words of a Headline Are Capitalised, which then tells no names.
pub(super) fn is_title_case(keys: &[TermKey]) -> bool {
    let words = keys.iter().filter(|key| !key.number && !key.begins);
    let capitals = words.clone().filter(|key| key.capital).count();
    let all = words.count();
    all >= 4 && capitals + usize::from(all >= 8) >= all
}

/// The form of a headline, numbers and names masked.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// 0 where there is none.
    pub hash: u32,
    /// What was masked.
    pub filling: u32,
    /// Whether a template may have made it.
    pub template: bool,
}

pub(super) fn mask(title: &str, keys: &[TermKey], language: u32) -> Form {
    let tells_names = !is_title_case(keys) && !language::has_capital_nouns(language);
    let (mut form, mut filling) = (Vec::with_capacity(64), Vec::with_capacity(32));
    let (mut content, mut numbers, mut names) = (0, 0, 0);
    for (at, key) in keys.iter().enumerate() {
        let is_name = key.capital && !key.begins || keys.get(at..at + 2).is_some_and(is_begun_name);
        let has_digit = title[key.start..key.end]
            .bytes()
            .any(|byte| byte.is_ascii_digit());
        if key.number || has_digit {
            numbers += 1;
            form.push(b'#');
            filling.extend(key.hash.to_le_bytes());
        } else if is_name && tells_names {
            // Names of any number of words are one place in the form.
            if form.last() != Some(&b'@') {
                form.push(b'@');
            }
            names += 1;
            filling.extend(key.hash.to_le_bytes());
        } else {
            content += 1;
            form.extend(key.hash.to_le_bytes());
        }
    }
    let masked = numbers + names;
    // A date alone is the form of nothing.
    let template = masked > 0
        && content > 0
        && (content <= 4 || masked >= content)
        && !(names > 0 && numbers <= 1 && content >= 3);
    if form.is_empty() {
        return Form::default();
    }
    Form {
        hash: hash(&form).max(1),
        filling: hash(&filling).max(1),
        template,
    }
}
