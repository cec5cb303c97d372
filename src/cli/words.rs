//! `newsvigil words`: the word lists, what is in them, who uses them, and what they find.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::{Failure, NEEDS_ATTENTION, USAGE};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::config::{Config, ListSource};
use crate::core::document::Document;
use crate::core::text::tokenizer::fold_text;
use crate::core::watch::{ListSpec, Scratch, Span, WatchSet, WatchSpec, WordList, parse_with};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show a list: its words by language, with those of the lists that it takes in, and who uses it
    Show(Show),
    /// Show which words of a list are found in a text, and in which form
    ///
    /// Exits with 1 when none is.
    Test(Test),
}

#[derive(Debug, Args)]
struct Show {
    /// The list, with or without `@`
    #[arg(value_name = "ID")]
    list: String,
    /// Only the words that are looked for in items of this language, such as es
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
struct Test {
    /// The list, with or without `@`
    #[arg(value_name = "ID")]
    list: String,
    /// The text
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// The language of the text, known beyond doubt; without it, the words of all languages are looked for
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    match &options.command {
        None => list(&config, options.format),
        Some(Command::Show(options)) => show(&config, options),
        Some(Command::Test(options)) => test(&config, options),
    }
}

#[derive(Serialize)]
struct ListLine<'a> {
    id: &'a str,
    title: &'a str,
    file: String,
    line: usize,
    /// Words by language, other lists not counted.
    words: serde_json::Map<String, serde_json::Value>,
    lists: Vec<&'a str>,
    used_by: &'a BTreeSet<String>,
}

fn list(config: &Config, format: Format) -> Result<ExitCode, Failure> {
    let mut rows = Vec::new();
    for source in &config.list_sources {
        let Some(spec) = config.lists.get(&source.id).map(WordList::spec) else {
            continue;
        };
        let words = counts(spec);
        if format.json {
            let line = ListLine {
                id: &spec.id,
                title: &spec.title,
                file: source.file.display().to_string(),
                line: source.line,
                words: words
                    .iter()
                    .map(|(language, number)| ((*language).to_owned(), (*number).into()))
                    .collect(),
                lists: taken_in(spec),
                used_by: &source.used_by,
            };
            say!("{}", output::json(&line)?);
            continue;
        }
        let words: Vec<String> = words
            .iter()
            .map(|(language, number)| format!("{language} {number}"))
            .collect();
        rows.push(vec![
            spec.id.clone(),
            source.used_by.len().to_string(),
            words.join(", "),
            output::printable(&spec.title, 60),
        ]);
    }
    if format.json {
        return Ok(ExitCode::SUCCESS);
    }
    if rows.is_empty() {
        say!(
            "there are no word lists; they stand in {}",
            config.folder.join("words/*.toml").display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    say_part!(
        "{}",
        output::table(&["list", "watches", "words", "title"], &rows)
    );
    Ok(ExitCode::SUCCESS)
}

/// How many words a list has in each language, the lists that it takes in not counted.
fn counts(spec: &ListSpec) -> Vec<(&str, usize)> {
    let own = |words: &[String]| words.iter().filter(|word| named(word).is_none()).count();
    spec.words
        .iter()
        .map(|group| (code(group.language.as_deref()), own(&group.words)))
        .filter(|(_, number)| *number > 0)
        .collect()
}

fn code(language: Option<&str>) -> &str {
    language.unwrap_or("any")
}

/// The list that an entry names.
fn named(entry: &str) -> Option<&str> {
    entry.trim().strip_prefix('@')
}

/// The lists that a list takes in by itself.
fn taken_in(spec: &ListSpec) -> Vec<&str> {
    let words = spec.words.iter().flat_map(|group| &group.words);
    let mut lists: Vec<&str> = words.filter_map(|word| named(word)).collect();
    lists.sort_unstable();
    lists.dedup();
    lists
}

/// The list of this name.
fn find<'c>(config: &'c Config, name: &str) -> Result<(&'c ListSpec, &'c ListSource), Failure> {
    let id = name.trim().trim_start_matches('@');
    let spec = config.lists.get(id).map(WordList::spec);
    let source = config.list_sources.iter().find(|source| source.id == id);
    spec.zip(source).ok_or_else(|| {
        let meant = match config.lists.nearest(id) {
            Some(nearest) => format!("; did you mean `{nearest}`?"),
            None => "; `newsvigil words` shows those that there are".to_owned(),
        };
        Failure::new(USAGE, format!("there is no word list `{id}`{meant}"))
    })
}

/// The code of a language as it stands in lists.
fn language(given: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(given) = given else { return Ok(None) };
    let code = given.trim().to_ascii_lowercase();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    if is_code {
        return Ok(Some(code));
    }
    Err(Failure::new(
        USAGE,
        format!("--language {given}: give the code of a language, such as es"),
    ))
}

/// A word with the list in which it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ShownWord<'a> {
    word: &'a str,
    list: &'a str,
}

