//! `words/*.toml`: lists of words that watches share.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use toml::Spanned;
use toml::de::DeValue;

use super::key_synonyms::meant_by;
use super::languages::{LanguageCodeError, code_of_list, is_known};
use super::names::{Names, check_id};
use super::problem::{Problem, Problems, SourceSpan};
use super::string_spans::push_mistake;
use super::suggestion::nearest;
use super::table::{Located, TableReader};
use super::watch::Watch;
use super::watch_version::version;
use crate::core::watch::{LanguageWords, ListProblem, ListSpec, WordLists};

/// Lists that a warning names; more are counted.
const MOST_NAMED: usize = 5;

/// Where a word list stands, and who uses it.
#[derive(Clone, Debug)]
pub struct ListSource {
    /// What watches name it by.
    pub id: String,
    /// The file that holds it.
    pub file: PathBuf,
    /// The line of its id, from 1.
    pub line: usize,
    /// Ids of the watches that use it, also through other lists.
    pub used_by: BTreeSet<String>,
}

/// A list as it stands in its file.
pub(super) struct ReadList {
    pub(super) spec: ListSpec,
    id: SourceSpan,
    /// The keys of its languages, in the order of [`ListSpec::words`].
    languages: Vec<SourceSpan>,
    /// Its words, in the same order.
    words: Vec<Vec<SourceSpan>>,
    /// Whether all of its keys could be read.
    is_whole: bool,
}

/// Reads every `[[words]]` of one file.
pub(super) fn read(
    problems: &mut Problems,
    names: &mut Names,
    tables: Vec<TableReader<'_>>,
) -> Vec<ReadList> {
    tables
        .into_iter()
        .filter_map(|table| read_one(problems, names, table))
        .collect()
}

fn read_one(
    problems: &mut Problems,
    names: &mut Names,
    mut table: TableReader<'_>,
) -> Option<ReadList> {
    let id = read_id(problems, &mut table);
    let is_new = id.as_ref().is_some_and(|id| {
        check_id(problems, id);
        names.add(problems, id)
    });
    let title = table.string(problems, "title");
    let mut list = CollectedWords::default();
    let errors = problems.errors();
    if let Some(words) = table.strings(problems, "any") {
        let place = table.place_of_key("any").unwrap_or_else(|| table.header());
        list.add(None, place, words);
    }
    for (key, value) in table.others() {
        read_language(problems, &table, &key, value, &mut list);
    }
    let is_whole = problems.errors() == errors;
    let id = id?;
    is_new.then(|| ReadList {
        spec: ListSpec {
            title: title
                .map(|title| title.value.trim().to_owned())
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| id.value.clone()),
            id: id.value,
            words: list.words,
        },
        id: id.place,
        languages: list.languages,
        words: list.places,
        is_whole,
    })
}

/// The name of a list, which is also the code of Indonesian.
fn read_id(problems: &mut Problems, table: &mut TableReader<'_>) -> Option<Located<String>> {
    if let Some(value) = table.value("id")
        && matches!(value.get_ref(), DeValue::Array(_))
    {
        problems.error(
            table.place_of(value),
            "`id` is the name of the list, a text in quotes, not its words in Indonesian",
            "write id = \"police\" or the like, and Indonesian words as ind = [\"polisi\"]",
        );
        return None;
    }
    table.required_string(problems, "id")
}

/// The words of a list as they are read.
#[derive(Default)]
struct CollectedWords {
    words: Vec<LanguageWords>,
    languages: Vec<SourceSpan>,
    places: Vec<Vec<SourceSpan>>,
}

impl CollectedWords {
    fn add(&mut self, language: Option<&str>, key: SourceSpan, words: Vec<Located<String>>) {
        self.languages.push(key);
        let (texts, places) = words
            .into_iter()
            .map(|word| (word.value, word.place))
            .unzip();
        self.places.push(places);
        self.words.push(LanguageWords {
            language: language.map(str::to_owned),
            words: texts,
        });
    }
}

/// A key that is the code of a language, or should be.
fn read_language(
    problems: &mut Problems,
    table: &TableReader<'_>,
    key: &Located<String>,
    value: &Spanned<DeValue<'_>>,
    list: &mut CollectedWords,
) {
    let (problem, help) = match code_of_list(&key.value) {
        Ok(language) => {
            if !is_known(language) {
                problems.warning(
                    key.place.clone(),
                    format!("`{language}` is no code of a language that newsvigil has heard of"),
                    "if ISO 639-3 has it, leave it: its words are found as they stand; else correct it, \
                    or write `any`",
                );
            }
            if let Some(words) = table.texts(problems, &key.value, value) {
                list.add(Some(language), key.place.clone(), words);
            }
            return;
        }
        Err(LanguageCodeError::Meant(code)) => (
            format!("`{}` is no code of a language here", key.value),
            format!("write `{code}`"),
        ),
        Err(LanguageCodeError::Unknown) => (
            format!("`{}` is not a language", key.value),
            "use its code: `en`, `es`, `fr`, `pt`, `ar`, `ru`; `any` is for words of every language"
                .to_owned(),
        ),
        Err(LanguageCodeError::Other) => {
            let known = ["id", "title", "any"];
            let lower = key.value.to_lowercase();
            let meant = meant_by(&lower, &known).or_else(|| nearest(&lower, known.into_iter()));
            (
                format!("unknown key `{}` in [[words]]", key.value),
                match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "known keys: id, title, any, and codes of languages such as en and es"
                        .to_owned(),
                },
            )
        }
    };
    problems.error(key.place.clone(), problem, help);
}

