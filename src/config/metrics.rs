//! `[metrics]` of `newsvigil.toml`.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::problem::{Problem, Problems};
use super::table::TableReader;

/// `[metrics]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetricsSettings {
    /// Where figures and health are told; `None`: nowhere.
    pub listen: Option<ListenAddress>,
}

/// Where to listen: reachable from this machine only, because it asks for no password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// A loopback address and port.
    Loopback(SocketAddr),
    /// A Unix socket, which the file system's rights protect.
    Unix(PathBuf),
}

/// Reads `[metrics]`; what is missing has its default.
pub(super) fn read_metrics(
    problems: &mut Problems,
    table: Option<TableReader<'_>>,
) -> MetricsSettings {
    let mut metrics = MetricsSettings::default();
    let Some(mut table) = table else {
        return metrics;
    };
    if let Some(listen) = table.string(problems, "listen") {
        match read_address(&listen.value) {
            Ok(address) => metrics.listen = Some(address),
            Err(reason) => problems.push(
                Problem::error(listen.place, reason)
                    .with_help("listen = \"127.0.0.1:9273\", or \"unix:/run/newsvigil/metrics\""),
            ),
        }
    }
    table.finish(problems);
    metrics
}

fn read_address(text: &str) -> Result<ListenAddress, String> {
    /// `sun_path` of `sockaddr_un` (unix(7)), less the zero at its end.
    const LONGEST_PATH: usize = 107;
    if let Some(path) = text.strip_prefix("unix:") {
        let fits = path.starts_with('/') && path.len() <= LONGEST_PATH && !path.contains('\0');
        return fits
            .then(|| ListenAddress::Unix(path.into()))
            .ok_or_else(|| format!("`{text}` is no path from the root, or too long for a socket"));
    }
    let address: SocketAddr = text
        .parse()
        .map_err(|_| format!("`{text}` is no address with a port"))?;
    if address.ip().is_loopback() {
        Ok(ListenAddress::Loopback(address))
    } else {
        Err(format!(
            "`{}` can be reached from other machines, and nobody is asked for a password here",
            address.ip()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to() {
        for (text, port) in [
            ("127.0.0.1:9273", 9273),
            ("[::1]:1", 1),
            ("127.9.9.9:80", 80),
        ] {
            match read_address(text) {
                Ok(ListenAddress::Loopback(address)) => assert_eq!(address.port(), port, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(
            read_address("unix:/run/newsvigil/metrics"),
            Ok(ListenAddress::Unix("/run/newsvigil/metrics".into()))
        );
        for text in [
            "0.0.0.0:9273",
            "[::]:9273",
            "192.0.2.1:9273",
            "localhost:9273",
            "127.0.0.1",
            "unix:metrics",
            "unix:",
            "",
        ] {
            assert!(read_address(text).is_err(), "{text}");
        }
    }
}
