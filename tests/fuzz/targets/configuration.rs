//! The text of each file of the configuration: a refusal has a reason, and every reason can be shown.
//!
//! The first byte chooses the file; the two others are sound.

#![no_main]

use std::cell::OnceCell;
use std::fs;

use libfuzzer_sys::fuzz_target;
use newsvigil::config::{Styling, load};
use tempfile::TempDir;

const SOUND: [(&str, &str); 4] = [
    (
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    ),
    (
        "feeds.toml",
        "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\n",
    ),
    (
        "watches/force.toml",
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'lethal AND @forces'\nrecipients = [\"desk\"]\n",
    ),
    (
        "words/forces.toml",
        "[[words]]\nid = \"forces\"\nany = [\"Europol\"]\nen = [\"police\"]\n",
    ),
];

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

fuzz_target!(|data: &[u8]| {
    let Some((&choice, text)) = data.split_first() else {
        return;
    };
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| {
            let memory = std::path::Path::new("/dev/shm");
            let folder = if memory.is_dir() {
                TempDir::new_in(memory)
            } else {
                TempDir::new()
            };
            let folder = folder.expect("a folder");
            for name in ["watches", "words"] {
                fs::create_dir(folder.path().join(name)).expect("a folder");
            }
            folder
        });
        for (place, (name, sound)) in SOUND.iter().enumerate() {
            let hostile = place == usize::from(choice) % SOUND.len();
            let text = if hostile { text } else { sound.as_bytes() };
            fs::write(folder.path().join(name), text).expect("a file");
        }
        match load(folder.path()) {
            Ok((config, warnings)) => {
                assert_eq!(warnings.errors(), 0);
                let _ = warnings.render(Styling::Plain);
                assert_eq!(config.set.len(), config.watches.len());
            }
            Err(problems) => {
                assert!(problems.errors() > 0);
                assert!(!problems.render(Styling::Plain).is_empty());
                let _ = problems.render(Styling::Terminal);
            }
        }
    });
});
