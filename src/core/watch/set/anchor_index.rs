//! The watches by what must be there for them to match: which of them to look at for a document.

use std::collections::HashMap;

use crate::core::watch::anchor_table::{AnchorTable, Posting};
use crate::core::watch::occurrences::PatternOccurrences;
use crate::core::watch::prefilter::{Anchors, Key};
use crate::core::watch::site::domains;

/// The anchors of all watches, to be looked up for each document.
#[derive(Default)]
pub(super) struct AnchorIndex {
    words: AnchorTable,
    /// Postings in `words`, by pattern number.
    on_pattern: Vec<(u32, u32)>,
    /// The same by the number of a list and fields together.
    on_list: Vec<(u32, u32)>,
    on_site: HashMap<String, Vec<Posting>>,
    always: Vec<Posting>,
}

/// Anchors while they are gathered from watches.
#[derive(Default)]
pub(super) struct AnchorPostings {
    words: Vec<(u64, Posting)>,
    patterns: Vec<(u32, Posting)>,
    lists: Vec<(u32, Posting)>,
    sites: HashMap<String, Vec<Posting>>,
    always: Vec<Posting>,
}

impl AnchorPostings {
    /// Adds what a watch is to be looked at for.
    pub(super) fn add(&mut self, watch: u32, anchors: Anchors) {
        match anchors {
            Anchors::Never => {}
            Anchors::Always => self.always.push(Posting::new(watch, None)),
            Anchors::On(anchors) => {
                for anchor in anchors {
                    let posting = Posting::new(watch, anchor.guard.map(|guard| guard.bits));
                    match anchor.key {
                        Key::Word(hash) => self.words.push((hash, posting)),
                        Key::Pattern(pattern) => self.patterns.push((pattern, posting)),
                        Key::List(list) => self.lists.push((list, posting)),
                        Key::Site(domain) => {
                            self.sites.entry(domain).or_default().push(posting);
                        }
                    }
                }
            }
        }
    }

    /// The index of them; there are so many patterns, and so many numbers of lists and fields together.
    pub(super) fn index(self, patterns: usize, lists: usize) -> AnchorIndex {
        let mut words = AnchorTable::new(self.words);
        AnchorIndex {
            on_pattern: words.add_patterns(self.patterns, patterns),
            on_list: words.add_patterns(self.lists, lists),
            words,
            on_site: self.sites,
            always: self.always,
        }
    }
}

impl AnchorIndex {
    /// The range of postings of a folded word.
    #[inline]
    pub(super) fn of_word(&self, hash: u64) -> Option<(u32, u32)> {
        self.words.find(hash)
    }

    /// Adds the watches to look at for a document, some perhaps twice; `triggered` are the postings of its words.
    pub(super) fn candidates(
        &self,
        hits: &PatternOccurrences,
        triggered: &[(u32, u32)],
        host: Option<&str>,
        candidates: &mut Vec<u32>,
    ) {
        let mut post = |posting: &Posting| {
            if hits.signature.admits(posting.guard) {
                candidates.push(posting.watch);
            }
        };
        for &(from, to) in triggered {
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
        if let Some(host) = host.filter(|_| !self.on_site.is_empty()) {
            for domain in domains(host) {
                if let Some(list) = self.on_site.get(domain) {
                    list.iter().for_each(&mut post);
                }
            }
        }
        self.always.iter().for_each(&mut post);
    }
}
