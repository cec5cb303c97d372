//! A set of watches, compiled once and asked for every document.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::body_only::{BodyOnly, asks_for_text};
use super::clitics::may_have;
use super::cost;
use super::document_index::{Index, hash, number};
use super::evaluate::{Evaluation, Remembered};
use super::list_matches::Attached;
use super::occurrences::{Hits, LISTED, Occurrence, Source};
use super::patterns::{MemoOf, Memos, Patterns};
use super::prefilter::{Anchors, Key, anchors};
use super::program::{Compiler, NodeId, Program};
use super::score::{MOST_COUNTED, ScoreTerm, points};
use super::signature::word_bit;
use super::span::{MAX_SPANS, Span};
use super::stem::{language_number, primary_language};
use super::syntax::Query;
use super::term_index::{AnchorTable, Posting};
use crate::core::document::{Document, Field};
use crate::core::feed::links::target;

/// A watch as the matcher sees it.
#[derive(Clone, Debug)]
pub struct WatchSpec {
    /// Stable name.
    pub id: String,
    /// What must match.
    pub query: Query,
    /// Languages of items, as BCP 47 tags; empty for any. An item without a language passes.
    pub languages: Vec<String>,
    /// Ids of feeds; none for all. An item without a feed passes.
    pub feeds: Option<BTreeSet<String>>,
    /// Terms that add to or take from the score of an item that matches.
    pub score: Vec<ScoreTerm>,
    /// The least score that makes an item that matches a match.
    pub threshold: Option<i64>,
}

/// A document that a watch found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index of the watch in the list that was compiled.
    pub watch: usize,
    /// Sum of the score table; 0 without one.
    pub score: i64,
    /// The terms that made it match, in order of field and place, each once; the first [`MAX_SPANS`].
    pub spans: Vec<Span>,
    /// To decide it would have taken more steps than are spent on an item and a watch: it may match or
    /// not, and there are neither score nor spans. [`super::overweight`] foresees which watches this can
    /// happen to.
    pub undecided: bool,
    /// Where it stands, if it would be none by the top of the item alone. None for a watch that asks for the
    /// `text:` anyway.
    pub body_only: Option<BodyOnly>,
}

/// Watches compiled together. Immutable; one set serves any number of threads.
pub struct WatchSet {
    seed: u64,
    program: Program,
    patterns: Patterns,
    lists: Attached,
    watches: Vec<Watch>,
    words: AnchorTable,
    /// Postings in `words`, by pattern number.
    on_pattern: Vec<(u32, u32)>,
    /// The same by the number of a list and fields together.
    on_list: Vec<(u32, u32)>,
    on_site: HashMap<String, Vec<Posting>>,
    always: Vec<Posting>,
    languages: HashMap<String, u32>,
    feeds: HashMap<String, u32>,
}

struct Watch {
    root: NodeId,
    languages: Box<[u32]>,
    feeds: Option<Arc<[u32]>>,
    score: Box<[(Source, i64)]>,
    threshold: Option<i64>,
    asks_for_text: bool,
}

/// Working memory of one thread, kept from one document to the next.
#[derive(Default)]
pub struct Scratch {
    index: Index,
    hits: Hits,
    memos: Memos,
    triggered: Vec<(u32, u32)>,
    candidates: Vec<u32>,
    occurrences: Vec<Occurrence>,
    remembered: Remembered,
}

