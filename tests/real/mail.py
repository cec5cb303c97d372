"""The checks: mail that leaves the program arrives, once, whole, and as it was written.

Usage: mail.py BINARY FOLDER [PART…]. The folder is for everything that the run writes. The parts are login,
many, stops, kills, faults and scripted; without any, all of them. The last needs no other mail server.
"""

import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

import checks
from checks import check, pauses, some, step
from mail_scripted import scripted
from reading import Letter, squeeze
from servers import (
    PASSWORD, USERNAME, Dovecot, Postfix, free_port, make_certificates, sink,
)
from world import World

DIGESTS = 2000
# Fewer while servers and senders are stopped: each start of the program costs more than a message.
DIGESTS_WITH_STOPS = 400
STOPS = 12
KILLS = 8

def through(world, postfix, certificates, password_file=None, ca_file=True):
    """Makes the world send through Postfix."""
    lines = ['tls = "starttls"', f'username = "{USERNAME}"']
    lines.append(f'password_file = "{password_file or world.config / "password"}"')
    if ca_file:
        lines.append(f'ca_file = "{certificates}/ca.pem"')
    secret = world.config / "password"
    secret.write_text(PASSWORD + "\n")
    secret.chmod(0o600)
    world.mail_through(postfix.port, "\n".join(lines))


def login(binary, folder, postfix, certificates):
    step("STARTTLS and a login")
    world = World(binary, folder, recipients=2, items=1)
    through(world, postfix, certificates)
    told = world.run("mail", "test", "somebody@example.org")
    check("mail test tells of STARTTLS", "certificate verified" in told, told)
    check("mail test tells of the login", "235 " in told, told)
    check("mail test tells of the final reply", "queued as" in told, told)
    check("nothing tells the password", PASSWORD not in told, told)
    postfix.drain()
    letters = [Letter(raw) for raw in postfix.take_messages()]
    wrong = [letter.wrong for letter in letters]
    check("the test mail arrives, and is read without defects", wrong == [[]], wrong)

    through(world, postfix, certificates, ca_file=False)
    world.once()
    pauses("a certificate of an authority that nobody trusts", world, "certificate")
    through(world, postfix, certificates)
    wrong = world.config / "wrong"
    wrong.write_text("guess\n")
    wrong.chmod(0o600)
    through(world, postfix, certificates, password_file=wrong)
    world.once()
    pauses("a wrong password", world, "535")
    through(world, postfix, certificates)
    world.once()
    rows = world.sent()
    check("put right, everything goes", len(rows) == 2 and not world.rows(), world.rows())
    postfix.drain()
    letters = postfix.take_messages()
    check("and arrives once", len(letters) == 2, len(letters))


