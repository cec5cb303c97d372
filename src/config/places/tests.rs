use super::*;

fn read_text(text: &str) -> (Gazetteer, Vec<String>) {
    let mut problems = Problems::default();
    problems.sources.push(Source {
        path: FILE.into(),
        text: text.to_owned(),
    });
    let gazetteer = read_source(&mut problems, 0);
    let told = problems.list.iter().map(|problem| {
        let help = problem.help.as_deref().unwrap_or_default();
        format!("{} [{help}]", problem.message)
    });
    (gazetteer, told.collect())
}

#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let (_, told) = read_text(text);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(expected), "{told:?}");
}

#[test]
fn the_places_of_the_program_are_sound_and_each_has_a_region() {
    let (gazetteer, told) = read_text(SHIPPED);
    assert_eq!(told, Vec::<String>::new());
    let names = gazetteer.names();
    let all: BTreeSet<usize> = [
        "africa",
        "americas",
        "asia",
        "europe",
        "oceania",
        "antarctica",
    ]
    .iter()
    .flat_map(|region| gazetteer.resolve(region).unwrap())
    .collect();
    let places = names.iter().filter(|(id, _)| id.len() == 2).count();
    assert_eq!(all.len(), places);
    assert!(places > 240, "{places}");
    assert!(gazetteer.resolve("central-america").unwrap().len() == 7);
    assert_eq!(gazetteer.resolve("PE").unwrap().len(), 1);
    assert_eq!(gazetteer.resolve("pe"), None);
}

#[test]
fn mistakes_are_told_with_what_to_do() {
    let place = "[[place]]\nid = \"PE\"\nany = [\"Peru\"]\n";
    check_refused("[[place]]\nid = \"PE\"\n", "has no words");
    check_refused("[[place]]\nany = [\"Peru\"]\n", "needs `id`");
    check_refused(
        "[[place]]\nid = \"PE\"\nany = [\"…\"]\nes = [\"peruano\"]\n",
        "no letters",
    );
    check_refused(
        "[[place]]\nid = \"PE\"\nany = [\"Peru\"]\nes = [\"pe*\"]\n",
        "three letters",
    );
    check_refused(
        "[[place]]\nid = \"PE\"\nany = [\"Peru\"]\nes = [\"pe*ruano\"]\n",
        "only at the end",
    );
    check_refused(
        "[[place]]\nid = \"PE\"\nany = [\"=Peru*\"]\nes = [\"peruano\"]\n",
        "`=` asks",
    );
    check_refused(&format!("{place}{place}"), "given twice");
    check_refused(&format!("{place}sp = [\"peruano\"]\n"), "sp");
    check_refused("", "no [[place]]");
    let region = "[[region]]\nid = \"andes\"\nplaces = ";
    check_refused(&format!("{place}{region}[]\n"), "has no `places`");
    check_refused(&format!("{place}{region}[\"pe\"]\n"), "did you mean `PE`");
    check_refused(
        &format!("{place}{region}[\"PE\", \"andes\"]\n"),
        "contains itself",
    );
}
