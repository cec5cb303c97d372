"""The checks of tests/real/systemd, run as root by the machine that it boots. Results go to
/out/results, whose last line says how many passed."""

import json
import os
import stat
import sys
import time
import traceback
from pathlib import Path

import unit
from unit import (
    CONFIG, PEERS, SECRET, SMTP, STATE, WATCH, check, dpkg, drop_in, eventually, feeds, here,
    journal, mails, main_pid, out, results, run, said, settings, show, status, step, story,
)


def install():
    step("Installing")
    text = dpkg("--install", "/trial/first.deb")
    check("it says what to do next", "systemctl enable --now newsvigil" in text, text)
    check("it is not started", show("ActiveState") == "inactive", show("ActiveState"))
    enabled = run("systemctl", "is-enabled", "newsvigil").stdout.strip()
    check("it is not enabled", enabled == "disabled", enabled)
    for path in [
        "/usr/share/man/man1/newsvigil-feed-add.1.gz", "/usr/share/man/man5/newsvigil.toml.5.gz",
        "/usr/share/man/man7/newsvigil-language.7.gz",
        "/usr/share/bash-completion/completions/newsvigil", "/usr/share/zsh/vendor-completions/_newsvigil",
        "/usr/share/fish/vendor_completions.d/newsvigil.fish", "/usr/share/doc/newsvigil/copyright",
    ]:
        check(f"there is {path}", Path(path).is_file())
    conffiles = out("dpkg-query", "--show", "--showformat", "${Conffiles}", "newsvigil").split()[::2]
    installed = {str(path) for path in CONFIG.rglob("*") if path.is_file()}
    check("every file of the configuration is a conffile", set(conffiles) == installed, set(conffiles) ^ installed)
    checked = run("newsvigil", "check")
    check("the shipped configuration is in order", checked.returncode == 0, checked.stderr)


def start():
    step("Ready only when it is ready")
    PEERS.mkdir()
    out("systemd-run", "--unit", "peers", "/usr/bin/python3", "-B", "/trial/peers.py", str(PEERS))
    eventually("the site and the mail server answer", (PEERS / "ready").exists)
    story("outlet", "Queues at the bridge")
    settings()
    feeds("outlet", "away")
    (CONFIG / "sample-feed.xml").unlink()
    store = Path("/etc/credstore")
    store.mkdir(mode=0o700, exist_ok=True)
    credential = store / "newsvigil.smtp-password"
    credential.touch(mode=0o600)
    credential.write_text(SECRET + "\n")
    # A start ends well as soon as the service says that it is ready, so it had not said so when it gave up.
    (CONFIG / "watches/bridge.toml").write_text(WATCH.replace("match", "mtach"))
    refused, code = run("systemctl", "start", "newsvigil").returncode, show("ExecMainStatus")
    check("it is not ready before it has read its configuration", refused != 0 and code == "78", (refused, code))
    (CONFIG / "watches/bridge.toml").write_text(WATCH)
    out("systemctl", "start", "--no-block", "newsvigil")
    eventually("it is ready when it has read", lambda: show("ActiveState") == "active")
    check("its status says what it does", "2 feeds" in show("StatusText"), show("StatusText"))
    run("systemctl", "enable", "newsvigil")


def main_job():
    step("A feed becomes a mail")
    eventually("the item is in the mailbox", lambda: any(b"Queues at the bridge" in mail.read_bytes() for mail in mails()))
    eventually("it is counted as a hit", lambda: status().get("hits") == 1)
    eventually("the feed that is away is told of", lambda: said("feed away failed"))


def owners():
    step("Owners and modes")
    about = Path(f"/proc/{main_pid()}")
    uid = about.stat().st_uid
    check("the service is nobody of the system", uid >= 61184, uid)
    limits = (about / "limits").read_text()
    check("it may open as many files as it has connections", "Max open files            4096" in limits, limits)
    check("the state is a link into /var/lib/private", os.readlink(STATE) == "private/newsvigil")
    expected = {
        "/var/lib/private": (0, 0o700), "/var/lib/private/newsvigil": (uid, 0o700),
        "/var/lib/newsvigil/newsvigil.db": (uid, 0o600), "/var/lib/newsvigil/mail": (uid, 0o700),
        "/var/lib/newsvigil/mail/new": (uid, 0o700), str(mails()[0]): (uid, 0o600),
    }
    for path, (owner, mode) in expected.items():
        found = os.stat(path)
        found = (found.st_uid, stat.S_IMODE(found.st_mode))
        check(f"{path} is {owner} {mode:o}", found == (owner, mode), f"{found[0]} {found[1]:o}")


