//! Settings of a way that is not in force.

use super::super::problem::Problems;
use super::super::table::TableReader;

/// What a way alone has, the telling ones first.
const OF_A_WAY: [(&str, &[&str]); 2] = [
    (
        "smtp",
        &[
            "host",
            "port",
            "tls",
            "username",
            "password",
            "password_file",
            "token_file",
            "oauth2",
            "ca_file",
        ],
    ),
    ("sendmail", &["program"]),
];

/// Reports each setting of a way that is not the one `in_force`: somebody set it for a reason.
pub(super) fn report_unused_transport_settings(
    problems: &mut Problems,
    table: &TableReader<'_>,
    in_force: &str,
) {
    for (way, keys) in OF_A_WAY.iter().filter(|(way, _)| *way != in_force) {
        for key in *keys {
            if let Some(place) = table.place_of_key(key) {
                problems.error(
                    place,
                    format!(
                        "`{key}` is for transport = \"{way}\", and the transport is \"{in_force}\""
                    ),
                    format!("remove it, or set transport = \"{way}\""),
                );
            }
        }
    }
}

/// Reports that settings of a way are there while none is named: once for each way.
pub(super) fn no_way_named(problems: &mut Problems, table: &TableReader<'_>) {
    for (way, keys) in OF_A_WAY {
        let first = keys
            .iter()
            .find_map(|key| table.place_of_key(key).map(|place| (key, place)));
        if let Some((key, place)) = first {
            problems.error(
                place,
                format!(
                    "[mail] has `{key}` and no `transport`, so messages would stay on this machine"
                ),
                format!("did you mean transport = \"{way}\"?"),
            );
            return;
        }
    }
}
