use super::*;

#[track_caller]
fn check(name: &str, help: &str) {
    let place = SourceSpan {
        source: 0,
        span: 0..0,
    };
    let problem = unknown(place, name);
    assert_eq!(problem.help.as_deref(), Some(help), "{name}: {problem:?}");
}

#[test]
fn a_city_a_country_and_a_clock_give_their_zones() {
    for (name, zone) in [
        ("Tegucigalpa", "America/Tegucigalpa"),
        ("Honduras", "America/Tegucigalpa"),
        ("Mumbai", "Asia/Kolkata"),
        ("New Delhi", "Asia/Kolkata"),
        ("Bogot\u{e1}", "America/Bogota"),
        ("S\u{e3}o Paulo", "America/Sao_Paulo"),
        ("sao_paulo", "America/Sao_Paulo"),
        ("Peru/Lima", "America/Lima"),
        ("Lima, Peru", "America/Lima"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Geneva", "Europe/Zurich"),
        ("Eastern", "America/New_York"),
        ("PDT", "America/Los_Angeles"),
        ("Europe/Berlinn", "Europe/Berlin"),
        ("Europe/Kiew", "Europe/Kiev"),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("GMT+0", "UTC"),
    ] {
        check(name, &format!("\"{zone}\""));
    }
    check(
        "IST",
        "one of \"Asia/Kolkata\", \"Europe/Dublin\", \"Asia/Jerusalem\"",
    );
    check(
        "Indonesia",
        "one of \"Asia/Jakarta\", \"Asia/Makassar\", \"Asia/Jayapura\"",
    );
}

#[test]
fn a_distance_gives_no_zone() {
    for name in [
        "UTC+2",
        "GMT+2",
        "+02:00",
        "-0500",
        "UTC-3",
        "utc +5:30",
        "GMT−5",
    ] {
        check(name, "a name of the IANA list, such as \"America/Lima\"");
    }
    let place = || SourceSpan {
        source: 0,
        span: 0..0,
    };
    let turned = doubtful(place(), "Etc/GMT+2").expect("a warning");
    assert!(turned.message.contains("2 h behind UTC"), "{turned:?}");
    assert!(doubtful(place(), "EST").is_some());
    assert!(doubtful(place(), "America/Lima").is_none());
    assert!(doubtful(place(), "Etc/GMT").is_none());
}

#[test]
fn every_zone_of_the_tables_exists() {
    let listed = PLACES.lines().filter_map(|line| line.split_once(": "));
    let listed = listed.map(|(zone, _)| zone);
    let clocks = CLOCKS.iter().flat_map(|(_, zones)| zones.iter().copied());
    let distances = DISTANCES.iter().map(|(_, zone)| *zone);
    for zone in listed.chain(clocks).chain(distances) {
        assert!(by_name(zone).is_some(), "{zone}");
    }
    for name in ["", "///", "nowhere at all", "Etc/Unknown"] {
        assert!(zones_of(name).is_empty(), "{name}");
    }
}
