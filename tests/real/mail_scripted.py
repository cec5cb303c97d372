"""The part of mail.py against a server that says what it is told."""

import subprocess
import time

from checks import check, pauses, step
from scripted import Scripted, decoded
from servers import PASSWORD, USERNAME
from world import World

# Deviations of a server, and how the first of two mails ends.
UNDELIVERABLE = "undeliverable"
WORDS = [
    ("250 in Latin-1", {"dot": b"250 2.0.0 Ende der \xdcbermittlung\r\n"}, "sent"),
    ("250 in Shift JIS, at every step", {
        "greeting": b"220 \x83\x81\x81[\x83\x8b\r\n", "MAIL": b"250 \x8a\xae\r\n",
        "RCPT": b"250-\x97\xb9\r\n250 \x97\xb9\r\n", "DATA": b"354 \x82\xc7\r\n",
        "dot": b"250 \x8e\xf3\r\n"}, "sent"),
    ("bare codes at every step", {
        "greeting": b"220\r\n", "EHLO": b"250\r\n", "MAIL": b"250\r\n", "RCPT": b"250\n",
        "DATA": b"354\r\n", "dot": b"250\r\n"}, "sent"),
    ("another code of success behind the dot", {"dot": b"252 accepted\r\n"}, "sent"),
    ("550 in Latin-1", {"RCPT": b"550 5.1.1 Empf\xe4nger unbekannt\r\n"}, UNDELIVERABLE),
    ("a bare 551", {"RCPT": b"551\r\n"}, UNDELIVERABLE),
    ("no EHLO", {"EHLO": b"502 5.5.1 unbekannt \xfc\r\n"}, "sent"),
]


def scripted(binary, folder):
    step("A server that says what it is told")
    for number, (what, says, state) in enumerate(WORDS):
        world = World(binary, folder / str(number), recipients=2, items=1)
        with Scripted(**says) as server:
            world.mail_through(server.port)
            world.once()
            world.once()
        rows = world.rows() + world.sent()
        check(f"{what}: {state}, at the first attempt",
              [(row["state"], row["attempts"]) for row in rows] == [(state, 1)] * 2, rows)
        taken = len(server.messages)
        check(f"{what}: each message was taken once at most", taken == (2 if state == "sent" else 0),
              taken)

    # Whose fault it is, it does not say: two are refused, so that it may well be the sender.
    world = World(binary, folder / "bare", recipients=2, items=1)
    with Scripted(RCPT=b"550\r\n") as server:
        world.mail_through(server.port)
        world.once()
    pauses("a bare 550", world, "550")

    world = World(binary, folder / "login", recipients=2, items=1)
    secret = world.config / "password"
    secret.write_text(PASSWORD + "\n")
    secret.chmod(0o600)
    with_login = f'tls = "none"\nusername = "{USERNAME}"\npassword_file = "{secret}"'
    with Scripted(AUTH=[b"535 5.7.8 Kennwort ung\xfcltig\r\n"]) as server:
        world.mail_through(server.port, with_login)
        world.once()
    pauses("535 in Latin-1", world, "535")
    for what, prompts in [
        ("in German", [b"334 QmVudXR6ZXJuYW1lOg==\r\n", b"334 S2VubndvcnQ6\r\n"]),
        ("without words", [b"334 \r\n", b"334\r\n"]),
        ("that are no base64", [b"334 ?\r\n", b"334 \xff\r\n"]),
    ]:
        says = {"EHLO": b"250-mx\r\n250 auth login\r\n", "AUTH": [*prompts, b"235\r\n"]}
        with Scripted(**says) as server:
            world.mail_through(server.port, with_login)
            code, told = world.mail_test()
        answers = [decoded(command) for command in server.commands[2:4]]
        check(f"LOGIN with prompts {what}", code == 0 and answers == [USERNAME, PASSWORD], told)
    tokens(world, with_login)
    doors(world, folder)


