use aws_lc_rs::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;

const MESSAGE: &str = "From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: A\r\n  folded \t subject\r\nList-Id: <x.example.org>\r\nX-Other: no\r\n\r\nOne  line \t\r\n\r\n. dot\r\n\r\n\r\n";

fn pem(label: &str, der: &[u8]) -> String {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(der)
    )
}

fn date() -> Timestamp {
    "2026-11-24T12:30:00Z".parse().unwrap()
}

/// The bytes that a verifier puts together, by sections 3.4 and 3.7, and the signature.
fn verifier_input(signed: &str) -> (String, Vec<u8>) {
    let (headers, _) = signed.split_once("\r\n\r\n").unwrap();
    let headers = split_headers(headers);
    let (_, value) = &headers[0];
    let unfolded = value.replace("\r\n", "").replace(' ', "");
    let tag = |name: &str| {
        unfolded
            .split(';')
            .find_map(|tag| tag.strip_prefix(name).map(str::to_owned))
            .unwrap()
    };
    let mut rest: Vec<&(String, String)> = headers.iter().collect();
    let mut input = String::new();
    for name in tag("h=").split(':') {
        if let Some(at) = rest.iter().rposition(|(found, _)| found == name) {
            input += &relaxed_header(rest.remove(at));
            input += "\r\n";
        }
    }
    let start = value.rfind("b=").unwrap() + 2;
    input += &relaxed_header(&("dkim-signature".to_owned(), value[..start].to_owned()));
    (input, STANDARD.decode(tag("b=")).unwrap())
}

#[test]
fn an_ed25519_signature_verifies_and_is_the_same_each_time() {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let public = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
    let dkim =
        DkimSigner::new("Example.org", "s1", &pem("PRIVATE KEY", document.as_ref())).unwrap();
    let signed = String::from_utf8(dkim.sign(MESSAGE.as_bytes(), date()).unwrap()).unwrap();
    assert!(signed.ends_with(MESSAGE), "the message itself is untouched");
    let (input, signature) = verifier_input(&signed);
    assert!(
        input.contains("subject:A folded subject\r\n") && !input.contains("x-other"),
        "{input}"
    );
    UnparsedPublicKey::new(&ED25519, public.public_key())
        .verify(digest(&SHA256, input.as_bytes()).as_ref(), &signature)
        .unwrap();
    assert_eq!(
        dkim.sign(MESSAGE.as_bytes(), date()).unwrap(),
        signed.as_bytes()
    );
    assert!(
        signed.split("\r\n").all(|line| line.len() <= 90),
        "{signed}"
    );
    assert!(signed.contains("d=example.org;") && signed.contains("a=ed25519-sha256;"));
}

#[test]
fn an_rsa_signature_verifies() {
    let key = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = key.as_der().unwrap();
    let dkim = DkimSigner::new("example.org", "s1", &pem("PRIVATE KEY", der.as_ref())).unwrap();
    let signed = String::from_utf8(dkim.sign(MESSAGE.as_bytes(), date()).unwrap()).unwrap();
    let (input, signature) = verifier_input(&signed);
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public_key())
        .verify(input.as_bytes(), &signature)
        .unwrap();
    assert!(signed.contains("a=rsa-sha256;"));

    // What the DNS has in pieces is the key in one.
    let record = dkim.dns_record();
    let (name, strings) = record.split_once(" IN TXT ").unwrap();
    assert_eq!(name, "s1._domainkey.example.org.");
    let strings: Vec<&str> = strings.split('"').skip(1).step_by(2).collect();
    assert!(strings.len() == 2 && strings.iter().all(|string| string.len() <= 255));
    let public: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    let value = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public.as_ref()));
    assert_eq!(strings.concat(), value);
}

#[track_caller]
fn check_body(given: &str, expected: &str) {
    assert_eq!(relaxed_body(given), expected);
}

#[test]
fn bodies_are_canonical_as_the_standard_has_it() {
    // The example of section 3.4.5.
    check_body(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n");
    check_body("", "");
    check_body("\r\n\r\n", "");
    check_body("no line end", "no line end\r\n");
    // The hash of an empty body, section 3.4.4.
    let hash = STANDARD.encode(digest(&SHA256, b""));
    assert_eq!(hash, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

#[test]
fn bad_keys_and_names_are_refused_with_a_reason() {
    let check = |domain: &str, selector: &str, pem: &str| {
        DkimSigner::new(domain, selector, pem).unwrap_err()
    };
    assert_eq!(check("example.org", "s", "nothing"), DkimError::Pem);
    assert_eq!(
        check(
            "example.org",
            "s",
            "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----"
        ),
        DkimError::Pem
    );
    assert!(matches!(
        check("example.org", "s", &pem("PRIVATE KEY", b"short")),
        DkimError::Key(_)
    ));
    for name in ["", "a..b", "a;b", "a b", "é.example.org"] {
        assert!(matches!(check(name, "s", ""), DkimError::Name(_)), "{name}");
        assert!(
            matches!(check("example.org", name, ""), DkimError::Name(_)),
            "{name}"
        );
    }
}
