//! A copy of the database beside the service, and the way back to it as the help tells it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::survival::ledger::reconcile_stored;
use crate::survival::script::{Script, Way};
use crate::world::{Mail, Run, World};

fn target(world: &World, name: &str) -> PathBuf {
    world.config().with_extension(name)
}

fn backup(world: &World, file: &Path) -> Run {
    world.run(&["backup", "--json", file.to_str().expect("UTF-8")])
}

/// Everything refers to something that is there.
#[track_caller]
fn check_sound(file: &Path) {
    let copy = Connection::open(file).expect("the copy");
    let sound: String = copy
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(sound, "ok");
    for nothing in [
        "SELECT count(*) FROM pragma_foreign_key_check",
        "SELECT count(*) FROM outbox WHERE id NOT IN (SELECT outbox_id FROM message)",
        "SELECT count(*) FROM hit WHERE entry_id NOT IN (SELECT rowid FROM entry_text)",
    ] {
        let rows: i64 = copy.query_row(nothing, [], |row| row.get(0)).expect("rows");
        assert_eq!(rows, 0, "{nothing}");
    }
}

#[test]
fn a_backup_made_while_the_program_writes_is_of_one_moment() {
    let mut script = Script::new(11, Way::Maildir);
    script.publish();
    script.world.once_all();
    // More than are needed, where the program gets to write between them.
    let mut backups: Vec<(PathBuf, Command)> = (0..300)
        .map(|number| {
            let file = target(&script.world, &format!("{number}.db"));
            let arguments = ["backup", "--json", file.to_str().expect("UTF-8")];
            let command = script.world.command(&arguments);
            (file, command)
        })
        .collect();
    let done = AtomicBool::new(false);
    let entries = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                script.publish();
                script.world.once_all();
            }
        });
        let mut found = Vec::new();
        for (file, command) in &mut backups {
            let run = Run::from(command.output().expect("the program"));
            let line = run.ok().json();
            check_sound(file);
            let metadata = fs::metadata(&file).expect("a file");
            assert_eq!(line["bytes"].as_u64(), Some(metadata.len()));
            let mode = metadata.permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "it is for its owner alone");
            found.push(line["entries"].as_u64().expect("a number"));
            if found.len() >= 12 && found.first() < found.last() {
                break;
            }
        }
        done.store(true, Ordering::SeqCst);
        found
    });
    assert!(entries.is_sorted(), "nothing goes back: {entries:?}");
    assert!(
        entries.first() < entries.last(),
        "the program wrote: {entries:?}"
    );
}

/// What `backup --help` says, with the folders of a test, and without the service manager.
fn restore_as_documented(world: &World, file: &Path) {
    let help = world.run(&["backup", "--help"]).ok().stdout;
    let steps: Vec<String> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| {
            ["cd ", "mv ", "mkdir ", "cp ", "chmod ", "chown "]
                .iter()
                .any(|verb| line.starts_with(verb))
        })
        .map(|line| {
            line.replace("/var/lib/newsvigil", world.state().to_str().expect("UTF-8"))
                .replace("FILE", file.to_str().expect("UTF-8"))
        })
        .collect();
    assert_eq!(steps.len(), 6, "{help}");
    let shell = Command::new("sh").arg("-ec").arg(steps.join("\n")).output();
    let run = Run::from(shell.expect("a shell"));
    assert_eq!(run.code, 0, "{run:?}");
}

/// How often each link came to each address in a mail of each kind. What a digest says of alerts that
/// went before it is no news.
fn told(script: &Script) -> Vec<(String, String, String)> {
    let mut told = Vec::new();
    for bytes in script.received() {
        let mail = Mail::read(&bytes);
        let news = mail.text.split("SENT BEFORE, AS ALERTS").next();
        let links: BTreeSet<&str> = news
            .unwrap_or_default()
            .split_whitespace()
            .filter(|word| word.starts_with("https://outlet.example/item-"))
            .collect();
        let kind = if mail.subject.contains(" new: ") {
            "digest"
        } else {
            "alert"
        };
        for link in links {
            told.push((mail.to.clone(), kind.to_owned(), link.to_owned()));
        }
    }
    told
}

