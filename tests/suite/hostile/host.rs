//! A host that says whatever bytes it likes, in its own time.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// What a host does with a connection once it has been asked for a path.
pub type Act = dyn Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync;

/// Serves on a free port of `ip`, each connection on a thread of its own, and gives the address. It
/// ends with the test program.
pub fn serve(ip: &str, act: Box<Act>) -> String {
    let listener = TcpListener::bind((ip, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let act: &'static Act = Box::leak(act);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || {
                // Clients that hang up are what these hosts are for.
                let _ = converse(stream, act);
            });
        }
    });
    format!("http://{address}/feed")
}

fn converse(mut stream: TcpStream, act: &Act) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    act(&path, &mut stream)?;
    stream.shutdown(std::net::Shutdown::Write)?;
    // An unread request would turn the answer into a reset.
    io::copy(&mut stream.take(1 << 20), &mut io::sink())?;
    Ok(())
}

/// A sound answer with this body, and with `headers`, each line ended by `\r\n`.
pub fn page(headers: &str, body: &[u8], stream: &mut TcpStream) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// The same piece of a body again and again, until the client has had enough.
pub fn endless(
    headers: &str,
    first: &[u8],
    piece: &[u8],
    stream: &mut TcpStream,
) -> io::Result<()> {
    stream
        .write_all(format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}\r\n").as_bytes())?;
    stream.write_all(first)?;
    loop {
        stream.write_all(piece)?;
    }
}

/// One piece after another with a rest between, until the client has had enough.
pub fn drip(head: &[u8], piece: &[u8], rest: Duration, stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(head)?;
    loop {
        stream.write_all(piece)?;
        thread::sleep(rest);
    }
}

/// Waits until the client has gone.
pub fn hang(stream: &mut TcpStream) -> io::Result<()> {
    io::copy(&mut stream.take(1 << 20), &mut io::sink()).map(|_| ())
}
