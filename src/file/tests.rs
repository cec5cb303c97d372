use std::os::unix::fs::PermissionsExt as _;

use super::*;

/// A folder of somebody else's; none where this test is not root's, which is said.
fn folder_of_another() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    match std::os::unix::fs::chown(folder.path(), Some(4711), Some(4712)) {
        Ok(()) => Some(folder),
        Err(reason) => {
            eprintln!("*** NOT TESTED, since it needs root: {reason}");
            None
        }
    }
}

#[track_caller]
fn check_owner(path: &Path, owner: (u32, u32)) {
    let found = fs::symlink_metadata(path).unwrap();
    assert_eq!((found.uid(), found.gid()), owner, "{}", path.display());
}

#[test]
fn what_root_makes_in_the_folder_of_another_belongs_to_that_one() {
    let Some(folder) = folder_of_another() else {
        return;
    };
    let at = |name: &str| folder.path().join(name);
    create_new(&at("new")).unwrap();
    open_or_create(&at("lock")).unwrap();
    recreate(&at("lock")).unwrap();
    create_folders(&at("mail/tmp")).unwrap();
    create_new(&at("mail/tmp/message")).unwrap();
    for name in ["new", "lock", "mail", "mail/tmp", "mail/tmp/message"] {
        check_owner(&at(name), (4711, 4712));
    }
    let within_a_file = create_folders(&at("lock/tmp")).unwrap_err();
    assert_eq!(within_a_file.kind(), io::ErrorKind::NotADirectory);
    create_folders(&at("mail/tmp")).unwrap();
    let mode = fs::metadata(at("mail/tmp")).unwrap().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn nothing_is_given_away_behind_a_link_or_in_a_folder_that_many_share() {
    let Some(folder) = folder_of_another() else {
        return;
    };
    let secrets = tempfile::tempdir().unwrap();
    let secret = secrets.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let link = folder.path().join("lock");
    std::os::unix::fs::symlink(&secret, &link).unwrap();
    assert!(create_new(&link).is_err());
    assert!(open_or_create(&link).is_err());
    recreate(&link).unwrap();
    assert!(!fs::symlink_metadata(&link).unwrap().is_symlink());
    let dangling = folder.path().join("clock");
    std::os::unix::fs::symlink(secrets.path().join("made"), &dangling).unwrap();
    assert!(open_or_create(&dangling).is_err());
    assert!(!secrets.path().join("made").exists());
    check_owner(&secret, (0, 0));
    assert_eq!(fs::read_to_string(&secret).unwrap(), "secret");

    let shared = fs::Permissions::from_mode(0o1777);
    fs::set_permissions(folder.path(), shared).unwrap();
    create_new(&folder.path().join("mine")).unwrap();
    check_owner(&folder.path().join("mine"), (0, 0));
}

#[test]
fn what_is_no_regular_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let socket = folder.path().join("socket");
    let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [
        &pipe,
        &socket,
        &folder.path().to_owned(),
        &"/dev/zero".into(),
    ] {
        assert!(open_regular(path).is_err(), "{}", path.display());
    }
    let file = folder.path().join("file");
    std::fs::write(&file, "text").unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(
        io::read_to_string(open_regular(&link).unwrap()).unwrap(),
        "text"
    );
}
