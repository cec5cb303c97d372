//! What a reply of 400 to 599 means: for this message, for everybody's, or for the sender.
//!
//! The basic code decides (RFC 5321 section 4.2.1) whether a refusal is for now or for good. Whose fault it is says
//! the enhanced status code (RFC 3463, and the IANA registry "Simple Mail Transfer Protocol (SMTP) Enhanced
//! Status Codes"), with what large services have added to it. Words count only where the codes leave open
//! whose fault it is: they may be in any language, and may be somebody's else.

use super::step::Step;

/// What kind of refusal a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This message later.
    Temporary,
    /// Everything later: the relay is overloaded or closing.
    Busy,
    /// This message never, in these words; which of them, or whether it is the sender, shows when it is made
    /// anew with less.
    Content,
    /// Nothing to this recipient for now, whatever a message says: the sender or the recipient is refused, and
    /// nobody can tell which.
    Either,
    /// This message never, to this recipient.
    Permanent,
    /// Nothing, until a person has acted: the sender is refused.
    Configuration,
}

/// Whose fault an enhanced status code says a refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The sender's: its address, its login, its right to send, or how much it sends.
    Sender,
    /// That there is no such mailbox, or that it takes no mail any more.
    Mailbox,
    /// The mailbox or its system has no room, which passes.
    Storage,
    /// The message's: what is in it, or its size.
    Message,
    /// That this recipient does not take mail from this sender; a person can change either.
    SenderAndRecipient,
    /// It may be anybody's.
    Open,
}

/// Reads a reply code of 400 to 599 at `step`.
pub fn classify(step: Step, code: u16, reply: &str) -> Refusal {
    match code {
        421 | 450 | 451 | 452 => return Refusal::Busy,
        ..500 => return Refusal::Temporary,
        // RFC 4954 section 6, RFC 5248 section 2.4: login required, too weak, failed or closed.
        523 | 525 | 530 | 534 | 535 | 538 => return Refusal::Configuration,
        _ => {}
    }
    let fault = enhanced_status(reply).map_or(Fault::Open, fault);
    match fault {
        // A server that was told the size may refuse it before it has seen the message (RFC 1870).
        Fault::Message if step >= Step::MailFrom => Refusal::Content,
        _ if step <= Step::MailFrom => Refusal::Configuration,
        Fault::Sender => Refusal::Configuration,
        Fault::Mailbox => Refusal::Permanent,
        Fault::Storage => Refusal::Temporary,
        Fault::SenderAndRecipient => Refusal::Either,
        Fault::Message | Fault::Open if step >= Step::FinalDot => {
            after_the_final_dot(code, &Words::of(reply))
        }
        Fault::Message | Fault::Open => before_the_message(code, &Words::of(reply)),
    }
}

/// What a server means that has read the whole message, where the codes leave it open.
fn after_the_final_dot(code: u16, words: &Words) -> Refusal {
    if words.speak_of_how_much_is_sent() {
        Refusal::Configuration
    } else if code == 552 && words.speak_of_room() {
        Refusal::Temporary
    } else {
        Refusal::Content
    }
}

/// What a server means that has seen the sender's and the recipient's address and nothing else, where the
/// codes leave it open. Many say only then that a login is needed, or that too much was sent.
fn before_the_message(code: u16, words: &Words) -> Refusal {
    if words.speak_of_login() || words.deny_relaying() || words.speak_of_how_much_is_sent() {
        return Refusal::Configuration;
    }
    match (words.name_the_recipient(), words.name_the_sender(), code) {
        _ if words.speak_of_room() => Refusal::Temporary,
        // RFC 5321 section 4.5.3.1.10: 552 to RCPT is to be read as 452.
        (_, false, 552) => Refusal::Temporary,
        (false, true, _) => Refusal::Configuration,
        // RFC 5321 section 4.2.3: 551, the user is elsewhere; RFC 7504 section 4: 556, the domain takes no mail.
        (true, false, _) | (false, false, 551 | 556) => Refusal::Permanent,
        _ => Refusal::Either,
    }
}

/// Whose fault the subject and detail of an enhanced status code say it is.
fn fault((subject, detail): (u16, u16)) -> Fault {
    match (subject, detail) {
        // The mailbox or its system: none, moved, closed, its domain takes no mail (RFC 7505), its list cannot be
        // expanded, its owner has changed (RFC 7293). 7.504 and 7.505 are Microsoft's for a recipient that is
        // none, 1.351 and 4.310 for one that another server does not know and for a domain that is none.
        (1, 1..=4 | 6 | 10 | 351) | (2, 1 | 4) | (4, 4 | 310) | (7, 17 | 18 | 504 | 505) => {
            Fault::Mailbox
        }
        // The sender's address (RFC 7505 for 7.27), and how a sender shows that it is one: login (RFC 4954,
        // RFC 5248), TLS, DKIM, SPF, DMARC and reverse DNS (RFC 7372). The others are what Google and Microsoft have
        // added: sending limits; sending as somebody else; no login or no right to relay; accounts, networks
        // and tenants that are banned.
        (1, 7 | 8 | 90)
        | (2, 252)
        | (4, 5)
        | (
            7,
            8..=11
            | 13
            | 14
            | 20..=40
            | 51
            | 54
            | 57
            | 60
            | 64
            | 232
            | 233
            | 236
            | 501..=503
            | 506
            | 508
            | 509
            | 511
            | 515
            | 606..=649
            | 700..=799,
        ) => Fault::Sender,
        // Full, or its system is.
        (2, 2) | (3, 1) => Fault::Storage,
        // Too long or too large, or what is in it; RFC 6531 gives 6.7 to 6.9 to addresses and headers that are
        // not ASCII.
        (2, 3) | (3, 4) | (6, 0..=6) | (7, 7 | 16) => Fault::Message,
        // A list or a group that takes mail from its own only; one that has blocked this sender. 7.12 is a
        // password that must be changed (RFC 4954) at a login; behind it, Microsoft's for a mailbox that takes
        // mail from its own organisation only.
        (7, 2 | 12 | 124 | 129 | 133 | 134 | 507 | 510) => Fault::SenderAndRecipient,
        _ => Fault::Open,
    }
}

