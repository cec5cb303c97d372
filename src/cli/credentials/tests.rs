use std::fs;

use super::*;
use crate::config::{self, read_secret};

fn settings(folder: &Path) -> MailSettings {
    fs::create_dir_all(folder.join("watches")).unwrap();
    let text = "[mail]\ntransport = \"smtp\"\nhost = \"mail.example.org\"\ntls = \"implicit\"\n\
            from = \"n@example.org\"\nusername = \"u\"\npassword = \"smtp-password\"\n\
            [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";
    fs::write(folder.join("newsvigil.toml"), text).unwrap();
    fs::write(folder.join("feeds.toml"), "").unwrap();
    let watch = "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nrecipients = [\"desk\"]\n\
            match = 'lethal force'\n[watch.examples]\nyes = [\"lethal force\"]\n";
    fs::write(
        folder.join("watches/force.toml"),
        watch.replace("'lethal force'", "'lethal'"),
    )
    .unwrap();
    match config::load(folder) {
        Ok((config, _)) => config.mail,
        Err(problems) => panic!("{}", problems.render(config::Styling::Plain)),
    }
}

fn password(mail: &MailSettings) -> &SecretSource {
    match &mail.transport {
        TransportSettings::Smtp(smtp) => &smtp.password.as_ref().unwrap().value,
        _ => panic!("it is SMTP"),
    }
}

#[test]
fn the_secret_that_the_unit_loads_is_read_by_hand_too() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let unit = root.join("etc/systemd/system/newsvigil.service");
    fs::create_dir_all(unit.parent().unwrap()).unwrap();
    let given = settings(&root.join("config"));
    // Without the service, nothing is known of credentials.
    let mut mail = given.clone();
    take_from_unit(&mut mail, root).unwrap();
    assert_eq!(
        password(&mail),
        &SecretSource::Credential("smtp-password".into())
    );

    let refused = |text: &str| {
        fs::write(&unit, text).unwrap();
        take_from_unit(&mut given.clone(), root).unwrap_err()
    };
    let none = refused("[Service]\n");
    assert!(
        none.message.contains("LoadCredential=smtp-password:"),
        "{none:?}"
    );
    let load = "[Service]\nLoadCredential=smtp-password:pw\n";
    let missing = refused(load);
    assert!(
        missing
            .message
            .contains("etc/credstore/pw, which is not there"),
        "{missing:?}"
    );
    let store = root.join("etc/credstore");
    fs::create_dir_all(store.join("pw")).unwrap();
    assert!(refused(load).message.contains("not there"));
    fs::remove_dir(store.join("pw")).unwrap();

    fs::write(store.join("pw"), "secret\n").unwrap();
    let exposed = |path: &Path, mode| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    exposed(&store.join("pw"), 0o600);
    let mut mail = given.clone();
    take_from_unit(&mut mail, root).unwrap();
    let secret = read_secret(password(&mail), None).unwrap();
    assert_eq!(secret.expose(), "secret");

    fs::write(
        &unit,
        "[Service]\nSetCredential=smtp-password:of the unit\n",
    )
    .unwrap();
    let mut mail = given.clone();
    take_from_unit(&mut mail, root).unwrap();
    let secret = read_secret(password(&mail), None).unwrap();
    assert_eq!(secret.expose(), "of the unit");

    fs::create_dir_all(root.join("etc/credstore.encrypted")).unwrap();
    fs::write(root.join("etc/credstore.encrypted/pw"), "x").unwrap();
    let encrypted = refused("[Service]\nLoadCredentialEncrypted=smtp-password:pw\n");
    assert!(
        encrypted.message.contains(
            "sudo systemd-run --pty --wait --collect -p LoadCredentialEncrypted=smtp-password:"
        ),
        "{encrypted:?}"
    );
}
