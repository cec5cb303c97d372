"""Postfix, Dovecot and smtp-sink on free loopback ports, each in a process group of its own."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

USERNAME = "newsvigil"
PASSWORD = "correct horse battery"
MAIL_HOST = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((MAIL_HOST, 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.02)


def answers(port):
    """Whether a server accepts connections there and greets."""
    try:
        with socket.create_connection((MAIL_HOST, port), 1) as connection:
            connection.settimeout(2)
            return connection.recv(1) != b""
    except OSError:
        return False


class Group:
    """A program and its children."""

    def __init__(self, folder, command, log):
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )
        # For whoever cleans up when this program itself is killed.
        self.mark = folder / "groups" / str(self.process.pid)
        self.mark.touch()

    def end(self, how=signal.SIGTERM):
        for sign in (how, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                break
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                continue
        # Children that outlived the leader.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.mark.unlink(missing_ok=True)


def make_certificates(folder):
    """A certificate authority of our own and a certificate for the loopback address."""
    folder.mkdir()
    (folder / "names").write_text(
        f"subjectAltName=IP:{MAIL_HOST},DNS:localhost\nextendedKeyUsage=serverAuth\n"
        "basicConstraints=critical,CA:FALSE\n"
    )
    commands = [
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout ca.key "
        "-out ca.pem -subj /CN=Test-authority -addext basicConstraints=critical,CA:TRUE "
        "-addext keyUsage=critical,keyCertSign",
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key "
        "-out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
        "-extfile names -out server.pem",
    ]
    for command in commands:
        subprocess.run(
            ["openssl", *command.split()], cwd=folder, check=True, capture_output=True
        )
    return folder


class Dovecot:
    """Answers Postfix whether a password is right."""

    def __init__(self, folder):
        self.home = folder / "dovecot"
        self.home.mkdir()
        self.socket = self.home / "login"
        users = self.home / "users"
        users.write_text(f"{USERNAME}:{{PLAIN}}{PASSWORD}\n")
        shutil.chown(users, "dovecot")
        users.chmod(0o600)
        version = subprocess.run(
            ["dovecot", "--version"], capture_output=True, text=True, check=True
        ).stdout
        if not version.startswith("2.3."):
            raise RuntimeError(f"the configuration here is for Dovecot 2.3, found {version}")
        configuration = self.home / "dovecot.conf"
        configuration.write_text(f"""
base_dir = {self.home}/run
state_dir = {self.home}/state
log_path = {self.home}/log
protocols =
ssl = no
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {users}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  unix_listener {self.socket} {{
    mode = 0600
    user = postfix
  }}
}}
service stats {{
  process_min_avail = 0
}}
""")
        self.group = Group(
            folder, ["dovecot", "-F", "-c", str(configuration)], self.home / "output"
        )
        wait_until(self.socket.exists, "the socket of Dovecot")

    def end(self):
        self.group.end()


class Postfix:
    """Takes mail over STARTTLS after a login, and stores all of it in one Maildir."""

    def __init__(self, folder, certificates, login_socket):
        self.folder = folder
        self.port = free_port()
        self.home = folder / "postfix"
        self.etc, self.queue = self.home / "etc", self.home / "queue"
        self.maildir = self.home / "mailboxes" / "all"
        self.log = self.home / "log"
        self.group = None
        for path in (self.etc, self.queue, self.maildir.parent, self.home / "data"):
            path.mkdir(parents=True)
        shutil.chown(self.home / "data", "postfix")
        user = pwd.getpwnam("nobody")
        os.chown(self.maildir.parent, user.pw_uid, user.pw_gid)
        (self.etc / "main.cf").write_text(f"""
compatibility_level = 3.6
queue_directory = {self.queue}
data_directory = {self.home}/data
myhostname = mail.example.org
mydestination =
mynetworks =
inet_protocols = ipv4
inet_interfaces = {MAIL_HOST}
local_recipient_maps =
alias_maps =
alias_database =
maillog_file = {self.log}
maillog_file_prefixes = {folder}
in_flow_delay = 0
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
virtual_mailbox_domains = example.org
virtual_mailbox_base = {self.maildir.parent}
virtual_mailbox_maps = static:{self.maildir.name}/
virtual_uid_maps = static:{user.pw_uid}
virtual_gid_maps = static:{user.pw_gid}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {certificates}/server.pem
smtpd_tls_key_file = {certificates}/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {login_socket}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
""")
        services = [
            f"{MAIL_HOST}:{self.port} inet n - n - - smtpd",
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "verify unix - - n - 1 verify",
            "flush unix n - n 1000? 0 flush",
            "proxymap unix - - n - - proxymap",
            "proxywrite unix - - n - 1 proxymap",
            "showq unix n - n - - showq",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "virtual unix - n n - - virtual",
            "anvil unix - - n - 1 anvil",
            "postlog unix-dgram n - n - 1 postlogd",
        ]
        (self.etc / "master.cf").write_text("\n".join(services) + "\n")
        # Makes the folders of the queue.
        self.ask("postfix", "check")
        self.master = self.ask("postconf", "-h", "daemon_directory").strip() + "/master"

    def ask(self, program, *arguments):
        command = [program, "-c", str(self.etc), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def start(self):
        # Without the wrapper, whose master would leave our process group.
        self.group = Group(
            self.folder, [self.master, "-c", str(self.etc), "-s"], self.home / "output"
        )
        wait_until(lambda: answers(self.port), "the greeting of Postfix")

    def end(self, how=signal.SIGTERM):
        if self.group:
            self.group.end(how)
            self.group = None

    def waiting(self):
        """How many messages Postfix took and has not stored in the Maildir yet.

        A message that is there whole has the execute bit; one without it was cut off when Postfix
        was killed, was never acknowledged, and is never delivered.
        """
        def whole(path):
            try:
                return path.is_file() and path.stat().st_mode & 0o100
            except FileNotFoundError:
                return False

        folders = ("maildrop", "incoming", "active", "deferred")
        return sum(1 for name in folders for path in (self.queue / name).rglob("*") if whole(path))

    def drain(self):
        """Waits until all that was taken is in the Maildir."""
        wait_until(lambda: self.waiting() == 0, "Postfix to deliver what it took", 60)

    def take_messages(self):
        """Every message in the Maildir, which is empty afterwards."""
        messages = []
        for path in sorted((self.maildir / "new").iterdir()):
            messages.append(path.read_bytes())
            path.unlink()
        return messages


@contextmanager
def sink(folder, port, flags, taken):
    """A server that misbehaves as the flags say, and writes the messages it takes into `taken`."""
    taken.mkdir()
    shutil.chown(taken, "nobody")
    command = ["smtp-sink", "-u", "nobody", "-d", f"{taken}/m.", *flags]
    group = Group(folder, [*command, f"{MAIL_HOST}:{port}", "20"], folder / "sink.log")
    try:
        wait_until(lambda: listens(port), "smtp-sink")
        yield
    finally:
        group.end()


def listens(port):
    """Whether somebody listens there, told without a connection that a fault could count."""
    wanted = f"{port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(
        line.split()[1].endswith(":" + wanted) and line.split()[3] == "0A" for line in lines
    )
