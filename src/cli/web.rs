//! `newsvigil web`: the reading room alone, and who may in.

use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;
use tracing_subscriber::filter::LevelFilter;

use super::failure::{CONFIGURATION, Failure, SOFTWARE, UNAVAILABLE, USAGE};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::config::{Config, LOCAL_NAME, ListenAddress};
use crate::daemon::{self, LogTarget, TimeScale, WebError};
use crate::store::web::{self, Revoked};
use crate::web::{INVITATION_LASTS, RandomSecret, SESSION_LASTS};

/// Of a name.
const LONGEST_NAME: usize = 60;
/// For somebody who listens to answer.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a link that works once, for ten minutes, and opens the pages for twelve hours
    Invite(Named),
    /// List who may in, and until when
    List(Format),
    /// Shut somebody out at once: sessions and links end
    Revoke(Named),
}

#[derive(Debug, Args)]
struct Named {
    /// Who, as judgments call them
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    match &options.command {
        None => serve(paths),
        Some(Command::Invite(options)) => invite(paths, &options.name),
        Some(Command::List(format)) => list(paths, *format),
        Some(Command::Revoke(options)) => revoke(paths, &options.name),
    }
}

/// Where the configuration puts the pages.
fn listen(config: &Config) -> Result<&ListenAddress, Failure> {
    config.web.listen.as_ref().ok_or_else(|| {
        Failure::new(
            CONFIGURATION,
            "the reading room is closed: newsvigil.toml has no `listen` in [web], such as\n\
             [web]\nlisten = \"127.0.0.1:9274\"",
        )
    })
}

fn serve(paths: &Paths) -> Result<ExitCode, Failure> {
    let config = paths.load_and_warn()?;
    let listen = listen(&config)?.clone();
    drop(paths.require_database()?);
    daemon::start_logging(LogTarget::StandardError, LevelFilter::INFO);
    let runtime = super::runtime::runtime()?;
    let ended = runtime.block_on(daemon::serve_web(
        &paths.state()?,
        config,
        &listen,
        TimeScale::SYSTEM,
    ));
    runtime.shutdown_background();
    ended.map_err(|error| match error {
        WebError::Store(error) => error.into(),
        WebError::Listen(..) => Failure::new(UNAVAILABLE, error.to_string()),
        WebError::Signals(_) => Failure::new(SOFTWARE, error.to_string()),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A name as it is kept and shown.
fn checked(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    let printable = output::printable(name, LONGEST_NAME);
    if name.is_empty() || printable != name {
        return Err(Failure::new(
            USAGE,
            format!("a name has 1 to {LONGEST_NAME} characters, in one line"),
        ));
    }
    Ok(printable)
}

fn invite(paths: &Paths, name: &str) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let listen = listen(&config)?;
    let name = checked(name)?;
    let connection = paths.write_database()?;
    let (secret, now) = (RandomSecret::random(), Timestamp::now());
    let ends = now.checked_add(INVITATION_LASTS).unwrap_or(now);
    web::invite(&connection, &secret.hash(), &name, now, ends)?;
    let path = format!("/invitation/{}", secret.reveal());
    let port = match listen {
        ListenAddress::Loopback(address) => address.port(),
        ListenAddress::Unix(_) => 9274,
    };
    let hours = SESSION_LASTS.as_hours();
    tell!(
        "newsvigil: this link lets {name} in, once, in the next ten minutes, and for {hours} hours then:"
    );
    let base = config.web.base();
    let local = || format!("http://{LOCAL_NAME}:{port}");
    say!("{}{path}", base.clone().unwrap_or_else(local));
    if config.web.hosts.is_empty() {
        tell!("A browser that does not find that name takes http://127.0.0.1:{port}{path}");
        let place = match listen {
            ListenAddress::Loopback(address) => address.to_string(),
            ListenAddress::Unix(path) => path.display().to_string(),
        };
        let when = if base.is_none() {
            "First, on the machine of the browser:"
        } else {
            "On another machine, first:"
        };
        tell!("{when} ssh -L {port}:{place} THIS-MACHINE");
    }
    if !is_open(listen) {
        tell!(
            "newsvigil: warning: nobody serves at {listen} yet: reload or start the service, or run `newsvigil web`"
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether somebody serves there, as far as this user may know.
fn is_open(listen: &ListenAddress) -> bool {
    let refused = match listen {
        ListenAddress::Loopback(address) => TcpStream::connect_timeout(address, PATIENCE).err(),
        ListenAddress::Unix(path) => UnixStream::connect(path).err(),
    };
    refused.is_none_or(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    #[serde(rename = "is")]
    state: &'static str,
    since: i64,
    until: i64,
}

fn list(paths: &Paths, format: Format) -> Result<ExitCode, Failure> {
    let (invited, within) = web::passes(&paths.require_database()?, Timestamp::now())?;
    let lines: Vec<_> = [("invited", &invited), ("in", &within)]
        .into_iter()
        .flat_map(|(state, passes)| passes.iter().map(move |pass| (state, pass)))
        .collect();
    if format.json {
        for (state, pass) in lines {
            let line = Line {
                name: &pass.name,
                state,
                since: pass.begins.as_second(),
                until: pass.ends.as_second(),
            };
            say!("{}", output::json(&line)?);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if lines.is_empty() {
        say!("nobody is in, and nobody is invited; `newsvigil web invite NAME` makes a link");
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<Vec<String>> = lines
        .into_iter()
        .map(|(state, pass)| {
            vec![
                output::printable(&pass.name, LONGEST_NAME),
                state.to_owned(),
                output::local_time(pass.begins),
                output::local_time(pass.ends),
            ]
        })
        .collect();
    say_part!(
        "{}",
        output::table(&["name", "is", "since", "until"], &rows)
    );
    Ok(ExitCode::SUCCESS)
}

fn revoke(paths: &Paths, name: &str) -> Result<ExitCode, Failure> {
    let name = name.trim();
    let ended = web::revoke(&mut paths.write_database()?, name)?;
    if ended == Revoked::default() {
        return Err(Failure::new(
            USAGE,
            format!("nobody called `{name}` is in or invited; see `newsvigil web list`"),
        ));
    }
    say!(
        "`{name}` is shut out: {} ended; what was judged stays",
        [
            output::count(ended.sessions, "session"),
            output::count(ended.invites, "invitation")
        ]
        .join(" and ")
    );
    Ok(ExitCode::SUCCESS)
}
