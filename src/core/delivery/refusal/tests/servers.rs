//! What programs that serve mail reply, and what any server may.

use super::*;

/// Replies as programs write them, each with what follows.
pub(super) const REPLIES: &[Reply] = &[
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
