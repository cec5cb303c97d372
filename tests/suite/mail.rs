//! Mail over SMTP: what is refused waits, and the next run delivers it.

mod commands;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use crate::web::{Page, Web, rss};
use crate::world::{Mail, World};

const STORY: (&str, &str, &str) = ("Police used lethal force", "s", "Protesters were shot.");

/// A mail server on loopback that takes every message but those with a word that it dislikes, or
/// refuses each at `MAIL FROM`.
pub struct Server {
    pub port: u16,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    filter: Arc<Mutex<Filter>>,
    gate: Arc<Gate>,
}

/// Reads messages as a filter for viruses and spam does: decoded.
#[derive(Default)]
struct Filter {
    word: Option<&'static str>,
    reply: &'static str,
    refused: usize,
    /// What is said to `RCPT TO` with this word.
    recipients: Option<(&'static str, &'static str)>,
}

impl Filter {
    fn refuses(&mut self, message: &[u8]) -> bool {
        let Some(word) = self.word else {
            return false;
        };
        let mail = Mail::read(message);
        let parts = [&mail.subject, &mail.text, &mail.html];
        let raw = String::from_utf8_lossy(message);
        // Where quoted-printable folds a line, and where the text part does.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let refuses = raw.contains(word)
            || parts
                .iter()
                .any(|part| squeezed(part).contains(&squeezed(word)));
        self.refused += usize::from(refuses);
        refuses
    }
}

/// Lets a test hold the reply to a message back.
#[derive(Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    Open,
    Closed,
    MessageWaits,
}

impl Gate {
    fn set(&self, state: GateState) {
        *self.state.lock().expect("no test panicked") = state;
        self.changed.notify_all();
    }

    fn wait_for(&self, wanted: GateState) {
        let state = self.state.lock().expect("no test panicked");
        drop(
            self.changed
                .wait_while(state, |state| *state != wanted)
                .expect("no test panicked"),
        );
    }

    /// A message has arrived, and its reply waits if the gate is closed.
    fn pass(&self) {
        let closed = *self.state.lock().expect("no test panicked") == GateState::Closed;
        if closed {
            self.set(GateState::MessageWaits);
            self.wait_for(GateState::Open);
        }
    }
}

impl Server {
    /// Listens on `port`, 0 for any.
    pub fn start(port: u16, mail_from_reply: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let inbox = received.clone();
        let gate = Arc::new(Gate::default());
        let doorkeeper = gate.clone();
        let filter = Arc::new(Mutex::new(Filter::default()));
        let reader = filter.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up is no concern of the server's.
                let _ = serve(&stream, mail_from_reply, &inbox, &reader, &doorkeeper);
            }
        });
        Self {
            port,
            received,
            filter,
            gate,
        }
    }

    /// Refuses, after their final dot, messages with this word in whatever place, from now on.
    pub fn refuse(&self, word: &'static str, reply: &'static str) {
        let mut filter = self.filter.lock().expect("no test panicked");
        filter.word = Some(word);
        filter.reply = reply;
    }

    /// Refuses recipients with this word, before it has seen any message, from now on.
    pub fn refuse_recipients(&self, word: &'static str, reply: &'static str) {
        let mut filter = self.filter.lock().expect("no test panicked");
        filter.recipients = Some((word, reply));
    }

    /// Takes every message again.
    pub fn refuse_nothing(&self) {
        let mut filter = self.filter.lock().expect("no test panicked");
        filter.word = None;
        filter.recipients = None;
    }

    /// How many messages were refused for a word.
    pub fn refused(&self) -> usize {
        self.filter.lock().expect("no test panicked").refused
    }

    fn hold_next_reply(&self) {
        self.gate.set(GateState::Closed);
    }

    fn wait_for_message(&self) {
        self.gate.wait_for(GateState::MessageWaits);
    }

    fn let_reply(&self) {
        self.gate.set(GateState::Open);
    }

    pub fn received(&self) -> Vec<Vec<u8>> {
        self.received.lock().expect("no test panicked").clone()
    }
}

fn serve(
    stream: &TcpStream,
    mail_from_reply: &str,
    inbox: &Mutex<Vec<Vec<u8>>>,
    filter: &Mutex<Filter>,
    gate: &Gate,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut out = stream.try_clone()?;
    out.write_all(b"220 mail.example.org ESMTP\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" | "HELO" => "250 mail.example.org",
            "MAIL" => mail_from_reply,
            "RCPT" => {
                let filter = filter.lock().expect("no test panicked");
                let refused = filter.recipients.filter(|(word, _)| line.contains(word));
                refused.map_or("250 ok", |(_, reply)| reply)
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                // Without its dot a message is none (RFC 5321 section 4.1.1.4).
                let Some(message) = read_message(&mut lines)? else {
                    return Ok(());
                };
                let mut filter = filter.lock().expect("no test panicked");
                if filter.refuses(&message) {
                    filter.reply
                } else {
                    inbox.lock().expect("no test panicked").push(message);
                    gate.pass();
                    "250 taken"
                }
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => "250 ok",
        };
        out.write_all(format!("{reply}\r\n").as_bytes())?;
    }
}

