//! The peer: fetches, and does nothing with what it gets.

use std::io::BufRead;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// For each line on standard input, fetches every feed and says how long it took.
pub fn serve(port: u16, feeds: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for _line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let cpu = super::ours::cpu_of(std::process::id());
        let began = Instant::now();
        let ok = runtime.block_on(poll(port, feeds));
        let seconds = began.elapsed().as_secs_f64();
        let cpu = super::ours::cpu_of(std::process::id()) - cpu;
        println!("{}", super::ours::told(seconds, cpu, &[("ok", ok as f64)]));
    }
}

async fn poll(port: u16, feeds: usize) -> usize {
    // Each feed has a host of its own: a connection that is kept would never be used again.
    let client = reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client");
    let next = Arc::new(AtomicUsize::new(0));
    let loops: Vec<_> = (0..super::CONCURRENCY)
        .map(|_| {
            let (client, next) = (client.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut ok = 0;
                loop {
                    let feed = next.fetch_add(1, Ordering::Relaxed);
                    if feed >= feeds {
                        return ok;
                    }
                    let sent = client.get(super::address(port, feed)).send().await;
                    if let Ok(answer) = sent
                        && answer.bytes().await.is_ok()
                    {
                        ok += 1;
                    }
                }
            })
        })
        .collect();
    let mut ok = 0;
    for each in loops {
        ok += each.await.unwrap_or(0);
    }
    ok
}