def credentials():
    step("Credentials")
    pid = main_pid()
    uid = Path(f"/proc/{pid}").stat().st_uid
    path = "/run/credentials/newsvigil.service/smtp-password"

    def reads(user):
        return run("setpriv", "--reuid", str(user), "--clear-groups", "cat", path)

    check("the service can read its password", reads(uid).stdout.strip() == SECRET, reads(uid).stderr)
    check("another user cannot", reads(65534).returncode != 0)
    seen = b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("environ", "cmdline"))
    check("it is in no argument and no variable", SECRET.encode() not in seen)


def probe(name, text):
    """What the probe could do as this unit, by name."""
    Path(f"/etc/systemd/system/{name}.service").write_text(text)
    out("systemctl", "daemon-reload")
    started = run("systemctl", "start", name)
    out("journalctl", "--sync")
    lines = out("journalctl", "--unit", name, "--output", "cat").splitlines()
    check(f"the probe ran as {name}", started.returncode == 0, (started.stderr, lines))
    attempts = [line.partition(" refused") for line in lines if " refused" in line or line.endswith(" could")]
    return {before.removesuffix(" could"): not refused for before, refused, _ in attempts}


def confinement():
    step("Confinement")
    Path("/root/secret").write_text("x")
    free = ["[Service]"]
    confined = []
    for line in Path("/usr/lib/systemd/system/newsvigil.service").read_text().splitlines():
        key = line.partition("=")[0]
        if key in ("ExecStart", "Type", "StateDirectory", "LoadCredential"):
            line = {
                "ExecStart": "ExecStart=/usr/bin/python3 -B /trial/probe.py", "Type": "Type=oneshot",
                "StateDirectory": "StateDirectory=probe", "LoadCredential": line,
            }[key]
            free.append(line.replace("=probe", "=freeprobe"))
        elif key == "ExecPaths":
            line += " " + os.path.realpath("/usr/bin/python3")
        elif key in ("NotifyAccess", "ExecReload", "Restart", "WatchdogSec"):
            continue
        confined.append(line)
    free = probe("free", "\n".join(free) + "\n")
    confined = probe("confined", "\n".join(confined) + "\n")
    check("both tried the same", len(free) > 15 and free.keys() == confined.keys(), (free, confined))
    for name, done in confined.items():
        check(f"without confinement it can {name}", free.get(name), "so the probe proves nothing")
        if name in ("write its state", "read its credential"):
            check(f"with confinement it can {name}", done)
        else:
            check(f"with confinement it cannot {name}", not done)


def reload():
    step("Reload")
    pid, place = main_pid(), here()
    story("second", "More queues at the bridge")
    feeds("outlet", "away", "second")
    done = run("systemctl", "reload", "newsvigil")
    check("systemctl reload ends well", done.returncode == 0, done.stderr)
    eventually("it says that it reloaded", lambda: said("reloaded: 3 feeds", place))
    eventually("its status says so", lambda: "3 feeds" in show("StatusText"))
    eventually("the new feed is polled", lambda: status().get("hits") == 2)

    place = here()
    good = (CONFIG / "watches/bridge.toml").read_text()
    (CONFIG / "watches/bridge.toml").write_text(good.replace("match", "mtach"))
    out("systemctl", "reload", "newsvigil")
    eventually("a broken configuration is refused", lambda: said("refused, the old one stays in force", place))
    check("the place of the mistake is told", said("bridge.toml:4", place))
    eventually("the status says so", lambda: "refused" in show("StatusText"))
    check("the service goes on", show("ActiveState") == "active" and main_pid() == pid)
    (CONFIG / "watches/bridge.toml").write_text(good)
    out("systemctl", "reload", "newsvigil")
    eventually("the mended one is taken", lambda: "3 feeds" in show("StatusText"))


