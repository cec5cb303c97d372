use super::*;
use Refusal::{Busy, Configuration, Content, Either, Permanent, Temporary};
use Step::{Auth, Data, FinalDot, Greeting, MailFrom, RcptTo};

/// Replies as services write them, each with what follows.
const REPLIES: &[(Step, u16, &str, Refusal)] = &[
    // Gmail and Google Workspace.
    (
        FinalDot,
        550,
        "5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.example/answer/22839",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "5.4.5 Daily SMTP relay limit exceeded for customer.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.26 This mail has been blocked because the sender is unauthenticated. 5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.27 This mail has been blocked because SPF = did not pass.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.30 This mail has been blocked because DKIM = did not pass.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.25 The IP address sending this message does not have a PTR record setup.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.1 Our system has detected that this message is likely unsolicited mail.",
        Content,
    ),
    (
        FinalDot,
        552,
        "5.7.0 This message was blocked because its content presents a potential security issue.",
        Content,
    ),
    (
        FinalDot,
        552,
        "5.3.4 Your message exceeded Google's message size limits.",
        Content,
    ),
    (
        RcptTo,
        550,
        "5.1.1 The email account that you tried to reach does not exist.",
        Permanent,
    ),
    (
        RcptTo,
        550,
        "5.2.1 The email account that you tried to reach is inactive.",
        Permanent,
    ),
    (
        RcptTo,
        552,
        "5.2.2 The recipient's inbox is out of storage space and inactive.",
        Temporary,
    ),
    (
        RcptTo,
        550,
        "5.7.1 Invalid credentials for relay [192.0.2.1].",
        Configuration,
    ),
    (
        MailFrom,
        530,
        "5.7.0 Authentication Required.",
        Configuration,
    ),
    (
        MailFrom,
        530,
        "5.7.0 Must issue a STARTTLS command first.",
        Configuration,
    ),
    (
        Auth,
        535,
        "5.7.8 Username and Password not accepted.",
        Configuration,
    ),
    (
        Auth,
        534,
        "5.7.9 Application-specific password required.",
        Configuration,
    ),
    (
        FinalDot,
        421,
        "4.7.28 Our system has detected an unusual rate of unsolicited mail.",
        Busy,
    ),
    (
        RcptTo,
        450,
        "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages.",
        Busy,
    ),
    // Microsoft 365.
    (
        FinalDot,
        550,
        "5.7.60 SMTP; Client does not have permissions to send as this sender",
        Configuration,
    ),
    (
        MailFrom,
        530,
        "5.7.57 Client not authenticated to send mail.",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "5.7.64 TenantAttribution; Relay Access Denied",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.515 Access denied, sending domain example.org does not meet the required authentication level.",
        Configuration,
    ),
    // Of one mailbox that takes mail from its own organisation only.
    (
        RcptTo,
        550,
        "5.7.12 Sender was not authenticated by organization",
        Either,
    ),
    (
        FinalDot,
        554,
        "5.2.252 SendAsDenied; newsvigil@example.org not allowed to send as desk@example.org",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.1.8 Access denied, bad outbound sender",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.501 Access denied, spam abuse detected",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.705 Access denied, tenant has exceeded threshold",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.708 Access denied, traffic not accepted from this IP",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "5.7.606 Access denied, banned sending IP [192.0.2.1]",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "5.4.1 Recipient address rejected: Access denied",
        Permanent,
    ),
    (
        FinalDot,
        550,
        "5.7.509 Access denied, sending domain does not pass DMARC verification",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
        Either,
    ),
    (
        RcptTo,
        550,
        "5.7.124 Sender not in allowed-senders list",
        Either,
    ),
    (
        RcptTo,
        550,
        "5.1.10 RESOLVER.ADR.RecipientNotFound; recipient not found",
        Permanent,
    ),
    (
        FinalDot,
        550,
        "5.2.0 STOREDRV.Submission; submission quota exceeded: daily message rate limit",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
        Content,
    ),
    (RcptTo, 550, "5.4.310 DNS domain does not exist", Permanent),
    // Yahoo.
    (
        FinalDot,
        554,
        "5.7.9 Message not accepted for policy reasons.",
        Configuration,
    ),
    (
        RcptTo,
        554,
        "delivery error: dd This user doesn't have an account here",
        Permanent,
    ),
    (
        FinalDot,
        554,
        "Message not allowed - Email not accepted for policy reasons.",
        Content,
    ),
    (
        Greeting,
        553,
        "5.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred",
        Configuration,
    ),
    // Postfix.
    (
        RcptTo,
        550,
        "5.1.1 <desk@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
        Permanent,
    ),
    (
        RcptTo,
        554,
        "5.7.1 <desk@example.org>: Relay access denied",
        Configuration,
    ),
    (
        RcptTo,
        553,
        "5.7.1 <newsvigil@example.org>: Sender address rejected: not logged in",
        Configuration,
    ),
    (
        RcptTo,
        553,
        "5.7.1 <newsvigil@example.org>: Sender address rejected: not owned by user other",
        Configuration,
    ),
    (
        RcptTo,
        554,
        "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using dnsbl.example",
        Configuration,
    ),
    (
        RcptTo,
        504,
        "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "5.1.8 <newsvigil@example.org>: Sender address rejected: Domain not found",
        Configuration,
    ),
    (
        RcptTo,
        554,
        "5.7.1 <desk@example.org>: Recipient address rejected: Access denied",
        Permanent,
    ),
    (RcptTo, 550, "5.7.1 blocked by policy", Either),
    (FinalDot, 554, "5.7.1 Command rejected by a milter", Content),
    (
        FinalDot,
        550,
        "5.7.1 Message rejected as spam: score 15.2 is over the limit of 8",
        Content,
    ),
    (
        FinalDot,
        554,
        "5.6.0 Message content rejected: header has bad syntax",
        Content,
    ),
    (Data, 554, "5.5.1 Error: no valid recipients", Permanent),
    (RcptTo, 452, "4.3.1 Insufficient system storage", Busy),
    (FinalDot, 550, "5.3.1 system is full", Temporary),
    // Exim.
    (RcptTo, 550, "Unrouteable address", Permanent),
    (RcptTo, 550, "relay not permitted", Configuration),
    (
        RcptTo,
        550,
        "Verification failed for <newsvigil@example.org> No Such User Here Sender verify failed",
        Either,
    ),
    (RcptTo, 550, "Sender verify failed", Configuration),
    (RcptTo, 550, "authentication required", Configuration),
    (RcptTo, 550, "Administrative prohibition", Either),
    (
        FinalDot,
        550,
        "This message contains a virus or other harmful content",
        Content,
    ),
    (FinalDot, 550, "Administrative prohibition", Content),
    // qmail.
    (
        RcptTo,
        553,
        "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
        Configuration,
    ),
    (
        RcptTo,
        550,
        "sorry, no mailbox here by that name (#5.1.1)",
        Permanent,
    ),
    (
        RcptTo,
        553,
        "sorry, your envelope sender is in my list of bad senders (#5.7.1)",
        Configuration,
    ),
    (
        FinalDot,
        554,
        "mail server permanently rejected message (#5.3.0)",
        Content,
    ),
    (
        FinalDot,
        552,
        "sorry, that message size exceeds my databytes limit (#5.3.4)",
        Content,
    ),
    // Cisco.
    (RcptTo, 550, "#5.1.0 Address rejected.", Either),
    (
        RcptTo,
        550,
        "#5.7.1 Your access to submit messages to this e-mail system has been rejected.",
        Either,
    ),
    // Mailgun, Amazon SES, SendGrid.
    (
        FinalDot,
        550,
        "5.7.1 Sending domain is disabled: limit of 100 messages per hour exceeded",
        Configuration,
    ),
    (
        Data,
        554,
        "Message rejected: Email address is not verified.",
        Either,
    ),
    (
        FinalDot,
        554,
        "Message rejected: Email address is not verified.",
        Content,
    ),
    (
        RcptTo,
        454,
        "Throttling failure: Maximum sending rate exceeded.",
        Temporary,
    ),
    (
        FinalDot,
        554,
        "Daily message quota exceeded.",
        Configuration,
    ),
    (
        FinalDot,
        550,
        "Unauthenticated senders not allowed",
        Content,
    ),
    (
        RcptTo,
        550,
        "The from address does not match a verified Sender Identity",
        Configuration,
    ),
    // OVH, GMX.
    (
        RcptTo,
        550,
        "5.7.1 Your account has been blocked for sending too much",
        Configuration,
    ),
    (RcptTo, 535, "5.7.1 Authentication failed", Configuration),
    (
        FinalDot,
        554,
        "Transaction failed. Reject due to policy restrictions.",
        Content,
    ),
    (
        RcptTo,
        550,
        "Requested action not taken: mailbox unavailable",
        Permanent,
    ),
    (
        RcptTo,
        554,
        "Transaction failed. Reject due to policy restrictions.",
        Either,
    ),
    (
        RcptTo,
        550,
        "Requested mail action not taken: mail sending limit exceeded",
        Configuration,
    ),
    // Yandex, Mail.ru.
    (
        FinalDot,
        554,
        "5.7.1 Message rejected under suspicion of SPAM",
        Content,
    ),
    (
        MailFrom,
        553,
        "5.7.1 Sender address rejected: not owned by auth user.",
        Configuration,
    ),
    (RcptTo, 550, "5.7.1 No such user!", Permanent),
    (
        FinalDot,
        550,
        "spam message rejected. Please visit https://help.example/notspam",
        Content,
    ),
    (
        RcptTo,
        550,
        "Message was not accepted -- invalid mailbox. Local mailbox desk@example.org is unavailable: user not found",
        Permanent,
    ),
    (RcptTo, 550, "Ratelimit exceeded for mailbox", Configuration),
    // Other languages: the code alone decides.
    (RcptTo, 550, "Empfänger unbekannt", Either),
    (RcptTo, 550, "Требуется вход в систему", Either),
    (RcptTo, 550, "5.1.1 Destinataire inconnu", Permanent),
    (
        FinalDot,
        550,
        "5.7.26 mensaje no autenticado",
        Configuration,
    ),
    (FinalDot, 550, "メッセージは拒否されました", Content),
    (RcptTo, 551, "Empfänger unbekannt", Permanent),
    (RcptTo, 556, "", Permanent),
    // The basic code decides what class it is, and subject and detail are read all the same.
    (FinalDot, 550, "4.7.1 try again", Content),
    (FinalDot, 550, "4.2.2 mailbox full", Temporary),
    (RcptTo, 550, "4.1.1 unknown", Permanent),
    (RcptTo, 455, "5.1.1 unknown", Temporary),
    (FinalDot, 550, "2.7.26 no", Configuration),
    // Bare codes, syntax, and what is no status.
    (RcptTo, 550, "", Either),
    (RcptTo, 553, "", Either),
    (RcptTo, 554, "", Either),
    (Data, 554, "", Either),
    (RcptTo, 500, "5.5.1 unrecognized command", Either),
    (Data, 503, "5.5.1 bad sequence", Either),
    (FinalDot, 500, "", Content),
    (RcptTo, 550, "5.7.1.2 192.0.2.1", Either),
    (FinalDot, 550, "5.7.26 ", Configuration),
    (FinalDot, 550, "550 5.7.26 said twice", Configuration),
    (RcptTo, 550, "must log in first", Configuration),
    (RcptTo, 550, "sender unknown", Configuration),
    (RcptTo, 550, "please send less: rate limit", Configuration),
    // Addresses hold words of others.
    (RcptTo, 550, "<login@sender.example> refused", Either),
    (
        RcptTo,
        550,
        "refused, see https://relay.example/denied?user=unknown",
        Either,
    ),
];

