//! A mail server that does as it is told: well-behaved but for one step.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use super::super::{Smtp, SmtpOptions, SmtpTimeouts, Tls};
use crate::core::delivery::Step;
use crate::mail::secret::Secret;

/// What the server does at one step instead of what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Answers with these words.
    Say(&'static str),
    /// Answers with these bytes.
    Bytes(&'static [u8]),
    /// Answers with these words, and closes the connection.
    SayAndHangUp(&'static str),
    /// Closes the connection.
    HangUp,
    /// Says nothing until the client has gone.
    Hang,
    /// Says nothing until the client has gone, then the usual answer.
    Late,
}

/// One session's deviation.
pub(super) type Script = Option<(Step, Act)>;

/// What the server is like, in every session.
#[derive(Clone)]
pub(super) struct Manner {
    /// The answer to EHLO where mail may be sent: behind TLS, if there is any.
    pub hello: &'static str,
    /// The answers to AUTH and to what follows an answer of 334, in order; the last one stays.
    pub login: &'static [&'static str],
    /// Where it listens.
    pub address: &'static str,
    /// What its certificate says.
    pub certificate: rcgen::CertificateParams,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            hello: "250-mx.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n",
            login: &["235 2.7.0 welcome\r\n"],
            address: "127.0.0.1:0",
            certificate: certificate_for("localhost"),
        }
    }
}

/// Self-signed, and no authority.
pub(super) fn certificate_for(name: &str) -> rcgen::CertificateParams {
    rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap()
}

/// What the server saw.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    /// Messages that it accepted with 250.
    pub accepted: Vec<String>,
}

pub(super) struct Server {
    pub port: u16,
    pub ca_file: PathBuf,
    seen: Arc<Mutex<Seen>>,
    _folder: tempfile::TempDir,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Server {
    /// Serves connection after connection, each with the next script; the last one stays.
    pub async fn start(scripts: Vec<Script>) -> Self {
        Self::start_with(scripts, Tls::Starttls).await
    }

    pub async fn start_with(scripts: Vec<Script>, tls: Tls) -> Self {
        Self::start_as(scripts, tls, Manner::default()).await
    }

    pub async fn start_as(scripts: Vec<Script>, tls: Tls, manner: Manner) -> Self {
        let listener = TcpListener::bind(manner.address).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let signing_key = rcgen::KeyPair::generate().unwrap();
        let certificate = manner.certificate.self_signed(&signing_key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, certificate.pem()).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            let mut scripts = scripts.into_iter();
            let mut script = None;
            while let Ok((stream, _)) = listener.accept().await {
                script = scripts.next().or(script);
                shared.lock().unwrap().connections += 1;
                let session = Session {
                    script: script.flatten(),
                    manner: manner.clone(),
                    logins: AtomicUsize::new(0),
                    acceptor: acceptor.clone(),
                    seen: Arc::clone(&shared),
                };
                tokio::spawn(async move {
                    if tls == Tls::Implicit {
                        if let Ok(stream) = session.acceptor.accept(stream).await {
                            session.run(Box::new(stream), tls).await;
                        }
                    } else {
                        session.run(Box::new(stream), tls).await;
                    }
                });
            }
        });
        Self {
            port,
            ca_file,
            seen,
            _folder: folder,
        }
    }

    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }

    pub fn options(&self) -> SmtpOptions {
        SmtpOptions {
            host: "localhost".to_owned(),
            port: self.port,
            tls: Tls::Starttls,
            username: Some("newsvigil".to_owned()),
            password: Some(Secret::new("correct-horse")),
            token: None,
            hello_name: "client.example.org".to_owned(),
            ca_file: Some(self.ca_file.clone()),
            timeouts: SmtpTimeouts::default(),
        }
    }

    pub fn transport(&self) -> Smtp {
        Smtp::new(self.options())
    }

    /// A transport that loses patience soon, but not with a machine that has much else to do.
    pub fn hasty_transport(&self) -> Smtp {
        let soon = Duration::from_millis(1_500);
        let timeouts = SmtpTimeouts {
            connect: soon,
            silence: soon,
            command: soon,
            data: soon,
            block: soon,
            final_dot: soon,
        };
        Smtp::new(SmtpOptions {
            timeouts,
            ..self.options()
        })
    }
}

struct Session {
    script: Script,
    manner: Manner,
    /// Answers given to AUTH and what follows.
    logins: AtomicUsize,
    acceptor: TlsAcceptor,
    seen: Arc<Mutex<Seen>>,
}

enum Answered {
    Goes,
    Ends,
}