def killed():
    step("Killed")
    pid, before, boxed = main_pid(), status(), len(mails())
    os.kill(pid, 9)
    eventually("it is started again", lambda: main_pid() not in (0, pid) and show("ActiveState") == "active")
    check("systemd counted one restart", show("NRestarts") == "1", show("NRestarts"))
    check("nothing is lost", all(status()[key] == before[key] for key in ("hits", "entries")), (before, status()))
    story("third", "Third queues at the bridge")
    feeds("outlet", "away", "second", "third")
    out("systemctl", "reload", "newsvigil")
    eventually("it works again", lambda: status().get("hits") == 3)
    check("nothing is told twice", len(mails()) == boxed, mails())


def hung():
    step("Hung")
    drop_in("watchdog", "WatchdogSec=2s")
    out("systemctl", "restart", "newsvigil")
    pid, place = main_pid(), here()
    os.kill(pid, 19)
    began = time.monotonic()
    eventually("it is started again", lambda: main_pid() not in (0, pid) and show("ActiveState") == "active")
    took = time.monotonic() - began
    check("within seconds", took < 20, took)
    check("because of the watchdog", said("Watchdog timeout", place), journal(place))
    pid, signs = main_pid(), set()

    def signs_of_life():
        signs.add(show("WatchdogTimestampMonotonic"))
        return len(signs) > 5

    eventually("a healthy one gives signs of life", signs_of_life)
    check("and is left alone", main_pid() == pid and show("ActiveState") == "active")
    Path("/etc/systemd/system/newsvigil.service.d/watchdog.conf").unlink()
    out("systemctl", "daemon-reload")


def stop():
    step("Stop")
    place = here()
    settings(SMTP, ("desk", "night"))
    (CONFIG / "watches/bridge.toml").write_text(WATCH.replace('"desk"', '"desk", "night"'))
    (PEERS / "hold").touch()
    story("fourth", "Fourth queues at the bridge")
    feeds("outlet", "away", "second", "third", "fourth", "slow")
    out("systemctl", "reload", "newsvigil")
    eventually("the mail server has read a message", lambda: list((PEERS / "read").iterdir()))
    eventually("a feed keeps it waiting", (PEERS / "slow-asked").exists)
    check("it logged in with its credential", f"newsvigil {SECRET}" in (PEERS / "logins").read_text())
    out("systemctl", "stop", "--no-block", "newsvigil")
    eventually("it is stopping", lambda: show("ActiveState") == "deactivating")
    check("it waits for the message under way", not list((PEERS / "taken").iterdir()) and main_pid() != 0)
    began = time.monotonic()
    (PEERS / "hold").unlink()
    eventually("it has stopped", lambda: show("ActiveState") == "inactive")
    took = time.monotonic() - began
    check("at once when the message is taken, whatever the feed does", took < 3, took)
    check("it ended well", show("Result") == "success" and said("stopped", place), show("Result"))
    # Beside a service that is stopped, too, the tools leave it what it needs.
    left = status()
    check("the message counts as sent", left.get("mails_queued") == 0, left)
    owner = os.stat("/var/lib/private/newsvigil").st_uid
    foreign = [str(path) for path in STATE.rglob("*") if path.stat().st_uid != owner]
    check("looking at it as root leaves nothing of root's", not foreign, foreign)
    # And so does the main job, by hand, on a configuration of its own, where it makes what is missing.
    by_hand = Path("/root/by-hand")
    (by_hand / "watches").mkdir(parents=True)
    (by_hand / "newsvigil.toml").write_text('[[recipient]]\nid = "hand"\naddress = "hand@example.org"\n')
    (by_hand / "feeds.toml").write_text('[[feed]]\nid = "by-hand"\nurl = "file:feed.xml"\n')
    (by_hand / "watches/none.toml").write_text(WATCH.replace("Kalavo bridge", "no such words").replace('"desk"', '"hand"'))
    (by_hand / "feed.xml").write_text("<rss version='2.0'><channel><title>By hand</title></channel></rss>")
    for name in ("lock", "clock", "trouble"):
        (STATE / name).unlink(missing_ok=True)
    out("newsvigil", "--config", str(by_hand), "--state", "/var/lib/newsvigil", "once")
    foreign = [str(path) for path in STATE.rglob("*") if path.stat().st_uid != owner]
    check("the main job as root leaves nothing of root's", (STATE / "lock").exists() and not foreign, foreign)
    nobody = run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "newsvigil", "status")
    check("who may not look is told how", nobody.returncode == 66 and "sudo newsvigil status" in nobody.stderr, nobody)
    out("systemctl", "start", "newsvigil")
    eventually("it starts again", lambda: status().get("hits") == 4)
    check("the message was sent once", len(list((PEERS / "taken").iterdir())) == 1)


