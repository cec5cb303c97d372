//! The program dies at every point at which something is written down or done, and at moments that
//! look random, and is started again: nothing is missing, and what comes twice is the same message,
//! counted. `NEWSVIGIL_KILLS=1000 cargo test --test suite random_moments -- --nocapture` kills more.

pub mod ledger;
mod news;
pub mod script;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use crate::random::Random;
use crate::web::Page;
use ledger::{Reckoning, reconcile, reconcile_stored};
use script::{Script, Way};

/// POSIX numbers them so.
const SIGABRT: i32 = 6;

/// What the world must be like for a point to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scene {
    /// Nothing is stored yet.
    Beginning,
    /// News of a feed becomes mail.
    News(Way),
    /// The program died in the middle of sending before.
    Recovery,
    /// The program died in the middle of polling before.
    Suspicion,
    /// A feed fails, and the operator is told.
    Trouble,
    /// The mail server is away.
    Refusal,
    /// A message waits, and its recipient has moved.
    Removal,
    /// The mail server refuses a message for what it says.
    Filter,
    /// Nobody answers for a while.
    Outage,
    /// Items are past their time.
    Old,
    /// A backup is made.
    Backup,
    /// What was found while nobody looked for it becomes hits.
    Adoption,
    /// Pages behind items are read.
    Articles,
    /// A story is taken apart by hand.
    Apart,
}

const POINTS: &[(&str, Scene)] = &[
    ("state-folder-locked", Scene::Beginning),
    ("database-file-created", Scene::Beginning),
    ("migration-written", Scene::Beginning),
    ("migration-committed", Scene::Beginning),
    ("bodies-read", Scene::Beginning),
    ("bodies-read", Scene::News(Way::Smtp)),
    ("polls-begun", Scene::Beginning),
    ("polls-begun", Scene::News(Way::Smtp)),
    ("suspects-written", Scene::Suspicion),
    ("suspects-committed", Scene::Suspicion),
    ("polls-written", Scene::Beginning),
    ("polls-written", Scene::News(Way::Smtp)),
    ("polls-committed", Scene::Beginning),
    ("polls-committed", Scene::News(Way::Smtp)),
    ("watches-written", Scene::Beginning),
    ("watches-committed", Scene::Beginning),
    ("stories-written", Scene::Beginning),
    ("stories-written", Scene::News(Way::Smtp)),
    ("stories-committed", Scene::Beginning),
    ("stories-committed", Scene::News(Way::Smtp)),
    ("split-written", Scene::Apart),
    ("split-committed", Scene::Apart),
    ("mail-written", Scene::Beginning),
    ("mail-written", Scene::News(Way::Smtp)),
    ("mail-committed", Scene::Beginning),
    ("mail-committed", Scene::News(Way::Smtp)),
    ("claim-written", Scene::News(Way::Smtp)),
    ("claim-committed", Scene::News(Way::Smtp)),
    ("smtp-before-connect", Scene::News(Way::Smtp)),
    ("smtp-before-content", Scene::News(Way::Smtp)),
    ("smtp-message-accepted", Scene::News(Way::Smtp)),
    ("smtp-message-accepted", Scene::Recovery),
    ("settlement-and-claim-written", Scene::News(Way::Smtp)),
    ("settlement-and-claim-committed", Scene::News(Way::Smtp)),
    ("settlement-written", Scene::Refusal),
    ("settlement-committed", Scene::Refusal),
    ("maildir-written", Scene::News(Way::Maildir)),
    ("maildir-renamed", Scene::News(Way::Maildir)),
    ("maildir-synced", Scene::News(Way::Maildir)),
    ("sendmail-before-start", Scene::News(Way::Sendmail)),
    ("sendmail-ended", Scene::News(Way::Sendmail)),
    ("recovery-committed", Scene::Recovery),
    ("notice-written", Scene::Trouble),
    ("notice-committed", Scene::Trouble),
    ("withdrawal-written", Scene::Removal),
    ("withdrawal-committed", Scene::Removal),
    ("replacement-written", Scene::Filter),
    ("replacement-committed", Scene::Filter),
    ("outage-written", Scene::Outage),
    ("outage-committed", Scene::Outage),
    ("prune-written", Scene::Old),
    ("prune-committed", Scene::Old),
    ("backup-written", Scene::Backup),
    ("backup-named", Scene::Backup),
    ("adoption-written", Scene::Adoption),
    ("adoption-committed", Scene::Adoption),
    ("articles-postponed-written", Scene::Articles),
    ("articles-postponed-committed", Scene::Articles),
    ("articles-written", Scene::Articles),
    ("articles-committed", Scene::Articles),
];