impl WatchSet {
    /// Compiles watches.
    pub fn compile(specs: &[WatchSpec]) -> Self {
        // Against words chosen to collide; what matches does not depend on it.
        let seed = RandomState::new().hash_one("newsvigil");
        let mut set = Self {
            seed,
            program: Program::default(),
            patterns: Patterns::new(seed),
            lists: Attached::default(),
            watches: Vec::with_capacity(specs.len()),
            words: AnchorTable::default(),
            on_pattern: Vec::new(),
            on_list: Vec::new(),
            on_site: HashMap::new(),
            always: Vec::new(),
            languages: HashMap::new(),
            feeds: HashMap::new(),
        };
        let (mut known, mut parts) = (HashMap::new(), HashMap::new());
        let mut words: Vec<(u64, Posting)> = Vec::new();
        let mut patterns: Vec<(u32, Posting)> = Vec::new();
        let mut lists: Vec<(u32, Posting)> = Vec::new();
        let mut feed_lists: HashMap<&BTreeSet<String>, Arc<[u32]>> = HashMap::new();
        for (spec, watch) in specs.iter().zip(0_u32..) {
            let mut compiler = Compiler {
                program: &mut set.program,
                patterns: &mut set.patterns,
                lists: &mut set.lists,
                known: &mut known,
                parts: &mut parts,
                seed,
            };
            let root = compiler.query(&spec.query.root);
            let score = spec
                .score
                .iter()
                .map(|entry| (compiler.counted(&entry.counted), entry.weight))
                .collect();
            let found = anchors(&spec.query.root, &mut set.patterns, &mut set.lists, seed);
            match found {
                Anchors::Never => {}
                Anchors::Always => set.always.push(Posting::new(watch, None)),
                Anchors::On(anchors) => {
                    for anchor in anchors {
                        let posting = Posting::new(watch, anchor.guard.map(|guard| guard.bits));
                        match anchor.key {
                            Key::Word(hash) => words.push((hash, posting)),
                            Key::Pattern(pattern) => patterns.push((pattern, posting)),
                            Key::List(list) => lists.push((list, posting)),
                            Key::Site(domain) => {
                                set.on_site.entry(domain).or_default().push(posting);
                            }
                        }
                    }
                }
            }
            let feeds = spec.feeds.as_ref().map(|feeds| {
                let numbers = &mut set.feeds;
                feed_lists
                    .entry(feeds)
                    .or_insert_with(|| {
                        let mut list: Vec<u32> =
                            feeds.iter().map(|feed| intern(numbers, feed)).collect();
                        list.sort_unstable();
                        list.into()
                    })
                    .clone()
            });
            let languages = spec
                .languages
                .iter()
                .filter_map(|tag| primary_language(tag))
                .map(|language| intern(&mut set.languages, &language))
                .collect();
            set.watches.push(Watch {
                root,
                languages,
                feeds,
                score,
                threshold: spec.threshold,
                asks_for_text: asks_for_text(&spec.query.root),
            });
        }
        set.words = AnchorTable::new(words);
        set.on_pattern = set.words.add_patterns(patterns, set.patterns.len());
        set.on_list = set.words.add_patterns(lists, set.lists.places());
        set
    }

    /// How many watches there are.
    pub fn len(&self) -> usize {
        self.watches.len()
    }

    /// Whether there is no watch.
    pub fn is_empty(&self) -> bool {
        self.watches.is_empty()
    }

    /// The watches that match a document, in the order in which they were compiled.
    pub fn matches(&self, document: &Document, scratch: &mut Scratch) -> Vec<Match> {
        let host = self.read(document, scratch);
        let gate = self.gate(document);
        let mut candidates = std::mem::take(&mut scratch.candidates);
        candidates.clear();
        let hits = &scratch.hits;
        let mut post = |posting: &Posting| {
            if hits.signature.admits(posting.guard) {
                candidates.push(posting.watch);
            }
        };
        for &(from, to) in &scratch.triggered {
            self.words.postings(from, to).iter().for_each(&mut post);
        }
        for &pattern in hits.words.patterns.iter().chain(&hits.positions.patterns) {
            if let Some(&(from, to)) = self.on_pattern.get(pattern as usize) {
                self.words.postings(from, to).iter().for_each(&mut post);
            }
        }
        if hits.listed.overrun {
            let all = self.on_list.iter();
            let all = all.flat_map(|&(from, to)| self.words.postings(from, to));
            all.for_each(&mut post);
        }
        for &place in &hits.listed.places {
            if let Some(&(from, to)) = self.on_list.get(place as usize) {
                self.words.postings(from, to).iter().for_each(&mut post);
            }
        }
        if let Some(host) = host.as_deref().filter(|_| !self.on_site.is_empty()) {
            for domain in domains(host) {
                if let Some(list) = self.on_site.get(domain) {
                    list.iter().for_each(&mut post);
                }
            }
        }
        self.always.iter().for_each(&mut post);
        // In the order in which the watches lie in the memory, which is that of the matches too.
        candidates.sort_unstable();
        candidates.dedup();
        let mut occurrences = std::mem::take(&mut scratch.occurrences);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let found = candidates
            .iter()
            .filter_map(|&watch| self.look(&evaluation, watch as usize, gate, &mut occurrences))
            .collect();
        scratch.occurrences = occurrences;
        scratch.candidates = candidates;
        found
    }

    /// Whether one watch matches a document; none when it does not, or when there is no such watch.
    pub fn matches_one(
        &self,
        watch: usize,
        document: &Document,
        scratch: &mut Scratch,
    ) -> Option<Match> {
        let host = self.read(document, scratch);
        let mut occurrences = std::mem::take(&mut scratch.occurrences);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let found = self.look(&evaluation, watch, self.gate(document), &mut occurrences);
        scratch.occurrences = occurrences;
        found
    }

