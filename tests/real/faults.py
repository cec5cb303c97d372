"""Faults of the disk and of the clock under a running service.

Usage: faults.py BINARY FOLDER LIBFAKETIME. FOLDER/state is a small file system of its own.
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Nothing that is waited for takes longer: a loop of the service sleeps for a minute at most.
PATIENCE = 100

WATCH = """
[[watch]]
id = "force"
title = "Use of force"
topic = "assembly"
match = '"lethal force"'
urgency = "alert"
stories = false
recipients = ["desk"]
"""

passed = failed = 0


def check(what, holds, detail=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    print(f"  {'ok' if holds else 'FAILED'}  {what}" + ("" if holds else f": {detail}"), flush=True)


class Feeds(BaseHTTPRequestHandler):
    """/N is a feed with an item that is a hit, and as many others as were asked for."""

    padding = {}

    def do_GET(self):
        number = int(self.path[1:])
        others = "".join(
            f"<item><guid>{number}-{n}</guid><title>Other {number} {n}</title>"
            f"<description>{'The concert ended in applause. ' * 60}</description></item>"
            for n in range(self.padding.get(number, 0)))
        body = (f'<rss version="2.0"><channel><title>Outlet {number}</title><item><guid>{number}</guid>'
                f"<title>Police used lethal force {number}</title>"
                f"<link>https://outlet.example/{number}</link></item>{others}</channel></rss>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Service:
    """The program, started again when it ends as the service manager would."""

    def __init__(self, binary, folder, faketime):
        self.binary, self.folder = binary, folder
        self.config, self.state = folder / "config", folder / "state"
        self.clock = folder / "clock"
        self.log = folder / "log"
        self.log.touch()
        (self.config / "watches").mkdir(parents=True)
        (self.config / "watches" / "force.toml").write_text(WATCH)
        (self.config / "newsvigil.toml").write_text(
            '[fetch]\nallow = ["127.0.0.0/8"]\n[[recipient]]\nid = "desk"\n'
            'address = "desk@example.org"\ndigest = ["daily 07:30"]\n')
        (self.config / "feeds.toml").write_text("")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.environment = {
            "LD_PRELOAD": faketime, "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.offset = 0
        self.jump(0)
        self.published = 0
        self.ends = []
        self.process = None

    def jump(self, seconds):
        """Moves the clock of the program."""
        self.offset += seconds
        new = self.clock.with_suffix(".new")
        new.write_text(f"{self.offset:+d}s\n")
        new.rename(self.clock)

    def command(self, *arguments):
        return [self.binary, "--config", str(self.config), "--state", str(self.state), *arguments]

    def start(self):
        self.process = subprocess.Popen(
            self.command("run"), env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.log.open("ab"))

    def keep_running(self):
        """What `Restart=on-failure` with `RestartPreventExitStatus=74 78` does."""
        code = self.process.poll()
        if code is None:
            return
        self.ends.append(code)
        if code in (0, 74, 78):
            raise RuntimeError(f"it ended for good with {code}: {self.said()}")
        time.sleep(1)
        self.start()

    def run(self, *arguments):
        run = subprocess.run(self.command(*arguments), env=self.environment, capture_output=True,
                             text=True, stdin=subprocess.DEVNULL, timeout=60)
        return run

    def status(self):
        run = self.run("status", "--json")
        return json.loads(run.stdout) if run.returncode in (0, 1) else {}

    def said(self, since=0):
        text = self.log.read_bytes()[since:].decode(errors="replace")
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    def publish(self, padding=0):
        """Adds a feed, which is polled at once after the reload. Gives its number."""
        self.published += 1
        Feeds.padding[self.published] = padding
        port = self.server.server_port
        self.config.joinpath("feeds.toml").write_text("".join(
            f'[[feed]]\nid = "outlet-{n}"\nurl = "http://127.0.0.1:{port}/{n}"\n'
            for n in range(1, self.published + 1)))
        self.process.send_signal(signal.SIGHUP)
        return self.published

    def has(self, number):
        run = self.run("hits", "--json")
        return f"https://outlet.example/{number}\"" in run.stdout

    def told(self):
        """How often each link stands in the mailbox."""
        counts = {}
        for path in (self.state / "mail/new").glob("*"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            text = mail.get_body(("plain",)).get_content()
            for link in set(re.findall(r"https://outlet\.example/\d+", text)):
                counts[link] = counts.get(link, 0) + 1
        return counts


def eventually(look, service, patience=PATIENCE):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        service.keep_running()
        found = look()
        if found:
            return found
        time.sleep(0.2)
    return None


class Strace:
    """Lets system calls on the database's files fail while it is attached."""

    def __init__(self, service, what):
        database = str(service.state / "newsvigil.db")
        call = what.split(":")[0]
        self.process = subprocess.Popen(
            ["strace", "-f", "-q", "-o", "/dev/null", "-p", str(service.process.pid),
             "-P", database, "-P", f"{database}-wal", "-e", f"trace={call}", "-e", f"inject={what}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        threads = Path(f"/proc/{service.process.pid}/task")
        until = time.monotonic() + 10
        while time.monotonic() < until and not all(
                "TracerPid:\t0" not in (thread / "status").read_text() for thread in threads.iterdir()):
            time.sleep(0.01)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)


def fault(service, title, begin, end, words, padding=0, nudge=False):
    """One fault: begin() makes it and end(what begin gave) takes it away.

    Whether the item is stored is not asked while it lasts: after an error of fsync it may be there.
    """
    print(f"\n{title}", flush=True)
    before = service.publish()
    check("an item is stored before", eventually(lambda: service.has(before), service))
    pid, since = service.process.pid, service.log.stat().st_size
    made = begin()
    try:
        number = service.publish(padding)
        told = eventually(lambda: re.search(words, service.said(since)), service)
        check("the log says so", told, service.said(since)[-600:])
        trouble = eventually(lambda: service.status().get("database_trouble"), service, 20)
        check("`status` says so", trouble and re.search(words, trouble), trouble)
    finally:
        end(made)
    # A poll that could not be stored is repeated after five minutes.
    service.jump(360)
    if nudge:
        # As in the first, and sooner: a reload looks at everything at once.
        service.process.send_signal(signal.SIGHUP)
    found = eventually(lambda: service.has(number), service, 20)
    if not found:
        # One that was being stored while the fault went away may have failed as well.
        service.jump(360)
        found = eventually(lambda: service.has(number), service)
    check("it goes on by itself", found, service.said(since)[-600:])
    gone = eventually(lambda: service.status().get("database_trouble", "x") is None, service)
    check("`status` says that it is over", gone, service.status().get("database_trouble"))
    check("the service stayed up", service.process.poll() is None and service.process.pid == pid,
          service.ends)
    check("the log is short", service.said(since).count("\n") <= 30,
          f"{service.said(since).count(chr(10))} lines")


def full(service):
    filler = service.state / "filler"
    file = os.open(filler, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(file, b"x" * 4096)
    except OSError:
        os.close(file)
    return filler


def locked(service):
    database = sqlite3.connect(service.state / "newsvigil.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    return database


def replaced(service):
    print("\na backup put in place of the database without a stop", flush=True)
    number = service.publish()
    check("an item is stored before", eventually(lambda: service.has(number), service))
    backup = service.folder / "backup.db"
    run = service.run("backup", str(backup))
    check("a backup is made", run.returncode == 0, run.stderr)
    since, ends = service.log.stat().st_size, len(service.ends)
    database = service.state / "newsvigil.db"
    for name in ("newsvigil.db-wal", "newsvigil.db-shm"):
        (service.state / name).unlink(missing_ok=True)
    database.rename(service.state / "old.db")
    shutil.copy(backup, database)
    check("the service ends, to be started again",
          eventually(lambda: len(service.ends) > ends, service), service.said(since)[-600:])
    check("the log says why", "was replaced or removed" in service.said(since), service.said(since))
    again = service.publish()
    check("it goes on with the backup",
          eventually(lambda: service.has(again) and service.has(number), service))
    with sqlite3.connect(database) as copy:
        check("the copy is sound", copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    copy.close()


def clock(service, title, seconds):
    print(f"\n{title}", flush=True)
    since, pid = service.log.stat().st_size, service.process.pid
    mails = len(list((service.state / "mail/new").glob("*")))
    service.jump(seconds)
    number = service.publish()
    check("an item is stored", eventually(lambda: service.has(number), service))
    link = f"https://outlet.example/{number}"
    # Alerts wait for company; the clock goes on.
    def told():
        service.jump(60)
        return link in service.told()
    check("and mailed", eventually(told, service, 150),
          f"{len(list((service.state / 'mail/new').glob('*'))) - mails} mails")
    check("the service stayed up", service.process.pid == pid and service.process.poll() is None)
    check("the log has no error", "ERROR" not in service.said(since), service.said(since))


def read_only_start(service):
    print("\na start on a file system that is mounted read-only", flush=True)
    service.process.send_signal(signal.SIGTERM)
    check("it stops", service.process.wait(30) == 0)
    subprocess.run(["mount", "-o", "remount,ro", service.state], check=True)
    run = service.run("run")
    check("it ends with a code on which it is started again", run.returncode not in (0, 78),
          run.returncode)
    words = run.stderr.strip().splitlines()[-1] if run.stderr.strip() else ""
    check("and says why", re.search("read-only|Read-only", words), run.stderr)
    trouble = service.status().get("database_trouble")
    check("`status` says so", trouble and "read-only" in trouble, service.run("status").stderr)
    service.start()
    time.sleep(0.5)
    subprocess.run(["mount", "-o", "remount,rw", service.state], check=True)
    number = service.publish() if service.process.poll() is None else None
    eventually(lambda: service.status().get("database_trouble", "x") is None, service)
    number = number or service.publish()
    check("it goes on when it is mounted again", eventually(lambda: service.has(number), service),
          service.said()[-600:])


def main():
    service = Service(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    service.start()
    try:
        for title, what, words in (
            ("EIO at fsync", "fsync:error=EIO", "cannot be read or written: disk I/O error"),
            ("EIO at write", "pwrite64:error=EIO", "cannot be read or written: disk I/O error"),
            ("ENOSPC at write", "pwrite64:error=ENOSPC", "no room to write the database"),
            ("EROFS at write", "pwrite64:error=EROFS", "cannot be (read or )?written"),
        ):
            fault(service, title, lambda what=what: Strace(service, what), Strace.end, words,
                  nudge=not what.startswith("fsync"))
        fault(service, "a disk that is full", lambda: full(service), Path.unlink,
              "no room to write the database", padding=1500)
        fault(service, "a database that another process has locked", lambda: locked(service),
              sqlite3.Connection.close, "locked by another process")
        replaced(service)
        read_only_start(service)
        year = 365 * 86400
        clock(service, "a clock set back a year", -year)
        clock(service, "a clock set forward two years", 2 * year)
        clock(service, "a clock set back again", -year)
        print("\nthe end", flush=True)
        every = {f"https://outlet.example/{n}" for n in range(1, service.published + 1)}
        def all_told():
            service.jump(3600)
            return every <= set(service.told())
        check("every item was mailed", eventually(all_told, service, 200),
              sorted(every - set(service.told())))
        service.process.send_signal(signal.SIGTERM)
        check("it stops", service.process.wait(30) == 0)
        with sqlite3.connect(service.state / "newsvigil.db") as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
            links = [row[0] for row in database.execute("SELECT link FROM entry WHERE link IS NOT NULL")]
        check("the database is sound", sound == "ok", sound)
        check("every item is stored once", sorted(links) == sorted(every), links)
    finally:
        if service.process.poll() is None:
            service.process.kill()
    print(f"\n{passed} checks passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