/// Tells what the matcher has to say of lists, where it stands in their files.
pub(super) fn tell(problems: &mut Problems, lists: &[ReadList], mistakes: Vec<ListProblem>) {
    for mistake in mistakes {
        let Some(list) = lists.get(mistake.list) else {
            continue;
        };
        // What could not be read is told; that nothing is left of the list, follows from it.
        if mistake.language.is_none() && !list.is_whole {
            continue;
        }
        let word = mistake
            .language
            .zip(mistake.word)
            .and_then(|(language, word)| {
                let place = list.words.get(language)?.get(word)?;
                let text = list.spec.words.get(language)?.words.get(word)?;
                Some((place, text))
            });
        if let Some((place, text)) = word {
            push_mistake(problems, place, text, mistake.problem);
            continue;
        }
        let language = mistake.language.and_then(|at| list.languages.get(at));
        let place = language.unwrap_or(&list.id).clone();
        let severity = mistake.problem.severity;
        problems.push(Problem {
            severity,
            help: mistake.problem.help,
            ..Problem::error(place, mistake.problem.message)
        });
    }
}

/// What watches may name.
pub(super) struct DefinedWordLists {
    pub(super) lists: WordLists,
    /// Whether there are no others, in files that could not be read.
    pub(super) is_whole: bool,
    /// Each list with those that it takes in, also through others, and itself.
    within: HashMap<String, BTreeSet<String>>,
    /// Identifies the words of each list.
    versions: HashMap<String, String>,
}

impl DefinedWordLists {
    pub(super) fn new(lists: WordLists, is_whole: bool) -> Self {
        let specs = || lists.ids().filter_map(|id| Some(lists.get(id)?.spec()));
        let direct: HashMap<&str, BTreeSet<&str>> = specs()
            .map(|spec| (spec.id.as_str(), taken_in(spec).collect()))
            .collect();
        let within = |id: &str| {
            let mut found = BTreeSet::from([id.to_owned()]);
            let mut open = vec![id];
            while let Some(inner) = open.pop().and_then(|list| direct.get(list)) {
                for inner in inner.iter().filter(|inner| direct.contains_key(**inner)) {
                    if found.insert((*inner).to_owned()) {
                        open.push(inner);
                    }
                }
            }
            found
        };
        Self {
            within: specs()
                .map(|spec| (spec.id.clone(), within(&spec.id)))
                .collect(),
            versions: specs()
                .map(|spec| (spec.id.clone(), version_of(spec)))
                .collect(),
            lists,
            is_whole,
        }
    }

    /// These lists, and all that they take in.
    pub(super) fn within<'n>(&self, named: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
        named
            .filter_map(|id| self.within.get(id))
            .flatten()
            .cloned()
            .collect()
    }

    /// Identifies the words of these lists; nothing without a list.
    pub(super) fn version(&self, lists: &BTreeSet<String>) -> String {
        let each = lists.iter().filter_map(|id| {
            let version = self.versions.get(id)?;
            Some(format!("@{id} {version}"))
        });
        each.collect::<Vec<_>>().join("\n")
    }
}

/// The lists that a list names.
fn taken_in(spec: &ListSpec) -> impl Iterator<Item = &str> {
    let words = spec.words.iter().flat_map(|group| &group.words);
    words.filter_map(|word| word.trim().strip_prefix('@'))
}

fn version_of(spec: &ListSpec) -> String {
    let mut parts = Vec::new();
    for group in &spec.words {
        parts.push(group.language.as_deref().unwrap_or("any"));
        parts.extend(group.words.iter().map(String::as_str));
    }
    version(&parts)
}

/// Where the lists stand, and which watches use each.
pub(super) fn sources<'w>(
    problems: &Problems,
    lists: &[ReadList],
    watches: impl Iterator<Item = &'w Watch>,
) -> Vec<ListSource> {
    let mut used_by: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for watch in watches {
        for list in &watch.lists {
            used_by.entry(list).or_default().insert(watch.id.clone());
        }
    }
    lists
        .iter()
        .map(|list| {
            let source = &problems.sources[list.id.source];
            ListSource {
                id: list.spec.id.clone(),
                file: source.path.clone(),
                line: source.line_and_column(list.id.span.start).0,
                used_by: used_by.remove(&*list.spec.id).unwrap_or_default(),
            }
        })
        .collect()
}

/// Warns of lists that no watch uses.
pub(super) fn warn(problems: &mut Problems, lists: &[ReadList], sources: &[ListSource]) {
    let unused: Vec<&ReadList> = lists
        .iter()
        .zip(sources)
        .filter(|(_, source)| source.used_by.is_empty())
        .map(|(list, _)| list)
        .collect();
    let Some(first) = unused.first() else {
        return;
    };
    let named: Vec<String> = unused
        .iter()
        .take(MOST_NAMED)
        .map(|list| format!("`{}`", list.spec.id))
        .collect();
    let more = match unused.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = match unused.len() {
        1 => format!("no watch uses the list {}", named[0]),
        number => format!("no watch uses {number} lists: {}{more}", named.join(", ")),
    };
    let id = &first.spec.id;
    problems.warning(
        first.id.clone(),
        message,
        format!("name it in a watch, as in match = '@{id}', or take it out"),
    );
}
