//! How fast mail leaves the outbox: `cargo bench --bench mail`.
//!
//! Messages a second into Postfix's `smtp-sink` over one connection: through the outbox (claimed,
//! delivered and settled, each state on disk before the next step), against lettre's own transport
//! with a pool of one connection, which keeps no state at all. Trials alternate, so that both meet the
//! same neighbours. The database lies in the target folder, on a disk and not in memory.

use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::{SmtpTransport, Transport};
use newsvigil::config;
use newsvigil::core::delivery::Outcome;
use newsvigil::daemon::{self, Mailer, MessageSelection, ServiceContext};
use newsvigil::mail::{RenderOptions, Smtp, SmtpOptions, SmtpTimeouts, Tls};
use newsvigil::store::digests::{self, Composed};
use newsvigil::store::outbox::{self, MailKind, NewMessage};
use newsvigil::store::{FILE_NAME, Store};

/// Times that each way is taken.
const TRIALS: usize = 7;
/// Messages in a trial.
const MESSAGES: u32 = 200;
/// Bytes of a message: an alert, and a digest of a busy day.
const SIZES: [usize; 2] = [8 << 10, 60 << 10];
const GOAL: f64 = 0.8;
const FROM: &str = "newsvigil@example.org";
const TO: &str = "desk@example.org";

