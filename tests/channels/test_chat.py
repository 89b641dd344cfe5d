"""A real chat server, ngIRCd, by way of apprise: ``apt install ngircd``, then ``pytest -m slow tests/channels/test_chat.py``."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from supporttui.channels.apprise import AppriseChannel, AppriseOptions

pytestmark = pytest.mark.slow

CONFIG = """
[Global]
Name = irc.site.example
Info = desk
Listen = 127.0.0.1
Ports = {port}
ServerGID = 65534
ServerUID = 65534
[Options]
DNS = no
Ident = no
PAM = no
"""


@contextlib.contextmanager
def chat_server(folder: Path) -> Iterator[int]:
    """Ngircd has no way to take a free port and tell it: one that was free just now is given to it."""
    program = shutil.which("ngircd", path="/usr/sbin:/usr/bin:/bin")
    assert program is not None, "this test needs ngircd: apt install ngircd"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    file = folder / "ngircd.conf"
    file.write_text(CONFIG.format(port=port))
    running = subprocess.Popen([program, "-n", "-f", str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert running.stdout is not None
        assert any(b"Now listening" in line for line in running.stdout)
        yield port
    finally:
        running.terminate()
        running.communicate()


def reader(port: int, name: str) -> tuple[socket.socket, BinaryIO]:
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(f"NICK {name}\r\nUSER {name} 0 * :{name}\r\n".encode())
    lines = line.makefile("rb")
    assert any(b" 376 " in one or b" 422 " in one for one in lines)
    return line, lines


def test_a_page_arrives_in_the_chat_of_whom_it_calls(tmp_path):
    with chat_server(tmp_path) as port:
        line, lines = reader(port, "ana")
        with line, lines:
            url = f"irc://desk@127.0.0.1:{port}/@{{address}}"
            AppriseChannel("chat", AppriseOptions((url,))).send(
                "ana", "呼出 P1 T-7: Störung", "supporttui ack K7QX", key="page:7:1:1:ana", facts={}
            )
            told = []
            while len(told) < 2:
                one = lines.readline().decode()
                told += [one.split(" PRIVMSG ana :", 1)[1].strip()] if " PRIVMSG ana :" in one else []
    assert told == ["呼出 P1 T-7: Störung", "supporttui ack K7QX"]
