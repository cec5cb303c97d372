//! Alerts of stories by the program itself: feeds, stories, mails.

use std::fs;

use crate::web::{Page, Web, rss};
use crate::world::World;

/// Four outlets at one server, and a watch with these lines.
fn world(web: &Web, recipient: &str, watch: &str) -> World {
    let world = World::new(&[]);
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n[[recipient]]\nid = \"desk\"\n\
             address = \"desk@example.org\"\n{recipient}\n"
        ),
    );
    let feeds: String = ["a", "b", "c", "d"]
        .iter()
        .map(|id| {
            web.put(&format!("/{id}"), Page::Feed(rss(id, &[])));
            format!(
                "[[feed]]\nid = \"{id}\"\nurl = \"{}\"\noutlet = \"{id}.example\"\n",
                web.url(&format!("/{id}"))
            )
        })
        .collect();
    world.write("feeds.toml", &feeds);
    world.write(
        "watches/force.toml",
        &format!(
            "[[watch]]\nid = \"force\"\ntitle = \"Use of force\"\nmatch = 'huamanga'\nurgency = \"alert\"\n{watch}\n"
        ),
    );
    world.run(&["once", "--all"]);
    world
}

/// Puts an item into the feed of an outlet and polls; gives the subjects of the alerts that came.
fn told(world: &World, web: &Web, outlet: &str, items: &[(&str, &str, &str)]) -> Vec<String> {
    web.put(&format!("/{outlet}"), Page::Feed(rss(outlet, items)));
    let before = world.mailbox().len();
    world.once_all();
    let mails = world.mailbox();
    assert!(mails.len() >= before);
    let seen: Vec<String> = fs::read_to_string(world.state().join("seen"))
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    let ids: Vec<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
    fs::write(world.state().join("seen"), ids.join("\n")).expect("a file");
    mails
        .iter()
        .filter(|mail| !seen.contains(&mail.message_id))
        .filter(|mail| mail.subject.contains("(Use of force"))
        .map(|mail| mail.text.replace("\r\n", " "))
        .collect()
}

const FIRST: (&str, &str, &str) = (
    "Police kill 12 protesters in Huamanga",
    "first",
    "Twelve people were shot dead on Tuesday when police fired on a march of miners at the airport of Huamanga, \
     said the ombudswoman of Ayacucho, who asked prosecutors to question the officers.",
);

#[test]
fn an_identical_headline_of_another_outlet_is_no_second_alert() {
    let web = Web::start("127.0.0.1");
    let world = world(&web, "", "");
    assert_eq!(told(&world, &web, "a", &[FIRST]).len(), 1);
    let again = (FIRST.0, "again", FIRST.2);
    assert!(told(&world, &web, "b", &[again]).is_empty());
    let explained = world.run(&["explain", "--watch", "force", "--item", "2"]);
    assert!(
        explained.stdout.contains("it is no alert to desk"),
        "{explained:?}"
    );
}

#[test]
fn a_silent_correction_is_an_alert_that_says_so() {
    let web = Web::start("127.0.0.1");
    let world = world(&web, "", "");
    assert_eq!(told(&world, &web, "a", &[FIRST]).len(), 1);
    let corrected = (
        "Police kill 2 protesters in Huamanga",
        FIRST.1,
        "Two people were shot dead on Tuesday when police fired on a march of miners at the airport of Huamanga, \
         said the ombudswoman of Ayacucho, who asked prosecutors to question the officers.",
    );
    let alerts = told(&world, &web, "a", &[corrected]);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(alerts[0].contains("Corrected: was"), "{alerts:?}");
    assert!(told(&world, &web, "a", &[corrected]).is_empty());
}

#[test]
fn three_outlets_in_their_own_words_corroborate_and_a_copy_does_not() {
    let web = Web::start("127.0.0.1");
    let world = world(&web, "", "corroborated = 3");
    assert!(told(&world, &web, "a", &[FIRST]).is_empty());
    assert!(told(&world, &web, "b", &[(FIRST.0, "copy", FIRST.2)]).is_empty());
    let second = (
        "Twelve protesters killed by police in Huamanga, Ayacucho",
        "second",
        "Police shot dead twelve protesters at the Huamanga airport, according to the ombudswoman of Ayacucho. The \
         march of miners had begun peacefully on Tuesday.",
    );
    assert!(told(&world, &web, "c", &[second]).is_empty());
    let third = (
        "Huamanga: 12 protesters shot dead by police at airport",
        "third",
        "At least 12 protesters died in Huamanga on Tuesday as police opened fire on miners who marched on the \
         airport; the ombudswoman of Ayacucho wants prosecutors to question officers.",
    );
    let alerts = told(&world, &web, "d", &[third]);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].contains("3 independent outlets report it"),
        "{alerts:?}"
    );
    assert!(
        alerts[0].contains("First reported by a.example"),
        "{alerts:?}"
    );
    let more = (
        "Police kill twelve protesters at Huamanga airport",
        "more",
        second.2,
    );
    assert!(told(&world, &web, "b", &[more]).is_empty());
}
