//! The stories of the window. Most are of one item: such a story is made of it when it is asked for.

use std::borrow::Cow;

use super::cluster::StoryCluster;
use super::documents::Document;
use super::engine::Engine;
use super::item_record::ItemRecord;

impl Engine {
    /// The item that is all of its story, and its number.
    fn single(&self, story: i64) -> Option<(u32, &Document)> {
        let number = *self.items.get(&story)?;
        let document = self.get(number)?;
        let is_all = document.story == story && !self.stories.contains_key(&story);
        is_all.then_some((number, document))
    }

    pub(super) fn is_story(&self, story: i64) -> bool {
        self.stories.contains_key(&story) || self.single(story).is_some()
    }

    /// One without items, which says nothing, where there is none.
    pub(super) fn story(&self, story: i64) -> Cow<'_, StoryCluster> {
        if let Some(story) = self.stories.get(&story) {
            return Cow::Borrowed(story);
        }
        let mut made = StoryCluster::default();
        if let Some((number, document)) = self.single(story) {
            made.take(number, &document.record);
        }
        Cow::Owned(made)
    }

    /// When a story began and when its last item was reported, copies apart.
    pub(super) fn span(&self, story: i64) -> (i64, i64) {
        if let Some(story) = self.stories.get(&story) {
            return (story.began, story.last);
        }
        self.single(story).map_or((0, 0), |(_, document)| {
            (document.record.began, document.record.told())
        })
    }

    /// An item joins its story, and then is put where items are.
    pub(super) fn join(&mut self, number: u32, document: &Document) {
        let id = document.story;
        if !self.is_story(id) && document.item == id {
            return;
        }
        let mut story = match self.stories.remove(&id) {
            Some(story) => story,
            None => Box::new(self.story(id).into_owned()),
        };
        story.take(number, &document.record);
        self.stories.insert(id, story);
    }

    /// An item leaves its story, after it was taken from where items are.
    pub(super) fn leave(&mut self, number: u32, document: &Document) {
        let Some(story) = self.stories.get_mut(&document.story) else {
            return;
        };
        let record = &document.record;
        story.lose(number, record);
        if story.documents.is_empty() {
            self.stories.remove(&document.story);
            return;
        }
        let records = story.documents.iter();
        let records = records.filter_map(|number| Some(&self.documents.get(*number)?.record));
        if story.began >= record.began {
            let began = records.clone().map(|record| record.began);
            story.began = began.min().unwrap_or_default();
        }
        if story.last <= record.told() {
            let times = records.clone().map(ItemRecord::told);
            story.last = times.max().unwrap_or_default();
        }
        if let Some(first) = records.clone().next() {
            story.language = first.language;
        }
    }

    /// A story goes on in an older one.
    pub(super) fn unite(&mut self, newer: i64, older: i64) {
        let [from, mut into] = [newer, older].map(|story| self.story(story).into_owned());
        for number in &from.documents {
            self.documents.move_to(*number, older);
        }
        into.unite(from);
        let first = into.documents.first().copied();
        if let Some(first) = first.and_then(|number| self.documents.get(number)) {
            into.language = first.record.language;
        }
        self.stories.remove(&newer);
        self.stories.insert(older, Box::new(into));
    }
}
