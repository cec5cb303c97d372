"""Messages as a reader that is not ours sees them: Python's email, with the strict policy."""

import email
import re
from email import policy
from html.parser import HTMLParser

# RFC 5322 section 2.1.1, without the line end.
LINE_MAX = 998

# What a server writes above a message that it takes; ours holds none of them.
TRACE = (
    b"return-path:", b"x-original-to:", b"delivered-to:", b"received:",
    b"x-client-addr:", b"x-client-proto:", b"x-helo-args:", b"x-mail-args:", b"x-rcpt-args:",
)

# Marks of direction, which a mail puts around a title and which nobody sees.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def squeeze(text):
    """Text without what a layout may change: white space and marks of direction."""
    return re.sub(r"\s+", "", text.translate(MARKS))


class Words(HTMLParser):
    """The text of an HTML page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)


class Letter:
    """One message: what the server wrote above it, what we wrote, and what is wrong with it."""

    def __init__(self, raw):
        self.trace, self.ours = split_trace(raw.replace(b"\r\n", b"\n"))
        self.wrong = []
        if any(len(line) > LINE_MAX for line in raw.split(b"\n")):
            self.wrong.append("a line is longer than 998 bytes")
        if not self.ours.isascii():
            self.wrong.append("it is not ASCII")
        self.message_id = self.subject = self.to = ""
        # Without white space: what the text and the page say.
        self.text = self.page = ""
        try:
            self.message = email.message_from_bytes(self.ours, policy=policy.strict)
            self.read()
        except Exception as defect:  # any complaint of the parser counts, whatever its kind
            self.wrong.append(f"{type(defect).__name__}: {defect}")

    def read(self):
        for name, value in self.message.items():
            self.wrong += [f"{name}: {defect!r}" for defect in value.defects]
        for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
            if len(self.message.get_all(name, [])) != 1:
                self.wrong.append(f"not exactly one {name}")
        for part in self.message.walk():
            self.wrong += [repr(defect) for defect in part.defects]
        self.message_id = str(self.message["Message-ID"])
        self.subject = str(self.message["Subject"])
        self.to = self.message["To"].addresses[0].addr_spec
        # The words that matched stand between asterisks.
        self.text = squeeze(self.message.get_body(("plain",)).get_content().replace("**", ""))
        page = self.message.get_body(("html",))
        if page:
            words = Words()
            words.feed(page.get_content())
            self.page = squeeze("".join(words.parts))

    def traced(self, name):
        """The value of a field that the server wrote, its lines joined."""
        found = re.search(rf"(?im)^{name}: (.*(?:\n[ \t].*)*)", self.trace.decode("ascii"))
        return re.sub(r"\s+", " ", found[1]) if found else ""

    def shows(self, title):
        """Whether the title stands in the text and in the HTML, letter by letter."""
        wanted = squeeze(title)
        return wanted in self.text and wanted in self.page


def split_trace(raw):
    """The lines at the top that a server added, and the rest."""
    lines = raw.split(b"\n")
    end = 0
    while lines[end].lower().startswith(TRACE) or (end and lines[end][:1] in (b" ", b"\t")):
        end += 1
    return b"\n".join(lines[:end]), b"\n".join(lines[end:])
