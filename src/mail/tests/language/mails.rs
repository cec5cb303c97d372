//! Whole mails in each language.

use super::*;
use crate::core::digest::{
    DetailLevel, Digest, FeedTrouble, HitOrigin, Kind, Privacy, Reason, TroubleCause, compose,
};
use crate::mail::tests::long::many;
use crate::mail::tests::sample::{
    FORCE, alert, at, digest, empty, hit, recipient, stories, troubled_coverage,
};
use crate::mail::{
    Notice, RenderOptions, RenderedMessage, render, render_bare_notice, render_notice,
};

fn rendered(digest: &Digest) -> RenderedMessage {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

/// A mail of each kind, with everything that may stand in one.
fn mails(language: Language) -> Vec<RenderedMessage> {
    let mut digests = vec![digest(), stories(), alert(), empty()];
    let mut sealed = digest();
    sealed.recipient.privacy = Privacy::Sealed;
    digests.push(sealed);
    for wording in [
        DetailLevel::HeadlinesOnly,
        DetailLevel::Headline,
        DetailLevel::CountOnly,
    ] {
        let mut less = digest();
        less.wording = wording;
        digests.push(less);
    }
    let mut later = hit(7, FORCE, "§", "", &[]);
    later.origin = HitOrigin::Later;
    let flood = Kind::Digest(Reason::Flood);
    digests.push(compose(
        recipient(),
        vec![later],
        troubled_coverage(),
        flood,
    ));
    digests.push(many(1_285));
    let mut mails: Vec<_> = digests
        .into_iter()
        .map(|mut digest| {
            digest.recipient.language = language;
            rendered(&digest)
        })
        .collect();
    let options = RenderOptions::new("newsvigil@example.org");
    let mut reader = recipient();
    reader.language = language;
    let trouble = |title: &str| FeedTrouble {
        id: "feed".to_owned(),
        title: title.to_owned(),
        since: Some(at("2026-11-24T01:00:00Z")),
        until: Some(at("2026-11-24T02:00:00Z")),
        reason: "503".into(),
    };
    let notice = Notice {
        troubled: (0..60).map(|n| trouble(&format!("§ {n}"))).collect(),
        recovered: vec![trouble("§")],
        without_mail: vec![trouble("§"), trouble("§§")],
        unreadable: vec![trouble("§")],
    };
    let now = at("2026-11-24T12:30:00Z");
    mails.push(render_notice(&notice, &reader, &options, "seed", now).unwrap());
    mails.push(render_bare_notice(&reader, &options, "seed", now).unwrap());
    mails
}

/// What an English message says between its variables, of two words at least.
fn phrases(text: &str) -> Vec<String> {
    let text = text
        .replace("{ PLURAL($", "\n{ PLURAL($")
        .replace('}', "\n");
    let lines = text.lines().filter(|line| !line.contains("PLURAL"));
    let parts = lines.flat_map(|line| {
        let line = line.split_once(']').map_or(line, |(_, said)| said);
        line.split("{ $").map(str::trim)
    });
    parts
        .filter(|part| part.contains(' ') && part.chars().filter(|c| c.is_alphabetic()).count() > 6)
        .map(str::to_owned)
        .collect()
}

/// A mail in one line, without what the program and servers report of feeds.
fn own(view: &str) -> String {
    let mut html = view.split("<bdi lang=\"en\" dir=\"ltr\">");
    let mut own = html.next().unwrap_or_default().to_owned();
    own.extend(html.filter_map(|rest| Some(rest.split_once("</bdi>")?.1)));
    own.retain(|c| !matches!(c, '\u{200f}' | '\u{2068}' | '\u{2069}'));
    let mut own = own.split_whitespace().collect::<Vec<_>>().join(" ");
    let coverage = troubled_coverage();
    let feeds = coverage.failing.iter().chain(&coverage.silent);
    let feeds = feeds.chain(&coverage.unreadable);
    for feed in feeds.chain(&coverage.possibly_missed) {
        if let TroubleCause::Reported(reason) = &feed.reason {
            own = own.replace(reason, "");
        }
    }
    own
}

#[test]
fn nothing_but_reports_and_what_was_found_is_english_in_the_other_languages() {
    let english = entries(Language::English);
    // Watches may be called as a topic is.
    let of_mails = english.iter().filter(|(key, _)| !key.starts_with("topic-"));
    let phrases: Vec<(&&str, Vec<String>)> =
        of_mails.map(|(key, text)| (key, phrases(text))).collect();
    let found: usize = phrases.iter().map(|(_, phrases)| phrases.len()).sum();
    assert!(found > 100, "{found}");
    let mut seen = BTreeSet::new();
    for mail in mails(Language::English) {
        for (key, phrases) in &phrases {
            let text = own(&mail.text);
            if phrases.iter().any(|phrase| text.contains(phrase.as_str())) {
                seen.insert(**key);
            }
        }
    }
    // The mails say most of what can be said, or the test below is in vain.
    assert!(seen.len() > 50, "{} {seen:?}", seen.len());
    for (tag, language) in Language::NAMED.into_iter().skip(1) {
        for mail in mails(language) {
            for view in [&mail.text, &mail.html, &mail.subject] {
                let view = own(view);
                for (key, phrases) in &phrases {
                    for phrase in phrases {
                        assert!(
                            !view.contains(phrase.as_str()),
                            "{tag} {key} {phrase}:\n{view}"
                        );
                    }
                }
            }
            assert!(mail.html.contains(&format!("<html lang=\"{tag}\"")));
        }
    }
}

#[test]
fn an_arabic_mail_runs_from_right_to_left() {
    for mail in mails(Language::Arabic) {
        assert!(mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(mail.html.contains("text-align:right"));
        for wrong in [
            "text-align:left",
            "align=\"right\"",
            "border-left",
            "letter-spacing:1",
        ] {
            assert!(!mail.html.contains(wrong), "{wrong}");
        }
        for view in [&mail.text, &mail.html] {
            assert_eq!(
                view.matches('\u{2068}').count(),
                view.matches('\u{2069}').count(),
                "{view}"
            );
        }
    }
}

#[test]
fn a_subject_in_any_language_is_read_back_as_it_was_written() {
    for (tag, language) in Language::NAMED {
        let mut digest = empty();
        digest.recipient.language = language;
        let mail = rendered(&digest);
        let read = mail_parser::MessageParser::default()
            .parse(&mail.bytes)
            .unwrap();
        assert_eq!(read.subject(), Some(mail.subject.as_str()), "{tag}");
        assert!(mail.bytes.is_ascii(), "{tag}");
        assert!(mail.subject.contains("31"), "{}", mail.subject);
    }
}

#[test]
fn what_servers_say_is_marked_as_english() {
    for (language, expected) in [(Language::English, 0), (Language::Russian, 1)] {
        let mut digest = digest();
        digest.recipient.language = language;
        let html = rendered(&digest).html;
        let marked = "<bdi lang=\"en\" dir=\"ltr\">503 Service Unavailable</bdi>";
        assert_eq!(html.matches(marked).count(), expected);
    }
}
