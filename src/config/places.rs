//! `places.toml`: countries and territories, and the words by which an item names them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::languages::codes;
use super::names::unknown_reference;
use super::problem::{Problem, Problems, Source, SourceSpan};
use super::source::{read_file, with_root};
use super::table::{Located, TableReader};
use crate::core::place::{Gazetteer, GazetteerSpec, PlaceSpec, RegionSpec, WordList, word_mistake};

/// The file, in the folder of the configuration.
pub(super) const FILE: &str = "places.toml";

/// What is in force without the file.
const SHIPPED: &str = include_str!("../../config/places.toml");

/// Compiled once, as many commands load many configurations.
static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut problems = Problems::default();
    problems.sources.push(Source {
        path: FILE.into(),
        text: SHIPPED.to_owned(),
    });
    read_source(&mut problems, 0)
});

/// What items can be about. The places of the program are compiled when they are first asked for, which
/// takes longer than everything else at a start; most commands never ask.
#[derive(Clone, Default)]
pub struct Places {
    /// None for those of the program.
    of_file: Option<Arc<Gazetteer>>,
}

impl Deref for Places {
    type Target = Gazetteer;

    fn deref(&self) -> &Gazetteer {
        self.of_file.as_deref().unwrap_or_else(|| &BUILT_IN)
    }
}

impl From<Gazetteer> for Places {
    fn from(places: Gazetteer) -> Self {
        Self {
            of_file: Some(Arc::new(places)),
        }
    }
}

/// The places of the folder's file; those of the program where there is none.
pub(super) fn read(problems: &mut Problems, folder: &Path) -> Places {
    let path = folder.join(FILE);
    if path.symlink_metadata().is_err() {
        return Places::default();
    }
    let Some(source) = read_file(problems, &path) else {
        return Gazetteer::default().into();
    };
    if problems.sources[source].text == SHIPPED {
        return Places::default();
    }
    let gazetteer = read_source(problems, source);
    // What could not be read of it may be there after all.
    if problems.torn.contains(&source) {
        return Gazetteer::default().into();
    }
    gazetteer.into()
}

fn read_source(problems: &mut Problems, source: usize) -> Gazetteer {
    let spec = with_root(problems, source, FILE, |problems, root| {
        let aside = root.table(problems, "aside", "[aside]");
        let aside = aside.map_or_else(Vec::new, |mut table| {
            let lists = read_languages(problems, &mut table);
            table.finish(problems);
            lists
        });
        let mut ids = BTreeMap::new();
        let places = root.tables(problems, "place", "[[place]]");
        if places.is_empty() {
            let place = SourceSpan { source, span: 0..0 };
            problems.push(
                Problem::warning(place, "no [[place]], so no item is about any place")
                    .with_help("without the file, the places that the program brings are in force"),
            );
        }
        let places = places
            .into_iter()
            .filter_map(|table| read_place(problems, &mut ids, table))
            .collect();
        let regions = root.tables(problems, "region", "[[region]]");
        let regions: Vec<_> = regions
            .into_iter()
            .filter_map(|table| read_region(problems, &mut ids, table))
            .collect();
        check_members(problems, &ids, &regions);
        GazetteerSpec {
            places,
            regions: regions.into_iter().map(|(region, _)| region).collect(),
            aside,
        }
    });
    Gazetteer::new(spec)
}

/// Ids, and where each was first given.
type Ids = BTreeMap<String, SourceSpan>;

fn read_place(
    problems: &mut Problems,
    ids: &mut Ids,
    mut table: TableReader<'_>,
) -> Option<PlaceSpec> {
    let id = read_id(problems, ids, &mut table);
    let any = read_words(problems, &mut table, "any");
    let mut words = vec![WordList {
        language: None,
        words: any,
    }];
    words.extend(read_languages(problems, &mut table));
    let weak = read_words(problems, &mut table, "weak");
    let within = table.string(problems, "within");
    let states = read_words(problems, &mut table, "states");
    let not = read_words(problems, &mut table, "not");
    let lists = words.iter().map(|list| list.words.len()).sum::<usize>();
    if lists + weak.len() + states.len() == 0 {
        problems.error(
            table.header(),
            "this place has no words, so nothing names it",
            "add any = [\"its name\"], or leave the place out",
        );
    }
    table.finish(problems);
    Some(PlaceSpec {
        id: id?,
        words,
        weak,
        within: within.as_ref().map(|country| country.value.clone()),
        states,
        not,
    })
}