impl Scene {
    fn way(self) -> Way {
        match self {
            Self::News(way) => way,
            _ => Way::Smtp,
        }
    }

    /// Whether a mail cannot go, or tells that something went wrong.
    fn is_trouble_of_mail(self) -> bool {
        matches!(
            self,
            Self::Recovery
                | Self::Trouble
                | Self::Refusal
                | Self::Removal
                | Self::Filter
                | Self::Outage
        )
    }

    /// Makes the world such that the point will be reached by `once --all`, or by `run`.
    fn prepare(self, script: &mut Script) {
        script.publish();
        if self != Self::Beginning {
            script.world.once_all();
            script.publish_something_urgent();
            script.time_passes();
        }
        match self {
            Self::Beginning | Self::News(_) | Self::Backup => {}
            Self::Recovery => {
                let died = run_to(script, "once", "smtp-message-accepted:1");
                assert_eq!(died.status.signal(), Some(SIGABRT), "{died:?}");
            }
            Self::Suspicion => {
                let died = run_to(script, "once", "bodies-read:1");
                assert_eq!(died.status.signal(), Some(SIGABRT), "{died:?}");
            }
            Self::Trouble => script.web.put("/0", Page::Status(500, String::new())),
            Self::Refusal => script.write_settings(closed_port()),
            Self::Removal => {
                script.write_settings(closed_port());
                script.world.once_all();
                script.desk = "desk@elsewhere.example";
                script.write_settings(script.server.port);
            }
            Self::Filter => script.server.refuse("number", "554 5.7.1 refused"),
            Self::Outage => script.cut_off(),
            Self::Old => script.grow_old(),
            Self::Adoption => script.look_away(),
            Self::Articles => script.link_to_pages(),
            Self::Apart => script.repeat_a_story(),
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::Outage => "run",
            Self::Backup => "backup",
            Self::Adoption => "backtest",
            Self::Apart => "split",
            _ => "once",
        }
    }

    /// Puts right what `prepare` put wrong.
    fn restore(self, script: &mut Script) {
        match self {
            Self::Refusal => script.write_settings(script.server.port),
            Self::Filter => script.server.refuse_nothing(),
            Self::Outage => script.reconnect(),
            Self::Trouble => script.serve(),
            Self::Adoption => {
                script.world.run(&["backtest", "--adopt"]).ok();
            }
            _ => {}
        }
    }
}

fn closed_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Runs the program until it dies at `fault`, or ends.
fn run_to(script: &Script, command: &str, fault: &str) -> Output {
    let file = script.world.config().with_extension("backup");
    let story = match command {
        "split" => script.repeated_story().to_string(),
        _ => String::new(),
    };
    let arguments: &[&str] = match command {
        "split" => &["story", "split", &story],
        "run" => &["run"],
        "backtest" => &["backtest", "--adopt"],
        "backup" => &["backup", file.to_str().expect("UTF-8")],
        _ => &["once", "--all"],
    };
    let mut command = script.world.command(arguments);
    command.env("NEWSVIGIL_FAULT", fault);
    command.output().expect("the program")
}

#[track_caller]
fn check_points(wanted: impl Fn(Scene) -> bool) {
    let mut seed = 1;
    for (point, scene) in POINTS.iter().filter(|(_, scene)| wanted(*scene)) {
        seed += 1;
        let name = format!("{point} in {scene:?}");
        let mut script = Script::new(seed, scene.way());
        scene.prepare(&mut script);
        let died = run_to(&script, scene.command(), &format!("{point}:1"));
        assert_eq!(died.status.signal(), Some(SIGABRT), "{name}: {died:?}");
        scene.restore(&mut script);
        reconcile(&script, &name);
    }
}

#[test]
fn killed_at_any_point_of_a_beginning_it_begins_again() {
    check_points(|scene| scene == Scene::Beginning);
}

#[test]
fn killed_at_any_point_of_the_way_to_a_mail_server_it_loses_nothing() {
    check_points(|scene| scene == Scene::News(Way::Smtp));
}

#[test]
fn killed_at_any_point_of_the_way_to_a_local_mailbox_it_loses_nothing() {
    check_points(|scene| matches!(scene, Scene::News(Way::Maildir | Way::Sendmail)));
}