/// The words of a language.
#[derive(Serialize)]
struct Language<'a> {
    language: &'a str,
    words: Vec<ShownWord<'a>>,
}

/// All words that a list stands for, by language: its own, and those of the lists that it takes in. What is
/// taken in under a language gives only its words of that language and those of any.
fn resolved<'c>(config: &'c Config, spec: &'c ListSpec) -> Vec<Language<'c>> {
    let mut languages: Vec<Language<'c>> = Vec::new();
    let mut open: Vec<(&'c ListSpec, Option<&'c str>)> = vec![(spec, None)];
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while let Some(&(list, only)) = open.get(next) {
        next += 1;
        for group in &list.words {
            let own = group.language.as_deref();
            if only.is_some() && own.is_some() && only != own {
                continue;
            }
            for word in &group.words {
                if let Some(inner) = named(word) {
                    let only = own.or(only);
                    if let Some(inner) = config.lists.get(inner)
                        && seen.insert((&inner.spec().id, only))
                    {
                        open.push((inner.spec(), only));
                    }
                    continue;
                }
                let shown = ShownWord {
                    word: word.trim(),
                    list: &list.id,
                };
                let place = languages.iter().position(|one| one.language == code(own));
                let place = place.unwrap_or_else(|| {
                    languages.push(Language {
                        language: code(own),
                        words: Vec::new(),
                    });
                    languages.len() - 1
                });
                let words = &mut languages[place].words;
                if !words.contains(&shown) {
                    words.push(shown);
                }
            }
        }
    }
    languages
}

#[derive(Serialize)]
struct ShownList<'a> {
    id: &'a str,
    title: &'a str,
    file: String,
    line: usize,
    used_by: &'a BTreeSet<String>,
    lists: Vec<&'a str>,
    languages: Vec<Language<'a>>,
}

fn show(config: &Config, options: &Show) -> Result<ExitCode, Failure> {
    let (spec, source) = find(config, &options.list)?;
    let language = language(options.language.as_deref())?;
    let mut languages = resolved(config, spec);
    if let Some(language) = &language {
        languages.retain(|one| one.language == "any" || one.language == language);
    }
    let shown = ShownList {
        id: &spec.id,
        title: &spec.title,
        file: source.file.display().to_string(),
        line: source.line,
        used_by: &source.used_by,
        lists: taken_in(spec),
        languages,
    };
    if options.format.json {
        say!("{}", output::json(&shown)?);
    } else {
        for_people(&shown);
    }
    Ok(ExitCode::SUCCESS)
}

