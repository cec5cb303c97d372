//! Settings that fit neither the way that is in force nor each other.

use super::super::problem::{Place, Problem, Problems};
use super::super::table::TableReader;
use super::TlsMode;

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
                problems.push(
                    Problem::error(
                        place,
                        format!(
                            "`{key}` is for transport = \"{way}\", and the transport is \"{in_force}\""
                        ),
                    )
                    .with_help(format!("remove it, or set transport = \"{way}\"")),
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
            problems.push(
                Problem::error(
                    place,
                    format!(
                        "[mail] has `{key}` and no `transport`, so messages would stay on this machine"
                    ),
                )
                .with_help(format!("did you mean transport = \"{way}\"?")),
            );
            return;
        }
    }
}

/// Warns where a port and the protection hardly belong together.
pub(super) fn warn_of_port(problems: &mut Problems, place: Place, port: u16, tls: TlsMode) {
    let (message, help) = match (port, tls) {
        (465, TlsMode::Starttls) => (
            "port 465 is for TLS from the first byte (RFC 8314), and tls is \"starttls\": as a rule both \
             sides then wait for each other",
            "did you mean tls = \"implicit\"?",
        ),
        (465, TlsMode::None) => (
            "port 465 is for TLS from the first byte (RFC 8314), and tls is \"none\"",
            "did you mean tls = \"implicit\"?",
        ),
        (25 | 587 | 2525, TlsMode::Implicit) => (
            "this port is for STARTTLS as a rule, and tls is \"implicit\"",
            "did you mean tls = \"starttls\", or port = 465?",
        ),
        (110 | 143 | 993 | 995, _) => (
            "this port is for reading mail (IMAP or POP), not for sending it",
            "did you mean port = 587, or port = 465 with tls = \"implicit\"?",
        ),
        _ => return,
    };
    problems.push(Problem::warning(place, message).with_help(help));
}
