//! `run` as the service manager sees it: ready, reload, stop.

use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::web::{Page, Web, rss};
use crate::world::{Run, WATCH, World};

pub const STORY: (&str, &str, &str) = ("Police used lethal force", "s", "Protesters were shot.");
/// Nothing that is waited for here takes longer, even on a machine that does other things too.
pub const PATIENCE: Duration = Duration::from_mins(3);

/// A running service, and the socket on which it tells how it is.
pub struct Service {
    child: Child,
    socket: UnixDatagram,
}

impl Service {
    pub fn start(world: &World, watchdog: Option<&str>) -> Self {
        let mut command = world.command(&["run"]);
        if let Some(microseconds) = watchdog {
            command.env("WATCHDOG_USEC", microseconds);
        }
        Self::spawn(world, command)
    }

    /// With a command that becomes the program.
    pub fn spawn(world: &World, mut command: Command) -> Self {
        let path = world.config().with_extension("notify");
        // Of an earlier start in this world, if there was one.
        let _ = std::fs::remove_file(&path);
        let socket = UnixDatagram::bind(&path).expect("a socket");
        socket.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        command.env("NOTIFY_SOCKET", &path);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        Self { child, socket }
    }

    /// Waits for a message that holds `words`.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        let mut buffer = [0; 4096];
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let Ok(length) = self.socket.recv(&mut buffer) else {
                break;
            };
            let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if message.contains(words) {
                return message;
            }
        }
        panic!("the service never said {words}");
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status();
        assert!(status.expect("kill").success());
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory that it ever took (`proc_pid_status(5)`).
    pub fn peak_memory_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the program runs");
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
            .expect("a number")
    }

    /// Waits for the end that comes of itself.
    #[track_caller]
    pub fn end(mut self) -> Run {
        let until = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("the program").is_none() {
            if Instant::now() > until {
                self.signal("-KILL");
                panic!("it never ended: {:?}", self.child.wait_with_output());
            }
            std::thread::yield_now();
        }
        self.child.wait_with_output().expect("the program").into()
    }

    /// Sends SIGTERM and waits for the end.
    pub fn stop(self) -> Run {
        self.signal("-TERM");
        self.child.wait_with_output().expect("the program").into()
    }
}

/// Waits until `look` gives something.
#[track_caller]
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(found) = look() {
            return found;
        }
        std::thread::yield_now();
    }
    panic!("never: {what}");
}

#[test]
fn it_is_ready_delivers_and_stops() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    let mail = eventually("a digest", || world.mailbox().pop());
    assert!(mail.text.contains("**lethal force**"), "{}", mail.text);
    let busy = world.run(&["once"]);
    assert_eq!(busy.code, 75, "a second one is refused: {busy:?}");
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["hits"], 1, "status works beside the service");
    let began = Instant::now();
    let run = service.stop().ok();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "it stops within seconds"
    );
    assert!(run.stderr.contains("stopped"), "{run:?}");
}

/// Runs where the journal is `folder`, with a `JOURNAL_STREAM` that the shell makes.
fn run_beside_a_journal(world: &World, folder: &Path, stream: &str) -> Option<Run> {
    let program = world.command(&["run"]);
    let shell = format!(
        "mount -t tmpfs none /run && mkdir -p /run/systemd/journal || exit 99
         mount --bind '{}' /run/systemd/journal || exit 99
         export JOURNAL_STREAM={stream}
         exec \"$@\"",
        folder.display()
    );
    let may = Command::new("unshare")
        .args(["--mount", "--map-root-user", "mount", "-t", "tmpfs"])
        .args(["none", "/run"])
        .output();
    if !may.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this machine permits no mount namespace");
        return None;
    }
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--map-root-user", "sh", "-c", &shell, "sh"])
        .arg(program.get_program())
        .args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let service = Service::spawn(world, command);
    service.wait_for("READY=1");
    Some(service.stop().ok())
}

#[test]
fn it_logs_to_the_journal_only_when_its_own_standard_error_goes_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = UnixDatagram::bind(folder.path().join("socket")).expect("a socket");
    journal.set_nonblocking(true).expect("a mode");
    let told = || {
        let mut told = String::new();
        let mut buffer = vec![0; 65_536];
        while let Ok(length) = journal.recv(&mut buffer) {
            told.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
        told
    };
    for inherited in ["1:1", "$(stat -Lc %d:%i /)", "nonsense"] {
        let world = World::new(&[("outlet", "file:none.xml")]);
        let Some(run) = run_beside_a_journal(&world, folder.path(), inherited) else {
            return;
        };
        assert!(run.stderr.contains("stopped"), "{inherited}: {run:?}");
        assert_eq!(told(), "", "{inherited}");
    }
    let world = World::new(&[("outlet", "file:none.xml")]);
    let own = "$(stat -Lc %d:%i /proc/self/fd/2)";
    if let Some(run) = run_beside_a_journal(&world, folder.path(), own) {
        assert_eq!(run.stderr, "", "once is enough");
        assert!(told().contains("stopped"), "the journal has it");
    }
}

