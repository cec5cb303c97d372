//! `[web]` of `newsvigil.toml`: where the reading room is, and by which names it is asked for.

use url::Host;

use super::listen::{ListenAddress, RefusedAddress, read_address};
use super::problem::{Problem, Problems};
use super::table::{Located, TableReader};

/// The name of this machine's own that leads to the reading room alone. Cookies do not know ports: under
/// `localhost` every other local page would get them.
pub const LOCAL_NAME: &str = "newsvigil.localhost";

/// `[web]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebSettings {
    /// Where pages are served; `None`: nowhere.
    pub listen: Option<ListenAddress>,
    /// Names under which a reverse proxy that speaks HTTPS asks.
    pub hosts: Vec<WebHost>,
}

/// A name under which a reverse proxy asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebHost {
    /// In lower case, as browsers send it.
    pub name: String,
    /// The port of the proxy, where it is not that of HTTPS.
    pub port: Option<u16>,
}

impl WebSettings {
    /// What addresses of pages begin with, for whoever is to open one; `None` where only a tunnel leads to a
    /// socket.
    pub fn base(&self) -> Option<String> {
        if let Some(host) = self.hosts.first() {
            let port = host
                .port
                .map_or_else(String::new, |port| format!(":{port}"));
            return Some(format!("https://{}{port}", host.name));
        }
        match self.listen.as_ref()? {
            ListenAddress::Loopback(address) => {
                Some(format!("http://{LOCAL_NAME}:{}", address.port()))
            }
            ListenAddress::Unix(_) => None,
        }
    }
}

/// Reads `[web]`; what is missing has its default.
pub(super) fn read_web(
    problems: &mut Problems,
    table: Option<TableReader<'_>>,
    elsewhere: Option<&ListenAddress>,
) -> WebSettings {
    let mut web = WebSettings::default();
    let Some(mut table) = table else {
        return web;
    };
    let header = table.header();
    if let Some(listen) = table.string(problems, "listen") {
        match read_address(&listen.value) {
            Ok(address) if Some(&address) == elsewhere => problems.push(Problem::error(
                listen.place,
                "`[metrics]` listens there already",
            )),
            Ok(address) => web.listen = Some(address),
            Err(refused) => {
                let reason = refused.reason("what is read would travel in the clear");
                let help = help(&refused);
                problems.error(listen.place, reason, help);
            }
        }
    }
    for host in table.strings(problems, "hosts").unwrap_or_default() {
        web.hosts.extend(read_host(problems, &host));
    }
    if table.place_of_key("listen").is_none() {
        problems.push(
            Problem::warning(header, "`[web]` without `listen`: no page is served")
                .with_help("listen = \"127.0.0.1:9274\""),
        );
    }
    table.finish(problems);
    web
}

/// What to write instead, and how others get there all the same.
fn help(refused: &RefusedAddress) -> String {
    const HERE: &str = "listen = \"127.0.0.1:9274\", or \"unix:/run/newsvigil/web\"";
    let port = match refused {
        RefusedAddress::WrongPath(_) => return HERE.to_owned(),
        RefusedAddress::Exposed(address) if address.port() != 0 => address.port(),
        _ => 9274,
    };
    format!(
        "listen = \"127.0.0.1:{port}\", and from another machine\n\
         ssh -L {port}:127.0.0.1:{port} THIS-MACHINE\n\
         then http://{LOCAL_NAME}:{port}/ there; or a reverse proxy with HTTPS, such as Caddy:\n\
         news.example.org {{\n  reverse_proxy 127.0.0.1:{port}\n}}\n\
         with hosts = [\"news.example.org\"] here"
    )
}

fn read_host(problems: &mut Problems, host: &Located<String>) -> Option<WebHost> {
    let found = parse_host(&host.value);
    if found.is_none() {
        problems.error(
            host.place.clone(),
            format!("`{}` is no name of a machine", host.value),
            "as browsers have it in the address: \"news.example.org\"",
        );
    }
    found
}

fn parse_host(text: &str) -> Option<WebHost> {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port.parse().ok()?)),
        _ => (text, None),
    };
    let host = Host::parse(name).ok()?;
    let name = host.to_string();
    let name = name.strip_suffix('.').unwrap_or(&name).to_owned();
    (!name.is_empty() && !name.contains('*')).then(|| WebHost {
        name,
        port: port.filter(|port| *port != 443),
    })
}

#[cfg(test)]
mod tests;
