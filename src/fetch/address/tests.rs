use super::*;

#[track_caller]
fn check(allow: &[&str], address: &str, expected: Option<&str>) {
    let allow: Vec<IpNet> = allow.iter().map(|text| text.parse().unwrap()).collect();
    let result = AddressGuard::new(&allow).check(address.parse().unwrap());
    assert_eq!(
        result.err().map(|forbidden| forbidden.what),
        expected,
        "{address}"
    );
}

#[test]
fn public_addresses_are_open() {
    for address in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "168.63.129.17",
        "166.12.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00::1",
        "3ffe::1",
        "64:ff9b::1.1.1.1",
        "::ffff:1.1.1.1",
        "2002:101:101::1",
    ] {
        check(&[], address, None);
    }
}

#[test]
fn addresses_that_are_not_of_the_public_internet_are_closed() {
    for (address, what) in [
        ("0.0.0.0", "an address of this host itself"),
        ("10.1.2.3", "a private address"),
        ("172.16.0.1", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.168.1.1", "a private address"),
        ("100.64.0.1", "an address inside a provider's network"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.254", "a loopback address"),
        ("169.254.169.254", "a link-local address"),
        ("100.100.100.200", "an address inside a provider's network"),
        ("168.63.129.16", "an address inside a provider's network"),
        ("161.26.0.10", "an address inside a provider's network"),
        ("166.9.8.7", "an address inside a provider's network"),
        ("192.0.0.8", "an address for special purposes"),
        ("192.0.0.192", "an address for special purposes"),
        ("192.31.196.1", "an address for special purposes"),
        ("192.52.193.1", "an address for special purposes"),
        ("192.88.99.1", "an address for special purposes"),
        ("192.175.48.1", "an address for special purposes"),
        ("198.19.0.1", "an address for special purposes"),
        ("192.0.2.1", "an address for documentation"),
        ("198.51.100.1", "an address for documentation"),
        ("203.0.113.1", "an address for documentation"),
        ("224.0.0.1", "a multicast address"),
        ("239.1.1.1", "a multicast address"),
        ("240.0.0.1", "a reserved address"),
        ("255.255.255.255", "a reserved address"),
        ("::", "an address of this host itself"),
        ("::1", "a loopback address"),
        ("fc00::1", "a private address"),
        ("fdff::1", "a private address"),
        ("fe80::1", "a link-local address"),
        ("fec0::1", "a private address"),
        ("ff02::1", "a multicast address"),
        ("2001:db8::1", "an address for documentation"),
        ("3fff:0123::1", "an address for documentation"),
        ("fd00:ec2::254", "a private address"),
        ("fd20:ce::254", "a private address"),
        ("2001:10::1", "an address for special purposes"),
        ("2001:2::1", "an address for special purposes"),
        ("2620:4f:8000::1", "an address for special purposes"),
        ("5f00::1", "an address for special purposes"),
        ("100::1", "a reserved address"),
        ("100:0:0:1::1", "a reserved address"),
        ("4000::1", "a reserved address"),
        ("64:ff9b:1::1", "a reserved address"),
    ] {
        check(&[], address, Some(what));
    }
}

#[test]
fn an_address_that_carries_another_counts_as_what_it_leads_to() {
    for (address, what) in [
        ("::ffff:127.0.0.1", "a loopback address"),
        ("::ffff:0:10.0.0.1", "a private address"),
        ("::10.0.0.1", "a private address"),
        ("64:ff9b::169.254.169.254", "a link-local address"),
        ("2002:7f00:1::1", "a loopback address"),
        ("2002:c0a8:101::1", "a private address"),
        // Teredo: 10.0.0.1 as the server, then 192.168.0.1 as the client.
        ("2001:0:a00:1::", "a private address"),
        ("2001:0:101:101:0:0:3f57:fffe", "a private address"),
        ("2a00::5efe:192.168.0.1", "a private address"),
        ("2a00::200:5efe:127.0.0.1", "a loopback address"),
        (
            "::ffff:168.63.129.16",
            "an address inside a provider's network",
        ),
        (
            "64:ff9b::168.63.129.16",
            "an address inside a provider's network",
        ),
    ] {
        check(&[], address, Some(what));
    }
}

#[test]
fn allowed_networks_are_open_and_nothing_beside_them() {
    let allow = &["127.0.0.0/8", "fd00:1::/32"];
    check(allow, "127.3.2.1", None);
    check(allow, "::ffff:127.0.0.1", None);
    check(allow, "64:ff9b::127.0.0.1", None);
    check(allow, "fd00:1::5", None);
    check(allow, "fd00:2::5", Some("a private address"));
    check(allow, "10.0.0.1", Some("a private address"));
    check(allow, "::1", Some("a loopback address"));
}

#[test]
fn the_machine_and_its_neighbours_are_closed_in_every_notation_until_they_are_allowed() {
    let fib_trie = "|-- 93.184.216.0\n/24 link UNICAST\n|-- 93.184.216.34\n/32 host LOCAL\n";
    let if_inet6 = "2a001450400908000000000000000001 02 40 00 80 eth0\n";
    let check = |allow: &[&str], address: &str| {
        let allow: Vec<IpNet> = allow.iter().map(|text| text.parse().unwrap()).collect();
        let guard = AddressGuard {
            neighbours: Arc::new(LocalNetworksCache::fixed(fib_trie, if_inet6)),
            ..AddressGuard::new(&allow)
        };
        let checked = guard.check(address.parse().unwrap());
        checked.err().map(|forbidden| forbidden.what)
    };
    let own = Some("an address of this machine itself");
    let around = Some("an address in this machine's own network");
    for (address, what) in [
        ("93.184.216.34", own),
        ("::ffff:93.184.216.34", own),
        ("64:ff9b::93.184.216.34", own),
        ("2002:5db8:d822::1", own),
        ("2a00:1450:4009:800::1", own),
        ("93.184.216.1", around),
        ("2a00:1450:4009:800::2", around),
        ("93.184.217.1", None),
    ] {
        assert_eq!(check(&[], address), what, "{address}");
    }
    assert_eq!(check(&["93.184.216.0/24"], "93.184.216.34"), None);
    assert_eq!(check(&["93.184.216.1/32"], "93.184.216.1"), None);
    assert_eq!(check(&["93.184.216.1/32"], "93.184.216.34"), own);
}

#[test]
fn the_refusal_says_how_to_open_the_address() {
    let refusal = AddressGuard::default()
        .check("10.1.2.3".parse().unwrap())
        .unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "10.1.2.3 is a private address; allow it with [fetch] allow"
    );
}
