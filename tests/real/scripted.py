"""A mail server that says, at each step, the bytes that it is told to say."""

import base64
import socket
import ssl
import threading

STEPS = {
    "EHLO": b"250-mx.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n",
    "HELO": b"250 mx.example.org\r\n",
    "AUTH": [b"235 2.7.0 welcome\r\n"],
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT": b"250 2.1.5 ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 2.0.0 queued\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}


class Scripted:
    """Serves until it is left. Deviates by `says`, which are replies to verbs.

    A list for AUTH are the replies to it and to each line after a 334, in order; the last one stays.
    Silent, if `greeting` is None.
    """

    def __init__(self, greeting=b"220 mx.example.org ready\r\n", certificate=None, implicit=False,
                 host="127.0.0.1", **says):
        self.greeting, self.implicit = greeting, implicit
        self.says = STEPS | {verb: reply for verb, reply in says.items() if verb != "dot"}
        if "dot" in says:
            self.says["."] = says["dot"]
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.commands, self.messages = [], []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, 0), family=family)
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(stream,), daemon=True).start()

    def serve(self, stream):
        try:
            if self.implicit:
                stream = self.context.wrap_socket(stream, server_side=True)
            self.converse(stream)
        except OSError:
            pass  # the client has gone
        finally:
            stream.close()

    def converse(self, stream):
        if self.greeting is None:
            while stream.recv(4096):
                pass
            return
        stream.sendall(self.greeting)
        lines, logins = stream.makefile("rb"), list(self.says["AUTH"])
        encrypted = self.context is None or self.implicit
        while line := lines.readline():
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            self.commands.append(command)
            verb = command.split(" ")[0].split(":")[0]
            if verb == "EHLO" and not encrypted:
                stream.sendall(b"250-mx.example.org\r\n250-starttls\r\n250 \r\n")
            elif verb == "STARTTLS":
                stream.sendall(b"220\r\n")
                stream = self.context.wrap_socket(stream, server_side=True)
                lines, encrypted = stream.makefile("rb"), True
            elif verb == "AUTH":
                while True:
                    reply = logins.pop(0) if len(logins) > 1 else logins[0]
                    stream.sendall(reply)
                    if not reply.startswith(b"334"):
                        break
                    self.commands.append(lines.readline().decode("ascii", "replace").rstrip("\r\n"))
            elif verb == "DATA":
                stream.sendall(self.says["DATA"])
                message = b""
                while (line := lines.readline()) not in (b".\r\n", b""):
                    message += line.removeprefix(b".")
                stream.sendall(self.says["."])
                if self.says["."].startswith(b"2"):
                    self.messages.append(message)
            else:
                stream.sendall(self.says.get(verb, b"502 unknown\r\n"))
                if verb == "QUIT":
                    return

    def said(self, beginning):
        """What was said to the server that begins so."""
        return [command for command in self.commands if command.startswith(beginning)]


def decoded(command):
    """The last word of a command, which is base64."""
    return base64.b64decode(command.rsplit(" ", 1)[-1]).decode()