fn main() -> ExitCode {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let Some(sink) = Sink::start() else {
        eprintln!("this needs smtp-sink, which comes with Postfix: apt-get install postfix");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut all_met = true;
    for size in SIZES {
        all_met &= runtime.block_on(compare(sink.port, size));
    }
    if all_met {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Takes every way in turn and prints how they did. Gives whether the goal is met.
async fn compare(port: u16, size: usize) -> bool {
    let (mut ours, mut bare, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TRIALS {
        ours.push(through_the_outbox(port, size).await);
        theirs.push(through_lettre(port, size));
        bare.push(without_the_outbox(port, size).await);
    }
    let ratios = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs);
    let ratio = median(ratios.collect());
    let met = ratio >= GOAL;
    println!(
        "{MESSAGES} messages of {size} bytes, {TRIALS} trials; median, least and most a second"
    );
    println!("  through the outbox       {}", spread(&ours));
    println!("  lettre's send, pooled    {}", spread(&theirs));
    println!("  our dialogue, no outbox  {}", spread(&bare));
    println!(
        "  outbox to lettre: {ratio:.2} (median of the trials' ratios); the goal of {GOAL} is {}",
        if met { "met" } else { "missed" }
    );
    met
}

async fn through_the_outbox(port: u16, size: usize) -> f64 {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let world = world(folder.path(), port);
    let messages: Vec<NewMessage> = (0..MESSAGES)
        .map(|number| new_message(number, size))
        .collect();
    let queued = world.store.call(move |connection| {
        digests::queue(connection, "desk", Timestamp::now(), |_| {
            Ok(Composed {
                messages,
                ..Composed::default()
            })
        })
    });
    queued.await.expect("queued");
    let mut mailer = Mailer::new(&world.config.mail, folder.path(), None).expect("a way out");
    let began = Instant::now();
    let report = mailer.send(&world, MessageSelection::Due, &|| false).await;
    let taken = began.elapsed();
    mailer.close().await;
    let delivered = report.expect("sent").delivered;
    let counts = world.store.call(|connection| outbox::counts(connection));
    let counts = counts.await.expect("counted");
    assert_eq!(
        (delivered, counts.sent),
        (u64::from(MESSAGES), u64::from(MESSAGES))
    );
    rate(taken)
}

fn through_lettre(port: u16, size: usize) -> f64 {
    let transport = SmtpTransport::builder_dangerous("127.0.0.1")
        .port(port)
        .pool_config(PoolConfig::new().max_size(1))
        .build();
    let address = |text: &str| text.parse().expect("an address");
    let envelope = Envelope::new(Some(address(FROM)), vec![address(TO)]).expect("an envelope");
    let messages: Vec<Vec<u8>> = (0..MESSAGES).map(|number| message(number, size)).collect();
    let began = Instant::now();
    for message in &messages {
        // What `send` does once it has made the bytes.
        let response = transport.send_raw(&envelope, message);
        assert!(response.expect("sent").is_positive());
    }
    rate(began.elapsed())
}

async fn without_the_outbox(port: u16, size: usize) -> f64 {
    let mut smtp = Smtp::new(SmtpOptions {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        username: None,
        password: None,
        token: None,
        hello_name: "example.org".to_owned(),
        ca_file: None,
        timeouts: SmtpTimeouts::default(),
    });
    let messages: Vec<Vec<u8>> = (0..MESSAGES).map(|number| message(number, size)).collect();
    let began = Instant::now();
    for message in &messages {
        let attempt = smtp.deliver(FROM, TO, message).await;
        assert!(matches!(attempt.outcome, Outcome::Delivered { .. }));
    }
    let taken = began.elapsed();
    smtp.close().await;
    rate(taken)
}

fn world(folder: &Path, port: u16) -> ServiceContext {
    let settings = format!(
        "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n\
         from = \"{FROM}\"\n[[recipient]]\nid = \"desk\"\naddress = \"{TO}\"\n"
    );
    std::fs::write(folder.join("newsvigil.toml"), settings).expect("a file");
    let feeds = "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\n";
    let watches =
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\nrecipients = [\"desk\"]\n";
    std::fs::write(folder.join("feeds.toml"), feeds).expect("a file");
    std::fs::create_dir(folder.join("watches")).expect("a folder");
    std::fs::write(folder.join("watches/force.toml"), watches).expect("a file");
    let Ok((config, _)) = config::load(folder) else {
        panic!("the configuration is refused")
    };
    ServiceContext {
        fetcher: daemon::fetcher(&config.fetch).expect("a fetcher"),
        config: Arc::new(config),
        store: Store::start(&folder.join(FILE_NAME)).expect("a database"),
        render_options: Arc::new(RenderOptions::new(FROM)),
        body_memory: Arc::default(),
        stories: Arc::default(),
        state_folder: folder.to_owned(),
        clock: Arc::new(Timestamp::now),
        metrics: Arc::new(newsvigil::daemon::ProcessMetrics::new(Timestamp::now())),
    }
}

fn new_message(number: u32, size: usize) -> NewMessage {
    NewMessage {
        recipient_id: "desk".to_owned(),
        address: TO.to_owned(),
        sender: FROM.to_owned(),
        kind: MailKind::Digest,
        watch_id: None,
        message_id: format!("<{number}@example.org>"),
        subject: "Digest".to_owned(),
        message: message(number, size),
        hits: Vec::new(),
    }
}

/// A message of about `size` bytes in lines as a mail program makes them.
fn message(number: u32, size: usize) -> Vec<u8> {
    let mut text = format!(
        "From: {FROM}\r\nTo: {TO}\r\nSubject: Digest\r\nMessage-ID: <{number}@example.org>\r\n\r\n"
    );
    while text.len() < size {
        text.push_str("What the mail of a day says, line after line, as long as lines may be.\r\n");
    }
    text.into_bytes()
}

fn rate(taken: Duration) -> f64 {
    f64::from(MESSAGES) / taken.as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

fn spread(rates: &[f64]) -> String {
    let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let most = rates.iter().copied().fold(0.0, f64::max);
    format!("{:6.0}  ({least:.0} to {most:.0})", median(rates.to_vec()))
}

/// A mail server that takes everything and keeps nothing, until it is dropped.
struct Sink {
    port: u16,
    process: Child,
}

impl Sink {
    fn start() -> Option<Self> {
        let probe = TcpListener::bind(("127.0.0.1", 0)).ok()?;
        let port = probe.local_addr().ok()?.port();
        drop(probe);
        let mut command = Command::new("smtp-sink");
        if std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
            // It refuses to run as root.
            command.args(["-u", "nobody"]);
        }
        let process = command
            .args([&format!("127.0.0.1:{port}"), "20"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut sink = Self { port, process };
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(sink);
            }
            if sink.process.try_wait().is_ok_and(|ended| ended.is_some()) {
                return None;
            }
            std::thread::yield_now();
        }
        None
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
