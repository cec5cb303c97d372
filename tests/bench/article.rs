//! How fast articles are read out of pages, beside `dom_smoothie` alone: `cargo bench --bench article`.
//!
//! The pages are made here: 30 to 300 KB, with navigation, scripts, lists of other stories, forms, and an article
//! of 5 to 60 paragraphs. Then pages that are made to cost, each in a process of its own, so that its memory is
//! its own. `cargo bench --bench article -- pages` or `-- hostile` measures one of the two.

#![allow(
    clippy::cast_precision_loss,
    clippy::format_push_string,
    reason = "figures for people"
)]

use std::collections::HashSet;
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use dom_smoothie::Readability;
use newsvigil::core::article::{Article, ExtractionOptions, Page, read};

/// Pages, and times that each is read; the least counts, for a busy neighbour is no part of it.
const PAGES: usize = 200;
const TRIALS: usize = 5;
/// CPU time that the daemon gives a page.
const TIME: Duration = Duration::from_millis(250);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["one", name] => return one(name),
        // Cargo asks every target for its tests; there are none here.
        _ if words.contains(&"--list") || words.contains(&"--test") => return,
        _ => {}
    }
    let chosen = |part: &str| {
        words.contains(&part) || !words.iter().any(|w| ["pages", "hostile"].contains(w))
    };
    if chosen("pages") {
        pages();
    }
    if chosen("hostile") {
        hostile();
    }
}

fn reading(html: &str, give_up: &dyn Fn() -> bool) -> Article {
    let page = Page {
        body: html.as_bytes(),
        address: None,
        content_type: Some("text/html; charset=utf-8"),
        status: 200,
    };
    read(&page, &ExtractionOptions::default(), give_up)
}

fn pages() {
    let mut chance = fastrand::Rng::with_seed(20_261_128);
    let pages: Vec<(String, String)> = (0..PAGES).map(|_| made(&mut chance)).collect();
    let mut ours = Vec::new();
    let mut alone = Vec::new();
    let (mut our_score, mut their_score) = (Score::default(), Score::default());
    for (html, text) in &pages {
        ours.push(least(|| black_box(reading(html, &|| false).text)));
        alone.push(least(|| black_box(smoothie(html))));
        our_score.add(&reading(html, &|| false).text, text);
        their_score.add(&smoothie(html), text);
    }
    let bytes: usize = pages.iter().map(|(html, _)| html.len()).sum();
    println!(
        "{PAGES} pages of {} KB on average, the least of {TRIALS} trials, milliseconds",
        bytes / PAGES / 1000
    );
    let (median, p99) = (of(&mut ours, 50), of(&mut ours, 99));
    let (their_median, their_p99) = (of(&mut alone, 50), of(&mut alone, 99));
    println!(
        "  newsvigil      median {median:6.2} (goal 2)   p99 {p99:6.2} (goal 10)   {our_score}"
    );
    println!(
        "  dom_smoothie   median {their_median:6.2}            p99 {their_p99:6.2}             {their_score}"
    );
    println!(
        "  ratio          median {:6.2}            p99 {:6.2}",
        median / their_median,
        p99 / their_p99
    );
}

fn smoothie(html: &str) -> String {
    let mut readability = Readability::from(html);
    readability
        .parse()
        .map(|article| article.text_content.to_string())
        .unwrap_or_default()
}

fn least<T>(work: impl Fn() -> T) -> Duration {
    let trial = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..TRIALS).map(trial).min().unwrap_or_default()
}

/// A percentile, in milliseconds.
fn of(times: &mut [Duration], percent: usize) -> f64 {
    times.sort();
    times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0
}

/// Runs of four words that two texts share, over all pages: the measure of scrapinghub's benchmark.
#[derive(Default)]
struct Score {
    precision: f64,
    recall: f64,
    pages: f64,
}

impl Score {
    fn add(&mut self, found: &str, wanted: &str) {
        let runs = |text: &str| -> HashSet<String> {
            let words: Vec<&str> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            words.windows(4).map(|run| run.join(" ")).collect()
        };
        let (found, wanted) = (runs(found), runs(wanted));
        let shared = found.intersection(&wanted).count() as f64;
        self.precision += shared / (found.len().max(1) as f64);
        self.recall += shared / (wanted.len().max(1) as f64);
        self.pages += 1.0;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (precision, recall) = (self.precision / self.pages, self.recall / self.pages);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        write!(
            formatter,
            "F1 {f1:.3}  precision {precision:.3}  recall {recall:.3}"
        )
    }
}

