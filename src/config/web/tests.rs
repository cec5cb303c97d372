use super::super::problem::Source;
use super::*;
use crate::config::Places;
use crate::config::loader::read_settings;

fn read(lines: &str) -> (WebSettings, Problems) {
    let mut problems = Problems::default();
    let recipient = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";
    problems.sources.push(Source {
        path: "newsvigil.toml".into(),
        text: format!("{lines}\n{recipient}"),
    });
    let folder = std::path::Path::new(".");
    let settings = read_settings(&mut problems, folder, &Places::default(), 0);
    (settings.web, problems)
}

#[test]
fn nothing_is_served_unless_asked_for() {
    let (web, problems) = read("");
    assert_eq!(web, WebSettings::default());
    assert_eq!(web.base(), None);
    assert!(problems.list.is_empty());
}

#[test]
fn the_first_name_of_a_proxy_is_the_address_of_pages() {
    let (web, problems) = read("[web]\nlisten = \"127.0.0.1:9274\"");
    assert!(problems.list.is_empty(), "{:?}", problems.list);
    assert_eq!(
        web.base().as_deref(),
        Some("http://newsvigil.localhost:9274")
    );
    let (web, _) = read(
        "[web]\nlisten = \"unix:/run/newsvigil/web\"\nhosts = [\"News.Example.org:8443\", \"b.example\"]",
    );
    assert_eq!(web.base().as_deref(), Some("https://news.example.org:8443"));
    assert_eq!(web.hosts[1].name, "b.example");
    let (web, _) = read("[web]\nlisten = \"unix:/run/newsvigil/web\"");
    assert_eq!(web.base(), None);
}

#[test]
fn an_address_that_others_reach_is_refused_with_the_way_around() {
    for address in ["0.0.0.0:9274", "192.0.2.7:80", "[::]:9274"] {
        let (web, problems) = read(&format!("[web]\nlisten = \"{address}\""));
        assert_eq!(web.listen, None, "{address}");
        let [problem] = problems.list.as_slice() else {
            panic!("{address}: {:?}", problems.list);
        };
        assert!(problem.is_error());
        assert!(problem.message.contains("from other machines"));
        let help = problem.help.as_deref().unwrap_or_default();
        assert!(help.contains("ssh -L"), "{help}");
        assert!(help.contains("reverse_proxy 127.0.0.1:"), "{help}");
    }
}

#[test]
fn what_is_no_name_of_a_machine_is_refused() {
    for host in [
        "https://news.example.org/",
        "*.example.org",
        "",
        "a b",
        "x@example.org",
        "news.example.org:port",
    ] {
        let lines = format!("[web]\nlisten = \"127.0.0.1:9274\"\nhosts = [\"{host}\"]");
        let (web, problems) = read(&lines);
        assert!(web.hosts.is_empty(), "{host}: {:?}", web.hosts);
        assert_eq!(problems.errors(), 1, "{host}");
    }
    assert_eq!(
        parse_host("[::1]").map(|host| host.name).as_deref(),
        Some("[::1]")
    );
    assert_eq!(
        parse_host("bücher.example")
            .map(|host| host.name)
            .as_deref(),
        Some("xn--bcher-kva.example")
    );
}

#[test]
fn one_address_is_not_listened_at_twice() {
    let (web, problems) =
        read("[metrics]\nlisten = \"127.0.0.1:9273\"\n[web]\nlisten = \"127.0.0.1:9273\"");
    assert_eq!(web.listen, None);
    assert_eq!(problems.errors(), 1);
    let (_, problems) = read("[web]\nhosts = \"news.example.org\"");
    assert_eq!(problems.list.len(), 1);
    assert!(!problems.list[0].is_error());
}