impl Session {
    async fn answer(
        &self,
        stream: &mut BufReader<Box<dyn Stream>>,
        step: Step,
        usual: &str,
    ) -> Answered {
        let reply = match self.script {
            Some((at, act)) if at == step => match act {
                Act::Say(reply) => reply.as_bytes(),
                Act::Bytes(reply) => reply,
                Act::SayAndHangUp(reply) => {
                    let _ = stream.get_mut().write_all(reply.as_bytes()).await;
                    let _ = stream.get_mut().flush().await;
                    let _ = stream.get_mut().shutdown().await;
                    return Answered::Ends;
                }
                Act::HangUp => return Answered::Ends,
                Act::Hang | Act::Late => {
                    // Whatever the client still sends is not read as a command.
                    let mut rest = Vec::new();
                    let _ = tokio::io::AsyncReadExt::read_to_end(stream, &mut rest).await;
                    if act == Act::Late {
                        let _ = stream.get_mut().write_all(usual.as_bytes()).await;
                    }
                    return Answered::Ends;
                }
            },
            _ => usual.as_bytes(),
        };
        match stream.get_mut().write_all(reply).await {
            Ok(()) if stream.get_mut().flush().await.is_ok() => Answered::Goes,
            _ => Answered::Ends,
        }
    }

    async fn run(&self, stream: Box<dyn Stream>, tls: Tls) {
        let mut stream = BufReader::new(stream);
        let mut encrypted = tls != Tls::Starttls;
        let mut line = String::new();
        let mut next = self
            .answer(&mut stream, Step::Greeting, "220 mx.example.org ready\r\n")
            .await;
        while matches!(next, Answered::Goes) {
            line.clear();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return;
            }
            let command = line.trim_end().to_owned();
            self.seen.lock().unwrap().commands.push(command.clone());
            let verb = command.split([' ', ':']).next().unwrap_or_default();
            next = match verb {
                "EHLO" if encrypted => {
                    self.answer(&mut stream, Step::Hello, self.manner.hello)
                        .await
                }
                "EHLO" => {
                    self.answer(
                        &mut stream,
                        Step::Hello,
                        "250-mx.example.org\r\n250 STARTTLS\r\n",
                    )
                    .await
                }
                "STARTTLS" => {
                    let before = self
                        .script
                        .filter(|(step, _)| *step == Step::StartTls)
                        .map(|(_, act)| act);
                    let answered = self
                        .answer(&mut stream, Step::StartTls, "220 go ahead\r\n")
                        .await;
                    if matches!(before, Some(Act::Say(reply)) if !reply.starts_with("220")) {
                        answered
                    } else if matches!(answered, Answered::Goes) {
                        let Ok(secure) = self.acceptor.accept(stream.into_inner()).await else {
                            return;
                        };
                        stream = BufReader::new(Box::new(secure));
                        encrypted = true;
                        Answered::Goes
                    } else {
                        answered
                    }
                }
                "HELO" => plain(&mut stream, "250 mx.example.org\r\n").await,
                "AUTH" => self.login(&mut stream).await,
                "MAIL" => {
                    self.answer(&mut stream, Step::MailFrom, "250 2.1.0 ok\r\n")
                        .await
                }
                "RCPT" => {
                    self.answer(&mut stream, Step::RcptTo, "250 2.1.5 ok\r\n")
                        .await
                }
                "DATA" => {
                    let said = self.script.filter(|(step, _)| *step == Step::Data);
                    let answered = self.answer(&mut stream, Step::Data, "354 go on\r\n").await;
                    if said.is_some() || matches!(answered, Answered::Ends) {
                        answered
                    } else {
                        self.message(&mut stream).await
                    }
                }
                "RSET" | "NOOP" => plain(&mut stream, "250 ok\r\n").await,
                "QUIT" => {
                    let _ = plain(&mut stream, "221 bye\r\n").await;
                    Answered::Ends
                }
                _ => plain(&mut stream, "502 unknown\r\n").await,
            };
        }
    }

    async fn login(&self, stream: &mut BufReader<Box<dyn Stream>>) -> Answered {
        loop {
            let index = self.logins.fetch_add(1, Ordering::Relaxed);
            let last = self.manner.login.len() - 1;
            let reply = self.manner.login[index.min(last)];
            let answered = self.answer(stream, Step::Auth, reply).await;
            if !reply.starts_with("334") || matches!(answered, Answered::Ends) {
                return answered;
            }
            let mut line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return Answered::Ends;
            }
            let line = line.trim_end().to_owned();
            self.seen.lock().unwrap().commands.push(line);
        }
    }

    async fn message(&self, stream: &mut BufReader<Box<dyn Stream>>) -> Answered {
        let mut message = String::new();
        loop {
            let mut line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return Answered::Ends;
            }
            if line == ".\r\n" {
                break;
            }
            message.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        let refused = self.script.is_some_and(|(step, _)| step == Step::FinalDot);
        if !refused {
            self.seen.lock().unwrap().accepted.push(message);
        }
        self.answer(stream, Step::FinalDot, "250 2.0.0 queued as 42\r\n")
            .await
    }
}

async fn plain(stream: &mut BufReader<Box<dyn Stream>>, reply: &str) -> Answered {
    match stream.get_mut().write_all(reply.as_bytes()).await {
        Ok(()) => Answered::Goes,
        Err(_) => Answered::Ends,
    }
}
