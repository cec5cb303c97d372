//! From nothing to a connection that is protected, logged in, and ready for MAIL.

use std::{
    io::{self, Read},
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters},
    extension::ClientId,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpStream, lookup_host},
    time::{Instant, timeout},
};

use super::{
    Connection, Dialogue, Redaction, SmtpOptions, Step, Stop, Tls, broken, expect, misconfigured,
    stop,
};
use crate::fault;

/// LOGIN last, for it is obsolete and some large providers know nothing else.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

pub(super) async fn connect(
    options: &SmtpOptions,
    dialogue: &mut Dialogue,
) -> Result<Connection, Stop> {
    fault::point("smtp-before-connect");
    let result = establish(options, dialogue).await;
    if let Err(stop) = &result
        && dialogue
            .lines
            .last()
            .is_none_or(|(step, _)| *step != stop.step)
    {
        dialogue.push(stop.step, stop.line());
    }
    let smtp = result?;
    Ok(Connection {
        smtp,
        messages: 0,
        used: Instant::now(),
    })
}

async fn establish(
    options: &SmtpOptions,
    dialogue: &mut Dialogue,
) -> Result<AsyncSmtpConnection, Stop> {
    let hello = hello_name(&options.hello_name);
    let limits = options.timeouts;
    let mut smtp = match options.tls {
        Tls::Implicit => {
            let parameters = tls_parameters(options, Step::Connect)?;
            let server = (options.host.as_str(), options.port);
            let connecting = AsyncSmtpConnection::connect_tokio1(
                server,
                Some(limits.connect),
                &hello,
                Some(parameters),
                None,
            );
            let limit = limits.connect + 2 * limits.command;
            let connected = timeout(limit, connecting).await;
            connected
                .map_err(|_| {
                    broken(
                        Step::Connect,
                        format!("no greeting within {} s", limit.as_secs_f32()),
                    )
                })?
                .map_err(|error| tls_stop(Step::Connect, &error, &dialogue.redaction))?
        }
        Tls::Starttls | Tls::None => {
            let stream = reach(options).await?;
            let spoke = Arc::new(AtomicBool::new(false));
            let stream = Careful {
                stream,
                byte_by_byte: options.tls == Tls::Starttls,
                spoke: Arc::clone(&spoke),
                heard: 0,
            };
            let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello);
            let connected = timeout(2 * limits.command, connecting).await;
            let step = || {
                if spoke.load(Ordering::Relaxed) {
                    Step::Hello
                } else {
                    Step::Greeting
                }
            };
            connected
                .map_err(|_| {
                    broken(
                        step(),
                        format!("no answer within {} s", limits.command.as_secs_f32()),
                    )
                })?
                .map_err(|error| stop(step(), &error, &dialogue.redaction))?
        }
    };
    let name = smtp.server_info().name();
    let name = dialogue.redaction.words(Step::Hello, name);
    dialogue.push(Step::Hello, format!("{name} answers"));
    if options.tls == Tls::Starttls {
        start_tls(&mut smtp, options, &hello, &dialogue.redaction).await?;
        dialogue.push(Step::StartTls, "encrypted, certificate verified".to_owned());
    }
    if let (Some(username), Some(password)) = (&options.username, &options.password) {
        log_in(&mut smtp, options, username, password.expose(), dialogue).await?;
    }
    Ok(smtp)
}

/// Connects to the first address that answers.
async fn reach(options: &SmtpOptions) -> Result<TcpStream, Stop> {
    let limit = options.timeouts.connect;
    let server = (options.host.as_str(), options.port);
    let addresses: Vec<SocketAddr> = timeout(limit, lookup_host(server))
        .await
        .map_err(|_| {
            broken(
                Step::Connect,
                format!("{}: the name was not resolved in time", options.host),
            )
        })?
        .map_err(|error| broken(Step::Connect, format!("{}: {error}", options.host)))?
        .take(16)
        .collect();
    if options.tls == Tls::None && !addresses.iter().all(|address| address.ip().is_loopback()) {
        let why = format!(
            "{} is no loopback address, and mail without TLS goes no further",
            options.host
        );
        return Err(misconfigured(Step::Connect, why));
    }
    let mut why = format!("{} has no address", options.host);
    for address in addresses {
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Commands are small and each waits for its answer.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => why = format!("{address}: {error}"),
            Err(_) => why = format!("{address}: no connection within {} s", limit.as_secs_f32()),
        }
    }
    Err(broken(Step::Connect, why))
}

