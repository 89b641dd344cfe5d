"""Mail servers for tests: one that speaks as much IMAP as is asked of it, and a real Dovecot."""

import imaplib
import os
import pwd
import re
import shutil
import socketserver
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from supporttui.intake.serve.options import Mailbox, Security
from tests.intake.sending import DATA

USER, PASSWORD = "desk@example.org", "s3cret phrase"
PATIENCE = 30


class MailServer(Protocol):
    """Whatever holds the mailbox."""

    port: int

    def deliver(self, raw: bytes) -> None: ...

    def unread(self, folder: str = "INBOX") -> int: ...

    def all(self, folder: str = "INBOX") -> int: ...


def box(server: MailServer, **deviations) -> Mailbox:
    return Mailbox("127.0.0.1", USER, **{"port": server.port, "security": Security.none, **deviations})


# --- as much as is asked ---------------------------------------------------------------------------------


@dataclass
class Kept:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


class FakeServer(socketserver.ThreadingTCPServer):
    """Its answers are those that Dovecot 2.3 gives; ``said`` is what was asked, without the password."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, moves: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.port = self.server_address[1]
        self.moves = moves
        self.folders: dict[str, list[Kept]] = {"INBOX": [], "Erledigt &AOQ-": [], "Done": []}
        self.said: list[str] = []
        self.fails: dict[str, bytes] = {}
        """Command → what is answered instead."""

    def deliver(self, raw: bytes) -> None:
        self.folders["INBOX"].append(Kept(1 + max((one.uid for one in self.folders["INBOX"]), default=0), raw))

    def unread(self, folder: str = "INBOX") -> int:
        return sum(r"\Seen" not in one.flags for one in self.folders[folder])

    def all(self, folder: str = "INBOX") -> int:
        return len(self.folders[folder])


class _Session(socketserver.StreamRequestHandler):
    server: FakeServer

    def handle(self) -> None:
        capabilities = "IMAP4rev1 LITERAL+ UIDPLUS" + (" MOVE" if self.server.moves else "")
        self._say("* OK [CAPABILITY IMAP4rev1 LITERAL+] Ready.")
        for line in self.rfile:
            tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
            self.server.said.append(re.sub(r"(?i)^(login) .*", r"\1", rest))
            verb = " ".join(rest.split(" ")[: 2 if rest.upper().startswith("UID") else 1]).upper()
            if verb in self.server.fails:
                self.wfile.write(self.server.fails[verb].replace(b"TAG", tag.encode()))
                continue
            if verb == "CAPABILITY":
                self._say(f"* CAPABILITY {capabilities}")
            elif verb == "LOGIN" and f'"{PASSWORD}"' not in rest:
                self._say(f"{tag} NO [AUTHENTICATIONFAILED] Authentication failed.")
                continue
            elif verb == "SELECT":
                self.folder = self.server.folders.get(rest.split(" ", 1)[1].strip('"'))
                if self.folder is None:
                    self._say(f"{tag} NO [NONEXISTENT] Mailbox doesn't exist")
                    continue
                self._say(f"* {len(self.folder)} EXISTS")
            elif verb.startswith("UID"):
                self._uid(verb.split()[1], rest)
            self._say(f"{tag} OK {verb} completed.")
            if verb == "LOGOUT":
                return

    def _uid(self, verb: str, rest: str) -> None:
        if verb == "SEARCH":
            self._say(" ".join(["* SEARCH", *(str(one.uid) for one in self.folder if r"\Seen" not in one.flags)]))
            return
        uid = int(rest.split(" ")[2])
        for number, one in enumerate(tuple(self.folder), 1):
            if one.uid == uid:
                self._one(verb, rest, number, one)

    def _one(self, verb: str, rest: str, number: int, one: Kept) -> None:
        if verb == "FETCH":
            most = int(re.search(r"<0\.(\d+)>", rest)[1])
            raw = one.raw[:most]
            self._say(f"* {number} FETCH (UID {one.uid} BODY[]<0> {{{len(raw)}}}")
            self.wfile.write(raw + b")\r\n")
        elif verb == "STORE":
            one.flags |= set(re.findall(r"\\\w+", rest))
        else:
            into = re.search(r'"(.*)"$', rest)[1]
            self.server.folders[into].append(one)
            if verb == "MOVE":
                self.folder.remove(one)

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def fake(*, moves: bool = True, tls: bool = False) -> Iterator[FakeServer]:
    """With ``tls`` it shows a certificate that nobody vouches for."""
    server = FakeServer(moves=moves)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(DATA / "server.crt", DATA / "server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- a real one --------------------------------------------------------------------------------------------


class Dovecot:
    """A Dovecot in a folder of its own; ``apt-get install dovecot-imapd`` brings the program."""

    def __init__(self) -> None:
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program is not None, "apt-get install dovecot-imapd"
        self.port = _free_port()
        folder = self._folder = Path(tempfile.mkdtemp(prefix="stui-imap-"))
        self._owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self._give_away()
        (folder / "conf").write_text(self._settings())
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        self._process = subprocess.Popen([program, "-F", "-c", str(folder / "conf")], stderr=subprocess.PIPE)
        self._wait()

    def _give_away(self) -> None:
        """Mail of root is none to Dovecot."""
        self._folder.chmod(0o755)
        home = self._folder / "home"
        home.mkdir()
        os.chown(home, self._owner.pw_uid, self._owner.pw_gid)

    def _settings(self) -> str:
        me, owner = pwd.getpwuid(os.getuid()), self._owner
        home = self._folder / "home"
        return f"""
protocols = imap
listen = 127.0.0.1
base_dir = {self._folder}/run
state_dir = {self._folder}/state
instance_name = intake
log_path = {self._folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self._folder}/users
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={home}
}}
service auth {{
  user = {me.pw_name}
}}
service imap-login {{
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self._line().logout()
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)
            else:
                return
        log = self._folder / "log"
        told = log.read_text() if log.exists() else "dovecot did not start"
        self.end()
        raise AssertionError(told)

    def _line(self) -> imaplib.IMAP4:
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=5)
        line.login(USER, PASSWORD)
        return line

    def make(self, folder: str) -> None:
        line = self._line()
        line.create(f'"{folder}"')
        line.logout()

    def deliver(self, raw: bytes) -> None:
        line = self._line()
        assert line.append("INBOX", "", None, raw)[0] == "OK"
        line.logout()

    def unread(self, folder: str = "INBOX") -> int:
        return self._count(folder, "UNSEEN")

    def all(self, folder: str = "INBOX") -> int:
        return self._count(folder, "ALL")

    def _count(self, folder: str, what: str) -> int:
        line = self._line()
        assert line.select(f'"{folder}"', readonly=True)[0] == "OK"
        (found,) = line.search(None, what)[1]
        line.logout()
        return len(found.split())

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._process.stderr.close()
        shutil.rmtree(self._folder)


def _free_port() -> int:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as probe:
        return probe.server_address[1]