/// A page, and the text of its article.
fn made(chance: &mut fastrand::Rng) -> (String, String) {
    let paragraphs: Vec<String> = (0..chance.usize(5..60))
        .map(|_| sentences(chance, 2..6))
        .collect();
    let mut story = String::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        story.push_str(&format!(
            "<p class=\"c-text c-text--{}\">{paragraph}</p>\n",
            at % 3
        ));
        match chance.u8(0..12) {
            0 => story.push_str(&format!(
                "<figure class=\"media\"><picture><source srcset=\"/{at}.webp\"><img src=\"/{at}.jpg\"></picture>\
                 <figcaption>{}</figcaption></figure>",
                sentences(chance, 1..2)
            )),
            1 => story.push_str("<div class=\"ad-slot\"><span>Advertisement</span></div>"),
            2 => story.push_str(&format!("<div class=\"read-also\"><h4>Read also</h4>{}</div>", links(chance, 3))),
            _ => {}
        }
    }
    let navigation = 40 + chance.usize(0..120);
    let script_bytes = chance.usize(10_000..120_000);
    let script = "window.state=window.state||{};window.state.items.push({id:1,html:'<b>x</b>'});"
        .repeat(script_bytes / 80);
    let comments: String = (0..chance.usize(0..40))
        .map(|at| format!("<li class=\"comment\" id=\"comment-{at}\"><div><b>reader {at}</b><p>{}</p></div></li>", sentences(chance, 1..4)))
        .collect();
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Outlet</title>\
         <meta property=\"og:title\" content=\"{title}\"><script>{script}</script>\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"{title}\",\
         \"datePublished\":\"2026-11-01T10:00:00Z\",\"author\":{{\"@type\":\"Person\",\"name\":\"A. Writer\"}}}}</script></head>\
         <body class=\"page page--article\"><header class=\"site-header\"><nav>{nav}</nav></header><main><div class=\"grid\">\
         <article class=\"story\"><h1>{title}</h1><div class=\"story__meta\"><span class=\"byline\">By A. Writer</span>\
         <time datetime=\"2026-11-01T10:00:00Z\">1 November 2026</time></div><div class=\"story__share\">{share}</div>\
         <div class=\"story__body\">{story}</div><div class=\"story__newsletter\"><p>{letter}</p><form><input><button>Go</button></form></div>\
         </article><aside class=\"sidebar\"><h3>Most read</h3>{side}</aside></div>\
         <section class=\"related\"><h2>Related</h2>{related}</section><section id=\"comments\"><ol>{comments}</ol></section></main>\
         <footer>{foot}<p>{imprint}</p></footer></body></html>",
        title = sentences(chance, 1..2).trim_end_matches('.'),
        nav = links(chance, navigation),
        share = links(chance, 5),
        letter = sentences(chance, 1..3),
        side = links(chance, 10),
        related = links(chance, 24),
        foot = links(chance, 40),
        imprint = sentences(chance, 1..3),
    );
    (html, paragraphs.join("\n"))
}

fn links(chance: &mut fastrand::Rng, number: usize) -> String {
    let items: String = (0..number)
        .map(|at| {
            format!(
                "<li class=\"item\"><a class=\"link\" href=\"/{at}\"><span>{}</span></a></li>",
                sentences(chance, 1..2)
            )
        })
        .collect();
    format!("<ul class=\"list\">{items}</ul>")
}

fn sentences(chance: &mut fastrand::Rng, number: std::ops::Range<usize>) -> String {
    const WORDS: [&str; 32] = [
        "the",
        "officers",
        "of",
        "a",
        "court",
        "said",
        "on",
        "family",
        "house",
        "in",
        "northern",
        "witness",
        "and",
        "took",
        "lawyer",
        "to",
        "prison",
        "without",
        "warrant",
        "by",
        "night",
        "journalists",
        "protest",
        "were",
        "held",
        "for",
        "weeks",
        "minister",
        "denied",
        "report",
        "village",
        "land",
    ];
    let mut text = String::new();
    for _ in 0..chance.usize(number) {
        for at in 0..chance.usize(8..24) {
            let word = WORDS[chance.usize(..WORDS.len())];
            if at == 0 {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push_str(if chance.u8(0..10) == 0 { ", " } else { " " });
                text.push_str(word);
            }
        }
        text.push_str(&format!(" {}. ", chance.u16(..)));
    }
    text.trim_end().to_owned()
}