def reconcile(world, postfix, digests, doubtful_most):
    """The ledger against the Maildir, both ways, by Message-ID and by the server's own number."""
    postfix.drain()
    letters = [Letter(raw) for raw in postfix.take_messages()]
    ledger = {row["message_id"]: row for row in world.sent()}
    check(f"{digests} messages are sent", len(ledger) == digests, len(ledger))
    check("nothing waits", not world.rows(), world.rows()[:2])
    wrong = [letter.wrong for letter in letters if letter.wrong]
    check("each is read without defects, in lines of at most 998 bytes", not wrong, some(wrong))

    arrivals = defaultdict(set)
    copies = Counter()
    for letter in letters:
        number = re.search(r"\bwith ESMTPSA id (\w+)", letter.traced("Received"))
        arrivals[letter.message_id].add(number[1] if number else "")
        copies[letter.message_id] += 1
    missing = ledger.keys() - arrivals.keys()
    check("none of the ledger is missing in the Maildir", not missing, some(missing))
    strangers = arrivals.keys() - ledger.keys()
    check("none in the Maildir is missing in the ledger", not strangers, some(strangers))
    unproved = [
        row for name, row in ledger.items()
        if not row["reply"].startswith("250 ")
        or row["reply"].rsplit(" ", 1)[-1] not in arrivals[name]
    ]
    check("each reply in the ledger names a message that arrived", not unproved, some(unproved))
    elsewhere = [
        letter.message_id for letter in letters
        if letter.traced("Delivered-To") != ledger[letter.message_id]["address"]
        or letter.to != ledger[letter.message_id]["address"]
    ]
    check("each is where the ledger says", not elsewhere, some(elsewhere))

    twice = {name for name, numbers in arrivals.items() if len(numbers) > 1}
    doubtful = {name for name, row in ledger.items() if row["possible_duplicate"]}
    if doubtful_most == 0:
        again = [name for name, number in copies.items() if number > 1]
        check("none is there twice", not again and not doubtful, some(again))
    else:
        check("what was handed over twice is counted as a possible duplicate",
              twice <= doubtful, some(twice - doubtful))
        check(f"of {doubtful_most} faults each left one message in doubt at most",
              len(doubtful) <= doubtful_most, len(doubtful))
        own = sum(copies.values()) - sum(map(len, arrivals.values()))
        print(f"      {len(doubtful)} in doubt, {len(twice)} of them handed over twice; "
              f"{own} stored twice by Postfix itself, when it was stopped between the two")

    stored = {name: message.replace(b"\r\n", b"\n") for name, message in world.stored().items()}
    changed = [letter.message_id for letter in letters if letter.ours != stored[letter.message_id]]
    check("each is byte by byte what was stored", not changed, some(changed))
    return letters, ledger


def titles(world, letters, ledger):
    """The titles of six scripts, in subject, text and HTML."""
    lost, headless = [], []
    for letter in letters:
        recipient = ledger[letter.message_id]["recipient"]
        wanted = world.titles_of(recipient)
        lost += [(recipient, title) for title in wanted if not letter.shows(title)]
        if not any(squeeze(title) in squeeze(letter.subject) for title in wanted):
            headless.append((recipient, letter.subject))
        if squeeze(letter.subject) != squeeze(ledger[letter.message_id]["subject"]):
            headless.append((recipient, "the ledger has another subject"))
    check("every title in six scripts is in the text and in the HTML", not lost, some(lost))
    check("every subject has one, whole", not headless, some(headless))


def many(binary, folder, postfix, certificates):
    step(f"{DIGESTS} digests")
    world = World(binary, folder, recipients=DIGESTS, items=2)
    through(world, postfix, certificates)
    began = time.monotonic()
    report = world.once()
    taken = time.monotonic() - began
    print(f"      one run, {taken:.1f} s")
    check("the report says so", report["mails_delivered"] == DIGESTS, report)
    letters, ledger = reconcile(world, postfix, DIGESTS, doubtful_most=0)
    titles(world, letters, ledger)
    check("a second run sends nothing", world.once()["mails_delivered"] == 0)


def until_all_sent(world, digests, seconds=90):
    """Runs the program until nothing waits. Gives the number of runs."""
    end = time.monotonic() + seconds
    runs = 0
    while time.monotonic() < end:
        world.once()
        runs += 1
        if len(world.sent()) == digests:
            break
    return runs


def stops(binary, folder, postfix, certificates):
    step(f"{DIGESTS_WITH_STOPS} digests while Postfix is stopped and started again, {STOPS} times")
    world = World(binary, folder, recipients=DIGESTS_WITH_STOPS, items=1)
    through(world, postfix, certificates)
    chance = random.Random(20261124)
    trouble = []

    def toggle():
        try:
            for number in range(STOPS):
                time.sleep(chance.uniform(0.4, 1.0))
                # Politely, and as a machine does that loses its power.
                postfix.end(signal.SIGKILL if number % 2 else signal.SIGTERM)
                time.sleep(chance.uniform(0.0, 0.4))
                postfix.start()
        except Exception as error:  # told by the main thread
            trouble.append(error)

    toggling = threading.Thread(target=toggle)
    toggling.start()
    try:
        runs = until_all_sent(world, DIGESTS_WITH_STOPS)
    finally:
        toggling.join()
    if trouble:
        raise trouble[0]
    print(f"      {runs} runs of the program")
    check("Postfix was away in the middle", runs > 2, runs)
    letters, ledger = reconcile(world, postfix, DIGESTS_WITH_STOPS, doubtful_most=STOPS)
    titles(world, letters, ledger)


