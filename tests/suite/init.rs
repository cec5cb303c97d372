//! What somebody meets who sets newsvigil up: `init`, the manual, completions.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::world::{Run, shipped};

/// The program with nothing of the environment but a home.
fn newsvigil(home: &Path, arguments: &[&str]) -> Run {
    Command::new(env!("CARGO_BIN_EXE_newsvigil"))
        .env_clear()
        .env("HOME", home)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program")
        .into()
}

/// Every file under a folder, relative to it.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).expect("inside").to_owned());
            }
        }
    }
    found
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn init_writes_the_whole_shipped_configuration_and_the_main_job_runs_on_it() {
    let home = TempDir::new().expect("a folder");
    let config = home.path().join("new/config");
    let run = newsvigil(home.path(), &["init", text(&config)]).ok();
    assert_eq!(files(&config), files(&shipped()));
    for file in files(&shipped()) {
        assert_eq!(
            fs::read(config.join(&file)).expect("a file"),
            fs::read(shipped().join(&file)).expect("a file"),
            "{} is carried as it is",
            file.display()
        );
    }
    let next = format!("--config {} once", config.display());
    // Nobody is asked for news in nobody's name.
    let places = ["`contact`", "[[recipient]]", "feeds.toml", "check\n", &next].map(|words| {
        run.stdout
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {run:?}"))
    });
    assert!(places.is_sorted(), "{}", run.stdout);

    // Only the sample: the tests ask nobody on the web.
    let feeds = fs::read_to_string(config.join("feeds.toml")).expect("a file");
    let sample = feeds.split("\n[[feed]]\n").nth(1).expect("a first feed");
    fs::write(config.join("feeds.toml"), format!("[[feed]]\n{sample}")).expect("a file");
    let once = newsvigil(home.path(), &["--config", text(&config), "once", "--json"]).ok();
    assert_eq!(once.json()["feeds_failed"], 0, "{once:?}");
    assert!(once.json()["hits"].as_u64() > Some(0), "{once:?}");
}