#[test]
fn a_backup_made_beside_the_service_is_gone_back_to_as_the_help_says() {
    let mut script = Script::new(12, Way::Smtp);
    script.publish_something_urgent();
    script.world.once_all();
    let settled = told(&script);
    assert!(!settled.is_empty());
    script.publish_something_urgent();
    script.time_passes();
    let mut service = script
        .world
        .command(&["run"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    script.wait_for_items(script.items.len());
    let file = target(&script.world, "backup.db");
    let line = backup(&script.world, &file).ok().json();
    assert_eq!(line["entries"], script.items.len(), "{line}");
    service.kill().expect("killed");
    service.wait().expect("ended");

    // What comes after the backup is stored and mailed, and then the disk is lost.
    script.publish_something_urgent();
    script.time_passes();
    script.world.once_all();
    restore_as_documented(&script.world, &file);

    reconcile_stored(&script, "after the restore");
    script.time_passes();
    assert_eq!(script.world.once_all()["mails_queued"], 0);
    let after = told(&script);
    for item in &script.items {
        for watch in item.expected_hits() {
            let link = item.link();
            let to_court = after
                .iter()
                .any(|(to, _, told)| *told == link && to.starts_with("court"));
            assert!(
                after.iter().any(|(_, _, told)| *told == link),
                "{link} is lost"
            );
            assert!(watch != "prison" || to_court, "{link} is lost to the court");
        }
    }
    for told in &settled {
        let item = script.items.iter().find(|item| item.link() == told.2);
        // A revision may have brought a second watch, and with it a second digest.
        let watches = item.map_or(0, |item| item.expected_hits().len());
        let times = after.iter().filter(|later| *later == told).count();
        assert!(
            times <= watches,
            "the backup knew that {told:?} was sent, and it came {times} times"
        );
    }
}

#[test]
fn a_backup_is_never_written_over_a_file_nor_half() {
    let mut script = Script::new(13, Way::Maildir);
    script.publish();
    let world = &script.world;
    let file = target(world, "backup.db");
    let nothing = backup(world, &file);
    assert_eq!(nothing.code, 66, "{nothing:?}");
    world.once_all();

    fs::write(&file, "mine").expect("a file");
    let run = backup(world, &file);
    assert_eq!(run.code, 73, "{run:?}");
    assert!(run.stderr.contains("exists already"), "{run:?}");
    assert_eq!(fs::read(&file).expect("the file"), b"mine");
    fs::remove_file(&file).expect("removed");
    std::os::unix::fs::symlink("nowhere", &file).expect("a link");
    assert_eq!(backup(world, &file).code, 73, "nor through a link");
    fs::remove_file(&file).expect("removed");

    let run = backup(world, &target(world, "missing").join("backup.db"));
    assert_eq!(run.code, 73, "{run:?}");
    assert!(
        run.stderr.contains("cannot be written: No such file"),
        "{run:?}"
    );

    let mut killed = world.command(&["backup", file.to_str().expect("UTF-8")]);
    killed.env("NEWSVIGIL_FAULT", "backup-written:1");
    let died = killed.output().expect("the program");
    assert_eq!(died.status.signal(), Some(6), "{died:?}");
    assert!(!file.exists(), "half a backup has no name");
    let run = backup(world, &file);
    assert_eq!(run.code, 73, "{run:?}");
    let part = target(world, "backup.db.part");
    let remedy = format!("remove {} and try again", part.display());
    assert!(run.stderr.contains(&remedy), "{run:?}");
    assert!(part.exists(), "it may be somebody's");
    fs::remove_file(&part).expect("removed");
    backup(world, &file).ok();
    check_sound(&file);
    let names: Vec<_> = fs::read_dir(file.parent().expect("a folder"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .filter(|name| name.to_string_lossy().contains(".part"))
        .collect();
    assert!(names.is_empty(), "nothing is left over: {names:?}");

    let people = world.run(&[
        "backup",
        target(world, "second.db").to_str().expect("UTF-8"),
    ]);
    assert!(
        people.ok().stdout.contains("3 feeds"),
        "it says what it holds"
    );
}

#[test]
fn a_backup_spares_what_has_the_name_that_it_has_while_it_is_written() {
    let mut script = Script::new(15, Way::Maildir);
    script.publish();
    let world = &script.world;
    world.once_all();
    let file = target(world, "backup.db");
    let part = target(world, "backup.db.part");
    let victim = target(world, "victim");
    fs::write(&victim, "mine").expect("a file");
    for through_link in [true, false] {
        if through_link {
            std::os::unix::fs::symlink(&victim, &part).expect("a link");
        } else {
            fs::copy(&victim, &part).expect("a file");
        }
        let run = backup(world, &file);
        assert_eq!(run.code, 73, "{run:?}");
        assert!(run.stderr.contains("backup.db.part"), "{run:?}");
        assert_eq!(fs::read(&part).expect("the file"), b"mine");
        assert_eq!(fs::read(&victim).expect("the file"), b"mine");
        assert!(!file.exists(), "there is no backup");
        fs::remove_file(&part).expect("removed");
    }
    backup(world, &file).ok();
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it is for its owner alone");
}

#[test]
fn a_backup_onto_a_full_disk_leaves_nothing_behind() {
    let mut script = Script::new(14, Way::Maildir);
    script.publish();
    script.world.once_all();
    let disk = target(&script.world, "disk");
    fs::create_dir(&disk).expect("a folder");
    let command = script
        .world
        .command(&["backup", disk.join("backup.db").to_str().expect("UTF-8")]);
    let shell = format!(
        "mount -t tmpfs -o size=64k none '{0}' || exit 99; \"$@\"; code=$?; ls -A '{0}'; exit $code",
        disk.display()
    );
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &shell, "sh"])
        .arg(command.get_program())
        .args(command.get_args())
        .output()
        .expect("unshare");
    let run = Run::from(output);
    if run.code == 99 || run.stderr.contains("unshare") {
        eprintln!("skipped: this machine permits no mount namespace");
        return;
    }
    assert_eq!(run.code, 75, "{run:?}");
    assert!(
        run.stderr.contains("no room to write the backup"),
        "{run:?}"
    );
    assert_eq!(run.stdout, "", "no file is left");
}
