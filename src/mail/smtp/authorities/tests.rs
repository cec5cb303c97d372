use super::*;

fn made(name: &str) -> rcgen::CertifiedKey<rcgen::KeyPair> {
    rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap()
}

fn count(bytes: &[u8]) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    count_authorities(&path).map_err(|error| error.to_string())
}

#[test]
fn certificates_are_read_in_every_form_that_they_come_in() {
    let (one, two) = (made("a.example"), made("b.example"));
    let (one_pem, two_pem) = (one.cert.pem(), two.cert.pem());
    let key = one.signing_key.serialize_pem();
    for (bytes, expected) in [
        (one_pem.clone().into_bytes(), 1),
        (one.cert.der().to_vec(), 1),
        ([&one.cert.der()[..], b"\n"].concat(), 1),
        (format!("{one_pem}{two_pem}").into_bytes(), 2),
        (
            format!("Certificate:\n    Data: x\n{one_pem}\n# b\n{two_pem}").into_bytes(),
            2,
        ),
        (one_pem.replace('\n', "\r\n").into_bytes(), 1),
        (format!("\u{feff}\n{one_pem}").into_bytes(), 1),
        (format!("\u{feff}{one_pem}").into_bytes(), 1),
        (one_pem.replace('\n', "  \n\t").into_bytes(), 1),
        (
            format!("  {}", one_pem.replace('\n', "\n  ")).into_bytes(),
            1,
        ),
        (format!("{key}{one_pem}").into_bytes(), 1),
    ] {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(count(&bytes), Ok(expected), "{shown}");
    }
}

#[test]
fn whatever_else_it_is_is_told() {
    let one = made("a.example");
    let pem = one.cert.pem();
    let cut = pem.lines().take(4).collect::<Vec<_>>().join("\n");
    let mut damaged = pem.lines().map(str::to_owned).collect::<Vec<_>>();
    damaged.remove(1);
    for (bytes, expected) in [
        (Vec::new(), "no certificate in it"),
        (b"hello\n".to_vec(), "no certificate in it"),
        (one.signing_key.serialize_pem().into_bytes(), "private key"),
        (one.signing_key.serialize_der(), "private key"),
        (
            pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE")
                .into_bytes(),
            "trusted",
        ),
        (pem.replace("CERTIFICATE", "PKCS7").into_bytes(), "PKCS #7"),
        (cut.into_bytes(), "copy"),
        (damaged.join("\n").into_bytes(), "copy"),
        (vec![b'x'; (4 << 20) + 1], "more than 4 MiB"),
        (
            pem.encode_utf16()
                .fold(vec![0xff, 0xfe], |mut bytes, unit| {
                    bytes.extend(unit.to_le_bytes());
                    bytes
                }),
            "UTF-16",
        ),
    ] {
        let told = count(&bytes).unwrap_err();
        assert!(told.contains(expected), "{told}: {expected}");
    }
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let status = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(status.unwrap().success());
    for path in [folder.path().to_owned(), folder.path().join("none"), pipe] {
        let told = count_authorities(&path).unwrap_err().to_string();
        assert!(told.contains("cannot be read"), "{told}");
    }
}
