//! What it costs to tell the language of an item: `cargo bench --bench language`.
//!
//! The peer is whatlang 0.18 by itself, on the same beginnings of the same items, in turn.

use std::hint::black_box;
use std::time::{Duration, Instant};

use newsvigil::core::document::Document;
use newsvigil::core::watch::detect_language;

/// Times that both are measured; the medians are compared.
const TRIALS: usize = 9;
/// Items a trial.
const ITEMS: usize = 2_000;

/// A headline and a sentence, with small words as news has them.
const TEXTS: [(&str, &str); 7] = [
    (
        "Police detain two reporters after a rally in the capital",
        "The editors of the paper said that they had been held for more than a day without a lawyer.",
    ),
    (
        "Detienen a dos periodistas tras una marcha en la capital",
        "Los editores del diario dijeron que estuvieron más de un día sin abogado.",
    ),
    (
        "Deux journalistes arrêtés après une marche dans la capitale",
        "Selon la rédaction du journal, ils ont été retenus plus d'un jour sans avocat.",
    ),
    (
        "Dois jornalistas detidos depois de uma marcha na capital",
        "Os editores do jornal disseram que eles ficaram mais de um dia sem advogado.",
    ),
    (
        "В столице после митинга задержали двух журналистов",
        "Как сообщила редакция, их держали больше суток без адвоката, а также не давали звонить.",
    ),
    (
        "اعتقال صحفيين بعد مسيرة في العاصمة",
        "قال محررو الصحيفة إنهما احتجزا أكثر من يوم دون محام قبل أن يفرج عنهما.",
    ),
    ("Rugby: Jones, Smith, Evans", "Results"),
];

fn main() {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let items: Vec<(Document, String)> = (0..ITEMS)
        .map(|number| {
            let (title, summary) = TEXTS[number % TEXTS.len()];
            let title = format!("{title} {number}");
            let whole = format!("{title}\n{summary}\n");
            let summary = summary.to_owned();
            (
                Document {
                    title,
                    summary,
                    ..Document::default()
                },
                whole,
            )
        })
        .collect();
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..TRIALS {
        ours.push(time(|| {
            for (document, _) in &items {
                black_box(detect_language(document));
            }
        }));
        peers.push(time(|| {
            for (_, text) in &items {
                black_box(whatlang::detect(text));
            }
        }));
    }
    let (ours, peer) = (median(ours), median(peers));
    println!(
        "language of an item: {:.2} us, whatlang {:.2} us: {:.3} of it ({TRIALS} trials)",
        ours * 1e6,
        peer * 1e6,
        ours / peer
    );
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// Seconds an item.
#[expect(clippy::cast_precision_loss, reason = "2,000")]
fn median(mut trials: Vec<Duration>) -> f64 {
    trials.sort_unstable();
    trials[trials.len() / 2].as_secs_f64() / ITEMS as f64
}
