//! Mistakes in the configuration: where, what, and what to do about it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::redaction::redacted;
use crate::core::text::sanitize::{visible_json, visible_text, visible_with_styles};
use crate::core::watch::{self, Severity};

/// More problems than this are counted, not shown: nobody reads them before mending the first.
const SHOWN_AT_MOST: usize = 100;

/// A file that was read, kept so that problems can show their line.
#[derive(Clone, Debug)]
pub struct Source {
    /// As the user named the folder, so that the path can be pasted.
    pub path: PathBuf,
    /// Its whole text.
    pub text: String,
}

impl Source {
    /// The 1-based line and column (in characters) of a byte offset.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

/// A stretch of bytes in one of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSpan {
    /// Index into [`Problems::sources`].
    pub source: usize,
    /// Bytes of its text.
    pub span: Range<usize>,
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Whether it refuses the configuration.
    pub severity: Severity,
    /// What is wrong, in a sentence that reads alone.
    pub message: String,
    /// What to do, if there is something to suggest.
    pub help: Option<String>,
    /// Where; none when a whole file or folder is the matter.
    pub place: Option<SourceSpan>,
    /// A second place that matters, with what it is: `first defined here`.
    pub related: Option<(SourceSpan, String)>,
    /// The file or folder, when there is no [`Problem::place`].
    pub path: Option<PathBuf>,
}

impl Problem {
    /// An error at a place.
    pub fn error(place: SourceSpan, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            help: None,
            place: Some(place),
            related: None,
            path: None,
        }
    }

    /// A warning at a place.
    pub fn warning(place: SourceSpan, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(place, message)
        }
    }

    /// An error about a whole file or folder.
    pub fn about_path(path: &Path, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            help: None,
            place: None,
            related: None,
            path: Some(path.to_owned()),
        }
    }

    /// A warning about a whole file or folder.
    pub fn warning_about_path(path: &Path, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::about_path(path, message)
        }
    }

    /// Whether it refuses the configuration.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same with a suggestion.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    #[must_use]
    pub fn with_related(mut self, place: SourceSpan, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }
}

/// All problems of one load, with the files that they point into.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The files read, in the order in which they were read.
    pub sources: Vec<Source>,
    /// In the order in which they were found.
    pub list: Vec<Problem>,
    /// Sources that are no TOML as they stand, and were read in part.
    pub(super) torn: Vec<usize>,
}

