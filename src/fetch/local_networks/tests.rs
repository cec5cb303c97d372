use super::*;

/// A server with a public address among its provider's others, a tunnel that takes half of the
/// internet, and another that reaches one network of a colleague's.
const FIB_TRIE: &str = "\
Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
        /1 link UNICAST
     +-- 10.8.0.0/24 2 0 2
        |-- 10.8.0.1
           /32 link UNICAST
     |-- 20.30.0.0
        /16 link UNICAST
     +-- 93.184.216.0/24 2 0 2
        |-- 93.184.216.0
           /24 link UNICAST
        |-- 93.184.216.34
           /32 host LOCAL
        |-- 93.184.216.255
           /32 link BROADCAST
Local:
  +-- 0.0.0.0/0 3 0 5
     +-- 127.0.0.0/8 2 0 2
        |-- 127.0.0.0
           /8 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
     |-- 8.9.9.0
        /29 host LOCAL
";
const IF_INET6: &str = "\
00000000000000000000000000000001 01 80 10 80       lo
2a00145040090800000000000000200e 02 40 00 80     eth0
fe80000000000000021122fffe334455 02 40 20 80     eth0
2a0d0000000000000000000000000001 03 00 00 80     tun0
";

#[track_caller]
fn check(address: &str, expected: Option<&str>) {
    let surroundings = LocalNetworks::from_tables(FIB_TRIE, IF_INET6);
    assert_eq!(
        surroundings.kind_of(address.parse().unwrap()),
        expected,
        "{address}"
    );
}

#[test]
fn the_machine_and_its_network_are_known() {
    const OWN: Option<&str> = Some("an address of this machine itself");
    const AROUND: Option<&str> = Some("an address in this machine's own network");
    check("93.184.216.34", OWN);
    check("8.9.9.5", OWN);
    check("127.0.0.9", OWN);
    check("2a00:1450:4009:800::200e", OWN);
    check("2a0d::1", OWN);
    check("93.184.216.1", AROUND);
    check("93.184.216.255", AROUND);
    check("2a00:1450:4009:800:1:2:3:4", AROUND);
}

#[test]
fn ways_to_elsewhere_make_nobody_a_neighbour() {
    for address in [
        "93.184.217.1",
        "1.1.1.1",
        "20.30.1.1",
        "8.9.9.8",
        "2a00:1450:4009:801::1",
        "2a0d::2",
    ] {
        check(address, None);
    }
}

#[test]
fn tables_that_make_no_sense_say_nothing() {
    for (fib_trie, if_inet6) in [
        ("", ""),
        ("/32 host LOCAL", "1"),
        ("|-- x\n/32 host LOCAL", "zz 01 40"),
        ("|-- 1.2.3.4\n/99 host LOCAL\n/", "20010db8 01 40"),
        ("|-- 1.2.3.4\n|-- \n/32 host LOCAL", "é 01"),
    ] {
        let found = LocalNetworks::from_tables(fib_trie, if_inet6);
        assert_eq!(found, LocalNetworks::default(), "{fib_trie:?} {if_inet6:?}");
    }
}

#[test]
fn this_machine_finds_itself() {
    let neighbours = LocalNetworksCache::default();
    let own = neighbours.kind_of("127.0.0.1".parse().unwrap());
    assert_eq!(own, Some("an address of this machine itself"));
}