    /// What each watch makes of a document, without looking for anchors first.
    pub(super) fn each(&self, document: &Document, scratch: &mut Scratch) -> Vec<Option<Match>> {
        let host = self.read(document, scratch);
        let mut occurrences = std::mem::take(&mut scratch.occurrences);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let gate = self.gate(document);
        let found = (0..self.watches.len())
            .map(|watch| self.look(&evaluation, watch, gate, &mut occurrences))
            .collect();
        scratch.occurrences = occurrences;
        found
    }

    /// Puts a question about the root of a watch to a document.
    pub(super) fn ask<R: Default>(
        &self,
        watch: usize,
        document: &Document,
        scratch: &mut Scratch,
        question: impl FnOnce(&Evaluation<'_>, NodeId) -> R,
    ) -> R {
        let host = self.read(document, scratch);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let watch = self.watches.get(watch);
        watch
            .map(|watch| question(&evaluation, watch.root))
            .unwrap_or_default()
    }

    fn evaluation<'a>(
        &'a self,
        document: &'a Document,
        scratch: &'a Scratch,
        host: Option<&'a str>,
    ) -> Evaluation<'a> {
        Evaluation {
            program: &self.program,
            document,
            index: &scratch.index,
            hits: &scratch.hits,
            host,
            steps: Cell::new(cost::steps(scratch.index.words())),
            remembered: &scratch.remembered,
            top: OnceCell::new(),
            paragraphs: OnceCell::new(),
        }
    }

    /// Indexes a document, finds the anchors, stems and wildcards that it holds, and fills its
    /// signature; returns its host.
    fn read(&self, document: &Document, scratch: &mut Scratch) -> Option<String> {
        let Scratch {
            index,
            hits,
            memos,
            triggered,
            remembered,
            ..
        } = scratch;
        remembered.clear(self.program.remembered);
        index.build(document, self.program.fields, self.seed);
        let own = self.patterns.len();
        hits.clear(own + self.lists.patterns(), self.lists.len());
        triggered.clear();
        let code = document.language.as_deref().and_then(primary_language);
        let language = code.as_deref();
        let clitics = may_have(language);
        let certain = language.filter(|_| document.language_certain);
        let language = language.and_then(language_number);
        let stems = self
            .patterns
            .has_stems()
            .then(|| self.patterns.stems(language));
        let kind = MemoOf {
            language,
            clitics,
            certain: certain.map(|code| self.lists.language(code)),
        };
        let memo = memos.of(self.seed, kind);
        for entry in index.entries() {
            hits.signature.set(word_bit(entry.hash));
        }
        let entries = index.entries().iter().zip(0_u32..);
        memo.each(
            entries,
            |(entry, _)| entry.hash,
            |(entry, _), patterns| {
                let folded = index.folded(entry);
                self.patterns.of_folded(folded, stems, clitics, patterns);
                self.lists
                    .of_folded(folded, certain, clitics, own, patterns);
                self.words.find(entry.hash).unwrap_or((0, 0))
            },
            |(_, word), anchors, patterns| {
                if anchors.0 < anchors.1 {
                    triggered.push(anchors);
                }
                for &pattern in patterns {
                    hits.words.add(pattern, word);
                }
            },
        );
        let stems = stems.filter(|_| language.is_some());
        if stems.is_some() || !self.lists.is_empty() {
            let index = &*index;
            let written = |at: u32| {
                let (from, to) = index.bytes_at(at);
                let text = super::document_index::text_of(document, index.part_of(at).field);
                text.get(from as usize..to as usize).unwrap_or_default()
            };
            memo.each(
                index.marked.iter().copied(),
                // Another seed, for the same letters as a folded word lead to something else.
                |at| hash(written(at).as_bytes(), !self.seed),
                |at, patterns| {
                    if let Some(stems) = stems {
                        patterns.extend_from_slice(stems.of_written(written(at)));
                    }
                    self.lists.of_written(written(at), certain, own, patterns);
                    (0, 0)
                },
                |at, _, patterns| {
                    for &pattern in patterns {
                        hits.positions.add(pattern, at);
                    }
                },
            );
        }
        hits.settle();
        if !self.lists.is_empty() {
            self.lists.find(document, index, hits, own);
        }
        let sites = !self.program.sites.is_empty();
        let address = document.url.as_deref().filter(|_| sites);
        address.and_then(|address| host_of(&target(address)))
    }

    fn gate(&self, document: &Document) -> Gate {
        let unknown = u32::MAX;
        let language = document.language.as_deref().and_then(primary_language);
        Gate {
            language: language
                .map(|language| self.languages.get(&language).copied().unwrap_or(unknown)),
            feed: document
                .feed
                .as_ref()
                .map(|feed| self.feeds.get(feed).copied().unwrap_or(unknown)),
        }
    }

    fn look(
        &self,
        evaluation: &Evaluation<'_>,
        number: usize,
        gate: Gate,
        occurrences: &mut Vec<Occurrence>,
    ) -> Option<Match> {
        let watch = self.watches.get(number)?;
        if !gate.admits(watch) {
            return None;
        }
        let undecided = Match {
            watch: number,
            score: 0,
            spans: Vec::new(),
            undecided: true,
            body_only: None,
        };
        let steps = cost::steps(evaluation.index.words());
        evaluation.steps.set(steps);
        let holds = evaluation.holds(watch.root);
        if evaluation.exhausted() {
            return Some(undecided);
        }
        if !holds {
            return None;
        }
        let score = watch
            .score
            .iter()
            .map(|&(source, weight)| score_of(evaluation, source, weight))
            .fold(0, i64::saturating_add);
        if evaluation.exhausted() {
            return Some(undecided);
        }
        if watch.threshold.is_some_and(|threshold| score < threshold) {
            return None;
        }
        occurrences.clear();
        evaluation.contributions(watch.root, occurrences);
        // Positions go up from field to field as fields do, so sorting numbers sorts spans; only terms at
        // the same place are left.
        occurrences.sort_unstable();
        occurrences.dedup();
        occurrences.truncate(MAX_SPANS);
        let mut spans: Vec<Span> = Vec::with_capacity(occurrences.len());
        spans.extend(
            occurrences
                .iter()
                .filter_map(|&one| self.span_of(evaluation, one)),
        );
        let place = |one: &Occurrence| (one.start, one.end);
        if occurrences
            .windows(2)
            .any(|two| place(&two[0]) == place(&two[1]))
        {
            spans.sort_unstable();
            spans.dedup();
        }
        let body_only = if watch.asks_for_text {
            None
        } else {
            evaluation.body_only(watch.root, &spans)
        };
        Some(Match {
            watch: number,
            score,
            spans,
            undecided: false,
            body_only,
        })
    }

    fn span_of(&self, evaluation: &Evaluation<'_>, occurrence: Occurrence) -> Option<Span> {
        let index = evaluation.index;
        let (start, end) = if occurrence.joined {
            index.joined_bytes(occurrence.start, occurrence.end)
        } else {
            let start = index.bytes_at(occurrence.start).0;
            (start, index.bytes_at(occurrence.end).1)
        };
        let (term, list) = if occurrence.leaf & LISTED == 0 {
            (&evaluation.leaf(occurrence.leaf)?.name, None)
        } else {
            let (word, list) = self.lists.name(occurrence.leaf)?;
            (word, Some(list.clone()))
        };
        Some(Span {
            field: index.part_of(occurrence.start).field,
            start: start as usize,
            end: end as usize,
            term: term.clone(),
            list,
        })
    }
}

