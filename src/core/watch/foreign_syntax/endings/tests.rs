use super::*;

#[track_caller]
fn check(word: &str, forms: &[&str]) {
    let found = forms_of(word).unwrap_or_default();
    assert_eq!(found, forms, "{word}");
}

#[test]
fn each_form_is_written_out() {
    check("detenido/a", &["detenido", "detenida"]);
    check("detenidos/as", &["detenidos", "detenidas"]);
    check("detenida/o", &["detenida", "detenido"]);
    check("defensor/a", &["defensor", "defensora"]);
    check("defensores/as", &["defensores", "defensoras"]);
    check("todos/as/es", &["todos", "todas", "todes"]);
    check("presos/presas", &["presos", "presas"]);
    check("détenu/e", &["détenu", "détenue"]);
    check("détenus/es", &["détenus", "détenues"]);
    check("Polizist/in", &["Polizist", "Polizistin"]);
    check("Kollege/in", &["Kollege", "Kollegin"]);
    check("Journalisten/innen", &["Journalisten", "Journalistinnen"]);
    check("Lehrer/-innen", &["Lehrer", "Lehrerinnen"]);
    check("Journalist:innen", &["Journalist", "Journalistinnen"]);
    check("detenido(a)", &["detenido", "detenida"]);
    check("preso(s)", &["preso", "presos"]);
    check("tod@s", &["todos", "todas"]);
    check("niñ@", &["niño", "niña"]);
    check("defensor@s", &["defensores", "defensoras"]);
    check("detenidxs", &["detenidos", "detenidas"]);
    check("prisioner@s", &["prisioneros", "prisioneras"]);
    check("compañerxs", &["compañeros", "compañeras"]);
    check("extranjer@", &["extranjero", "extranjera"]);
    check("profesor@s", &["profesores", "profesoras"]);
    check("lider@s", &["lideres", "lideras"]);
    check("español@s", &["españoles", "españolas"]);
    check("étudiant(e)s", &["étudiants", "étudiantes"]);
    check("journaliste·s", &["journaliste", "journalistes"]);
    check("détenu·e·s", &["détenus", "détenues"]);
    check("étudiant.e.s", &["étudiants", "étudiantes"]);
    check("élu-e", &["élu", "élue"]);
    check("police/army", &["police", "army"]);
    check("detenido/a~", &["detenido~", "detenida~"]);
}

#[test]
fn other_slashes_and_signs_are_none_of_ours() {
    for word in [
        "km/h",
        "24/7",
        "AC/DC",
        "and/or",
        "9/11",
        "w/o",
        "TCP/IP",
        "n/a",
        "HIV/AIDS",
        "I/O",
        "A/C",
        "he/she",
        "s/he",
        "c/o",
        "@handle",
        "a@example.org",
        "example.org/as",
        "COVID-19",
        "co-op",
        "e-mail",
        "example.es",
        "U.S.",
        "anti-",
        "Al-Qaeda",
        "CIDH/OEA",
        "R&D",
        "latinx",
        "A/RES/60",
        "2019/20",
        "vice-presidente",
        "auto-da-fe",
    ] {
        check(word, &[]);
    }
}