const HOSTILE: [&str; 16] = [
    "nesting",
    "formatting",
    "paragraphs in formatting",
    "tables",
    "attributes",
    "attributes on chained boxes",
    "breaks",
    "comment",
    "json-ld",
    "references",
    "links",
    "deep and wide",
    "lists",
    "headings like the title",
    "templates",
    "text",
];

/// A page that is made to cost.
fn page(name: &str) -> String {
    let story = "<p>Witnesses told the court, on Monday, that officers came at night, and took three of them away.</p>".repeat(20);
    match name {
        "nesting" => format!("{}{story}", "<div>".repeat(100_000)),
        "formatting" => format!("{story}{}", "<b><i>x</b>".repeat(300_000)),
        "paragraphs in formatting" => {
            let open: String = (0..450).map(|n| format!("<b id={n}>")).collect();
            format!("<p>{open}{}", "<p>x".repeat(500_000))
        }
        "tables" => format!(
            "{story}{}",
            "<table><tr><td>".repeat(150) + &"<p>x</p>".repeat(15_000)
        ),
        "attributes" => {
            let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
            format!("<div{attributes}>{story}")
        }
        "attributes on chained boxes" => {
            let boxes: String = (0..500)
                .map(|level| {
                    let attributes: String = (0..250).map(|n| format!(" a{level}x{n}")).collect();
                    format!("<div{attributes}>")
                })
                .collect();
            format!("{boxes}{story}")
        }
        "breaks" => format!("{story}{}", "x<br>".repeat(200_000)),
        "comment" => format!("{story}<!--{}", "- -->".replace('>', "").repeat(700_000)),
        "json-ld" => format!(
            "<script type='application/ld+json'>[{}]</script>{story}",
            "{\"a\":[]},".repeat(1_100_000)
        ),
        "references" => format!(
            "{story}<p>{}",
            "&CounterClockwiseContourIntegra;&amp&#x1F600;".repeat(90_000)
        ),
        "links" => format!("{story}<p>{}", "<a href=x>x</a> ".repeat(55_000)),
        "deep and wide" => {
            let deep = format!(
                "{}{}{}",
                "<div>".repeat(300),
                "<p>x, y".repeat(40),
                "</div>".repeat(300)
            );
            format!("{story}{}", deep.repeat(60))
        }
        "lists" => format!("{story}{}", "<ul><li>x</li></ul>".repeat(9_000)),
        "headings like the title" => {
            let title = "word ".repeat(200_000);
            format!(
                "<title>{title}</title>{story}{}",
                "<h2>words that differ</h2>".repeat(15_000)
            )
        }
        "templates" => format!("{story}{}", "<template><div>".repeat(20_000)),
        _ => format!("<p>{}", "word, ".repeat(690_000)),
    }
}

/// Reads one in this process, and prints its verdict, its CPU time and its peak of memory.
fn one(name: &str) {
    let html = page(name);
    let begun = Instant::now();
    let article = reading(&html, &|| begun.elapsed() > TIME);
    let seconds = begun.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?
            .trim()
            .split(' ')
            .next()?
            .parse::<u64>()
            .ok()
    });
    println!(
        "{seconds:6.3} s  {:4} MB  {:10} {}",
        peak.unwrap_or_default() / 1024,
        article.verdict.name(),
        article.why.unwrap_or_default()
    );
}

fn hostile() {
    println!("pages that are made to cost (goals: under 1 s, 128 MB; the page itself is in these)");
    for name in HOSTILE {
        let run = Command::new(std::env::current_exe().expect("this program"))
            .args(["one", name])
            .output()
            .expect("this program");
        let line = String::from_utf8_lossy(&run.stdout);
        let line = if run.status.success() {
            line.trim_end()
        } else {
            "it failed"
        };
        println!("  {name:28} {line}");
    }
}