async fn start_tls(
    smtp: &mut AsyncSmtpConnection,
    options: &SmtpOptions,
    hello: &ClientId,
    redaction: &Redaction,
) -> Result<(), Stop> {
    if !smtp.can_starttls() {
        return Err(misconfigured(
            Step::StartTls,
            "the server does not offer STARTTLS",
        ));
    }
    let parameters = tls_parameters(options, Step::StartTls)?;
    let limit = options.timeouts.connect + 2 * options.timeouts.command;
    timeout(limit, smtp.starttls(parameters, hello))
        .await
        .map_err(|_| {
            broken(
                Step::StartTls,
                format!("no answer within {} s", limit.as_secs_f32()),
            )
        })?
        .map_err(|error| tls_stop(Step::StartTls, &error, redaction))?;
    if smtp.is_encrypted() {
        Ok(())
    } else {
        Err(misconfigured(
            Step::StartTls,
            "the connection is not encrypted",
        ))
    }
}

async fn log_in(
    smtp: &mut AsyncSmtpConnection,
    options: &SmtpOptions,
    username: &str,
    password: &str,
    dialogue: &mut Dialogue,
) -> Result<(), Stop> {
    if smtp.server_info().get_auth_mechanism(&MECHANISMS).is_none() {
        return Err(misconfigured(
            Step::Auth,
            "the server offers no login by PLAIN or LOGIN",
        ));
    }
    let credentials = Credentials::new(username.to_owned(), password.to_owned());
    let login = smtp.auth(&MECHANISMS, &credentials);
    expect(
        Step::Auth,
        &[235],
        options.timeouts.command,
        login,
        dialogue,
    )
    .await
    .map(|_| ())
}

fn hello_name(name: &str) -> ClientId {
    let name = name.trim();
    let literal = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = literal.and_then(|address| address.parse().ok()) {
        return ClientId::Ipv4(address);
    }
    let plain = !name.is_empty()
        && name.len() <= 253
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    // A name from a configuration must not smuggle in a second command.
    ClientId::Domain(if plain {
        name.to_owned()
    } else {
        "localhost".to_owned()
    })
}

/// A bundle of all authorities of the world has a quarter of a megabyte.
const MAX_AUTHORITIES_BYTES: u64 = 4 << 20;

fn tls_parameters(options: &SmtpOptions, step: Step) -> Result<TlsParameters, Stop> {
    let mut builder = TlsParameters::builder(options.host.clone());
    if let Some(path) = &options.ca_file {
        let unreadable = |why: String| misconfigured(step, format!("{}: {why}", path.display()));
        let mut pem = Vec::new();
        crate::file::open_regular(path)
            .and_then(|file| file.take(MAX_AUTHORITIES_BYTES).read_to_end(&mut pem))
            .map_err(|error| unreadable(error.to_string()))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|error| unreadable(error.to_string()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| misconfigured(step, error.to_string()))
}

/// A certificate that does not verify will not verify tomorrow: that is for a person.
fn tls_stop(step: Step, error: &lettre::transport::smtp::Error, redaction: &Redaction) -> Stop {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("certificate") && error.status().is_none() {
        misconfigured(step, redaction.words(step, &text))
    } else {
        stop(step, error, redaction)
    }
}

/// A stream that, until TLS begins, hands out one byte a read.
///
/// The library reads through a buffer that survives STARTTLS. Whatever a man in the middle appends
/// to the plain-text reply would be taken for the first answers of the encrypted server. With single
/// bytes the buffer is empty when the handshake begins, and what was appended breaks the handshake.
#[derive(Debug)]
struct Careful {
    stream: TcpStream,
    byte_by_byte: bool,
    /// Whether we have sent anything, which tells the greeting from the reply to EHLO.
    spoke: Arc<AtomicBool>,
    /// Bytes since we last said something.
    heard: usize,
}

/// The library takes a line of any length. No reply, and no handshake, is longer than this.
const LONGEST_REPLY: usize = 256 << 10;

/// First byte of a TLS handshake record (RFC 8446 section 5.1). No SMTP command begins with it.
const TLS_HANDSHAKE: u8 = 22;

impl AsyncTokioStream for Careful {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Careful {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.heard > LONGEST_REPLY {
            let error = io::Error::other("the server's answer is too long");
            return Poll::Ready(Err(error));
        }
        let before = buffer.filled().len();
        if !self.byte_by_byte || buffer.remaining() <= 1 {
            let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
            self.heard += buffer.filled().len() - before;
            return polled;
        }
        let mut byte = [0];
        let mut one = ReadBuf::new(&mut byte);
        let polled = Pin::new(&mut self.stream).poll_read(context, &mut one);
        if let Poll::Ready(Ok(())) = &polled {
            buffer.put_slice(one.filled());
            self.heard += 1;
        }
        polled
    }
}

impl AsyncWrite for Careful {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.spoke.store(true, Ordering::Relaxed);
        self.heard = 0;
        if bytes.first() == Some(&TLS_HANDSHAKE) {
            self.byte_by_byte = false;
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
