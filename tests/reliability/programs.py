"""Watches as a site runs them, ``supporttui watch`` with a program for its messages, at the product's own pace."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from supporttui.storage import SqlStore

PAGER = Path(__file__).with_name("pager.py")


@dataclass
class Site:
    """Its settings, and the watches that run on it."""

    url: str
    folder: Path
    watches: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "told"

    def start(self) -> None:
        """One more watch; it may take a second until it is there."""
        (self.folder / "supporttui").mkdir(exist_ok=True)
        argv = json.dumps([sys.executable, str(PAGER), str(self.log)])
        caps = "per_minute = 0\nper_quarter = 0\nper_hour = 0\n"
        (self.folder / "supporttui" / "config.toml").write_text(
            f"[channels.mail]\nargv = {argv}\n[watch]\n{caps}", encoding="utf-8"
        )
        with (self.folder / "errors").open("ab") as errors:
            self.watches.append(subprocess.Popen(self._argv("watch"), env=self._env, stdout=errors, stderr=errors))

    def leading(self, store: SqlStore) -> "subprocess.Popen[bytes] | None":
        """The watch that holds the lease, if one of ours does."""
        with store.read() as tx:
            pulse = tx.lease.pulse()
        holder = "" if pulse is None else pulse.holder
        return next((one for one in self.watches if f":{one.pid}:" in holder), None)

    def end(self, watch: "subprocess.Popen[bytes]") -> None:
        """kill -9."""
        watch.kill()
        watch.wait()
        self.watches.remove(watch)

    def end_all(self) -> None:
        for watch in list(self.watches):
            watch.send_signal(signal.SIGCONT)
            self.end(watch)

    def status(self) -> tuple[int, Mapping[str, object]]:
        """Exit code of ``watch status`` and what it says."""
        done = subprocess.run(
            self._argv("watch", "status", "--json"), check=False, capture_output=True, timeout=60, env=self._env
        )
        return done.returncode, json.loads(done.stdout or b"{}")

    def line(self) -> str:
        """What a desk says in its first line."""
        argv = self._argv("status", "--format", "text")
        return subprocess.run(argv, check=False, capture_output=True, timeout=60, env=self._env).stdout.decode()

    def _argv(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "supporttui", "--db", self.url, *args]

    @property
    def _env(self) -> dict[str, str]:
        """Nobody's own settings have a part in it."""
        folders = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(self.folder))
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
        return {**kept, **folders, "XDG_CONFIG_DIRS": str(self.folder / "none"), "LANG": "en_US.UTF-8"}


def frozen(watch: "subprocess.Popen[bytes]", seconds: float) -> None:
    """SIGSTOP, and SIGCONT after a while."""
    watch.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    watch.send_signal(signal.SIGCONT)