/// A sendmail that has got half of a message takes it for the whole.
#[test]
fn killed_while_a_local_sendmail_reads_it_leaves_the_message_whole() {
    let mut script = Script::new(5, Way::Sendmail);
    script.publish_very_much();
    let folder = script.sendmail_folder();
    fs::write(folder.join("wait"), "").expect("a file");
    let mut command = script.world.command(&["once"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program");
    let until = Instant::now() + Duration::from_mins(1);
    while !folder.join("started").exists() {
        assert!(Instant::now() < until, "nothing was handed over");
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    fs::remove_file(folder.join("wait")).expect("removed");
    while script.received().is_empty() {
        assert!(Instant::now() < until, "nothing arrived");
    }
    let arrived = script.received().remove(0);
    assert!(arrived.len() > 65_536, "{} bytes", arrived.len());
    reconcile(&script, "a slow sendmail");
}

#[test]
fn killed_while_mail_goes_wrong_it_loses_nothing() {
    check_points(Scene::is_trouble_of_mail);
}

#[test]
fn killed_at_any_point_of_other_work_it_loses_nothing() {
    check_points(|scene| {
        !matches!(scene, Scene::Beginning | Scene::News(_)) && !scene.is_trouble_of_mail()
    });
}

#[test]
fn the_program_is_killed_at_each_of_its_points() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    crate::house::sources(&root, &mut files);
    let texts: Vec<String> = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a source"))
        .collect();
    let there: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| text.split("fault::point(\"").skip(1))
        .filter_map(|rest| rest.split_once("\")").map(|(name, _)| name))
        .collect();
    for (file, text) in files.iter().zip(&texts) {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for at in (0..lines.len()).filter(|at| lines[*at] == "transaction.commit()?;") {
            let around =
                |lines: &[&str]| lines.iter().any(|line| line.starts_with("fault::point("));
            assert!(
                around(&lines[at - 2..at]) && around(&lines[at + 1..at + 3]),
                "{}:{}: no point before and after this commit",
                file.display(),
                at + 1
            );
        }
    }
    let calls: usize = texts
        .iter()
        .map(|text| text.matches("fault::point(").count())
        .sum();
    assert_eq!(calls, there.len(), "each point has a name of its own");
    let of_reading_room = crate::reading_room::POINTS.into_iter();
    let killed: BTreeSet<&str> = (POINTS.iter().map(|(name, _)| *name))
        .chain(of_reading_room)
        .collect();
    assert_eq!(
        there, killed,
        "points in the source, and points that the tests kill at"
    );
}

/// What a row of kills came to.
#[derive(Default)]
struct Killing {
    kills: usize,
    sum: Reckoning,
}

/// Kills the program `kills` times in one world, then reckons.
fn kill_again_and_again(seed: u64, kills: usize) -> Killing {
    let way = if seed.is_multiple_of(3) {
        Way::Maildir
    } else {
        Way::Smtp
    };
    let mut script = Script::new(seed, way);
    let mut random = Random(seed ^ 0x9e37_79b9);
    script.publish();
    let mut killed = 0;
    // How long an undisturbed run takes here, more or less, in microseconds.
    let mut span = 150_000;
    while killed < kills {
        if random.below(6) == 0 {
            reconcile_stored(&script, &format!("seed {seed} after {killed} kills"));
        }
        script.publish();
        let arguments: &[&str] = if random.below(3) == 0 {
            &["run"]
        } else {
            &["once", "--all"]
        };
        if script.world.state().join("newsvigil.db").exists()
            && random.below(3) == 0
            && script.has_schema()
        {
            script.time_passes();
        }
        let mut command = script.world.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program");
        // The moment itself is what is tried out: from before it has opened its files to after the end.
        std::thread::sleep(Duration::from_micros(random.below(span)));
        if child.try_wait().expect("a state").is_none() {
            killed += 1;
            span += span / 20;
        } else {
            span -= span / 5;
        }
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("ended");
    }
    Killing {
        kills: killed,
        sum: reconcile(&script, &format!("seed {seed}")),
    }
}

#[test]
fn killed_at_random_moments_it_misses_nothing() {
    const A_WORLD: usize = 25;
    let wanted =
        std::env::var("NEWSVIGIL_KILLS").map_or(50, |text| text.parse().expect("a number"));
    let began = Instant::now();
    let mut killing = Killing::default();
    let mut seed = 0;
    while killing.kills < wanted {
        seed += 1;
        let more = kill_again_and_again(seed, A_WORLD.min(wanted - killing.kills));
        killing.kills += more.kills;
        killing.sum += more.sum;
    }
    let Reckoning {
        items,
        hits,
        messages,
        twice,
    } = killing.sum;
    eprintln!(
        "{} kills in {seed} worlds and {} s: {items} items, {hits} hits, {messages} messages, \
         nothing missing, {twice} messages twice",
        killing.kills,
        began.elapsed().as_secs()
    );
}
