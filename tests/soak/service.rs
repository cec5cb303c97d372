//! The service as a process of its own, with a clock that goes faster.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use newsvigil::config;
use newsvigil::daemon::{self, Folders, LogTarget, TimeScale};
use tempfile::TempDir;
use tracing_subscriber::filter::LevelFilter;

use super::Day;
use super::figures::Figures;
use super::outlets::{MORNING, Outlets};

/// Names the folder of a process that is to be the service.
pub const FOLDER: &str = "NEWSVIGIL_SOAK_FOLDER";
/// How fast its clock goes.
const TIMES: &str = "NEWSVIGIL_SOAK_CLOCK";
/// Nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Is the service, until it is told to stop.
pub fn be_one(folder: &Path) -> ExitCode {
    let times = std::env::var(TIMES).ok().and_then(|text| text.parse().ok());
    let tempo = TimeScale::accelerated(MORNING.parse().expect("a time"), times.expect("a number"));
    daemon::start_logging(LogTarget::StandardError, LevelFilter::INFO);
    let config_folder = folder.join("config");
    let Ok((config, _)) = config::load(&config_folder) else {
        return ExitCode::FAILURE;
    };
    let folders = Folders {
        config: config_folder,
        state: folder.join("state"),
        credentials: None,
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match runtime.block_on(daemon::run(folders, config, tempo)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The process.
pub struct Service {
    folder: TempDir,
    child: Child,
    port: u16,
}

impl Service {
    pub fn start(day: Day, outlets: &Outlets) -> Self {
        let folder = TempDir::new().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .expect("a port")
            .port();
        configure(&folder.path().join("config"), day, outlets, port);
        let log = File::create(folder.path().join("log")).expect("a file");
        let child = Command::new(std::env::current_exe().expect("this program"))
            .env_clear()
            .env(FOLDER, folder.path())
            .env(TIMES, day.times.to_string())
            // As in the unit.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the service");
        Self {
            folder,
            child,
            port,
        }
    }

    /// Its figures just now.
    pub fn look(&mut self) -> Figures {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(figures) = ask(self.port).as_deref().and_then(Figures::read) {
                return figures;
            }
            let gone = self.child.try_wait().ok().flatten();
            assert!(
                gone.is_none() && Instant::now() < until,
                "no figures; {gone:?}; it said:\n{}",
                self.log()
            );
            std::thread::yield_now();
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Asks it to end.
    ///
    /// # Errors
    ///
    /// With what it said, when it did not end as it should.
    pub fn stop(mut self) -> Result<(), String> {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        assert!(asked.is_ok_and(|status| status.success()), "no kill");
        let status = self.child.wait().expect("its end");
        let log = self.log();
        let quiet = !log.contains("ERROR") && log.contains("in the last hour: ");
        if status.success() && quiet {
            Ok(())
        } else {
            Err(format!("{status}; it said:\n{log}"))
        }
    }
}

fn ask(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn configure(folder: &Path, day: Day, outlets: &Outlets, port: u16) {
    let mut feeds = String::new();
    for outlet in 0..day.feeds {
        let _ = writeln!(
            feeds,
            "[[feed]]\nid = \"outlet-{outlet}\"\nurl = \"{}\"\nlanguage = \"en\"",
            outlets.url(outlet)
        );
    }
    let settings = format!(
        "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"1s\"\n\
         [metrics]\nlisten = \"127.0.0.1:{port}\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ndigest = [\"hourly\"]\n"
    );
    let watch = "[[watch]]\nid = \"force\"\ntitle = \"Use of force\"\nmatch = '\"lethal force\"'\n\
                 urgency = \"alert\"\nrecipients = [\"desk\"]\n";
    fs::create_dir_all(folder.join("watches")).expect("a folder");
    for (name, text) in [
        ("newsvigil.toml", settings.as_str()),
        ("feeds.toml", &feeds),
        ("watches/force.toml", watch),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
}
