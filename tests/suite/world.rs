//! A configuration and a state folder of their own for each test, and the program run on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A watch that the fixtures' stories match.
pub const WATCH: &str = r#"
[[watch]]
id = "force"
title = "Use of force"
topic = "assembly"
match = '"lethal force" AND protest*'
recipients = ["desk"]
[watch.examples]
yes = ["Police used lethal force against protesters"]
no = ["The concert ended in applause"]
"#;

/// The shipped configuration.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

/// A folder with a configuration and a state.
pub struct World {
    folder: TempDir,
}

/// A run that has ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The only line of the output, as JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.stdout.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.stdout).expect("one JSON object")
    }

    /// Each line of the output, as JSON.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect()
    }

    /// The same, after making sure that it ended well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl World {
    /// A configuration with one recipient, the given feeds (an id and a url each) and [`WATCH`].
    pub fn new(feeds: &[(&str, &str)]) -> Self {
        let world = Self {
            folder: TempDir::new().expect("a folder"),
        };
        fs::create_dir_all(world.config().join("watches")).expect("a folder");
        world.write(
            "newsvigil.toml",
            "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
        );
        world.set_feeds(feeds);
        world.write("watches/force.toml", WATCH);
        world
    }

    pub fn set_feeds(&self, feeds: &[(&str, &str)]) {
        let feeds: String = feeds
            .iter()
            .map(|(id, url)| format!("[[feed]]\nid = \"{id}\"\nurl = \"{url}\"\n"))
            .collect();
        self.write("feeds.toml", &feeds);
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// Writes a file of the configuration.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.config().join(name), text).expect("a file");
    }

    /// Adds the shipped watches, and the word lists that they use.
    pub fn copy_shipped_watches(&self) {
        for folder in ["watches", "words"] {
            let to = self.config().join(folder);
            fs::create_dir_all(&to).expect("a folder");
            for file in fs::read_dir(shipped().join(folder)).expect("a shipped folder") {
                let file = file.expect("a file");
                fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
            }
        }
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.config().join(name)).expect("a file");
    }

    /// The program with the folders of this world and nothing else of the environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsvigil"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .arg("--config")
            .arg(self.config())
            .arg("--state")
            .arg(self.state())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments)
            .output()
            .expect("the program")
            .into()
    }

    /// Runs with text on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        use std::io::Write as _;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_owned();
        let writer = std::thread::spawn(move || {
            // The program may end without having read everything.
            let _ = stdin.write_all(input.as_bytes());
        });
        let output = child.wait_with_output().expect("the program");
        writer.join().expect("the writer");
        output.into()
    }

    /// `once --json`, and its one line.
    #[track_caller]
    pub fn once(&self) -> Value {
        self.run(&["once", "--json"]).ok().json()
    }

    /// `once --all --json`, and its one line.
    #[track_caller]
    pub fn once_all(&self) -> Value {
        self.run(&["once", "--all", "--json"]).ok().json()
    }

    /// Every message in the local mailbox, in the order of their names.
    pub fn mailbox(&self) -> Vec<Mail> {
        let Ok(entries) = fs::read_dir(self.state().join("mail/new")) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| Mail::read(&fs::read(path).expect("a message")))
            .collect()
    }
}

/// A message as a mail program shows it.
#[derive(Debug)]
pub struct Mail {
    pub message_id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Mail {
    #[track_caller]
    pub fn read(bytes: &[u8]) -> Self {
        let message = mail_parser::MessageParser::default()
            .parse(bytes)
            .expect("a message");
        let to = message
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address());
        Self {
            message_id: message.message_id().expect("a Message-ID").to_owned(),
            to: to.expect("a recipient").to_owned(),
            subject: message.subject().expect("a subject").to_owned(),
            text: message.body_text(0).expect("a text part").into_owned(),
            html: message.body_html(0).expect("an HTML part").into_owned(),
        }
    }
}
