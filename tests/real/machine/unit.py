"""The service on its machine: what the checks look at and what they set. Results go to /out/results."""

import json
import os
import subprocess
import time
from pathlib import Path

CONFIG, STATE = Path("/etc/newsvigil"), Path("/var/lib/newsvigil")
PEERS = Path("/run/peers")
PATIENCE = 60
SECRET = "correct horse battery"

results = open("/out/results", "w", buffering=1)
passed, failed = 0, 0


def check(what, holds, detail=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    print(f"  {'ok' if holds else 'FAILED'}  {what}" + ("" if holds else f": {detail}"), file=results)


def step(title):
    print(f"\n{title}", file=results)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)


def out(*command):
    return run(*command, check=True).stdout


def eventually(what, look, seconds=PATIENCE):
    """A check that passes once `look` gives something, and gives that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            check(what, True)
            return found
        time.sleep(0.02)
    check(what, False, f"not within {seconds} s")
    return None


def show(name):
    return out("systemctl", "show", "newsvigil", "--property", name, "--value").strip()


def main_pid():
    return int(show("MainPID"))


def status():
    # Without --state: with the service's configuration comes its state.
    run_ = run("newsvigil", "status", "--json")
    return json.loads(run_.stdout) if run_.stdout else {}


def mails():
    return sorted((STATE / "mail/new").glob("*"))


def journal(since=None):
    """The service's entries, oldest first."""
    lines = out("journalctl", "--unit", "newsvigil", "--output", "json", *(["--after-cursor", since] if since else []))
    return [json.loads(line) for line in lines.splitlines()]


def here():
    """A place in the journal, to look only behind it."""
    out("journalctl", "--sync")
    return json.loads(out("journalctl", "--output", "json", "--lines", "1").splitlines()[-1])["__CURSOR"]


def said(words, since=None):
    return any(words in str(entry.get("MESSAGE", "")) for entry in journal(since))


def story(name, title):
    """A feed with one item that the watch matches, and no shipped one."""
    (PEERS / "feeds" / name).write_text(f"""<rss version="2.0"><channel><title>{name}</title><item>
<title>{title}</title><guid>{name}</guid><link>https://www.example.org/{name}</link>
<description>Traders waited at Kalavo bridge.</description></item></channel></rss>""")


def feeds(*names, port=8080):
    """Makes feeds.toml name these."""
    (CONFIG / "feeds.toml").write_text("".join(
        f'[[feed]]\nid = "{name}"\nurl = "http://127.0.0.1:{port}/{name}"\nevery = "10m"\n' for name in names
    ))


def settings(mail="", recipients=("desk",)):
    """Each recipient gets a first digest at once, and the next one in some days."""
    day = time.strftime("%a", time.gmtime(time.time() + 3 * 86400)).lower()
    (CONFIG / "newsvigil.toml").write_text(
        f'[fetch]\nallow = ["127.0.0.0/8"]\ntimeout = "10m"\n[mail]\n{mail}\n' + "".join(
            f'[[recipient]]\nid = "{name}"\naddress = "{name}@example.org"\ndigest = ["weekly {day} 12:00"]\n'
            for name in recipients
        )
    )


WATCH = """[[watch]]
id = "bridge"
title = "The bridge"
match = '"Kalavo bridge"'
recipients = ["desk"]
"""


SMTP = """transport = "smtp"
host = "127.0.0.1"
port = 2525
tls = "none"
from = "newsvigil@example.org"
username = "newsvigil"
password = "smtp-password"
"""


def drop_in(name, text):
    folder = Path("/etc/systemd/system/newsvigil.service.d")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.conf").write_text(f"[Service]\n{text}\n")
    out("systemctl", "daemon-reload")


def dpkg(*arguments):
    done = run("dpkg", "--force-confold", *arguments, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    text = done.stdout + done.stderr
    check(f"dpkg {' '.join(arguments)}", done.returncode == 0, text)
    return text