#[test]
fn init_never_writes_over_a_file_and_then_writes_nothing() {
    let home = TempDir::new().expect("a folder");
    for (name, make) in [
        ("feeds.toml", fs::write as fn(PathBuf, &'static str) -> _),
        ("watches/torture.toml", fs::write),
        ("newsvigil.toml", |path, _| symlink("/nowhere/at/all", path)),
    ] {
        let config = home.path().join(name.replace('/', "-"));
        fs::create_dir_all(config.join("watches")).expect("a folder");
        make(config.join(name), "mine").expect("a file");
        let run = newsvigil(home.path(), &["init", text(&config)]);
        assert_eq!(run.code, 73, "{run:?}");
        assert!(run.stderr.contains(name), "it names the file: {run:?}");
        assert_eq!(files(&config), BTreeSet::from([PathBuf::from(name)]));
    }
    let untouched = fs::read_to_string(home.path().join("feeds.toml/feeds.toml"));
    assert_eq!(untouched.expect("a file"), "mine");
}

#[test]
fn init_beside_other_files_leaves_them_alone() {
    let home = TempDir::new().expect("a folder");
    let config = home.path().join("config");
    fs::create_dir_all(config.join("watches")).expect("a folder");
    fs::write(config.join("watches/mine.toml"), "# mine\n").expect("a file");
    newsvigil(home.path(), &["init", text(&config)]).ok();
    assert_eq!(files(&config).len(), files(&shipped()).len() + 1);
}

#[test]
fn init_that_fails_half_way_takes_back_what_it_wrote() {
    let home = TempDir::new().expect("a folder");
    let config = home.path().join("config");
    fs::create_dir(&config).expect("a folder");
    // Where the folder of watches should be.
    fs::write(config.join("watches"), "a file").expect("a file");
    let run = newsvigil(home.path(), &["init", text(&config)]);
    assert_eq!(run.code, 73, "{run:?}");
    assert!(run.stderr.contains("watches"), "{run:?}");
    assert_eq!(files(&config), BTreeSet::from([PathBuf::from("watches")]));
}

/// The commands that a `--help` lists.
fn commands(home: &Path, path: &[String]) -> Vec<String> {
    let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
    arguments.push("--help");
    let help = newsvigil(home, &arguments).ok().stdout;
    let Some((_, list)) = help.split_once("\nCommands:\n") else {
        return Vec::new();
    };
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let home = TempDir::new().expect("a folder");
    let folder = home.path().join("man");
    newsvigil(home.path(), &["generate", "man", text(&folder)]).ok();
    let mut expected = BTreeSet::from([
        PathBuf::from("man5/newsvigil.toml.5"),
        PathBuf::from("man7/newsvigil-language.7"),
    ]);
    let mut open = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let words: Vec<&str> = std::iter::once("newsvigil")
            .chain(path.iter().map(String::as_str))
            .collect();
        expected.insert(PathBuf::from(format!("man1/{}.1", words.join("-"))));
        for name in commands(home.path(), &path) {
            open.push(path.iter().cloned().chain([name]).collect());
        }
    }
    assert!(expected.len() > 20, "{expected:?}");
    assert_eq!(files(&folder), expected);

    let page = fs::read_to_string(folder.join("man1/newsvigil-feed-add.1")).expect("a page");
    for words in [
        ".TH NEWSVIGIL\\-FEED\\-ADD 1 \"\" \"newsvigil ",
        "newsvigil\\-feed\\-add \\- Find the feed",
        "\\fBnewsvigil feed add\\fR [OPTIONS] <URL>",
        "\\fB\\-\\-tag\\fR",
        ".SH \"EXIT STATUS\"",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
}

#[test]
fn the_page_of_backup_tells_the_way_back() {
    let home = TempDir::new().expect("a folder");
    let page = newsvigil(
        home.path(),
        &["generate", "man", "--page", "newsvigil-backup"],
    );
    let page = page.ok().stdout.replace("\\-", "-");
    let help = newsvigil(home.path(), &["backup", "--help"]).ok().stdout;
    let mut steps = 0;
    for step in help.lines().filter_map(|line| line.strip_prefix("  ")) {
        if [
            "systemctl ",
            "cd ",
            "mkdir ",
            "mv ",
            "cp ",
            "chmod ",
            "chown ",
        ]
        .iter()
        .any(|verb| step.starts_with(verb))
        {
            assert!(page.lines().any(|line| line == step), "{step} in {page}");
            steps += 1;
        }
    }
    assert_eq!(steps, 8, "{help}");
    assert!(help.contains("with its whole path"), "{help}");
}

#[test]
fn a_page_can_be_printed_and_an_unknown_one_is_refused() {
    let home = TempDir::new().expect("a folder");
    let main = newsvigil(home.path(), &["generate", "man"]).ok().stdout;
    for words in [
        "SH FILES",
        "SH ENVIRONMENT",
        "SH SIGNALS",
        "STATE_DIRECTORY",
    ] {
        assert!(main.contains(words), "{words} in {main}");
    }
    let page = ["generate", "man", "--page", "newsvigil.toml"];
    let page = newsvigil(home.path(), &page).ok().stdout;
    assert!(page.contains("\\fBsend_empty\\fR"), "{page}");
    let unknown = newsvigil(home.path(), &["generate", "man", "--page", "other"]);
    assert_eq!(unknown.code, 64, "{unknown:?}");
    assert!(
        unknown.stderr.contains("newsvigil-language.7"),
        "{unknown:?}"
    );
}

#[test]
fn completions_know_the_commands_in_each_shell() {
    let home = TempDir::new().expect("a folder");
    for (shell, words) in [
        ("bash", "complete -F _newsvigil"),
        ("zsh", "#compdef newsvigil"),
        ("fish", "complete -c newsvigil"),
    ] {
        let script = newsvigil(home.path(), &["generate", "completions", shell])
            .ok()
            .stdout;
        assert!(script.contains(words), "{shell}: {script}");
        assert!(script.contains("backtest"), "{shell}: {script}");
    }
}

/// The keys that the code of the configuration asks for.
fn keys_in_code() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the sources") {
        let path = file.expect("a source").path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = fs::read_to_string(path).expect("a source");
        // `table.string(problems, "key")` and `choice(problems, &mut table, "key", …)`, on one line or
        // more.
        for before in ["problems,", "&mut table,"] {
            for (at, _) in code.match_indices(before) {
                let rest = code[at + before.len()..].trim_start();
                let key = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                keys.extend(key.map(|(key, _)| key.to_owned()));
            }
        }
    }
    keys
}

#[test]
fn every_key_of_the_configuration_is_documented() {
    let home = TempDir::new().expect("a folder");
    let chapter = newsvigil(home.path(), &["help", "configuration"])
        .ok()
        .stdout;
    let keys = keys_in_code();
    assert!(keys.len() > 40, "{keys:?}");
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| !key.contains(' '))
        .filter(|key| !chapter.contains(&format!("\n- `{key}`: ")))
        // Tables have chapters of their own.
        .filter(|key| !chapter.contains(&format!("[{key}]")))
        .filter(|key| !chapter.contains(&format!("[watch.{key}]")))
        .filter(|key| !chapter.contains(&format!("[mail.{key}]")))
        .collect();
    assert!(missing.is_empty(), "help configuration lacks {missing:?}");
}

#[test]
fn the_whole_configuration_of_the_manual_is_accepted() {
    let home = TempDir::new().expect("a folder");
    let chapter = newsvigil(home.path(), &["help", "configuration"])
        .ok()
        .stdout;
    let (_, example) = chapter.split_once("```toml\n").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    let config = home.path().join("config");
    fs::create_dir_all(config.join("watches")).expect("a folder");
    for file in example.split("# ").skip(1) {
        let (name, text) = file.split_once('\n').expect("a name and its text");
        fs::write(config.join(name), text).expect("a file");
    }
    let run = newsvigil(home.path(), &["--config", text(&config), "check"]).ok();
    assert!(
        run.stdout.contains("1 feed, 1 watch, 1 recipient"),
        "{run:?}"
    );
}