def message_ids(folder):
    lines = [line for mail in (PEERS / folder).iterdir() for line in mail.read_bytes().splitlines()]
    return sorted(line for line in lines if line.lower().startswith(b"message-id:"))


def stop_that_cannot_wait():
    step("Stop while the mail server is silent")
    place = here()
    (PEERS / "hold").touch()
    settings(SMTP, ("desk", "night", "dawn"))
    (CONFIG / "watches/bridge.toml").write_text(WATCH.replace('"desk"', '"desk", "night", "dawn"'))
    story("fifth", "Fifth queues at the bridge")
    feeds("outlet", "away", "second", "third", "fourth", "fifth")
    out("systemctl", "reload", "newsvigil")
    eventually("the mail server has read a message", lambda: len(list((PEERS / "read").iterdir())) == 2)
    began = time.monotonic()
    out("systemctl", "stop", "newsvigil")
    took = time.monotonic() - began
    check("it stops by itself, in half of the time that systemd gives", took < 15 and show("Result") == "success", took)
    check("it says what it left", said("it is sent again at the next start", place))
    (PEERS / "hold").unlink()
    out("systemctl", "start", "newsvigil")
    eventually("the message is sent again", lambda: len(message_ids("read")) == 3 and len(message_ids("taken")) == 3)
    eventually("and counts as sent", lambda: status().get("mails_queued") == 0)
    first, again = message_ids("read"), set(message_ids("taken"))
    check("as the same message", len(first) == 3 and len(set(first)) == 2 and again == set(first), first)
    settings()
    (CONFIG / "watches/bridge.toml").write_text(WATCH)
    out("systemctl", "reload", "newsvigil")
    eventually("it takes up the local mailbox again", lambda: "1 recipient" in show("StatusText"))


def log():
    step("The journal")
    entries = journal()
    own = [entry for entry in entries if entry.get("_COMM") == "newsvigil"]
    hits = [entry for entry in own if entry.get("F_FEED") == "outlet" and entry.get("F_HITS") == "1"]
    check("a hit is an entry with fields", len(hits) == 1, own[:5])
    away = [entry for entry in own if entry.get("F_FEED") == "away"]
    check("a failing feed is a warning with its name", away and away[0].get("PRIORITY") == "4", away)
    refused = [entry for entry in own if "is refused, the old" in str(entry.get("MESSAGE"))]
    check("a refused configuration is an error", refused and refused[0].get("PRIORITY") == "3", refused)
    check("they are the unit's", all(entry["_SYSTEMD_UNIT"] == "newsvigil.service" for entry in own))
    check("no secret is in it", not any(SECRET in str(entry) for entry in entries))


def looking_back():
    step("A new watch looks back")
    before = status()
    extra = CONFIG / "watches/queues.toml"
    extra.write_text(WATCH.replace("bridge", "queues", 1).replace("Kalavo bridge", "Queues at the bridge"))
    place = here()
    out("systemctl", "reload", "newsvigil")
    eventually("the service has read it", lambda: said("reloaded", place))
    ask = ("newsvigil", "--state", str(STATE))
    found = run(*ask, "items", "--search", "queues bridge", "--json").stdout.splitlines()
    check("the items are searched", len(found) >= 1, found)
    done = run(*ask, "backtest", "--adopt", "--watch", "queues", "--json")
    adopted = json.loads(done.stdout)["adopted"] if done.returncode == 0 else 0
    check("beside the service it makes hits", adopted >= 1, (done.stdout, done.stderr))
    check("they are counted", status().get("hits") == before["hits"] + adopted, status())
    again = json.loads(run(*ask, "backtest", "--adopt", "--watch", "queues", "--json").stdout)
    check("once", again["adopted"] == 0 and again["kept"] == adopted, again)
    uid = Path(f"/proc/{main_pid()}").stat().st_uid
    files = [path for path in STATE.glob("newsvigil.db*") if path.stat().st_uid != uid]
    check("the files stay the service's", not files, files)
    extra.unlink()
    out("systemctl", "reload", "newsvigil")