/// Subject and detail of "5.7.1 …" at the beginning of a reply, or of "… (#5.7.1)" in it. Its class says no more
/// than the basic code, and may contradict it.
fn enhanced_status(reply: &str) -> Option<(u16, u16)> {
    let words = || reply.split_whitespace();
    let at_the_beginning = words().take(2).find_map(status);
    at_the_beginning.or_else(|| {
        words()
            .filter(|word| word.starts_with("(#") || word.starts_with('#'))
            .find_map(status)
    })
}

/// Reads "5.7.1", with marks around it or not.
fn status(word: &str) -> Option<(u16, u16)> {
    let word = word.trim_matches(|c: char| "#()[]<>:;,.-".contains(c));
    let mut numbers = word.split('.');
    let class = numbers.next()?;
    let number = |text: &str| {
        let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let (subject, detail) = (number(numbers.next()?)?, number(numbers.next()?)?);
    (matches!(class, "2" | "4" | "5") && numbers.next().is_none()).then_some((subject, detail))
}

/// The words of a reply in lower case, one space before and behind each, without addresses and links: those
/// hold words of others.
struct Words(String);

impl Words {
    fn of(reply: &str) -> Self {
        let mut words = String::from(" ");
        for word in reply
            .split_whitespace()
            .filter(|word| !word.contains(['@', '/']))
        {
            for part in word.split(|c: char| !c.is_alphanumeric()) {
                if !part.is_empty() {
                    words.push_str(&part.to_lowercase());
                    words.push(' ');
                }
            }
        }
        Self(words)
    }

    /// Whether one of these stands there; each begins with the space before a word.
    fn have(&self, any: &[&str]) -> bool {
        any.iter().any(|phrase| self.0.contains(phrase))
    }

    fn name_the_recipient(&self) -> bool {
        self.have(&[
            " user ",
            " mailbox",
            " recipient",
            " addressee",
            " unrouteable address",
            " no such address",
            " unknown address",
            " address unknown",
            " local part ",
        ])
    }

    fn name_the_sender(&self) -> bool {
        self.have(&[
            " sender",
            " from address",
            " mail from",
            " return path",
            " spf ",
            " dkim ",
            " dmarc ",
            " helo ",
            " ehlo ",
            " tls ",
            " starttls ",
            " encrypt",
            " client host",
            " your account",
            " your host",
            " your ip ",
            " your server",
            " ip address",
            " reverse dns",
            " rdns ",
            " ptr ",
            " blacklist",
            " blocklist",
            " blocked using",
            " dnsbl ",
            " rbl ",
            " reputation",
            " too many",
            " too fast",
        ])
    }

    fn speak_of_login(&self) -> bool {
        self.have(&[
            " authenticat",
            " unauthenticat",
            " smtp auth",
            " auth required",
            " auth first",
            " log in ",
            " login ",
            " logged in",
            " password",
            " credential",
            " sender address rejected",
            " sender rejected",
            " sender unknown",
            " unknown sender",
            " sender not allowed",
            " sender denied",
        ])
    }

    /// "Relay access denied", "Relaying denied", "unable to relay", "not in my list of allowed rcpthosts".
    fn deny_relaying(&self) -> bool {
        self.have(&[" relay"])
            && self.have(&[
                " denied",
                " not permitted",
                " not allowed",
                " prohibited",
                " unable to relay",
                " cannot relay",
                " do not relay",
                " don t relay",
                " we do not relay",
            ])
            || self.have(&[" rcpthosts"])
    }

    /// "Daily sending quota exceeded", "rate limit", "you have sent too many messages".
    fn speak_of_how_much_is_sent(&self) -> bool {
        let limit = self.have(&[" limit", " quota", " threshold", " too many", " exceed"]);
        limit
            && self.have(&[
                " daily",
                " hourly",
                " per day",
                " per hour",
                " per minute",
                " rate limit",
                " rate exceed",
                " rate control",
                " sending limit",
                " sending quota",
                " send limit",
                " outgoing",
                " outbound",
                " messages sent",
                " sent too many",
                " too many messages",
                " too many emails",
                " too many mails",
            ])
            || self.have(&[" ratelimit", " throttled", " send less"])
    }

    /// That a mailbox is full.
    fn speak_of_room(&self) -> bool {
        self.have(&[
            " full ",
            " over quota",
            " overquota",
            " quota",
            " storage",
            " disk space",
        ]) && !self.speak_of_how_much_is_sent()
    }
}

#[cfg(test)]
mod tests;
