//! Whom we trust, and what it means for a person when we do not.

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustls_platform_verifier::Verifier;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError,
    SignatureScheme,
};

use super::commands::{FailedStep, HUNG_UP, Transcript, broken, misconfigured};
use super::options::{IMPLICIT_PORT, SmtpOptions};
use super::stream::{SmtpStream, has_hung_up};
use super::{authorities, der};
use crate::core::delivery::Step;

/// Most names of a certificate that are told.
const NAMES_TOLD: usize = 5;

/// Makes the connection a protected one.
pub(super) async fn encrypt(
    wire: SmtpStream,
    step: Step,
    options: &SmtpOptions,
    dialogue: &mut Transcript,
) -> Result<SmtpStream, FailedStep> {
    let host = options.bare_host();
    let name = ServerName::try_from(host.clone()).map_err(|_| {
        let why = format!("\"{host}\" is no name that a certificate could carry");
        misconfigured(step, dialogue.redaction.words(step, &why))
    })?;
    let connector = connector(options, host, step)?;
    let limit = options.timeouts.connect;
    dialogue.waiting.begins(step);
    let encrypted = timeout(limit, wire.encrypt(&connector, name)).await;
    dialogue.waiting.ends();
    let wire = match encrypted {
        Ok(Ok(wire)) => wire,
        Ok(Err(error)) => return Err(failure(step, &error, options, dialogue)),
        Err(_) => {
            let why = format!("no TLS within {} s", limit.as_secs_f32());
            return Err(broken(step, or_starttls(step, why, options)));
        }
    };
    dialogue.push(step, "encrypted, certificate verified".to_owned());
    Ok(wire)
}

fn connector(options: &SmtpOptions, host: String, step: Step) -> Result<TlsConnector, FailedStep> {
    let named = match &options.ca_file {
        Some(path) => authorities::read(path)
            .map_err(|error| misconfigured(step, format!("ca_file {}: {error}", path.display())))?,
        None => Vec::new(),
    };
    let provider = Arc::new(aws_lc_rs::default_provider());
    let unusable = |error: Error| misconfigured(step, format!("TLS cannot be used: {error}"));
    let authorities = Verifier::new_with_extra_roots(named.clone(), Arc::clone(&provider))
        .map_err(|error| {
            let why = format!(
                "there is no authority to trust ({error}): install ca-certificates, or set ca_file"
            );
            misconfigured(step, why)
        })?;
    let verifier = PinnedCertificateVerifier {
        host,
        named,
        authorities,
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Trusts a certificate that `ca_file` names as it is, and else the authorities of the system and of
/// `ca_file`.
///
/// That a certificate which signed itself is taken for what it is needs more than to make it an authority:
/// as a rule it says of itself that it is one, and authorities serve no mail (RFC 5280 section 6.1).
#[derive(Debug)]
struct PinnedCertificateVerifier {
    host: String,
    named: Vec<CertificateDer<'static>>,
    authorities: Verifier,
}

impl ServerCertVerifier for PinnedCertificateVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = if self.named.contains(end_entity) {
            verify_as_it_is(end_entity, server_name, now)
        } else {
            self.authorities.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                now,
            )
        };
        verified.map_err(|error| {
            let explained = UntrustedCertificate(self.explain(&error, end_entity));
            Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(explained))))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.authorities.supported_verify_schemes()
    }
}

