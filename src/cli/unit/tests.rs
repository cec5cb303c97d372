use super::*;

fn put(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(root: &Path) -> Unit {
    Unit::read(root).unwrap().unwrap()
}

#[test]
fn the_shipped_unit_says_where_things_lie() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    assert_eq!(Unit::read(root).unwrap(), None);
    put(
        root,
        "usr/lib/systemd/system/newsvigil.service",
        include_str!("../../../systemd/newsvigil.service"),
    );
    let unit = read(root);
    assert_eq!(unit.state_directory, Some("newsvigil".into()));
    assert_eq!(unit.config, Some("/etc/newsvigil".into()));
    assert_eq!(unit.state, None);
    let password = root.join("etc/credstore/newsvigil.smtp-password");
    let credential = |unit: &Unit| unit.credential(root, "smtp-password");
    assert_eq!(
        credential(&unit),
        Some(Credential::Missing(password.clone()))
    );
    put(root, "etc/credstore/newsvigil.smtp-password", "secret\n");
    assert_eq!(credential(&unit), Some(Credential::File(password)));
    assert_eq!(unit.credential(root, "other"), None);
}

#[test]
fn drop_ins_are_read_in_order_and_hide_those_of_their_name() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let folder = "etc/systemd/system/newsvigil.service";
    put(
        root,
        folder,
        "[Unit]\nStateDirectory=no\n[Service]\n# LoadCredential=c:/no\nLoadCredential=a:/k/a\nLoadCredential=keys:/k/keys\n\
             ExecStart=/usr/bin/newsvigil \\\n  --config=/srv/c --state /srv/s run\n",
    );
    put(
        root,
        "usr/lib/systemd/system/newsvigil.service",
        "[Service]\nLoadCredential=z\n",
    );
    put(
        root,
        "usr/lib/systemd/system/newsvigil.service.d/20.conf",
        "[Service]\nLoadCredential=hidden\n",
    );
    put(
        root,
        &format!("{folder}.d/20.conf"),
        "[Service]\nLoadCredentialEncrypted=b\nSetCredential=d:x\\ny%%\nSetCredential=a:\n\
             ImportCredential=mail.*\n[Install]\nLoadCredential=no\n",
    );
    put(
        root,
        &format!("{folder}.d/note.txt"),
        "[Service]\nLoadCredential=no\n",
    );
    put(root, "k/a", "");
    put(root, "etc/credstore.encrypted/b", "");
    put(root, "run/credstore/mail.key", "");
    put(root, "k/keys/dkim", "");
    let unit = read(root);
    assert_eq!(unit.config, Some("/srv/c".into()));
    assert_eq!(unit.state, Some("/srv/s".into()));
    let of = |name| unit.credential(root, name);
    assert_eq!(of("a"), Some(Credential::File(root.join("k/a"))));
    assert_eq!(
        of("b"),
        Some(Credential::Encrypted(
            root.join("etc/credstore.encrypted/b")
        ))
    );
    assert_eq!(of("d"), Some(Credential::Value("x\ny%".to_owned())));
    assert_eq!(
        of("mail.key"),
        Some(Credential::File(root.join("run/credstore/mail.key")))
    );
    assert_eq!(
        of("keys_dkim"),
        Some(Credential::File(root.join("k/keys/dkim")))
    );
    for name in ["c", "hidden", "no", "z"] {
        assert_eq!(of(name), None, "{name}");
    }
    put(
        root,
        &format!("{folder}.d/30.conf"),
        "[Service]\nLoadCredential=\nExecStart=\nExecStart=/usr/bin/newsvigil run\n",
    );
    let unit = read(root);
    assert_eq!(
        unit.credential(root, "a"),
        Some(Credential::Value(String::new()))
    );
    assert_eq!((unit.config, unit.state), (None, None));
}

#[test]
fn a_masked_unit_and_a_pipe_stop_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("etc/systemd/system");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink("/dev/null", folder.join(NAME)).unwrap();
    assert_eq!(read(root.path()), Unit::default());
    fs::remove_file(folder.join(NAME)).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.join(NAME))
        .status();
    assert!(made.unwrap().success());
    let refused = Unit::read(root.path()).unwrap_err();
    assert!(
        refused.to_string().contains("not a regular file"),
        "{refused}"
    );
}
