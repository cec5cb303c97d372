//! The greatest few of many in bounded memory, and names that are kept once.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Names that occur again and again, each kept once.
#[derive(Debug, Default)]
pub(super) struct StringInterner {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl StringInterner {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// The greatest few of many.
pub(super) struct TopK<T> {
    limit: usize,
    heap: BinaryHeap<Reverse<T>>,
}

impl<T: Ord + Copy> TopK<T> {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            heap: BinaryHeap::new(),
        }
    }

    pub(super) fn offer(&mut self, value: T) {
        if self.heap.len() < self.limit {
            self.heap.push(Reverse(value));
        } else if let Some(mut least) = self.heap.peek_mut()
            && least.0 < value
        {
            *least = Reverse(value);
        }
    }

    pub(super) fn into_sorted(self) -> Vec<T> {
        // Ascending in what is reversed.
        self.heap
            .into_sorted_vec()
            .into_iter()
            .map(|Reverse(value)| value)
            .collect()
    }
}