#[test]
fn a_reload_takes_up_a_new_configuration_and_refuses_a_broken_one() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    web.put(
        "/second",
        Page::Feed(rss("Second", &[("More lethal force", "u", "A protest.")])),
    );
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("the first hit", || {
        (world.run(&["status", "--json"]).json()["hits"] == 1).then_some(())
    });

    world.write("watches/force.toml", &WATCH.replace("'\"lethal", "'lethal"));
    service.signal("-HUP");
    let reloading = service.wait_for("RELOADING=1");
    assert!(reloading.contains("MONOTONIC_USEC="), "{reloading}");
    let refused = service.wait_for("READY=1");
    assert!(refused.contains("refused"), "{refused}");

    world.write("watches/force.toml", WATCH);
    world.set_feeds(&[
        ("outlet", &web.url("/feed")),
        ("second", &web.url("/second")),
    ]);
    service.signal("-HUP");
    service.wait_for("RELOADING=1");
    service.wait_for("READY=1");
    eventually("a hit of the new feed", || {
        (world.run(&["status", "--json"]).json()["hits"] == 2).then_some(())
    });
    let run = service.stop().ok();
    assert!(
        run.stderr.contains("force.toml:6"),
        "the refusal names the place: {run:?}"
    );
}

#[test]
fn a_reload_tries_again_what_a_wrong_setting_held_up() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let settings = |mail: &str| {
        format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n[mail]\nfrom = \"a@example.org\"\n{mail}\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        )
    };
    // Nobody listens there.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = closed.expect("an address").port();
    world.write(
        "newsvigil.toml",
        &settings(&format!(
            "transport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}"
        )),
    );
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("an attempt", || {
        let row = world.run(&["outbox", "list", "--json"]).stdout;
        row.contains("refused").then_some(())
    });
    world.write("newsvigil.toml", &settings("transport = \"maildir\""));
    service.signal("-HUP");
    service.wait_for("READY=1");
    eventually("the digest", || world.mailbox().pop());
    service.stop().ok();
}

#[test]
fn after_an_outage_of_our_own_network_the_feeds_are_asked_soon() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    // Hosts of their own, at which nobody listens.
    let closed: Vec<(String, String)> = (31..38)
        .map(|host| {
            let socket = std::net::TcpListener::bind((format!("127.0.0.{host}"), 0));
            let address = socket
                .and_then(|socket| socket.local_addr())
                .expect("an address");
            (format!("away-{host}"), format!("http://{address}/feed"))
        })
        .collect();
    let mut feeds: Vec<(&str, &str)> = closed
        .iter()
        .map(|(id, url)| (id.as_str(), url.as_str()))
        .collect();
    let world = World::new(&feeds);
    let mut service = Service::start(&world, None);
    let stderr = service.child.stderr.take().expect("a pipe");
    let mut log = BufReader::new(stderr).lines().map_while(Result::ok);
    assert!(log.any(|line| line.contains("nobody has answered since")));

    let address = web.url("/feed");
    feeds.push(("outlet", &address));
    world.set_feeds(&feeds);
    service.signal("-HUP");
    assert!(log.any(|line| line.contains("somebody answers again")));
    let soon = eventually("the plans", || {
        let now = jiff::Timestamp::now().as_second();
        let feeds = world.run(&["feed", "list", "--json"]).json_lines();
        let away = feeds.iter().filter(|feed| feed["health"] == "failing");
        let next: Vec<i64> = away.filter_map(|feed| feed["next_poll"].as_i64()).collect();
        (next.len() == 7 && next.iter().all(|next| *next <= now + 600)).then_some(next)
    });
    assert_eq!(soon.len(), 7);
    service.stop().ok();
}

#[test]
fn the_watchdog_is_told_that_it_lives() {
    let world = World::new(&[("outlet", "file:none.xml")]);
    let service = Service::start(&world, Some("1000000"));
    service.wait_for("READY=1");
    service.wait_for("WATCHDOG=1");
    service.wait_for("WATCHDOG=1");
    service.stop().ok();
}

#[test]
fn a_stop_in_the_middle_of_a_slow_poll_loses_nothing() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Silence(Duration::from_mins(2)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"10m\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("a request", || web.requests("/feed").pop());
    let began = Instant::now();
    service.stop().ok();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "it does not wait for the feed"
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    assert_eq!(world.once()["hits"], 1);
}
