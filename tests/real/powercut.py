"""Cuts the power of a small disk again and again while the program polls and mails onto it."""

import fcntl
import json
import os
import random
import sqlite3
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

# linux/fs/ext4/ext4.h: _IOR('X', 125, __u32), and "do not write the journal out first".
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2

WATCH = """
[[watch]]
id = "force"
title = "Use of force"
topic = "assembly"
match = '"lethal force"'
urgency = "alert"
recipients = ["desk"]
"""


class Item:
    """An item of the feed. Every third is found by the watch."""

    def __init__(self, number):
        self.number, self.revision = number, 0
        self.matches = number % 3 == 0

    @property
    def title(self):
        what = "Police used lethal force" if self.matches else "The concert ended"
        return f"{what}, item {self.number}, version {self.revision}"

    def xml(self):
        return (f"<item><guid>item-{self.number}</guid><title>{self.title}</title>"
                f"<link>https://outlet.example/{self.number}</link></item>")


class Rig:
    """The disk, the program, and what it has acknowledged."""

    def __init__(self, binary, folder, preload):
        self.binary, self.preload = binary, preload
        self.disk, self.memory = folder / "disk", folder / "memory"
        self.config = self.memory / "config"
        (self.config / "watches").mkdir(parents=True)
        (self.config / "watches" / "force.toml").write_text(WATCH)
        (self.config / "newsvigil.toml").write_text(
            '[[recipient]]\nid = "desk"\naddress = "desk@example.org"\ndigest = ["off"]\n')
        (self.config / "feeds.toml").write_text(
            '[[feed]]\nid = "outlet"\nurl = "file:feed.xml"\n')
        self.items = []
        self.first = 0  # items before this one are safely stored, and not in the feed any more
        # After each run: the items that it has stored, and how many messages it has delivered so far.
        self.acknowledged = []
        self.delivered = 0
        self.rounds = 0

    @property
    def database(self):
        return self.disk / "state" / "newsvigil.db"

    def once(self):
        """Runs the main job; its report, or None if it failed."""
        environment = {"LD_PRELOAD": self.preload} if self.preload else {}
        run = subprocess.run(
            [self.binary, "--config", self.config, "--state", self.disk / "state", "once", "--all",
             "--json"],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.said = run.stderr
        return json.loads(run.stdout) if run.returncode == 0 else None

    def publish(self, chance):
        """Adds items, revises one, and writes the feed."""
        start = len(self.items)
        self.items += [Item(start + n) for n in range(chance.randint(1, 4))]
        if chance.random() < 0.5:
            # Only of those in the feed.
            chance.choice(self.items[self.first:]).revision += 1
        self.write_feed()

    def write_feed(self):
        entries = "".join(item.xml() for item in reversed(self.items[self.first:]))
        (self.config / "feed.new").write_text(
            f'<rss version="2.0"><channel><title>Outlet</title>{entries}</channel></rss>')
        (self.config / "feed.new").rename(self.config / "feed.xml")

    def work(self, chance, cut):
        """Polls and mails until the power is cut, and notes what was acknowledged."""
        while not cut.is_set():
            self.publish(chance)
            served = self.served()
            report = self.once()
            if report is None:
                return
            self.delivered += report["mails_delivered"]
            self.acknowledged.append((served, self.delivered))
            self.rounds += 1

    def served(self):
        return [(item.number, item.title, item.matches) for item in self.items[self.first:]]

    def cut(self):
        """The power goes; what was not on the disk is gone. Then it comes back."""
        handle = os.open(self.disk, os.O_RDONLY)
        fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(handle)

    def mend(self):
        subprocess.run(["umount", self.disk], check=True)
        subprocess.run(["mount", "-o", "loop", self.memory / "image", self.disk], check=True)

    def a_day_passes(self):
        """So that the limit on alerts an hour is never met. Gives the number of messages sent."""
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE outbox SET created_at = created_at - 86400")
            sent = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0]
        database.close()
        return sent

    def wrongs(self, acknowledged, delivered):
        """What is missing or damaged of what was acknowledged before the cut."""
        if not self.database.exists():
            return [f"the database is gone, with {len(acknowledged)} acknowledged items"] \
                if acknowledged else []
        wrong = []
        database = sqlite3.connect(self.database)
        try:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
            if sound != "ok":
                wrong.append(f"integrity_check says {sound}")
            if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").fetchone():
                return wrong + ["there are no tables"] if acknowledged else wrong
            stored = dict(database.execute("SELECT link, title FROM entry"))
            found_in = {row[0] for row in database.execute(
                "SELECT link FROM entry JOIN hit ON entry_id = entry.id")}
            for number, title, matches in acknowledged:
                link = f"https://outlet.example/{number}"
                found = stored.get(link)
                if found is None:
                    wrong.append(f"item {number} is lost")
                elif version(found) < version(title):
                    wrong.append(f"item {number} is back at {found}")
                if matches and link not in found_in:
                    wrong.append(f"the hit on item {number} is lost")
            sent = database.execute(
                "SELECT message_id, bytes FROM outbox JOIN message ON outbox_id = outbox.id"
                " WHERE state = 'sent'").fetchall()
            if len(sent) < delivered:
                wrong.append(f"{delivered} messages were delivered, {len(sent)} are known")
            files = {path.read_bytes() for path in (self.disk / "state/mail/new").glob("*")} \
                if (self.disk / "state/mail/new").exists() else set()
            wrong += [f"message {name} counts as sent and is not in the mailbox"
                      for name, message in sent if message not in files]
        except sqlite3.DatabaseError as error:
            wrong.append(f"the database cannot be read: {error}")
        finally:
            database.close()
        return wrong