/// A problem as `check --json` prints it, one a line.
#[derive(Serialize)]
struct ProblemLine<'a> {
    severity: Severity,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds an error at a place, with what to do about it.
    pub(super) fn error(
        &mut self,
        place: SourceSpan,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Problem::error(place, message).with_help(help));
    }

    /// Adds a warning likewise.
    pub(super) fn warning(
        &mut self,
        place: SourceSpan,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Problem::warning(place, message).with_help(help));
    }

    /// Adds one with what to write instead, made of the text as it stands, unless that may be a secret.
    pub(super) fn push_with_help(
        &mut self,
        problem: Problem,
        help: impl FnOnce(&str) -> Option<String>,
    ) {
        let text = problem
            .place
            .as_ref()
            .and_then(|place| self.shown_at(place));
        self.push(match text.and_then(|text| help(&text)) {
            Some(help) => problem.with_help(help),
            None => problem,
        });
    }

    /// A place as programs name it: file and line.
    pub fn line(&self, place: &SourceSpan) -> String {
        let source = &self.sources[place.source];
        let (line, _) = source.line_and_column(place.span.start);
        format!("{}:{line}", source.path.display())
    }

    /// The text at a place, unless a secret may be in it.
    pub(super) fn shown_at(&self, place: &SourceSpan) -> Option<String> {
        if self.list.len() >= SHOWN_AT_MOST {
            return None;
        }
        let text = &self.sources.get(place.source)?.text;
        let written = text.get(place.span.clone())?;
        (redacted(text).get(place.span.clone()) == Some(written)).then(|| written.to_owned())
    }

    /// How many refuse the configuration.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many are warnings only.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    }

    /// For people: every problem with its line and a caret, errors and warnings as found.
    pub fn render(&self, styled: Styling) -> String {
        let renderer = match styled {
            Styling::Terminal => Renderer::styled().decor_style(DecorStyle::Unicode),
            Styling::Plain => Renderer::plain(),
        };
        let shown: Vec<Cow<'_, str>> = self
            .sources
            .iter()
            .map(|source| without_escapes(redacted(&source.text)))
            .collect();
        let mut out = String::new();
        for problem in self.list.iter().take(SHOWN_AT_MOST) {
            out.push_str(&renderer.render(&self.report(problem, &shown)));
            out.push_str("\n\n");
        }
        if let Some(more) = self
            .list
            .len()
            .checked_sub(SHOWN_AT_MOST)
            .filter(|n| *n > 0)
        {
            let _ = writeln!(out, "and {more} more\n");
        }
        visible_with_styles(&out)
    }

    fn report<'a>(&'a self, problem: &'a Problem, shown: &'a [Cow<'a, str>]) -> Vec<Group<'a>> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = match (&problem.place, &problem.path) {
            (None, Some(path)) => format!("{}: {}", path.display(), problem.message),
            _ => problem.message.clone(),
        };
        let message = visible_text(&message);
        let mut group = Group::with_title(level.primary_title(message));
        if let Some(place) = &problem.place {
            let mut snippet = self
                .snippet(place, shown)
                .annotation(AnnotationKind::Primary.span(self.visible_span(place)));
            match &problem.related {
                Some((related, label)) if related.source == place.source => {
                    snippet = snippet.annotation(
                        AnnotationKind::Context
                            .span(self.visible_span(related))
                            .label(label.as_str()),
                    );
                    group = group.element(snippet);
                }
                Some((related, label)) => {
                    group = group.element(snippet).element(
                        self.snippet(related, shown).annotation(
                            AnnotationKind::Context
                                .span(self.visible_span(related))
                                .label(label.as_str()),
                        ),
                    );
                }
                None => group = group.element(snippet),
            }
        }
        if let Some(help) = &problem.help {
            group = group.element(Level::HELP.message(visible_text(help)));
        }
        vec![group]
    }

    fn snippet<'a>(
        &'a self,
        place: &SourceSpan,
        shown: &'a [Cow<'a, str>],
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let path = self.sources[place.source].path.display().to_string();
        Snippet::source(shown[place.source].as_ref()).path(path)
    }

    /// A span that the renderer can draw: on character boundaries, inside the text, and at least
    /// one character wide where there is one.
    fn visible_span(&self, place: &SourceSpan) -> Range<usize> {
        let text = &self.sources[place.source].text;
        let start = text.floor_char_boundary(place.span.start.min(text.len()));
        let end = text.ceil_char_boundary(place.span.end.clamp(start, text.len()));
        if end > start {
            return start..end;
        }
        match text[start..].chars().next() {
            Some(next) if next != '\n' => start..start + next.len_utf8(),
            _ => start..start,
        }
    }

    /// For machines: one JSON object a line.
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for problem in &self.list {
            let position = problem
                .place
                .as_ref()
                .map(|place| self.sources[place.source].line_and_column(place.span.start));
            let file = match &problem.place {
                Some(place) => Some(self.sources[place.source].path.display().to_string()),
                None => problem.path.as_ref().map(|path| path.display().to_string()),
            };
            let line = ProblemLine {
                severity: problem.severity,
                file,
                line: position.map(|(line, _)| line),
                column: position.map(|(_, column)| column),
                message: &problem.message,
                help: problem.help.as_deref(),
            };
            let json = serde_json::to_string(&line).unwrap_or_default();
            out.push_str(&visible_json(&json));
            out.push('\n');
        }
        out
    }
}

/// The problems of a query that stands in no file, as [`Problems::render`] tells them; `name` is what it is called.
pub fn query_problems(name: &str, query: &str, problems: Vec<watch::Problem>) -> String {
    let told = problems.into_iter().map(|problem| Problem {
        severity: problem.severity,
        help: problem.help.map(|help| match help.as_str() {
            "" => format!(
                "leave `{}` out",
                query.get(problem.span.clone()).unwrap_or_default()
            ),
            _ => help,
        }),
        message: problem.message,
        place: Some(SourceSpan {
            source: 0,
            span: problem.span,
        }),
        related: None,
        path: None,
    });
    let problems = Problems {
        list: told.collect(),
        sources: vec![Source {
            path: name.into(),
            text: query.to_owned(),
        }],
        torn: Vec::new(),
    };
    problems.render(Styling::Plain).trim_end().to_owned()
}

/// Lines that are shown begin no sequence of their own. Their places stay.
fn without_escapes(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\u{1b}') {
        Cow::Owned(text.replace('\u{1b}', "?"))
    } else {
        text
    }
}

/// Whether problems are drawn for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Styling {
    /// Colours and box-drawing characters.
    Terminal,
    /// ASCII, for logs and files.
    Plain,
}