fn for_people(shown: &ShownList<'_>) {
    let heading = output::HEADING;
    let title = output::printable(shown.title, 100);
    say!("{heading}{title}{heading:#}  @{}", shown.id);
    say!("  {}:{}", shown.file, shown.line);
    if shown.used_by.is_empty() {
        say!("  no watch uses it");
    } else {
        let watches: Vec<&str> = shown.used_by.iter().map(String::as_str).collect();
        say!(
            "{}",
            output::paragraph(&format!("used by {}", watches.join(", ")), 2)
        );
    }
    if !shown.lists.is_empty() {
        let lists = shown.lists.iter().map(|list| format!("@{list}"));
        say!("  takes in {}", lists.collect::<Vec<_>>().join(", "));
    }
    if shown.languages.is_empty() {
        say!("\n  no words");
    }
    for language in &shown.languages {
        say!(
            "\n{heading}{}{heading:#}  {}",
            language.language,
            output::count(language.words.len(), "word")
        );
        let mut lists: Vec<&str> = Vec::new();
        for word in &language.words {
            if !lists.contains(&word.list) {
                lists.push(word.list);
            }
        }
        for list in lists {
            let own = language.words.iter().filter(|word| word.list == list);
            let words: Vec<String> = own.map(|word| output::printable(word.word, 80)).collect();
            let from = if list == shown.id {
                String::new()
            } else {
                format!("@{list}: ")
            };
            say!(
                "{}",
                output::paragraph(&format!("{from}{}", words.join(", ")), 2)
            );
        }
    }
}

/// A word of a list where it was found.
#[derive(Serialize)]
struct FoundWord<'a> {
    /// As it stands in the text.
    found: &'a str,
    /// Bytes of the text.
    start: usize,
    end: usize,
    /// As it stands in the list.
    word: &'a str,
    list: &'a str,
    languages: Vec<&'a str>,
}

fn test(config: &Config, options: &Test) -> Result<ExitCode, Failure> {
    let (spec, _) = find(config, &options.list)?;
    let language = language(options.language.as_deref())?;
    let document = Document {
        text: options.text.join(" "),
        language_certain: language.is_some(),
        language,
        ..Document::default()
    };
    let spans = spans(config, spec, &document)?;
    let found: Vec<FoundWord> = spans
        .iter()
        .map(|span| FoundWord {
            found: document.text.get(span.start..span.end).unwrap_or_default(),
            start: span.start,
            end: span.end,
            word: &span.term,
            list: span.list.as_deref().unwrap_or(&spec.id),
            languages: languages_of(config, span, spec),
        })
        .collect();
    for word in &found {
        if options.format.json {
            say!("{}", output::json(word)?);
        } else {
            show_found(word);
        }
    }
    if found.is_empty() {
        if !options.format.json {
            say!("no word of @{} is found", spec.id);
        }
        return Ok(ExitCode::from(NEEDS_ATTENTION));
    }
    Ok(ExitCode::SUCCESS)
}

fn spans(config: &Config, spec: &ListSpec, document: &Document) -> Result<Vec<Span>, Failure> {
    let (query, mistakes) = parse_with(&format!("@{}", spec.id), &config.lists);
    let query = query.ok_or_else(|| {
        let why: Vec<&str> = mistakes.iter().map(|one| one.message.as_str()).collect();
        Failure::new(USAGE, why.join("; "))
    })?;
    let set = WatchSet::compile(&[WatchSpec::from(query)]);
    let found = set.matches(document, &mut Scratch::default());
    Ok(found.into_iter().flat_map(|found| found.spans).collect())
}

/// The languages under which a word stands in its list.
fn languages_of<'c>(config: &'c Config, span: &Span, spec: &'c ListSpec) -> Vec<&'c str> {
    let list = span.list.as_deref().and_then(|list| config.lists.get(list));
    let spec = list.map_or(spec, WordList::spec);
    let groups = spec.words.iter();
    groups
        .filter(|group| group.words.iter().any(|word| word.trim() == &*span.term))
        .map(|group| code(group.language.as_deref()))
        .collect()
}

fn show_found(word: &FoundWord) {
    let found = output::printable(word.found, 80);
    let mark = output::MARK;
    let form = if fold_text(word.found) == fold_text(word.word) {
        String::new()
    } else if word.word.contains(['*', '?']) {
        format!("  by {}", output::printable(word.word, 80))
    } else {
        format!("  a form of {}", output::printable(word.word, 80))
    };
    say!(
        "{mark}{found}{mark:#}{form}  ({}, @{})",
        word.languages.join(", "),
        word.list
    );
}