/// Name and dates; that its key is there, the handshake shows.
fn verify_as_it_is(
    certificate: &CertificateDer<'_>,
    server_name: &ServerName<'_>,
    now: UnixTime,
) -> Result<ServerCertVerified, Error> {
    verify_server_name(&ParsedCertificate::try_from(certificate)?, server_name)?;
    let fields = der::fields(certificate).ok_or(CertificateError::BadEncoding)?;
    let at = i64::try_from(now.as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(|at| TimeZone::UTC.to_datetime(at))
        .ok_or(Error::FailedToGetCurrentTime)?;
    if at < fields.valid.0 {
        return Err(CertificateError::NotValidYet.into());
    }
    if at > fields.valid.1 {
        return Err(CertificateError::Expired.into());
    }
    Ok(ServerCertVerified::assertion())
}

/// Why a certificate is not trusted, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UntrustedCertificate(String);

impl PinnedCertificateVerifier {
    fn explain(&self, error: &Error, certificate: &CertificateDer<'_>) -> String {
        use CertificateError as Certificate;
        let host = &self.host;
        let fields = der::fields(certificate);
        let date = |valid: fn(&der::Fields<'_>) -> jiff::civil::DateTime| match &fields {
            Some(fields) => valid(fields).date().to_string(),
            None => "a date that cannot be read".to_owned(),
        };
        let self_signed = fields.as_ref().is_some_and(der::Fields::is_self_signed);
        match error {
            Error::InvalidCertificate(
                Certificate::Expired | Certificate::ExpiredContext { .. },
            ) => {
                format!(
                    "the certificate of {host} expired on {}: whoever runs the server must renew it, and \
                     where ca_file names it, it must be put there anew",
                    date(|fields| fields.valid.1)
                )
            }
            Error::InvalidCertificate(
                Certificate::NotValidYet | Certificate::NotValidYetContext { .. },
            ) => format!(
                "the certificate of {host} is valid from {} only: look at the clock of this machine",
                date(|fields| fields.valid.0)
            ),
            Error::InvalidCertificate(Certificate::NotValidForNameContext {
                presented, ..
            }) => for_others(host, presented),
            Error::InvalidCertificate(Certificate::NotValidForName) => for_others(host, &[]),
            // Not to be put where it is already.
            _ if self.named.contains(certificate) => format!(
                "the certificate of {host} is in ca_file, and cannot be used: it is of an old form that names no \
                 host (X.509 version 1), or damaged; the server needs one of version 3 whose subjectAltName \
                 names {host}"
            ),
            _ if self_signed => format!(
                "the certificate of {host} is self-signed, and nobody vouches for it: if it is the right one, \
                 put it into a file and name that as ca_file in [mail]"
            ),
            Error::InvalidCertificate(Certificate::UnknownIssuer) => format!(
                "the certificate of {host} is from an authority that is not trusted here: name a file with the \
                 authority's certificate as ca_file in [mail]"
            ),
            _ => format!("the certificate of {host} does not verify: {error}"),
        }
    }
}

fn for_others(host: &str, presented: &[String]) -> String {
    // They are written as `DnsName("mail.example.org")` and `IpAddress(192.0.2.1)`.
    let names: Vec<&str> = presented
        .iter()
        .take(NAMES_TOLD)
        .map(|name| {
            let inner = name.split_once('(').map_or(name.as_str(), |(_, rest)| rest);
            inner.trim_end_matches(')').trim_matches('"')
        })
        .collect();
    if names.is_empty() {
        return format!(
            "the certificate of {host} names no host (it has no subjectAltName): the server needs one that \
             names {host}"
        );
    }
    let more = if presented.len() > names.len() {
        " and others"
    } else {
        ""
    };
    format!(
        "the certificate is for {}{more}, not for {host}: set host to a name of the certificate",
        names.join(", ")
    )
}

/// What does not verify, and a server of another kind, will be the same tomorrow: that is for a person.
fn failure(
    step: Step,
    error: &io::Error,
    options: &SmtpOptions,
    dialogue: &Transcript,
) -> FailedStep {
    let words = |text: &str| dialogue.redaction.words(step, text);
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(CertificateError::Other(OtherError(inner)))) => {
            misconfigured(step, words(&inner.to_string()))
        }
        Some(Error::InvalidCertificate(error)) => {
            misconfigured(step, words(&format!("the certificate is refused: {error}")))
        }
        Some(Error::InvalidMessage(_)) if step == Step::Connect => misconfigured(
            step,
            format!(
                "what answers at {}:{} does not speak TLS from the first byte: where a mail server wants \
                 STARTTLS, set tls = \"starttls\" (port 587 as a rule)",
                options.host, options.port
            ),
        ),
        Some(
            Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion),
        ) => misconfigured(
            step,
            format!("the server knows no TLS that is safe today: {error}"),
        ),
        Some(error) => broken(step, words(&format!("TLS failed: {error}"))),
        None if has_hung_up(error) => broken(step, or_starttls(step, HUNG_UP.to_owned(), options)),
        None => broken(step, words(&error.to_string())),
    }
}

/// What does not answer TLS from the first byte may wait for STARTTLS, unless it is where TLS is due.
fn or_starttls(step: Step, why: String, options: &SmtpOptions) -> String {
    let (host, port) = (&options.host, options.port);
    if step != Step::Connect || port == IMPLICIT_PORT {
        return why;
    }
    format!(
        "{why}: {host}:{port} may not speak TLS from the first byte; if it wants STARTTLS (port 587 as a \
         rule), set tls = \"starttls\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_named_already_is_not_to_be_named() {
        let made = rcgen::generate_simple_self_signed(vec!["mail.example.org".to_owned()]);
        let certificate = made.unwrap().cert.der().clone();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let named = vec![certificate.clone().into_owned()];
        let mut vouched = PinnedCertificateVerifier {
            host: "mail.example.org".to_owned(),
            authorities: Verifier::new_with_extra_roots(named.clone(), provider).unwrap(),
            named,
        };
        // As one of version 1 is refused.
        let error = Error::from(CertificateError::BadEncoding);
        let told = vouched.explain(&error, &certificate);
        assert!(told.contains("needs one of version 3"), "{told}");
        vouched.named.clear();
        let told = vouched.explain(&error, &certificate);
        assert!(told.ends_with("name that as ca_file in [mail]"), "{told}");
    }

    #[test]
    fn the_names_of_a_certificate_are_told_as_people_know_them() {
        let presented = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let told = for_others(
            "mail.example.org",
            &presented(&["DnsName(\"mx.example\")", "IpAddress(192.0.2.1)"]),
        );
        assert_eq!(
            told,
            "the certificate is for mx.example, 192.0.2.1, not for mail.example.org: set host to a name of \
             the certificate"
        );
        assert!(for_others("a.example", &[]).contains("subjectAltName"));
        let many = presented(&["x"; 9]);
        assert!(for_others("a.example", &many).contains("x and others, not"));
    }
}
