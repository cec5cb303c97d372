//! The places that hits are about, kept in memory: to read the text of each of a hundred thousand takes seconds.

use std::collections::{BTreeSet, HashMap};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::page::choose;
use super::{HitFilter, HitPredicate, HitRow, Key, Mark, Start};
use crate::core::place::{Gazetteer, MOST_PLACES, Scratch};
use crate::store::{Connection, StoreError};

/// Hits whose places are kept; of more, those are looked at each time.
const MOST_KEPT: usize = 1_000_000;

/// What hits are about, by one gazetteer.
pub struct PlacesOfHits {
    gazetteer: Box<dyn Deref<Target = Gazetteer> + Send + Sync>,
    kept: Mutex<PlacesCache>,
}

#[derive(Default)]
struct PlacesCache {
    /// By the number of the hit.
    hits: HashMap<i64, (Mark, PlaceNumbers)>,
    scratch: Scratch,
    ahead: LookaheadState,
}

/// How far it was looked ahead.
#[derive(Clone, Copy, Default)]
struct LookaheadState {
    /// Up to this hit all are known.
    known: Option<Key>,
    /// The newest hit, and the last, that are known of those behind it.
    round: Option<(Key, Key)>,
}

/// Numbers of places, from 1 on; 0 is none.
type PlaceNumbers = [u16; MOST_PLACES];

impl PlacesOfHits {
    /// Knows of no hit yet.
    pub fn new(gazetteer: impl Deref<Target = Gazetteer> + Send + Sync + 'static) -> Self {
        Self {
            gazetteer: Box::new(gazetteer),
            kept: Mutex::default(),
        }
    }

    /// The numbers of the places that a hit is about, as [`Gazetteer::about`] orders them.
    pub fn of(&self, hit: &HitRow) -> Vec<usize> {
        let mark = hit.mark();
        let mut scratch = {
            let mut kept = self.lock();
            if let Some(about) = kept.get(mark) {
                return numbers(about);
            }
            std::mem::take(&mut kept.scratch)
        };
        // Nobody waits for this. What fails inside the program fails each time, and is about no place.
        let about = catch_unwind(AssertUnwindSafe(|| {
            let about = self.gazetteer.about(&hit.document(), &mut scratch);
            (about, scratch)
        }));
        let (about, scratch) = about.unwrap_or_else(|_| {
            tracing::error!("the places of item {} cannot be read", hit.entry_id);
            Default::default()
        });
        let about: Vec<usize> = about.iter().map(|about| about.place).collect();
        let mut kept = self.lock();
        kept.scratch = scratch;
        let mut packed = PlaceNumbers::default();
        for (slot, place) in packed.iter_mut().zip(&about) {
            let Ok(number) = u16::try_from(place + 1) else {
                return about;
            };
            *slot = number;
        }
        // Hits that were let go are among them.
        if kept.hits.len() >= MOST_KEPT {
            kept.hits.clear();
        }
        kept.hits.insert(mark.key.id, (mark, packed));
        about
    }

    /// Admits hits about one of these places.
    pub fn only(&self, wanted: BTreeSet<usize>) -> impl HitPredicate + '_ {
        PlaceFilter {
            places: self,
            wanted,
        }
    }

    /// Looks at so many hits whose places are not known yet, the newest first. Gives how many those were: 0 once all
    /// are known, or as many as are kept.
    pub fn look_ahead(&self, connection: &Connection, limit: usize) -> Result<usize, StoreError> {
        let ahead = {
            let kept = self.lock();
            if kept.hits.len() >= MOST_KEPT {
                return Ok(0);
            }
            kept.ahead
        };
        let new = HitFilter {
            since: ahead.known.map(|key| key.found),
            ..HitFilter::default()
        };
        let from = ahead
            .round
            .map_or(Start::Newest, |(_, last)| Start::Before(last));
        let looked = choose(connection, &new, from, limit, &mut Unknown(self))?;
        let key = |(mark, _): &(Mark, _)| mark.key;
        self.lock().ahead = match (looked.first().map(key), looked.last().map(key)) {
            (Some(first), Some(last)) => LookaheadState {
                round: Some((ahead.round.map_or(first, |(first, _)| first), last)),
                ..ahead
            },
            _ => LookaheadState {
                known: ahead.round.map(|(first, _)| first).or(ahead.known),
                round: None,
            },
        };
        Ok(looked.len())
    }

    fn lock(&self) -> MutexGuard<'_, PlacesCache> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PlacesCache {
    fn get(&self, mark: Mark) -> Option<PlaceNumbers> {
        let (known, about) = self.hits.get(&mark.key.id)?;
        // The number of the last hit is given again once that is let go.
        (*known == mark).then_some(*about)
    }
}

fn numbers(about: PlaceNumbers) -> Vec<usize> {
    let places = about.into_iter().filter(|number| *number > 0);
    places.map(|number| usize::from(number) - 1).collect()
}

struct PlaceFilter<'a> {
    places: &'a PlacesOfHits,
    wanted: BTreeSet<usize>,
}

impl HitPredicate for PlaceFilter<'_> {
    fn known(&mut self, hit: Mark) -> Option<bool> {
        let about = self.places.lock().get(hit)?;
        let mut about = numbers(about).into_iter();
        Some(about.any(|place| self.wanted.contains(&place)))
    }

    fn admits(&mut self, hit: &HitRow) -> bool {
        let mut about = self.places.of(hit).into_iter();
        about.any(|place| self.wanted.contains(&place))
    }
}

/// Those whose places are not known.
struct Unknown<'a>(&'a PlacesOfHits);

impl HitPredicate for Unknown<'_> {
    fn known(&mut self, hit: Mark) -> Option<bool> {
        self.0.lock().get(hit).is_some().then_some(false)
    }

    fn admits(&mut self, hit: &HitRow) -> bool {
        self.0.of(hit);
        true
    }
}

impl std::fmt::Debug for PlacesOfHits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlacesOfHits")
            .finish_non_exhaustive()
    }
}