fn read_region(
    problems: &mut Problems,
    ids: &mut Ids,
    mut table: TableReader<'_>,
) -> Option<(RegionSpec, Vec<Located<String>>)> {
    let id = read_id(problems, ids, &mut table);
    let title = table.string(problems, "title");
    let members = table.strings(problems, "places").unwrap_or_default();
    if members.is_empty() {
        problems.error(
            table.header(),
            "this region has no `places`",
            "name its places by their ids, as in places = [\"GT\", \"HN\"]",
        );
    }
    table.finish(problems);
    let id = id?;
    let region = RegionSpec {
        title: title.map_or_else(|| id.clone(), |title| title.value),
        places: members.iter().map(|member| member.value.clone()).collect(),
        id,
    };
    Some((region, members))
}

fn read_id(problems: &mut Problems, ids: &mut Ids, table: &mut TableReader<'_>) -> Option<String> {
    let id = table.required_string(problems, "id")?;
    if let Some(first) = ids.get(&id.value) {
        let message = format!("the id `{}` is given twice", id.value);
        let mut problem = Problem::error(id.place, message)
            .with_help("put the words of both together, or give one another id");
        problem.related = Some((first.clone(), "first here".to_owned()));
        problems.push(problem);
        return None;
    }
    ids.insert(id.value.clone(), id.place);
    Some(id.value)
}

/// The lists under codes of languages. `id` is the place's own name, and so no list in Indonesian.
fn read_languages(problems: &mut Problems, table: &mut TableReader<'_>) -> Vec<WordList> {
    let mut lists = Vec::new();
    for code in codes().filter(|code| *code != "id") {
        if table.place_of_key(code).is_none() {
            continue;
        }
        let words = read_words(problems, table, code);
        lists.push(WordList {
            language: Some(code.to_owned()),
            words,
        });
    }
    lists
}

fn read_words(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Vec<String> {
    let words = table.strings(problems, key).unwrap_or_default();
    let is_sound = |word: &Located<String>| {
        let Some(mistake) = word_mistake(&word.value) else {
            return true;
        };
        let (message, help) = mistake.sentences();
        problems.error(word.place.clone(), message, help);
        false
    };
    let sound: Vec<_> = words.into_iter().filter(is_sound).collect();
    sound.into_iter().map(|word| word.value).collect()
}

/// Members that do not exist, and regions that contain themselves.
fn check_members(
    problems: &mut Problems,
    ids: &Ids,
    regions: &[(RegionSpec, Vec<Located<String>>)],
) {
    let known: Vec<(&str, &str)> = ids.keys().map(|id| (id.as_str(), "")).collect();
    let members: BTreeMap<&str, &RegionSpec> = regions
        .iter()
        .map(|(region, _)| (region.id.as_str(), region))
        .collect();
    for (region, named) in regions {
        for name in named {
            if !ids.contains_key(&name.value) {
                unknown_reference(problems, "place or region", name, &known);
            } else if reaches(&members, &name.value, &region.id) {
                problems.error(
                    name.place.clone(),
                    format!("`{}` contains itself by way of `{}`", region.id, name.value),
                    "leave one of them out",
                );
            }
        }
    }
}

fn reaches(members: &BTreeMap<&str, &RegionSpec>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if let Some(region) = members.get(id).filter(|_| seen.insert(id)) {
            open.extend(region.places.iter().map(String::as_str));
        }
    }
    false
}

/// Places and regions that a watch or a recipient asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedPlaces {
    /// As written.
    pub names: Vec<String>,
    places: BTreeSet<usize>,
}

impl WantedPlaces {
    /// Whether an item that is about these places is wanted. Only what is known to lie elsewhere is not: of
    /// an item that names no place, nobody knows where it happened.
    pub fn admit(&self, about: &[usize]) -> bool {
        about.is_empty() || about.iter().any(|place| self.places.contains(place))
    }
}

/// Reads `places` of a watch or a recipient.
pub(super) fn read_wanted(
    problems: &mut Problems,
    known: &Places,
    table: &mut TableReader<'_>,
) -> Option<WantedPlaces> {
    let wanted = table.strings(problems, "places")?;
    if wanted.is_empty() {
        problems.error(
            table
                .place_of_key("places")
                .unwrap_or_else(|| table.header()),
            "`places` is empty, so nothing would be wanted",
            "leave `places` out to have items about all of them",
        );
    }
    let mut places = BTreeSet::new();
    for name in &wanted {
        match known.resolve(&name.value) {
            Some(found) => places.extend(found),
            // All are unknown where the file could not be read, which is told already.
            None if known.is_empty() => {}
            None => unknown_reference(problems, "place or region", name, &known.names()),
        }
    }
    Some(WantedPlaces {
        names: wanted.into_iter().map(|name| name.value).collect(),
        places,
    })
}

#[cfg(test)]
mod tests;
