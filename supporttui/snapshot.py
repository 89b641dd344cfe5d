"""The last good view of the queue on disk, in plain lines: finished words, cells and countdown segments.

Painted before the database answers, and by a program that has loaded nothing else; so only ``os`` is used here,
and the classes are written by hand. Mode 0600; what does not fit, in any way, is no snapshot at all.
"""

import os
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Runs = tuple[tuple[str, str], ...]
    """A line as pieces of text, each with the name of its style (``tui/styles.py``, ``early.SGR``)."""

VERSION = "supporttui-snapshot 2"
RUN, PART = "\x1e", "\x1f"


class Row:
    """One row of the queue as it is painted; what passes with time is in ``segment`` and the two limits."""

    __slots__ = (
        "anchor",
        "at_risk",
        "critical",
        "fixed",
        "head",
        "id",
        "remaining",
        "running",
        "tail",
        "until",
        "version",
    )

    def __init__(
        self, ticket: int, version: int, *, head: str, tail: str, fixed: str = "", remaining: int = 0, anchor: int = 0,
        until: int = 0, running: bool = False, critical: int = 0, at_risk: int = 0,
    ) -> None:  # fmt: skip
        """``fixed`` is the sign of a row that nothing counts down (``paused``, ``met``, ``none``), else empty."""
        self.id = ticket
        self.version = version
        self.head = head
        self.tail = tail
        self.fixed = fixed
        self.remaining = remaining
        self.anchor = anchor
        self.until = until
        self.running = running
        self.critical = critical
        self.at_risk = at_risk

    def fields(self) -> tuple[object, ...]:
        """What makes two rows look alike for ever."""
        return tuple(getattr(self, name) for name in Row.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.fields() == other.fields()

    def __hash__(self) -> int:
        return hash(self.fields())


class Frame:
    """A whole view: the lines above the list, its rows, the lines below, and what the rows are worded with."""

    __slots__ = (
        "age",
        "below",
        "glyphs",
        "prefix",
        "rows",
        "saved",
        "size",
        "sla_width",
        "top",
        "units",
        "usual_keys",
        "view",
    )

    def __init__(
        self, *, saved: int, size: tuple[int, int], top: "Sequence[Runs]", rows: "Sequence[Row]",
        below: "Sequence[Runs]", units: "Sequence[str]", glyphs: "Mapping[str, str]", sla_width: int, age: str,
        usual_keys: bool = True, view: str = "", prefix: str = "",
    ) -> None:  # fmt: skip
        """``age`` is the word in front of how old the frame is; ``usual_keys``: j, k and the arrows move.

        ``view`` is the id of the view that is shown: the desk opens with it. ``prefix`` stands before every ticket's
        number in what is said before the database answers.
        """
        self.saved = saved
        self.size = size
        self.top = tuple(top)
        self.rows = tuple(rows)
        self.below = tuple(below)
        self.units = tuple(units)
        self.glyphs = dict(glyphs)
        self.sla_width = sla_width
        self.age = age
        self.usual_keys = usual_keys
        self.view = view
        self.prefix = prefix


def fingerprint(argv: "Sequence[str]", env: "Mapping[str, str]") -> str:
    """What a view depends on before anything is loaded: arguments, person, terminal and settings.

    The configuration is in it by path, size and time of change, so that an edited one gives no early frame.
    """
    names = sorted(name for name in env if name.startswith(("SUPPORTTUI_", "LC_")) or name in _ENVIRONMENT)
    parts = [VERSION, str(os.getuid() if hasattr(os, "getuid") else ""), os.getcwd(), *argv[1:]]
    parts += [f"{name}={env[name]}" for name in names]
    parts += [_file_mark(path) for path in _configurations(env)]
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return f"{zlib.crc32(text):08x}{zlib.adler32(text):08x}"


def place(argv: "Sequence[str]", env: "Mapping[str, str]") -> str:
    """The file of this fingerprint's view, in the person's state folder."""
    folder = env.get("XDG_STATE_HOME") or os.path.join(env.get("HOME", "/nonexistent"), ".local", "state")
    return os.path.join(folder, "supporttui", "views", fingerprint(argv, env))


_ENVIRONMENT = frozenset(
    {
        "TERM",
        "COLORTERM",
        "NO_COLOR",
        "LANG",
        "LANGUAGE",
        "TZ",
        "USER",
        "HOME",
        "XDG_CONFIG_HOME",
        "SSH_CONNECTION",
        "TEXTUAL_THEME",
    }
)


def _configurations(env: "Mapping[str, str]") -> "tuple[str, ...]":
    home = env.get("XDG_CONFIG_HOME") or os.path.join(env.get("HOME", "/nonexistent"), ".config")
    site = (env.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")[0]
    return (
        os.path.join(home, "supporttui", "config.toml"),
        os.path.join(site, "supporttui", "config.toml"),
        "/etc/localtime",
    )


def _file_mark(path: str) -> str:
    try:
        known = os.stat(path)
    except OSError:
        return path
    return f"{path}:{known.st_ino}:{known.st_size}:{known.st_mtime_ns}"


def write(path: str, frame: Frame) -> None:
    """Put the view on disk, whole or not at all; a folder that cannot be written keeps none."""
    text = "\n".join(_lines(frame)) + "\nend\n"
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, text.encode("utf-8", "replace"))
        finally:
            os.close(handle)
        os.replace(beside, path)
    except OSError:
        return


def read(path: str) -> "Frame | None":
    """The view on disk; ``None`` if there is none, or if it is not wholly ours in form, owner and mode."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    try:
        known = os.fstat(handle)
        if (
            known.st_mode & 0o077
            or (hasattr(os, "getuid") and known.st_uid != os.getuid())
            or known.st_size > 1_000_000
        ):
            return None
        text = os.read(handle, known.st_size + 1).decode("utf-8", "replace")
    except OSError:
        return None
    finally:
        os.close(handle)
    try:
        return _frame(text.split("\n"))
    except (ValueError, IndexError, KeyError):
        return None


def _lines(frame: Frame) -> "list[str]":
    width, height = frame.size
    lines = [
        VERSION,
        f"saved\t{frame.saved}",
        f"size\t{width}\t{height}",
        f"sla\t{frame.sla_width}",
        f"age\t{_clean(frame.age)}",
        f"keys\t{int(frame.usual_keys)}",
        f"view\t{_clean(frame.view)}",
        f"prefix\t{_clean(frame.prefix)}",
    ]
    lines.append("\t".join(["units", *map(_clean, frame.units)]))
    lines += [f"glyph\t{sign}\t{_clean(glyph)}" for sign, glyph in frame.glyphs.items()]
    lines += [f"top\t{_runs_text(runs)}" for runs in frame.top]
    lines += [_row_text(row) for row in frame.rows]
    lines += [f"below\t{_runs_text(runs)}" for runs in frame.below]
    return lines


def _row_text(row: Row) -> str:
    values = (row.id, row.version, row.remaining, row.anchor, row.until, int(row.running), row.critical, row.at_risk)
    return "\t".join(["row", *map(str, values), row.fixed, _clean(row.head), _clean(row.tail)])


def _runs_text(runs: "Runs") -> str:
    return RUN.join(f"{style}{PART}{_clean(text)}" for style, text in runs)


def _clean(text: str) -> str:
    """No control character leaves for the file, so none comes back to the terminal."""
    return "".join(char if char >= " " and not "\x7f" <= char < "\xa0" else "?" for char in text)


def _frame(lines: "list[str]") -> Frame:
    if lines[0] != VERSION or lines[-2:] != ["end", ""]:
        raise ValueError
    found: dict[str, list[list[str]]] = {"glyph": [], "top": [], "row": [], "below": []}
    for line in lines[1:-2]:
        word, *rest = line.split("\t")
        found.setdefault(word, []).append(rest)
    width, height = found["size"][0]
    return Frame(
        saved=int(found["saved"][0][0]), size=(int(width), int(height)), top=[_runs(r[0]) for r in found["top"]],
        rows=[_row(r) for r in found["row"]], below=[_runs(r[0]) for r in found["below"]], units=found["units"][0],
        glyphs={pair[0]: pair[1] for pair in found["glyph"]}, sla_width=int(found["sla"][0][0]), age=found["age"][0][0],
        usual_keys=found["keys"][0][0] == "1", view=found["view"][0][0],
        prefix=found["prefix"][0][0],
    )  # fmt: skip


def _runs(text: str) -> "Runs":
    pieces = [piece.split(PART) for piece in text.split(RUN)] if text else []
    return tuple((style, _clean(shown)) for style, shown in pieces)


def _row(values: "list[str]") -> Row:
    numbers = [int(value) for value in values[:8]]
    fixed, head, tail = values[8:]
    return Row(
        numbers[0], numbers[1], head=_clean(head), tail=_clean(tail), fixed=fixed, remaining=numbers[2],
        anchor=numbers[3], until=numbers[4], running=bool(numbers[5]), critical=numbers[6], at_risk=numbers[7],
    )  # fmt: skip
