"""Tries what a daemon that somebody has broken into would try, and prints for each whether it could:
`NAME could` or `NAME refused: REASON`. Run with and without the unit's confinement."""

import ctypes
import os
import socket
import subprocess
from pathlib import Path

STATE = Path(os.environ.get("STATE_DIRECTORY", "/var/lib/probe"))


def write(path):
    def attempt():
        with open(path, "w") as file:
            file.write("x")
        os.unlink(path)
    return attempt


def read(path):
    return lambda: open(path, "rb").read(1)


def open_socket(family, kind, protocol=0):
    return lambda: socket.socket(family, kind, protocol).close()


def run(path):
    return lambda: subprocess.run([path, "-c", "exit 0"], check=True)


def run_what_was_written():
    program = STATE / "program"
    program.write_text("#!/bin/true\n")
    program.chmod(0o700)
    try:
        subprocess.run([program], check=True)
    finally:
        program.unlink()


def system_call(function, *arguments):
    """In a child of its own, because it may change the process for good."""
    def attempt():
        child = os.fork()
        if child == 0:
            library = ctypes.CDLL(None, use_errno=True)
            done = getattr(library, function)(*arguments) == 0
            os._exit(0 if done else ctypes.get_errno())
        number = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if number != 0:
            raise OSError(number, os.strerror(number))
    return attempt


def writable_code():
    library = ctypes.CDLL(None, use_errno=True)
    library.mmap.restype = ctypes.c_void_p
    read_write_execute, private_anonymous = 7, 0x22
    place = library.mmap(None, 4096, read_write_execute, private_anonymous, -1, 0)
    if place == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def other_processes():
    if not any(name.isdigit() and int(name) != os.getpid() for name in os.listdir("/proc")):
        raise PermissionError("sees only itself")


NEW_USER_NAMESPACE = 0x10000000
PROBES = {
    "write /etc": write("/etc/newsvigil/probe"),
    "write /usr": write("/usr/bin/probe"),
    "write /var": write("/var/lib/probe-file"),
    "write /var/log": write("/var/log/probe"),
    "write /run": write("/run/probe"),
    "write /home": write("/home/probe"),
    "read another's files": read("/root/secret"),
    "read passwords": read("/etc/shadow"),
    "read the store of credentials": read("/etc/credstore/newsvigil.smtp-password"),
    "run a shell": run("/bin/sh"),
    "run what it wrote": run_what_was_written,
    "open a raw socket": open_socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "open a packet socket": open_socket(socket.AF_PACKET, socket.SOCK_RAW),
    "open a netlink socket": open_socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "make a user namespace": system_call("unshare", NEW_USER_NAMESPACE),
    "mount something": system_call("mount", b"none", b"/mnt", b"tmpfs", 0, None),
    "write code and run it": writable_code,
    "see other processes": other_processes,
    "become another user": system_call("setuid", 1),
    # These two it must be able to.
    "write its state": write(STATE / "probe"),
    "read its credential": read(os.path.join(os.environ.get("CREDENTIALS_DIRECTORY", "/none"), "smtp-password")),
}

for name, attempt in PROBES.items():
    try:
        attempt()
        print(f"{name} could", flush=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{name} refused: {error}", flush=True)