fn score_of(evaluation: &Evaluation<'_>, source: Source, weight: i64) -> i64 {
    let (mut title, mut body) = (0_usize, 0_usize);
    evaluation.each(source, &mut |occurrence| {
        match evaluation.index.part_of(occurrence.start).field {
            Field::Title => title += 1,
            _ => body += 1,
        }
        // The title comes first.
        body < MOST_COUNTED
    });
    points(weight, title, body)
}

/// What is known of a document's language and feed, as numbers of the set.
#[derive(Clone, Copy)]
struct Gate {
    language: Option<u32>,
    feed: Option<u32>,
}

impl Gate {
    /// A restriction excludes only what is known to lie outside it.
    fn admits(self, watch: &Watch) -> bool {
        let language = self.language.is_none_or(|language| {
            watch.languages.is_empty() || watch.languages.contains(&language)
        });
        let feed = self.feed.is_none_or(|feed| {
            let feeds = watch.feeds.as_ref();
            feeds.is_none_or(|feeds| feeds.binary_search(&feed).is_ok())
        });
        language && feed
    }
}

fn intern(numbers: &mut HashMap<String, u32>, name: &str) -> u32 {
    let next = number(numbers.len());
    *numbers.entry(name.to_owned()).or_insert(next)
}

/// The host of an absolute address, in lower case; names beyond ASCII in their IDNA form (RFC 5890),
/// absolute ones without their last dot (RFC 1034, section 3.1).
fn host_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.host_str()?.trim_end_matches('.').to_owned())
}

/// A host and the domains it lies under: `www.example.org`, `example.org`, `org`.
fn domains(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |rest| {
        rest.split_once('.').map(|(_, rest)| rest)
    })
}