def version(title):
    return int(title.rsplit(" ", 1)[1])


def main():
    binary, folder, cuts, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    preload = os.environ.get("POWERCUT_PRELOAD")
    rig = Rig(binary, folder, preload)
    lost_cuts = checked = before = 0
    for number in range(cuts):
        chance = random.Random(f"{seed}/{number}")
        rig.acknowledged.clear()
        cut = threading.Event()
        worker = threading.Thread(target=rig.work, args=(random.Random(f"{seed}/{number}/w"), cut))
        worker.start()
        # The moment itself is what is tried out.
        time.sleep(chance.uniform(0.0, 0.5))
        # Read before the cut: what is acknowledged later may rightly be lost.
        acknowledged, delivered = rig.acknowledged[-1] if rig.acknowledged else ([], before)
        rig.cut()
        cut.set()
        worker.join()
        rig.mend()
        wrong = rig.wrongs(acknowledged, delivered)
        checked += len(acknowledged)
        if wrong:
            lost_cuts += 1
            print(f"cut {number + 1}: {len(wrong)} wrong, first: {wrong[0]}", flush=True)
            if preload:
                # What comes next must not stumble over what is gone.
                subprocess.run(["rm", "-rf", rig.disk / "state"], check=True)
        # The program goes on by itself, and has everything in the end.
        report = rig.once()
        if report is None or report["mails_queued"] != 0:
            sys.exit(f"cut {number + 1}: it does not go on: {report} {rig.said}")
        after = rig.wrongs(rig.served(), 0)
        if after:
            sys.exit(f"cut {number + 1}: not made good: {after[0]}")
        # What is safely stored need not be served any more.
        rig.first = len(rig.items)
        before = rig.delivered = rig.a_day_passes()
    print(f"{cuts} power cuts, seed {seed}: {rig.rounds} runs acknowledged, "
          f"{len(rig.items)} items served, {checked} acknowledged items looked for, "
          f"{before} messages, "
          f"{lost_cuts} cuts lost something or left damage")
    if preload:
        if lost_cuts == 0:
            sys.exit("fsync was taken away and nothing was lost: the check sees nothing")
        print("as it must be without fsync: the check sees a loss")
    elif lost_cuts:
        sys.exit(1)


main()
