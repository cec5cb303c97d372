"""A configuration, a state folder and the program."""

import json
import sqlite3
import subprocess
from datetime import datetime, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

# A title for each script, and a word of it that the watch of that script looks for.
SCRIPTS = {
    "latin": ("ñandú", "Détention prolongée à Łódź : où est l’avocate Ñandú, "
                       "disparue en août près d’Åmål ?"),
    "arabic": ("الصحفيين", "المحكمة تؤجّل النظر في قضية الصحفيين المعتقلين منذ عام ٢٠٢٤"),
    "cyrillic": ("правозащитницу", "Суд оставил правозащитницу под арестом: ещё два месяца "
                                   "«за ложную информацию»"),
    "greek": ("προσφύγων", "Δικαστήριο: η απέλαση των προσφύγων παραβιάζει τα ανθρώπινα "
                           "δικαιώματα"),
    "chinese": ("记者", "法院再次推迟审理记者案,家属称已三个月无法与其会面"),
    "emoji": ("verdict", "Verdict on Friday ⚖️: families keep watch 🕯️ with "
                         "👩🏽‍⚖️ and 🏳️‍🌈 at the gate 🇲🇽"),
}
SHARES = [*SCRIPTS, None, None]
TIME_ZONES = ("UTC", "America/Lima", "Asia/Kathmandu", "Pacific/Auckland", "Africa/Cairo")


def title(script, number):
    """The `number`-th title in a script."""
    return f"{SCRIPTS[script][1]} [{number}]"


class World:
    """Recipients, of whom the first six of every eight read one script and the others all."""

    def __init__(self, binary, folder, recipients, items):
        self.binary, self.items = binary, items
        self.config, self.state = folder / "config", folder / "state"
        (self.config / "watches").mkdir(parents=True)
        self.script = {f"r{n:04}": SHARES[n % len(SHARES)] for n in range(recipients)}
        self.zone = {
            name: TIME_ZONES[n % len(TIME_ZONES)] for n, name in enumerate(self.script)
        }
        self.write_feed()
        names = ", ".join(f'"{name}"' for name in self.script)
        watches = (
            f'[[watch]]\nid = "{script}"\ntitle = "Watch in {script}"\ntopic = "{script}"\n'
            # Its two items are one story, and each must be shown.
            f"match = '{word}'\nrecipients = [{names}]\nstories = false\n"
            for script, (word, _) in SCRIPTS.items()
        )
        (self.config / "watches" / "all.toml").write_text("\n".join(watches))

    def write_feed(self):
        now = format_datetime(datetime.now(timezone.utc))
        items = "".join(
            f"<item><guid>{script}-{n}</guid><title>{escape(title(script, n))}</title>"
            f"<link>https://outlet.example/{script}/{n}</link><pubDate>{now}</pubDate>"
            f"<description>{escape(('. ' + SCRIPTS[script][1]) * 3)}</description></item>"
            for script in SCRIPTS
            for n in range(self.items)
        )
        (self.config / "feed.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
            f"<title>Outlet</title><link>https://outlet.example/</link>{items}</channel></rss>"
        )
        (self.config / "feeds.toml").write_text(
            '[[feed]]\nid = "outlet"\nurl = "file:feed.xml"\ntitle = "Outlet"\n'
        )

    def mail_through(self, port, extra='tls = "none"', host="127.0.0.1", sender="newsvigil@example.org"):
        """Sets the mail server; `extra` are more lines of [mail]."""
        recipients = "".join(
            f'[[recipient]]\nid = "{name}"\naddress = "{name}@example.org"\n'
            f'timezone = "{self.zone[name]}"\n'
            + (f'watches = ["{script}"]\n' if script else "")
            for name, script in self.script.items()
        )
        (self.config / "newsvigil.toml").write_text(
            f'[mail]\ntransport = "smtp"\nhost = "{host}"\nport = {port}\n'
            f'from = "{sender}"\n{extra}\n{recipients}'
        )

    def command(self, *arguments):
        return [self.binary, "--config", str(self.config), "--state", str(self.state), *arguments]

    def run(self, *arguments, code=0):
        """The output of a run that must end with this exit code, or with any if it is None."""
        run = subprocess.run(
            self.command(*arguments), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=200,
        )
        if code is not None and run.returncode != code:
            raise RuntimeError(f"{arguments}: exit code {run.returncode}: {run.stderr}")
        return run.stdout

    def mail_test(self):
        """Exit code of a test mail, and all that it told."""
        run = subprocess.run(
            self.command("mail", "test", "somebody@example.org"), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=200,
        )
        return run.returncode, run.stdout

    def once(self):
        """Runs the main job and gives its report."""
        return json.loads(self.run("once", "--json"))

    def rows(self, *listing):
        """The outbox as the program lists it, in order."""
        lines = self.run("outbox", "list", "--json", *listing).splitlines()
        return sorted(map(json.loads, lines), key=lambda row: row["id"])

    def sent(self):
        return self.rows("--sent")

    def stored(self):
        """Message-ID to the bytes in the outbox, read past the program."""
        path = f"file:{self.state}/newsvigil.db?mode=ro"
        with sqlite3.connect(path, uri=True) as database:
            return dict(database.execute(
                "SELECT message_id, bytes FROM outbox JOIN message ON outbox_id = outbox.id"
            ))

    def titles_of(self, recipient):
        """The titles that this recipient must be shown."""
        script = self.script[recipient]
        scripts = [script] if script else list(SCRIPTS)
        return [title(name, n) for name in scripts for n in range(self.items)]
