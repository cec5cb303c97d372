//! A file of the folder as it is read: its bytes, its text, its root table.

use std::io::Read;
use std::path::Path;

use toml::de::DeTable;

use super::problem::{Problem, Problems, Source, SourceSpan};
use super::table::TableReader;
use super::{encoding, toml_mistakes, units};
use crate::file::open_regular;

/// No file of a configuration needs more; a larger one is a mistake, not a wish.
const MAX_FILE_BYTES: u64 = 32 << 20;

/// Reads a file into the sources and gives its index.
pub(super) fn read_file(problems: &mut Problems, path: &Path) -> Option<usize> {
    let mut bytes = Vec::new();
    let read =
        open_regular(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
    let message = match read {
        Err(reason) => format!("cannot be read: {reason}"),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            format!("is larger than {}", units::format_bytes(MAX_FILE_BYTES))
        }
        Ok(_) => {
            let (text, misencoded) = encoding::text_of(bytes);
            let source = problems.sources.len();
            problems.sources.push(Source {
                path: path.to_owned(),
                text,
            });
            if let Some(encoding::EncodingMistake { at, message, help }) = misencoded {
                let place = SourceSpan {
                    source,
                    span: at..at,
                };
                problems.push(Problem::error(place, message).with_help(help));
            }
            return Some(source);
        }
    };
    problems.push(Problem::about_path(path, message));
    None
}

/// Reads a source's root table with `read`, reporting TOML mistakes and unknown keys.
pub(super) fn with_root<T>(
    problems: &mut Problems,
    source: usize,
    name: &'static str,
    read: impl FnOnce(&mut Problems, &mut TableReader<'_>) -> T,
) -> T {
    let text = problems.sources[source].text.clone();
    let (table, refusals) = DeTable::parse_recoverable(&text);
    let told = toml_mistakes::tell(problems, source, &text, &refusals);
    let first = problems.list.len();
    let mut root = TableReader::new(source, table.span(), table.get_ref(), name);
    let value = read(problems, &mut root);
    root.finish(problems);
    if let Some(told) = told {
        told.drop_consequences(problems, first);
    }
    value
}
