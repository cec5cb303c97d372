//! Handing a message to a local mail system through its `sendmail` program, the way that needs no
//! address, port or password. Not for the hardened service, which may start no programs.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::AsyncReadExt,
    process::{Child, Command},
    time::timeout,
};

use super::smtp::{Envelope, envelope};
use crate::core::{
    delivery::{Attempt, Outcome, Step},
    digest::clean_line,
};
use crate::fault;
use crate::file::create_folders;

/// Longest message of the program that is read, in bytes.
const ERROR_BYTES: u64 = 4_096;

/// A program that takes a message on standard input, with sendmail's options.
#[derive(Clone, Debug)]
pub struct Sendmail {
    program: PathBuf,
    /// Where the message lies while it is handed over.
    folder: PathBuf,
    /// How long the program may take.
    patience: Duration,
}

impl Sendmail {
    /// `program` is usually `/usr/sbin/sendmail`. It reads the message from a nameless file in `folder`:
    /// were this program killed while it writes into a pipe, the other would take the half that it got
    /// for the whole, and send it. It may take as long as an SMTP server may for a
    /// message (RFC 5321 section 4.5.3.2.6).
    pub fn new(program: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            folder: folder.into(),
            patience: Duration::from_mins(10),
        }
    }

    /// The same with another limit of time.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands over one message for one recipient. If the future is dropped, the program is killed.
    pub async fn deliver(&self, from: &str, to: &str, message: &[u8]) -> Attempt {
        let outcome = match envelope(from, to) {
            Ok(Envelope { from, to }) => self.run(from.as_ref(), to.as_ref(), message).await,
            Err(outcome) => outcome,
        };
        let line = match &outcome {
            Outcome::Delivered { reply } | Outcome::Refused { reply, .. } => reply,
            Outcome::Failed { why, .. }
            | Outcome::Misconfigured { why, .. }
            | Outcome::Unknown { why } => why,
        };
        Attempt {
            dialogue: vec![(Step::Submit, line.clone())],
            outcome,
        }
    }

    async fn run(&self, from: &str, to: &str, message: &[u8]) -> Outcome {
        let (folder, lines) = (self.folder.clone(), unix_lines(message));
        let laid_out = tokio::task::spawn_blocking(move || lay_out(&folder, &lines)).await;
        let input = match laid_out {
            Ok(Ok(file)) => file,
            failed => {
                let why = match failed {
                    Ok(Err(error)) => error.to_string(),
                    _ => "the message cannot be written".to_owned(),
                };
                return Outcome::Failed {
                    step: Step::Submit,
                    why: format!("{}: {why}", self.folder.display()),
                };
            }
        };
        let mut command = Command::new(&self.program);
        command
            // A line with a single dot ends nothing; `--` keeps an address from being an option.
            .args(["-i", "-f", from, "--", to])
            .stdin(input)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        fault::point("sendmail-before-start");
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                let why = format!("{}: {error}", self.program.display());
                return Outcome::Misconfigured {
                    step: Step::Submit,
                    why,
                };
            }
        };
        match timeout(self.patience, wait(&mut child)).await {
            Err(_) => Outcome::Unknown {
                why: format!(
                    "{} did not end within {} s",
                    self.program.display(),
                    self.patience.as_secs_f32()
                ),
            },
            Ok(Err(error)) => Outcome::Unknown {
                why: format!("{}: {error}", self.program.display()),
            },
            Ok(Ok((code, words))) => {
                fault::point("sendmail-ended");
                self.read_exit(code, &words)
            }
        }
    }

    /// The codes of sysexits.h, as every sendmail has used them since 4.3BSD.
    fn read_exit(&self, code: Option<i32>, words: &str) -> Outcome {
        let program = self.program.display();
        let why = if words.is_empty() {
            format!("{program} gave no reason")
        } else {
            words.to_owned()
        };
        let step = Step::Submit;
        match code {
            Some(0) => Outcome::Delivered {
                reply: format!("accepted by {program}"),
            },
            // EX_DATAERR
            Some(65) => Outcome::Refused {
                step: Step::FinalDot,
                code: 554,
                reply: why,
            },
            // EX_NOUSER, EX_NOHOST
            Some(code @ (67 | 68)) => Outcome::Refused {
                step: Step::RcptTo,
                code: 550,
                reply: format!("5.1.{} {why}", code - 66),
            },
            // EX_USAGE, EX_NOPERM, EX_CONFIG, and the shell's "cannot run" and "not found"
            Some(64 | 77 | 78 | 126 | 127) => Outcome::Misconfigured { step, why },
            Some(code) => Outcome::Failed {
                step,
                why: format!("exit code {code}: {why}"),
            },
            None => Outcome::Unknown {
                why: format!("{program} was killed: {why}"),
            },
        }
    }
}

/// The message in a file that has no name any more, to be read from its beginning.
fn lay_out(folder: &Path, message: &[u8]) -> io::Result<File> {
    create_folders(folder)?;
    let path = folder.join("sendmail.message");
    // Left by a crash, or of another that has it open already.
    let _ = fs::remove_file(&path);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    let _ = fs::remove_file(&path);
    file.write_all(message)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// Returns the exit code, none for a signal, and what the program had to say.
async fn wait(child: &mut Child) -> io::Result<(Option<i32>, String)> {
    let mut words = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        let _ = stderr.take(ERROR_BYTES).read_to_end(&mut words).await;
    }
    let status = child.wait().await?;
    Ok((
        status.code(),
        clean_line(&String::from_utf8_lossy(&words), 500),
    ))
}

/// With the line ends of this system.
fn unix_lines(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    for (at, byte) in message.iter().enumerate() {
        if *byte != b'\r' || message.get(at + 1) != Some(&b'\n') {
            out.push(*byte);
        }
    }
    out
}

#[cfg(test)]
mod tests;