def kills(binary, folder, postfix, certificates):
    step(f"{DIGESTS_WITH_STOPS} digests while the program is killed, {KILLS} times")
    world = World(binary, folder, recipients=DIGESTS_WITH_STOPS, items=1)
    through(world, postfix, certificates)
    killed = 0
    for number in range(KILLS):
        run = subprocess.Popen(
            world.command("once"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Killed when Postfix has taken some more of them.
        goal = (number + 1) * DIGESTS_WITH_STOPS // (KILLS + 2)
        arrived = postfix.maildir / "new"
        while run.poll() is None and (
            len(list(arrived.iterdir())) < goal if arrived.exists() else True
        ):
            time.sleep(0.005)
        killed += run.poll() is None
        run.kill()
        run.wait()
    check("it was killed in the middle", killed == KILLS, killed)
    until_all_sent(world, DIGESTS_WITH_STOPS)
    reconcile(world, postfix, DIGESTS_WITH_STOPS, doubtful_most=KILLS)


# What the sink does, and for each of three rows in order: state, attempts, whether in doubt.
QUEUED = ("queued", 1, False)
UNTRIED = ("queued", 0, False)
DOUBTFUL = ("queued", 1, True)
GIVEN_UP = ("undeliverable", 1, False)
REPLACED = ("discarded", 1, False)
TAKEN_BACK = ("discarded", 0, False)
SENT = ("sent", 1, False)
FAULTS = [
    # Hangs up: only after the final dot is there a doubt; before MAIL the relay counts as away.
    (("-q", "."), [DOUBTFUL] * 3),
    (("-q", "DATA"), [QUEUED] * 3),
    (("-q", "RCPT"), [QUEUED] * 3),
    (("-q", "MAIL"), [QUEUED] * 3),
    (("-q", "EHLO"), [QUEUED, UNTRIED, UNTRIED]),
    (("-q", "CONNECT"), [QUEUED, UNTRIED, UNTRIED]),
    # 421: the relay wants rest.
    (("-Q", "."), [QUEUED, UNTRIED, UNTRIED]),
    (("-Q", "DATA"), [QUEUED, UNTRIED, UNTRIED]),
    (("-Q", "RCPT"), [QUEUED, UNTRIED, UNTRIED]),
    (("-Q", "MAIL"), [QUEUED, UNTRIED, UNTRIED]),
    (("-Q", "EHLO"), [QUEUED, UNTRIED, UNTRIED]),
    (("-Q", "CONNECT"), [QUEUED, UNTRIED, UNTRIED]),
    # 450 wants rest too; another 4xx is about this message only.
    (("-r", "."), [QUEUED, UNTRIED, UNTRIED]),
    (("-r", "DATA"), [QUEUED, UNTRIED, UNTRIED]),
    (("-r", "RCPT"), [QUEUED, UNTRIED, UNTRIED]),
    (("-r", "MAIL"), [QUEUED, UNTRIED, UNTRIED]),
    (("-r", "RCPT", "-b", "454 4.7.1 later"), [QUEUED] * 3),
    # 5xx: to the message it means what it says, until nothing of strangers is left in it and it must
    # be us; then two recipients' mails are taken back, to be made anew, and nothing more is tried. Before the
    # message it is the recipient where it says so, and us where two are refused in other words.
    (("-f", "."), [REPLACED] * 9 + [TAKEN_BACK] * 2 + [UNTRIED]),
    (("-f", "DATA"), [UNTRIED] * 3),
    (("-f", "RCPT"), [UNTRIED] * 3),
    (("-f", "RCPT", "-B", "550 5.1.1 no such mailbox"), [GIVEN_UP] * 3),
    (("-f", "RCPT", "-B", "552 5.2.2 full"), [QUEUED] * 3),
    (("-f", "RCPT", "-B", "554 5.7.1 Relay access denied"), [UNTRIED] * 3),
    (("-f", "MAIL"), [UNTRIED] * 3),
    (("-f", "EHLO,HELO"), [UNTRIED] * 3),
    (("-f", "CONNECT"), [UNTRIED] * 3),
    # Slow, and without its extensions: no fault.
    (("-w", "2"), [SENT] * 3),
    (("-8", "-N", "-p", "-E"), [SENT] * 3),
    (("-f", "RSET,QUIT"), [SENT] * 3),
]


def faults(binary, folder):
    step(f"{len(FAULTS)} servers that misbehave, three messages each")
    for number, (flags, expected) in enumerate(FAULTS):
        place = folder / str(number)
        world = World(binary, place, recipients=3, items=1)
        port = free_port()
        world.mail_through(port)
        with sink(folder.parent, port, flags, place / "before"):
            world.once()
        rows = sorted(world.rows() + world.sent(), key=lambda row: row["id"])
        states = [(row["state"], row["attempts"], row["possible_duplicate"]) for row in rows]
        what = "smtp-sink " + " ".join(flags)
        check(f"{what}: {expected[0][0]}", states == expected,
              f"{states} {[row['reply'] for row in rows]}")
        tried = [row for row in rows if row["attempts"] or row["state"] != "queued"]
        check(f"{what}: each row that was tried says why", all(row["reply"] for row in tried), tried)

        doubtful = {row["message_id"] for row in rows if row["possible_duplicate"]}
        before = world.stored()
        with sink(folder.parent, port, [], place / "after"):
            world.run("outbox", "retry", "--all")
            world.once()
        rows = world.sent()
        waiting = [row for row in world.rows() if row["state"] != "discarded"]
        letters = [Letter(path.read_bytes()) for path in (place / "after").iterdir()]
        owed = [] if expected[0] == SENT else [row["message_id"] for row in rows]
        wrong = [letter.wrong for letter in letters if letter.wrong]
        check(
            f"{what}: once mended, everything goes, once and unchanged",
            len(rows) == 3 and not waiting and not wrong and before.items() <= world.stored().items()
            and len(world.stored()) == len(before) + states.count(TAKEN_BACK)
            and sorted(letter.message_id for letter in letters) == sorted(owed)
            and {row["message_id"] for row in rows if row["possible_duplicate"]} == doubtful,
            f"{rows} {len(letters)} letters {wrong}",
        )


def main():
    binary, folder, parts = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    through_postfix = [
        part for part in (login, many, stops, kills) if not parts or part.__name__ in parts
    ]
    dovecot = postfix = None
    try:
        if through_postfix:
            certificates = make_certificates(folder / "certificates")
            dovecot = Dovecot(folder)
            postfix = Postfix(folder, certificates, dovecot.socket)
            postfix.start()
        for part in through_postfix:
            began = time.monotonic()
            part(binary, folder / part.__name__, postfix, certificates)
            print(f"      {time.monotonic() - began:.1f} s")
        for part in (faults, scripted):
            if not parts or part.__name__ in parts:
                part(binary, folder / part.__name__)
    except Exception as error:
        check("the run comes to its end", False, f"{type(error).__name__}: {error}")
    finally:
        if postfix:
            postfix.end()
        if dovecot:
            dovecot.end()
    if checks.failed and postfix and postfix.log.exists():
        print("\nthe end of Postfix's log:")
        print("\n".join(postfix.log.read_text(errors="replace").splitlines()[-25:]))
    print(f"\n{checks.passed} passed, {checks.failed} failed", flush=True)
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