def tokens(world, with_login):
    token = world.config / "token"
    with_token = f'tls = "none"\nusername = "{USERNAME}"\ntoken_file = "{token}"'
    for mechanism, wanted in [
        ("XOAUTH2", "user=newsvigil\1auth=Bearer {}\1\1"),
        ("OAUTHBEARER", "n,a=newsvigil,\1host=127.0.0.1\1port={}\1auth=Bearer {}\1\1"),
    ]:
        hello = f"250-mx\r\n250 auth=plain {mechanism.lower()}\r\n".encode()
        for number in range(2):
            # Another program keeps it fresh: it is read anew.
            token.write_text(f"token-{number}-of-the-test\n")
            token.chmod(0o600)
            with Scripted(EHLO=hello) as server:
                world.mail_through(server.port, with_token)
                code, told = world.mail_test()
            said = [decoded(command) for command in server.said(f"AUTH {mechanism}")]
            filled = wanted.format(*[server.port] * wanted.count("port="), token.read_text().strip())
            check(f"{mechanism} with token {number}", code == 0 and said == [filled], f"{said} {told}")
        refusal = b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n"
        with Scripted(EHLO=hello, AUTH=[refusal, b"535 5.7.8 no\r\n"]) as server:
            world.mail_through(server.port, with_token)
            code, told = world.mail_test()
        check(f"a token that {mechanism} refuses is told with its status", code == 78 and
              "status 401" in told and "535" in told and "of-the-test" not in told, f"{code} {told}")
    world.mail_through(9, with_login)


def doors(world, folder):
    certificates = folder / "self-signed"
    certificates.mkdir()
    subprocess.run(
        ["openssl", *"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout key.pem "
         "-out cert.pem -subj /CN=mail -addext subjectAltName=IP:127.0.0.1,IP:::1".split()],
        cwd=certificates, check=True, capture_output=True,
    )
    subprocess.run(["openssl", "x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der"],
                   cwd=certificates, check=True)
    pair = (certificates / "cert.pem", certificates / "key.pem")
    for tls in ("starttls", "implicit"):
        for name in ("cert.pem", "cert.der"):
            for host, listens_at in (("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("::1", "::1")):
                with Scripted(certificate=pair, implicit=tls == "implicit", host=listens_at) as server:
                    extra = f'tls = "{tls}"\nca_file = "{certificates}/{name}"'
                    world.mail_through(server.port, extra, host=host)
                    code, told = world.mail_test()
                check(f"{tls} at {host} with a self-signed certificate named as {name}",
                      code == 0 and "certificate verified" in told, told)
        with Scripted(certificate=pair, implicit=tls == "implicit") as server:
            world.mail_through(server.port, f'tls = "{tls}"')
            code, told = world.mail_test()
        check(f"{tls}: one that is not named is told with what to do",
              code == 78 and "self-signed" in told and "ca_file" in told, told)

    for sender, name in [("news@bücher.example", "xn--bcher-kva.example"),
                         ("news@localhost", "[127.0.0.1]")]:
        with Scripted() as server:
            world.mail_through(server.port, sender=sender)
            code, told = world.mail_test()
        check(f"EHLO of {sender}", server.said("EHLO") == [f"EHLO {name}"], f"{server.commands} {told}")

    with Scripted() as server:
        world.mail_through(server.port, 'tls = "implicit"')
        code, told = world.mail_test()
    check("TLS from the first byte against plain text names STARTTLS",
          code == 78 and 'tls = "starttls"' in told, told)
    began = time.monotonic()
    with Scripted(greeting=None) as server:
        world.mail_through(server.port, 'tls = "starttls"')
        code, told = world.mail_test()
    taken = time.monotonic() - began
    check("a server that says nothing is left after 30 s, and implicit TLS is named",
          29 < taken < 45 and 'tls = "implicit"' in told, f"{taken:.0f} s: {told}")
    check("meanwhile there is a line of progress",
          f"waiting for the greeting of 127.0.0.1:{server.port}, 10 s\n" in told, told)
