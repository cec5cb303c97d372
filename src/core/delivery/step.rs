//! The steps of the way of a message, at which something may be said or fail.

/// A step of the way of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Finding and reaching the server; with implicit TLS its handshake too.
    Connect,
    /// The server's first line.
    Greeting,
    /// EHLO.
    Hello,
    /// STARTTLS, its handshake, and the second EHLO.
    StartTls,
    /// AUTH.
    Auth,
    /// MAIL FROM.
    MailFrom,
    /// RCPT TO.
    RcptTo,
    /// DATA, up to its 354.
    Data,
    /// The message and the dot after it.
    FinalDot,
    /// Writing into a Maildir.
    Store,
    /// Handing over to a local program.
    Submit,
}

impl Step {
    /// How the step is named to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Hello => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::MailFrom => "MAIL FROM",
            Self::RcptTo => "RCPT TO",
            Self::Data => "DATA",
            Self::FinalDot => "end of message",
            Self::Store => "store",
            Self::Submit => "sendmail",
        }
    }
}
