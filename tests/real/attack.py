"""One hostile feed beside 300 good ones, under a limit of memory.

Usage: attack.py BINARY FOLDER GROUP. GROUP is a control group that limits memory.
"""

import gzip
import json
import signal
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from servers import free_port

GOOD_FEEDS = 300
# Beyond twice the time without an enemy: what a busy machine may add.
SLACK_SECONDS = 5.0
PATIENCE_SECONDS = 120
# Its time on the wire, that in which a body is read or given up, and what a busy machine may add.
SETTLED_SECONDS = 30.0
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Hostile</title>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"{}><title>Hostile</title>'

passed = failed = 0


def check(what, holds, detail=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    if not holds:
        print(f"  FAILED  {what}: {detail}", flush=True)


def item(description, title="Hostile item"):
    return f"{RSS}<item><title>{title}</title><description>{description}</description></item></channel></rss>"


def escaped(html):
    return html.replace("&", "&amp;").replace("<", "&lt;")


def json_feed(head, items):
    return '{"version":"https://jsonfeed.org/version/1.1","title":"Hostile",' + head + f'"items":[{items}]}}'


def bodies():
    """What a publisher may send, by a name: each is small on the wire or on the disk of the sender."""
    yield "a language on all entries", ATOM.format(f' xml:lang="{"a" * 75_000}"') + "<entry/>" * 10_000 + "</feed>"
    links = "".join(f'<entry><id>{n}</id><link href="{n}"/></entry>' for n in range(10_000))
    yield "a base of all links", ATOM.format(f' xml:base="http://a.example/{"a/" * 60_000}"') + links + "</feed>"
    content = escaped('<a href="x">x</a>' * 20_000)
    yield "a base of links in a text", (
        ATOM.format(f' xml:base="http://a.example/{"a/" * 60_000}"')
        + f'<entry><id>1</id><content type="html">{content}</content></entry></feed>')
    yield "bases that grow", (
        ATOM.format("") + '<entry><id>1</id><title>a</title><content type="xhtml"><div>'
        + '<b xml:base="aaaa/"/><a href="x">x</a>' * 10_000 + "</div></content></entry></feed>")
    yield "an author of all entries", ATOM.format("") + (
        f"<author><name>{'Author ' * 300_000}</name></author>"
        + "".join(f"<entry><id>{n}</id><title>{n}</title></entry>" for n in range(10_000)) + "</feed>")
    yield "an author of all items in JSON", json_feed(
        f'"authors":[{{"name":"{"Author " * 10_000}"}}],', ",".join(f'{{"id":"{n}","title":"{n}"}}' for n in range(10_000)))
    yield "an entity that is used often", (
        f"<!DOCTYPE rss [<!ENTITY e '{'e' * 256}'>]>"
        + item("&e;" * 10_000))
    yield "quotes in tags", item("<''" * 400_000)
    yield "brackets", item("<" * 2_000_000)
    yield "brackets in a channel", RSS + "<" * 2_000_000
    yield "names that are none", RSS + "<1" * 1_000_000
    yield "end tags without end", RSS + "</item" * 400_000
    yield "roots", "<rss " * 500_000
    yield "prefixes", RSS + "<media:" * 400_000
    yield "document types", RSS + "<!DOCTYPE>" * 300_000
    yield "comments without end", RSS + "<!-- <skipHours" * 200_000
    yield "attributes of one tag", item(escaped("<b" + "".join(f" a{n}='{n}'" for n in range(100_000)) + ">"))
    yield "formatting that is never closed", item(escaped("<b><i><a><font><p>" * 60_000))
    yield "tables in tables", item(escaped("<table><tr><td><b>" * 60_000))
    yield "closed in another order", item(escaped("<b><p></b><a></p>" * 60_000))
    yield "numeric references", item("&#x41;" * 1_000_000)
    yield "categories", RSS + "<item><title>a</title>" + "<category>a</category>" * 200_000 + "</item>"
    yield "items without end", RSS + "<item><title>Title</title>" * 300_000
    yield "large items", RSS + "".join(
        f"<item><guid>{n}</guid><title>{n}</title><description>{'police force ' * 4000}</description></item>"
        for n in range(120))
    yield "brackets in JSON", '{"version":"https://jsonfeed.org/version/1.1","items":' + "[" * 4_000_000
    yield "words that every watch looks for", RSS + "".join(
        f"<item><guid>{n}</guid><title>lethal force {n}</title><description>{'lethal force ' * 200}</description></item>"
        for n in range(3000))
    yield "one word a line", item("lethal\n" * 500_000)


def in_full(headers, body):
    def act(connection):
        head = f"HTTP/1.1 200 OK\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)
    return act


def again_and_again(head, piece, rest=0.0):
    def act(connection):
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(rest)
    return act


def attacks():
    for name, body in bodies():
        yield name, in_full("Content-Encoding: gzip\r\n", gzip.compress(body.encode(), 6))
    ok = b"HTTP/1.1 200 OK\r\n"
    yield "provisional answers", again_and_again(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)
    yield "headers without end", again_and_again(ok, b"X-Header: a\r\n" * 500)
    yield "a body that drips", again_and_again(ok + b"\r\n" + RSS.encode(), b"a", 0.1)
    yield "pieces of one byte", again_and_again(ok + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 2000)
    yield "a body without end", again_and_again(ok + b"\r\n" + RSS.encode(), b"a" * 65_536)
    yield "a long redirect", lambda connection: connection.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: /{'a' * 60_000}\r\nContent-Length: 0\r\n\r\n".encode())
    yield "long validators", in_full(f'ETag: "{"e" * 100_000}"\r\n', item("a").encode())


class Good(BaseHTTPRequestHandler):
    """A feed for every address of 127.0.20.0/23."""

    def do_GET(self):
        body = item("The concert ended in applause. " * 20, f"A concert at {self.headers['Host']}").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Bad(socketserver.BaseRequestHandler):
    act = None

    def handle(self):
        try:
            self.request.recv(65_536)
            Bad.act(self.request)
            self.request.shutdown(1)
            self.request.recv(65_536)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Service:
    """The program in the control group, with a configuration and a state of its own."""

    def __init__(self, binary, folder, group, feeds):
        self.binary, self.group = binary, Path(group)
        self.config, self.state, self.log = folder / "config", folder / "state", folder / "log"
        self.health = free_port()
        (self.config / "watches").mkdir(parents=True)
        (self.config / "newsvigil.toml").write_text(
            f'[fetch]\nallow = ["127.0.0.0/8"]\ntimeout = "8s"\n[metrics]\nlisten = "127.0.0.1:{self.health}"\n'
            '[[recipient]]\nid = "desk"\naddress = "desk@example.org"\ndigest = ["daily 04:44"]\n')
        (self.config / "feeds.toml").write_text("".join(
            f'[[feed]]\nid = "{name}"\nurl = "{url}"\n' for name, url in feeds))
        (self.config / "watches" / "force.toml").write_text(
            '[[watch]]\nid = "force"\ntitle = "Force"\ntopic = "assembly"\n'
            'match = \'"lethal force" OR (police NEAR/9 force)\'\nrecipients = ["desk"]\n')
        self.process = None

    def command(self, *arguments):
        return [self.binary, "--config", str(self.config), "--state", str(self.state), *arguments]

    def start(self):
        join = f'echo $$ > "{self.group}/cgroup.procs" && exec "$0" "$@"'
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", join, *self.command("run")], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.log.open("ab"), env={"MALLOC_ARENA_MAX": "2"})

    def end(self):
        """The exit code of a stop as the service manager asks for it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None

    def json(self, *arguments):
        run = subprocess.run(self.command(*arguments, "--json"), stdin=subprocess.DEVNULL,
                             capture_output=True, text=True, timeout=60)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def feeds(self):
        return {line["id"]: line for line in self.json("feed", "list")}

    def is_healthy(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.health}/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def peak_mib(self):
        """What the process itself took at most; the limit counts the files that it has read, too."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) >> 10

    def said(self):
        return self.log.read_text(errors="replace")[-300:]


def until(look, service):
    """What the look finds, and after how long; nothing when the service ends or patience does."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_SECONDS and service.process.poll() is None:
        found = look()
        if found:
            return found, time.monotonic() - began
        time.sleep(0.1)
    return None, time.monotonic() - began


def good_are_polled(service):
    feeds = service.feeds().values()
    good = [line for line in feeds if line["id"].startswith("good") and line["entries"] == 1]
    return len(good) == GOOD_FEEDS


def is_settled(service):
    line = service.feeds().get("bad", {})
    return line if line.get("last_attempt") else None


def run(binary, folder, group, good, bad):
    """Starts the service on these feeds. Gives it, and how long the good ones took."""
    service = Service(binary, folder, group, ([("bad", bad)] if bad else []) + good)
    service.start()
    found, seconds = until(lambda: good_are_polled(service), service)
    check("the good feeds are polled", found, service.said())
    return service, seconds


def under_attack(binary, folder, group, good, bad, baseline):
    service, seconds = run(binary, folder, group, good, bad)
    check("in twice their time", seconds < 2 * baseline + SLACK_SECONDS, f"{seconds:.1f} s")
    check("/health is true meanwhile", service.is_healthy(), service.said())
    line, settled = until(lambda: is_settled(service), service)
    check("the feed is polled, or given up", line and settled < SETTLED_SECONDS, f"{settled:.1f} s")
    line = line or {}
    told = line.get("error") or "; ".join(line.get("warnings", []))
    # What harms nobody may be read as if it were sound; what failed has a reason and is in trouble.
    status = (service.json("status") or [{}])[0]
    in_trouble = any(trouble["feed"] == "bad" for trouble in status.get("troubles", []))
    check("`status` names it when it failed", in_trouble or not line.get("error"), status)
    check("its words are short", len(told) < 1000, told[:200])
    stays_up = service.process.poll() is None
    check("the service stayed up", stays_up, service.said())
    peak = service.peak_mib() if stays_up else None
    check("and it stops", service.end() == 0, service.said())
    return seconds, settled, peak, told or "read as it is"


def killed_meanwhile(binary, folder, group, good, bad):
    """A feed that is being polled when the process is killed is known afterwards."""
    service, _ = run(binary, folder, group, good, bad)
    service.process.kill()
    service.process.wait()
    service.start()
    status, _ = until(lambda: [status for status in service.json("status")
                               if "killed" in json.dumps(status)], service)
    check("`status` names the feed", status and "bad" in json.dumps(status), service.json("status"))
    check("it stops", service.end() == 0, service.said())


def main():
    binary, folder, group = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    good_server = ThreadingHTTPServer(("0.0.0.0", 0), Good)
    good_server.daemon_threads = True
    bad_server = Server(("127.0.66.1", 0), Bad)
    for server in (good_server, bad_server):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    port = good_server.server_address[1]
    good = [(f"good-{n}", f"http://127.0.{20 + n // 200}.{1 + n % 200}:{port}/feed") for n in range(GOOD_FEEDS)]
    bad = f"http://127.0.66.1:{bad_server.server_address[1]}/feed"

    service, baseline = run(binary, folder / "alone", group, good, None)
    print(f"{GOOD_FEEDS} good feeds alone: {baseline:.1f} s, {service.peak_mib()} MiB", flush=True)
    check("it stops", service.end() == 0, service.said())
    for number, (name, act) in enumerate(attacks()):
        before = failed
        Bad.act = staticmethod(act)
        seconds, settled, mib, told = under_attack(binary, folder / str(number), group, good, bad, baseline)
        print(f"{'ok' if failed == before else 'FAILED':6}  {name}: good feeds {seconds:.1f} s, it {settled:.1f} s "
              f"later, {mib} MiB: {told[:160]}", flush=True)
    Bad.act = staticmethod(again_and_again(b"HTTP/1.1 200 OK\r\n\r\n<rss>", b"a", 0.1))
    killed_meanwhile(binary, folder / "killed", group, good, bad)
    print(f"\n{passed} checks hold, {failed} do not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
