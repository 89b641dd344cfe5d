"""``watch unit`` and ``intake unit``: systemd keeps a command running, with no more rights than it needs."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from supporttui.cli import output
from supporttui.cli.session import Session

_UNIT = """\
# {how}
[Unit]
Description=supporttui {name}
Wants=network-online.target
After=network-online.target

[Service]
ExecStart={argv}
Restart=always
RestartSec=5
TimeoutStopSec=30
KillSignal=SIGTERM
SuccessExitStatus=143
{who}UMask=0077
NoNewPrivileges=yes
{hardened}
[Install]
WantedBy={target}
"""
_HARDENED = """\
CapabilityBoundingSet=
LockPersonality=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectSystem=strict
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
LimitCORE=0
"""


def show(session: Session, name: str, command: Sequence[str], *, user: bool) -> None:
    """Print the unit of a command; how to install it stands in its first lines and, for people, on standard error."""
    unit = unit_of(session, name, command, user=user)
    if session.json:
        output.show_json(unit=unit)
    else:
        output.show(unit.rstrip("\n"))
        output.say(session.words.t("To install it: {how}", how=_how(name, user=user)))


def unit_of(session: Session, name: str, command: Sequence[str], *, user: bool) -> str:
    """The text of the unit for the database of this run."""
    folder = _folder(session.url)
    writable = f"ReadWritePaths={_quoted(folder)}\n" if folder else ""
    who = "" if user else "User=supporttui\nGroup=supporttui\n"
    return _UNIT.format(
        how=_how(name, user=user), name=name, who=who,
        argv=" ".join(map(_quoted, (*_argv(session), "--no-input", *command))),
        # In a unit of the user's the kernel lets nothing of this be set without a namespace of its own.
        hardened=writable + ("LimitCORE=0\n" if user else _HARDENED),
        target="default.target" if user else "multi-user.target",
    )  # fmt: skip


def _argv(session: Session) -> tuple[str, ...]:
    """The program and where it reads and writes, in full: a unit has no folder and no profile of ours."""
    found = shutil.which("supporttui")
    program = (found,) if found else (sys.executable, "-m", "supporttui")
    config = session.given.get("config")
    database = session.url if session.url.startswith("postgres") else _file(session.url)
    return (*program, *(("--config", str(Path(config).absolute())) if config else ()), "--db", database)


def _folder(url: str) -> str:
    """Where an SQLite file stands; empty for a server."""
    return "" if url.startswith("postgres") else str(Path(_file(url)).parent)


def _file(url: str) -> str:
    return str(Path(url.removeprefix("sqlite:///")).absolute())


def _quoted(text: str) -> str:
    """As systemd reads a word: ``%`` and ``$`` are its own signs."""
    plain = text.replace("%", "%%").replace("$", "$$")
    return plain if plain.replace("/", "").replace("-", "").replace(".", "").isalnum() else f'"{_escaped(plain)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _how(name: str, *, user: bool) -> str:
    if user:
        return (
            f"supporttui {name} unit --user > ~/.config/systemd/user/supporttui-{name}.service && "
            f"systemctl --user enable --now supporttui-{name} && loginctl enable-linger"
        )
    return (
        f"supporttui {name} unit | sudo tee /etc/systemd/system/supporttui-{name}.service && "
        f"sudo systemctl enable --now supporttui-{name}"
    )
