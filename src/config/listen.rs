//! Addresses to listen at, which only this machine reaches; and `[metrics]` of `newsvigil.toml`.

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

/// Where to listen: reachable from this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// A loopback address and port.
    Loopback(SocketAddr),
    /// A Unix socket, which the file system's rights protect.
    Unix(PathBuf),
}

impl std::fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Loopback(address) => write!(f, "http://{address}/"),
            Self::Unix(path) => write!(f, "{}", path.display()),
        }
    }
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
            Err(refused) => {
                let reason = refused.reason("nobody is asked for a password here");
                let help = "listen = \"127.0.0.1:9273\", or \"unix:/run/newsvigil/metrics\"";
                problems.push(Problem::error(listen.place, reason).with_help(help));
            }
        }
    }
    table.finish(problems);
    metrics
}

/// Why an address is not listened at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RefusedAddress {
    /// It is no address with a port.
    Wrong(String),
    /// It is no path of a socket, or too long for one.
    WrongPath(String),
    /// Other machines reach it.
    Exposed(SocketAddr),
}

impl RefusedAddress {
    /// In a sentence; `harm` is what makes an exposed one bad.
    pub(super) fn reason(&self, harm: &str) -> String {
        match self {
            Self::Wrong(text) => format!("`{text}` is no address with a port"),
            Self::WrongPath(text) => {
                format!("`{text}` is no path from the root, or too long for a socket")
            }
            Self::Exposed(address) => format!(
                "`{}` can be reached from other machines, and {harm}",
                address.ip()
            ),
        }
    }
}

pub(super) fn read_address(text: &str) -> Result<ListenAddress, RefusedAddress> {
    /// `sun_path` of `sockaddr_un` (unix(7)), less the zero at its end.
    const LONGEST_PATH: usize = 107;
    if let Some(path) = text.strip_prefix("unix:") {
        let fits = path.starts_with('/') && path.len() <= LONGEST_PATH && !path.contains('\0');
        return fits
            .then(|| ListenAddress::Unix(path.into()))
            .ok_or_else(|| RefusedAddress::WrongPath(text.to_owned()));
    }
    let address: SocketAddr = text
        .parse()
        .map_err(|_| RefusedAddress::Wrong(text.to_owned()))?;
    if address.ip().is_loopback() {
        Ok(ListenAddress::Loopback(address))
    } else {
        Err(RefusedAddress::Exposed(address))
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
