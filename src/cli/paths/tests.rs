use super::*;

struct Machine {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, PathBuf)>,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        };
        fs::create_dir_all(machine.at("etc/newsvigil")).unwrap();
        machine
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn state(&self, config: &str) -> Result<(PathBuf, Source), Failure> {
        let paths = Paths {
            config: self.at(config),
            config_given: None,
            state_given: None,
        };
        let variable = |name: &str| {
            let found = self.variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.clone().into_os_string())
        };
        paths.state_among(&StateEnvironment {
            variable: &variable,
            root: self.folder.path(),
        })
    }

    fn found(&self) -> (PathBuf, Source) {
        self.state("etc/newsvigil").unwrap()
    }
}

#[test]
fn with_the_configuration_of_the_service_comes_its_state() {
    let mut machine = Machine::new();
    machine.variables = vec![("HOME", "/home/somebody".into())];
    let own = PathBuf::from("/home/somebody/.local/state/newsvigil");
    assert_eq!(machine.found(), (own.clone(), Source::User));
    // As DynamicUser= leaves it.
    fs::create_dir_all(machine.at("var/lib/private/newsvigil")).unwrap();
    let private = machine.at("var/lib/private/newsvigil");
    assert_eq!(machine.found(), (private, Source::Service));
    let link = machine.at("var/lib/newsvigil");
    std::os::unix::fs::symlink("private/newsvigil", &link).unwrap();
    assert_eq!(machine.found(), (link, Source::Service));
    fs::create_dir_all(machine.at("srv/config")).unwrap();
    assert_eq!(machine.state("srv/config").unwrap(), (own, Source::User));
    // A link to the configuration of the service is that configuration.
    std::os::unix::fs::symlink(machine.at("etc/newsvigil"), machine.at("srv/link")).unwrap();
    assert_eq!(machine.state("srv/link").unwrap().1, Source::Service);
    machine
        .variables
        .push(("STATE_DIRECTORY", "/one:/two".into()));
    assert_eq!(
        machine.found(),
        ("/one".into(), Source::Variable("STATE_DIRECTORY"))
    );
    machine.variables.push(("NEWSVIGIL_STATE", "/three".into()));
    assert_eq!(
        machine.found(),
        ("/three".into(), Source::Variable("NEWSVIGIL_STATE"))
    );
}

#[test]
fn a_unit_that_was_changed_says_where_its_state_is() {
    let machine = Machine::new();
    let folder = machine.at("etc/systemd/system");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(machine.at("srv/state")).unwrap();
    fs::create_dir_all(machine.at("srv/config")).unwrap();
    fs::create_dir_all(machine.at("var/lib/other")).unwrap();
    let unit = |text: &str| fs::write(folder.join(super::super::unit::NAME), text).unwrap();
    unit("[Service]\nStateDirectory=none\n");
    assert!(machine.state("etc/newsvigil").is_err(), "no HOME");
    let home = vec![("HOME", "/home/somebody".into())];
    let machine = Machine {
        variables: home,
        ..machine
    };
    assert_eq!(machine.found().1, Source::UserBeforeService);
    unit("[Service]\nStateDirectory=other\n");
    assert_eq!(machine.found().0, machine.at("var/lib/other"));
    unit("[Service]\nExecStart=/usr/bin/newsvigil --config /srv/config --state=/srv/state run\n");
    assert_eq!(
        machine.state("srv/config").unwrap(),
        (machine.at("srv/state"), Source::Service)
    );
}

#[test]
fn a_state_that_cannot_be_read_is_not_replaced_by_an_empty_one() {
    let mut machine = Machine::new();
    machine.variables = vec![("HOME", "/home/somebody".into())];
    fs::create_dir_all(machine.at("var/lib")).unwrap();
    // Stands for any reason for which a folder cannot be read, also where tests run as root.
    fs::write(machine.at("var/lib/newsvigil"), "").unwrap();
    let refused = machine.state("etc/newsvigil").unwrap_err();
    assert_eq!(refused.code, NO_INPUT);
    assert!(refused.message.contains("run `sudo "), "{refused:?}");
}

#[test]
fn words_are_shown_as_a_shell_takes_them() {
    assert_eq!(quoted("--since=7d"), "--since=7d");
    assert_eq!(quoted("it's a"), "'it'\\''s a'");
    assert_eq!(quoted(""), "''");
}
