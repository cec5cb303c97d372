//! Whom a summary reaches, and how much of it.

use super::*;

#[test]
fn a_sealed_summary_has_numbers_and_no_name() {
    let mut office = Office::new(&format!("{WEEKLY}\nprivacy = \"sealed\""));
    office.days(56, &[("force", 1)]);
    office.poll("wire", &[]);
    let mails = office.days(8, &[("force", 6)]);
    let mail = &mails[1];
    assert_eq!(mail.subject, "Week of Mon 27 Apr: 42 stories");
    assert!(mail.text.contains("7 in a usual week"), "{}", mail.text);
    assert!(
        mail.text.contains("newsvigil digest preview --week desk"),
        "{}",
        mail.text
    );
    for part in [&mail.subject, &mail.text, &mail.html] {
        for name in ["force", "Force", "Peru", "assembly", "outlet", "wire"] {
            assert!(!part.contains(name), "{name}: {part}");
        }
    }
    assert_eq!(office.unusual(), []);
}

#[test]
fn nobody_is_warned_of_a_reader_of_summaries_alone() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let recipient = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\nalerts = false\n\
                     digest = [\"off\"]\n";
    world.write("newsvigil.toml", recipient);
    let told = world.run(&["check"]);
    assert!(
        format!("{told:?}").contains("nothing can reach"),
        "{told:?}"
    );
    world.write(
        "newsvigil.toml",
        &format!("{recipient}summary = \"mon 08:00\"\n"),
    );
    world.write("watches/force.toml", PRISONS);
    let told = world.run(&["check"]).ok();
    assert!(
        !format!("{told:?}").contains("nothing can reach"),
        "{told:?}"
    );
}

#[test]
fn the_week_is_shown_to_who_asks_for_it() {
    let mut office = Office::new("");
    office.days(9, &[("force", 1)]);
    let run = office.world.run(&["digest", "preview", "--week"]).ok();
    assert!(run.stdout.contains("Subject: Week of "), "{run:?}");
    assert!(run.stderr.contains("desk gets no summaries"), "{run:?}");
    let both = office
        .world
        .run(&["digest", "preview", "--week", "--since", "7d"]);
    assert_ne!(both.code, 0);
}