fn read_message(lines: &mut BufReader<TcpStream>) -> std::io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line == b".\r\n" {
            return Ok(Some(message));
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

pub fn world(web: &Web, port: u16) -> World {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n\
             [mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n\
             from = \"newsvigil@example.org\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
    world
}

#[test]
fn a_digest_reaches_the_server_and_the_ledger_keeps_its_reply() {
    let web = Web::start("127.0.0.1");
    let server = Server::start(0, "250 ok");
    let world = world(&web, server.port);
    let summary = world.once();
    assert_eq!(summary["mails_delivered"], 1, "{summary}");
    let received = server.received();
    assert_eq!(received.len(), 1);
    let mail = Mail::read(&received[0]);
    assert!(mail.text.contains("**lethal force**"), "{}", mail.text);
    let sent = world
        .run(&["outbox", "list", "--sent", "--json"])
        .ok()
        .json();
    assert_eq!(sent["state"], "sent");
    assert_eq!(sent["recipient"], "desk");
    assert!(
        sent["reply"]
            .as_str()
            .is_some_and(|reply| reply.contains("taken")),
        "{sent}"
    );
    assert_eq!(sent["message_id"], format!("<{}>", mail.message_id));
}

#[test]
fn a_refused_connection_leaves_the_mail_queued_and_the_next_run_delivers_it() {
    let web = Web::start("127.0.0.1");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = closed.expect("an address").port();
    let world = world(&web, port);
    let summary = world.once();
    assert_eq!(summary["mails_delivered"], 0);
    assert_eq!(summary["mails_queued"], 1);
    let waiting = world.run(&["outbox", "list", "--json"]).ok().json();
    assert_eq!(waiting["state"], "queued");
    assert!(
        waiting["reply"]
            .as_str()
            .is_some_and(|reply| reply.contains("refused")),
        "{waiting}"
    );

    let server = Server::start(port, "250 ok");
    let summary = world.once();
    assert_eq!(summary["mails_delivered"], 1);
    assert_eq!(summary["mails_queued"], 0);
    let received = server.received();
    assert_eq!(received.len(), 1);
    let id = format!("<{}>", Mail::read(&received[0]).message_id);
    assert_eq!(waiting["message_id"], id, "the same message, not another");
}

#[test]
fn a_mail_for_an_address_that_was_changed_goes_to_the_new_one_only() {
    let web = Web::start("127.0.0.1");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = closed.expect("an address").port();
    let world = world(&web, port);
    assert_eq!(world.once()["mails_queued"], 1);
    let config = std::fs::read_to_string(world.config().join("newsvigil.toml")).expect("a file");
    world.write(
        "newsvigil.toml",
        &config.replace("desk@example.org", "safe@example.org"),
    );

    let server = Server::start(port, "250 ok");
    world.once();
    world.once();
    let received: Vec<Mail> = server
        .received()
        .iter()
        .map(|message| Mail::read(message))
        .collect();
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].to, "safe@example.org");
    assert!(received[0].text.contains("**lethal force**"));
}

#[test]
fn an_outcome_that_the_database_did_not_take_at_first_is_not_forgotten() {
    let web = Web::start("127.0.0.1");
    let server = Server::start(0, "250 ok");
    let world = world(&web, server.port);
    world.write(
        "feeds.toml",
        "[[feed]]\nid = \"other\"\nurl = \"file:none.xml\"\n",
    );
    assert_eq!(world.run(&["once"]).code, 69, "the database is made");
    world.set_feeds(&[("outlet", &web.url("/feed"))]);
    let database = rusqlite::Connection::open(world.state().join("newsvigil.db")).expect("opened");
    server.hold_next_reply();
    let mut service = world
        .command(&["run"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program");
    let mut log = BufReader::new(service.stderr.take().expect("a pipe")).lines();
    server.wait_for_message();
    database.execute_batch("BEGIN IMMEDIATE").expect("locked");
    server.let_reply();
    let warned = log.find(|line| {
        line.as_ref()
            .is_ok_and(|line| line.contains("is not stored yet"))
    });
    assert!(warned.is_some());
    database.execute_batch("ROLLBACK").expect("released");
    let sent = log.find(|line| {
        line.as_ref()
            .is_ok_and(|line| line.contains("sent message"))
    });
    assert!(sent.is_some());
    let row = world
        .run(&["outbox", "list", "--sent", "--json"])
        .ok()
        .json();
    assert_eq!(
        (&row["attempts"], &row["possible_duplicate"]),
        (&1.into(), &false.into())
    );
    service.kill().expect("killed");
    service.wait().expect("ended");
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_fault_of_the_configuration_burns_nothing() {
    let web = Web::start("127.0.0.1");
    let server = Server::start(0, "550 sender refused");
    let world = world(&web, server.port);
    let run = world.run(&["once"]).ok();
    assert!(run.stdout.contains("sender refused"), "{run:?}");
    let waiting = world.run(&["outbox", "list", "--json"]).ok().json();
    assert_eq!(waiting["state"], "queued");
    assert_eq!(waiting["attempts"], 0, "the attempt does not count");
    assert!(server.received().is_empty());
    let status = world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    let status = status.stdout;
    assert!(status.contains("waiting because"), "{status}");
    assert!(
        status.starts_with("Needs you  mail cannot be sent: MAIL FROM: 550 sender refused"),
        "{status}"
    );
}