def upgrade():
    step("Upgrade")
    pid, before = main_pid(), status()
    edited = (CONFIG / "feeds.toml").read_text()
    dpkg("--install", "/trial/second.deb")
    check("it is the new version", "9.1-1" in out("dpkg-query", "--show", "newsvigil"))
    check("what was edited is kept", (CONFIG / "feeds.toml").read_text() == edited)
    check("the new text lies beside it", "next version" in (CONFIG / "feeds.toml.dpkg-dist").read_text())
    check("what was not edited is new", "next version" in (CONFIG / "watches/torture.toml").read_text())
    check("what was deleted stays away", not (CONFIG / "sample-feed.xml").exists())
    check("what was added stays", (CONFIG / "watches/bridge.toml").read_text() == WATCH)
    eventually("it runs as a new process", lambda: main_pid() not in (0, pid) and show("ActiveState") == "active")
    check("it is still enabled", run("systemctl", "is-enabled", "newsvigil").stdout.strip() == "enabled")
    check("nothing is lost", status().get("hits") == before["hits"], (before, status()))

    pid = main_pid()
    (CONFIG / "watches/bridge.toml").write_text(WATCH.replace("match", "mtach"))
    text = dpkg("--install", "/trial/third.deb")
    check("a version that refuses the configuration says so", "was not restarted" in text, text)
    check("and the old one goes on", main_pid() == pid and show("ActiveState") == "active")
    (CONFIG / "watches/bridge.toml").write_text(WATCH)


def remove():
    step("Remove and purge")
    before = status()
    dpkg("--remove", "newsvigil")
    check("it is stopped", run("systemctl", "is-active", "newsvigil").stdout.strip() != "active")
    check("the program is gone", not Path("/usr/bin/newsvigil").exists())
    check("the configuration stays", (CONFIG / "feeds.toml").exists())
    dpkg("--install", "/trial/first.deb")
    out("systemctl", "start", "newsvigil")
    check("installed again it goes on where it was", status().get("hits") == before["hits"], (before, status()))

    text = dpkg("--purge", "newsvigil")
    left = [str(path) for path in CONFIG.rglob("*") if path.is_file()] if CONFIG.exists() else []
    check("a purge leaves only the files that somebody added", left == [str(CONFIG / "watches/bridge.toml")], left)
    check("what was found is kept", Path("/var/lib/private/newsvigil/newsvigil.db").exists())
    check("and it says where", "rm -r /var/lib/private/newsvigil" in text, text)
    check("and where the password is", "/etc/credstore/newsvigil.smtp-password" in text, text)
    check("nothing of the unit is left", not list(Path("/etc/systemd/system").rglob("newsvigil.service")))


def without_the_package():
    step("Without the package, by the commands of the README")
    out("dpkg-deb", "--extract", "/trial/first.deb", "/root/sources")
    out("install", "-m", "755", "/root/sources/usr/bin/newsvigil", "/usr/bin/newsvigil")
    done = run("newsvigil", "init", str(CONFIG))
    check("init writes the configuration", done.returncode == 0, done.stderr)
    check("and leaves what is there", (CONFIG / "watches/bridge.toml").read_text() == WATCH)
    out("install", "-m", "644", "/root/sources/usr/lib/systemd/system/newsvigil.service", "/etc/systemd/system/")
    done = run("newsvigil", "generate", "man", "/usr/local/share/man")
    check("the manual is made", Path("/usr/local/share/man/man1/newsvigil.1").exists(), done.stderr)
    done = run("systemctl", "enable", "--now", "newsvigil")
    check("the service starts", done.returncode == 0 and show("ActiveState") == "active", done.stderr)


try:
    version = out("systemctl", "--version").splitlines()[0]
    print(f"The package on a machine of its own, {version}", file=results)
    for part in (
        install, start, main_job, owners, credentials, confinement, reload, killed, hung, stop,
        stop_that_cannot_wait, log, looking_back, upgrade, remove, without_the_package,
    ):
        part()
except Exception:
    check("every check was reached", False, traceback.format_exc())
print(f"\n{unit.passed} passed, {unit.failed} failed", file=results)
sys.exit(unit.failed != 0)
