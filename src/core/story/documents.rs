//! The items of the window, by the numbers under which all else refers to them.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::item_record::ItemRecord;

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) item: i64,
    pub(super) story: i64,
    pub(super) seen: i64,
    pub(super) record: ItemRecord,
}

/// An item, and what is asked of thousands for each that comes.
#[derive(Debug, Default)]
struct Place {
    story: i64,
    feed: u32,
    document: Option<Box<Document>>,
}

/// Items in the order in which they were placed. A number is not given twice.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// The number of the first place.
    first: u32,
    places: VecDeque<Place>,
    /// By when they were seen, those that leave first before the others.
    leaving: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Documents {
    fn at(&self, number: u32) -> Option<usize> {
        usize::try_from(number.checked_sub(self.first)?).ok()
    }

    pub(super) fn get(&self, number: u32) -> Option<&Document> {
        self.places.get(self.at(number)?)?.document.as_deref()
    }

    /// The story and the feed of an item.
    pub(super) fn source(&self, number: u32) -> Option<(i64, u32)> {
        let place = self.places.get(self.at(number)?)?;
        place.document.as_ref()?;
        Some((place.story, place.feed))
    }

    /// The item goes on in another story.
    pub(super) fn move_to(&mut self, number: u32, story: i64) {
        if let Some(document) = self.take(number) {
            self.put(number, Document { story, ..document });
        }
    }

    /// A place for one more, unless the numbers have run out.
    pub(super) fn next(&mut self, seen: i64) -> Option<u32> {
        let number = self
            .first
            .checked_add(u32::try_from(self.places.len()).ok()?)
            .filter(|number| *number < u32::MAX)?;
        self.places.push_back(Place::default());
        self.leaving.push(Reverse((seen, number)));
        Some(number)
    }

    pub(super) fn put(&mut self, number: u32, document: Document) {
        let at = self.at(number);
        if let Some(place) = at.and_then(|at| self.places.get_mut(at)) {
            *place = Place {
                story: document.story,
                feed: document.record.feed,
                document: Some(Box::new(document)),
            };
        }
    }

    /// The number stays taken.
    pub(super) fn take(&mut self, number: u32) -> Option<Document> {
        let at = self.at(number)?;
        Some(*self.places.get_mut(at)?.document.take()?)
    }

    /// The next that was seen no later than that.
    pub(super) fn left(&mut self, by: i64) -> Option<u32> {
        while let Some(Reverse((seen, number))) = self.leaving.peek().copied() {
            if seen > by {
                break;
            }
            self.leaving.pop();
            if self
                .get(number)
                .is_some_and(|document| document.seen == seen)
            {
                return Some(number);
            }
        }
        while self
            .places
            .front()
            .is_some_and(|place| place.document.is_none())
        {
            self.places.pop_front();
            self.first += 1;
        }
        None
    }

    /// All of them, in order.
    pub(super) fn into_all(self) -> impl Iterator<Item = Document> {
        let documents = self.places.into_iter().filter_map(|place| place.document);
        documents.map(|document| *document)
    }
}