#[test]
fn replies_of_real_servers_are_understood() {
    let wrong: Vec<String> = REPLIES
        .iter()
        .map(|(step, code, reply, expected)| {
            (step, code, reply, expected, classify(*step, *code, reply))
        })
        .filter(|(.., expected, found)| *expected != found)
        .map(|(step, code, reply, expected, found)| {
            format!("{step:?} {code} {reply}: {found:?}, not {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_reply_before_the_message_gives_it_up_unless_it_names_the_recipient() {
    for code in (500..600).filter(|code| !matches!(code, 551 | 556)) {
        for step in [RcptTo, Data] {
            for reply in ["", "no", "5.7.1 no", "5.5.4 no", "5.99.99 no", "5.7.999 no"] {
                assert_ne!(
                    classify(step, code, reply),
                    Permanent,
                    "{step:?} {code} {reply}"
                );
            }
            let named = classify(step, code, "5.1.1 no");
            assert!(
                matches!(named, Permanent | Configuration),
                "{step:?} {code}"
            );
        }
    }
}

#[test]
fn a_sender_s_fault_rests_the_queue_at_every_step_and_a_temporary_code_never_gives_up() {
    let sender = [
        "5.1.7", "5.1.8", "5.4.5", "5.7.8", "5.7.9", "5.7.11", "5.7.20", "5.7.23", "5.7.26",
        "5.7.27", "5.7.57", "5.7.60", "5.7.64",
    ];
    for step in [Greeting, MailFrom, RcptTo, Data, FinalDot] {
        for status in sender {
            assert_eq!(
                classify(step, 550, status),
                Configuration,
                "{step:?} {status}"
            );
            assert_eq!(
                classify(step, 550, &format!("{status} отказано")),
                Configuration
            );
        }
        for code in 400..500 {
            assert!(matches!(
                classify(step, code, "5.1.1 user unknown"),
                Busy | Temporary
            ));
        }
    }
}

#[test]
fn marks_around_a_status_are_no_part_of_it() {
    for reply in [
        "5.1.1",
        "#5.1.1",
        "(5.1.1)",
        "<5.1.1>",
        "5.1.1:",
        "no (#5.1.1)",
        "x 5.1.1 y",
    ] {
        assert_eq!(enhanced_status(reply), Some((1, 1)), "{reply}");
    }
    for reply in [
        "5.1",
        "3.1.1",
        "5.1.1.1",
        "5.1.x",
        "5..1",
        "5.1.1234",
        "a b 5.1.1",
        "",
        "5.+1.1",
    ] {
        assert_eq!(enhanced_status(reply), None, "{reply}");
    }
}
