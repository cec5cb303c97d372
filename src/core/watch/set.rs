//! A set of watches, compiled once and asked for every document.

mod anchor_index;
mod decision;
mod memo;
mod restrictions;

pub use decision::Match;

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use super::body_only::asks_for_text;
use super::clitics::may_have;
use super::compiler::Compiler;
use super::cost;
use super::document_index::DocumentIndex;
use super::evaluate::{Evaluation, Remembered};
use super::list_matches::{AttachedLists, WordLanguage};
use super::occurrences::{Occurrence, PatternOccurrences};
use super::patterns::{Patterns, StemTable};
use super::prefilter::prefilter_keys;
use super::program::{NodeId, Program};
use super::score::ScoreTerm;
use super::signature::word_bit;
use super::site::host_of;
use super::stem::language_number;
use super::syntax::Query;
use super::word_hash::hash;
use crate::core::document::Document;
use crate::core::feed::links::target;
use crate::core::language::primary_language;
use anchor_index::{AnchorIndex, AnchorPostings};
use decision::Watch;
use memo::{FormCache, MemoKey};
use restrictions::{DocumentScope, Restrictions};

/// A watch as the matcher sees it.
#[derive(Clone, Debug)]
pub struct WatchSpec {
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

impl From<Query> for WatchSpec {
    fn from(query: Query) -> Self {
        Self {
            query,
            languages: Vec::new(),
            feeds: None,
            score: Vec::new(),
            threshold: None,
        }
    }
}

/// Watches compiled together. Immutable; one set serves any number of threads.
pub struct WatchSet {
    seed: u64,
    program: Program,
    patterns: Patterns,
    lists: AttachedLists,
    watches: Vec<Watch>,
    anchors: AnchorIndex,
    restrictions: Restrictions,
}

/// Working memory of one thread, kept from one document to the next.
#[derive(Default)]
pub struct Scratch {
    index: DocumentIndex,
    hits: PatternOccurrences,
    memos: FormCache,
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
            lists: AttachedLists::default(),
            watches: Vec::with_capacity(specs.len()),
            anchors: AnchorIndex::default(),
            restrictions: Restrictions::default(),
        };
        let (mut known, mut parts) = (HashMap::new(), HashMap::new());
        let mut postings = AnchorPostings::default();
        let mut feed_lists = HashMap::new();
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
            let found = prefilter_keys(&spec.query.root, &mut set.patterns, &mut set.lists, seed);
            postings.add(watch, found);
            let feeds = spec.feeds.as_ref();
            set.watches.push(Watch {
                root,
                restriction: set
                    .restrictions
                    .number(&spec.languages, feeds, &mut feed_lists),
                score,
                threshold: spec.threshold,
                asks_for_text: asks_for_text(&spec.query.root),
            });
        }
        set.anchors = postings.index(set.patterns.len(), set.lists.places());
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
        let scope = self.restrictions.scope(document);
        let mut candidates = std::mem::take(&mut scratch.candidates);
        candidates.clear();
        let (hits, triggered) = (&scratch.hits, &scratch.triggered);
        self.anchors
            .candidates(hits, triggered, host.as_deref(), &mut candidates);
        // In the order in which the watches lie in the memory, which is that of the matches too.
        candidates.sort_unstable();
        candidates.dedup();
        let mut occurrences = std::mem::take(&mut scratch.occurrences);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let found = candidates
            .iter()
            .filter_map(|&watch| self.decide(&evaluation, watch as usize, scope, &mut occurrences))
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
        let scope = self.restrictions.scope(document);
        let found = self.decide(&evaluation, watch, scope, &mut occurrences);
        scratch.occurrences = occurrences;
        found
    }

    /// What each watch makes of a document, without looking for anchors first.
    pub(super) fn each(&self, document: &Document, scratch: &mut Scratch) -> Vec<Option<Match>> {
        let host = self.read(document, scratch);
        let mut occurrences = std::mem::take(&mut scratch.occurrences);
        let evaluation = self.evaluation(document, scratch, host.as_deref());
        let scope = self.restrictions.scope(document);
        let found = (0..self.watches.len())
            .map(|watch| self.decide(&evaluation, watch, scope, &mut occurrences))
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

    fn decide(
        &self,
        evaluation: &Evaluation<'_>,
        number: usize,
        scope: DocumentScope,
        occurrences: &mut Vec<Occurrence>,
    ) -> Option<Match> {
        let watch = self.watches.get(number)?;
        if !scope.admits(&watch.restriction) {
            return None;
        }
        watch.decide(number, evaluation, &self.lists, occurrences)
    }

    /// Indexes a document, finds the anchors, stems and wildcards that it holds, and fills its
    /// signature; returns its host.
    fn read(&self, document: &Document, scratch: &mut Scratch) -> Option<String> {
        let own = self.patterns.len();
        scratch.remembered.clear(self.program.remembered);
        scratch
            .index
            .build(document, self.program.fields, self.seed);
        scratch
            .hits
            .clear(own + self.lists.patterns(), self.lists.len());
        scratch.triggered.clear();
        for entry in scratch.index.entries() {
            scratch.hits.signature.set(word_bit(entry.hash));
        }
        let code = document.language.as_deref().and_then(primary_language);
        let language = self.language(code.as_deref(), document.language_certain);
        self.fit_folded(&language, scratch);
        self.fit_written(document, &language, scratch);
        let Scratch { index, hits, .. } = scratch;
        hits.settle();
        if !self.lists.is_empty() {
            self.lists.find(document, index, hits, own);
        }
        let sites = !self.program.sites.is_empty();
        let address = document.url.as_deref().filter(|_| sites);
        address.and_then(|address| host_of(&target(address)))
    }

    /// What this set has for a language, given by its primary subtag.
    fn language<'a>(&'a self, code: Option<&'a str>, certain: bool) -> Language<'a> {
        let clitics = may_have(code);
        let certain = code.filter(|_| certain);
        let number = code.and_then(language_number);
        Language {
            memo: MemoKey {
                language: number,
                clitics,
                certain: certain.map(|code| self.lists.language(code)),
            },
            words: WordLanguage { certain, clitics },
            stems: self.patterns.own_stems(number),
        }
    }

    /// Finds the anchors that the distinct words of a document are, and the patterns that they fit.
    fn fit_folded(&self, language: &Language<'_>, scratch: &mut Scratch) {
        let Scratch {
            index,
            hits,
            memos,
            triggered,
            ..
        } = scratch;
        let own = self.patterns.len();
        memos.of(self.seed, language.memo).each(
            index.entries().iter().zip(0_u32..),
            |(entry, _)| entry.hash,
            |(entry, _), patterns| {
                let folded = index.folded(entry);
                let words = language.words;
                self.patterns
                    .of_folded(folded, language.stems, words.clitics, patterns);
                self.lists.of_folded(folded, words, own, patterns);
                self.anchors.of_word(entry.hash).unwrap_or((0, 0))
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
    }

    /// Finds the patterns that words fit only with their accents.
    fn fit_written(&self, document: &Document, language: &Language<'_>, scratch: &mut Scratch) {
        let stems = language.stems.filter(|_| language.memo.language.is_some());
        if stems.is_none() && self.lists.is_empty() {
            return;
        }
        let Scratch {
            index, hits, memos, ..
        } = scratch;
        let index = &*index;
        let own = self.patterns.len();
        let written = |at: u32| index.text_at(document, at);
        memos.of(self.seed, language.memo).each(
            index.marked.iter().copied(),
            // Another seed, for the same letters as a folded word lead to something else.
            |at| hash(written(at).as_bytes(), !self.seed),
            |at, patterns| {
                if let Some(stems) = stems {
                    patterns.extend_from_slice(stems.of_written(written(at)));
                }
                let certain = language.words.certain;
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
}

/// What the language of a document decides about its words.
struct Language<'a> {
    memo: MemoKey,
    words: WordLanguage<'a>,
    /// Of the patterns of the set itself; none where it has no stems.
    stems: Option<&'a StemTable>,
}
