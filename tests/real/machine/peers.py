"""What the machine talks to, on loopback: a site with feeds, and a mail server that takes its time.

Usage: peers.py FOLDER. Feeds are the files of FOLDER/feeds; /slow never answers. Messages that the
mail server has read, but not yet confirmed, lie in FOLDER/read; confirmed ones in FOLDER/taken; each
login is a line of FOLDER/logins. It waits with a confirmation while FOLDER/hold exists."""

import base64
import socketserver
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOME = Path(sys.argv[1])


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            (HOME / "slow-asked").touch()
            time.sleep(600)
        page = HOME / "feeds" / Path(self.path).name
        if not page.is_file():
            self.send_error(404)
            return
        body = page.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class MailServer(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 mail.example.org ESMTP")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words.upper().split(" ")[0]
            if verb == "EHLO":
                self.say("250-mail.example.org")
                self.say("250 AUTH PLAIN")
            elif verb == "AUTH":
                answer = base64.b64decode(words.split(" ")[2]).decode().split("\0")
                with open(HOME / "logins", "a") as logins:
                    print(*answer[1:], file=logins)
                self.say("235 welcome")
            elif verb == "DATA":
                self.say("354 go on")
                message = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    message += line
                name = str(time.monotonic_ns())
                (HOME / "read" / name).write_bytes(message)
                while (HOME / "hold").exists():
                    time.sleep(0.01)
                self.say("250 taken")
                (HOME / "taken" / name).write_bytes(message)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


class Threaded(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


for folder in ("feeds", "read", "taken"):
    (HOME / folder).mkdir(parents=True, exist_ok=True)
servers = [ThreadingHTTPServer(("127.0.0.1", 8080), Site), Threaded(("127.0.0.1", 2525), MailServer)]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
(HOME / "ready").touch()
threading.Event().wait()
