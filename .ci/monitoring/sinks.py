"""Where messages of Alertmanager end here: a webhook like Slack's and a relay of mail, both on loopback."""
import base64
import email
import email.policy
import http.server
import json
import socketserver
import ssl
import threading
from typing import NamedTuple


class Message(NamedTuple):
    """What somebody was told: by what, whom, and the text."""

    by: str
    whom: str
    title: str
    text: str


class Sinks:
    """Both of them, and what has come, in order."""

    def __init__(self, certificate, user, password):
        self.told, self.certificate, self.login = [], certificate, (user, password)
        self.slack = serve(http.server.ThreadingHTTPServer, webhook(self))
        self.mail = serve(socketserver.ThreadingTCPServer, relay(self))


def serve(kind, handler):
    """The port on which it answers, in a thread."""
    server = kind(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def webhook(sinks):
    class Handler(http.server.BaseHTTPRequestHandler):
        """Takes what Slack would."""

        def do_POST(self):
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for one in said["attachments"]:
                sinks.told.append(Message("slack", said["channel"], one["title"], one["text"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_):
            """Says nothing."""

    return Handler


def relay(sinks):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{sinks.certificate}.crt", f"{sinks.certificate}.key")

    class Handler(socketserver.StreamRequestHandler):
        """Takes mail of whoever knows the password, and only over TLS."""

        safe = known = False

        def say(self, text):
            self.wfile.write(text.encode() + b"\r\n")

        def handle(self):
            self.say("220 sink ESMTP")
            while line := self.rfile.readline().decode().strip():
                if not self.answer(*(line.split(" ", 1) + [""])[:2]):
                    return

        def answer(self, verb, rest):
            """One command; says whether the next is awaited."""
            verb = verb.upper()
            if verb in ("EHLO", "HELO"):
                self.say(f"250-sink\r\n250 {'AUTH PLAIN' if self.safe else 'STARTTLS'}")
            elif verb == "STARTTLS":
                self.say("220 go on")
                self.connection = context.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = (self.connection.makefile(mode, buffering) for mode, buffering in (("rb", -1), ("wb", 0)))
                self.safe = True
            elif verb == "AUTH":
                given = base64.b64decode(rest.split()[-1]).decode().split("\0")[1:]
                self.known = self.safe and tuple(given) == sinks.login
                self.say("235 welcome" if self.known else "535 no")
            elif not self.known and verb != "QUIT":
                self.say("530 who is it?")
            elif verb == "DATA":
                self.take()
            else:
                self.say("221 bye" if verb == "QUIT" else "250 ok")
            return verb != "QUIT"

        def take(self):
            self.say("354 go on")
            lines = iter(self.rfile.readline, b".\r\n")
            message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            text = message.get_body(("plain",)).get_content()
            sinks.told.append(Message("mail", str(message["To"]), str(message["Subject"]), text))
            self.say("250 ok")

    return Handler
