//! Hits for people: an item with its watches, however many matched it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use jiff::Timestamp;

use crate::cli::output;
use crate::core::article::PageRead;
use crate::export::{HitWriter, headline, link, outlet};
use crate::store::hits::HitRow;

/// An item, and the watches that matched it, the last first.
struct Item {
    number: i64,
    found: Timestamp,
    outlet: String,
    title: String,
    about: String,
    link: String,
    watches: Vec<String>,
    /// Whether each of them found it later.
    later: bool,
    told: Option<String>,
}

/// The whole table is held, for its columns to be as wide as they must.
pub(super) struct Table {
    items: Vec<Item>,
    places: HashMap<i64, usize>,
    hits: usize,
    more: bool,
    /// With a column for how a mail told a hit.
    told: bool,
    columns: Option<usize>,
}

/// Beyond these the older ones are left out: a terminal is not where thousands are read.
const ITEMS_ON_TERMINAL: usize = 500;
/// No title is longer than this; a feed may put an article there.
const TITLE_CHARS: usize = 300;

/// Behind what was found in what was stored.
const LATER: &str = " (found later)";

impl Table {
    pub(super) fn new(told: bool) -> Self {
        Self {
            items: Vec::new(),
            places: HashMap::new(),
            hits: 0,
            more: false,
            told,
            columns: output::terminal_width(),
        }
    }

    /// A line an item.
    fn lines(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let mut headings = vec![
            "item", "found", "outlet", "places", "title", "watches", "link",
        ];
        if self.told {
            headings.insert(1, "told");
        }
        let row = |item: &Item| {
            let mut row = vec![
                item.number.to_string(),
                output::local_time(item.found),
                item.outlet.clone(),
                item.about.clone(),
                item.title.clone(),
                item.watches.join(", "),
                item.link.clone(),
            ];
            if self.told {
                row.insert(1, item.told.clone().unwrap_or_default());
            }
            row
        };
        (headings, self.items.iter().map(row).collect())
    }

    /// A block an item, within the columns of a terminal.
    fn blocks(&self, columns: usize) {
        let (heading, mark) = (output::HEADING, output::MARK);
        let numbers = self.items.iter().map(|item| item.number.to_string().len());
        let indent = numbers.max().unwrap_or(0).max("item".len()) + 2;
        let mut out = String::new();
        let _ = writeln!(out, "{heading}{:indent$}what was found{heading:#}", "item");
        for item in &self.items {
            let number = item.number.to_string();
            for (line, text) in output::wrapped(&item.title, columns - indent)
                .iter()
                .enumerate()
            {
                let front = if line == 0 { number.as_str() } else { "" };
                let _ = writeln!(out, "{front:indent$}{heading}{text}{heading:#}");
            }
            let mut about = item.outlet.clone();
            if !item.about.is_empty() {
                let _ = write!(about, " · {}", item.about);
            }
            let _ = write!(about, " · {}", output::local_time(item.found));
            if let Some(told) = &item.told {
                let _ = write!(about, " · told {told}");
            }
            for text in output::wrapped(&about, columns - indent) {
                let _ = writeln!(out, "{:indent$}{text}", "");
            }
            for text in output::wrapped(&item.watches.join(", "), columns - indent) {
                let _ = writeln!(out, "{:indent$}{mark}{text}{mark:#}", "");
            }
            if !item.link.is_empty() {
                let _ = writeln!(out, "{:indent$}{}", "", item.link);
            }
        }
        say_part!("{out}");
    }

    fn summary(&self) {
        say!(
            "{} in {}; why: newsvigil explain --watch ID --item N",
            output::count(self.hits, "hit"),
            output::count(self.items.len(), "item")
        );
        if self.more {
            say!("these are the newest; --since, --json or --csv give others");
        }
    }
}

impl HitWriter for Table {
    fn hit(&mut self, hit: &HitRow, places: &[&str], _: Option<&PageRead>) -> io::Result<()> {
        let mut watch = output::printable(&hit.watch_id, 64);
        if hit.in_article {
            watch.push_str(" (in the article)");
        }
        if hit.later {
            watch.push_str(LATER);
        }
        if let Some(place) = self.places.get(&hit.entry_id) {
            let item = &mut self.items[*place];
            if !item.watches.contains(&watch) {
                item.watches.push(watch);
            }
            item.later &= hit.later;
            self.hits += 1;
            return Ok(());
        }
        if self.columns.is_some() && self.items.len() == ITEMS_ON_TERMINAL {
            self.more = true;
            return Ok(());
        }
        let mut title = output::printable(&headline(hit), TITLE_CHARS);
        if hit.backlog && !hit.later {
            title.push_str(" (older than the backlog, not mailed)");
        }
        let told = hit.told.as_deref().map(|told| match told {
            "full" => "in full",
            "headline" => "as a headline",
            _ => "by count",
        });
        self.hits += 1;
        self.places.insert(hit.entry_id, self.items.len());
        self.items.push(Item {
            number: hit.entry_id,
            found: hit.found,
            outlet: output::printable(outlet(hit), 60),
            title,
            about: places.join(", "),
            link: output::printable(&link(hit), usize::MAX),
            watches: vec![watch],
            later: hit.later,
            told: told.map(str::to_owned),
        });
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.items.is_empty() {
            say!("no hits");
            return Ok(());
        }
        // Behind the title where it is true of the whole item, else behind the watches that it is true of.
        for item in self.items.iter_mut().filter(|item| item.later) {
            item.title.push_str(LATER);
            for watch in &mut item.watches {
                watch.truncate(watch.len() - LATER.len());
            }
        }
        let (headings, rows) = self.lines();
        let Some(columns) = self.columns else {
            say_part!("{}", output::table(&headings, &rows));
            return Ok(());
        };
        match output::fitting_table(&headings, &rows, columns) {
            Some(table) => say_part!("{table}"),
            None => self.blocks(columns),
        }
        self.summary();
        Ok(())
    }
}
