"""What somebody wrote in a mail, apart from the earlier mails that their program put below or above it.

By signs that all mail programs share and no language has: lines that begin with ``>``, the line before them that ends
with a colon, a rule across the page, and the head of a mail copied as text. Where it is not certain all of it stays.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_QUOTED = re.compile(r"\s{0,3}>")
_RULE = re.compile(r"\s*([-_*=])\1{2,}[^-_*=]{0,60}\1*\s*$")
"""Such as ``-----Original Message-----``, in whatever language, or only a line."""
_HEADER = re.compile(r"\s*\*?[^\W\d][^:：@<>]{0,30}[:：]\*?\s+\S")
_NAMED = re.compile(r"[\d@]")
"""A date or an address."""
_SENTENCE = re.compile(r"[.!?。！？]\s*$")
_MOST_BEFORE = 3
"""Lines between the beginning of ``On … wrote:`` and its colon."""
_SIGNATURE = ("--", "-- ")


class Split(NamedTuple):
    """A mail in two parts; nothing but blank lines between them is lost."""

    text: str
    quoted: str


def split(body: str) -> Split:
    r"""What was written, and what it quotes; ``quoted`` is empty where answers stand between the lines.

    >>> split("It is back.\n\nOn Monday Ana <ana@example.org> wrote:\n> Is it?")
    Split(text='It is back.', quoted='On Monday Ana <ana@example.org> wrote:\n> Is it?')
    """
    lines = body.splitlines()
    for start, end in (_copied(lines), _below(lines), _above(lines)):
        text = _joined([*lines[:start], *lines[end:]])
        if start < end and text:
            return Split(text, _joined(lines[start:end]))
    return Split(body, "")


def _copied(lines: Sequence[str]) -> tuple[int, int]:
    """From the head of an earlier mail on, with the rule above it."""
    for at in range(len(lines)):
        if not _is_head(lines[at : at + 8]):
            continue
        ruled = at > 0 and _RULE.match(_last_written(lines[:at]))
        if ruled or at == 0 or not lines[at - 1].strip():
            start = next(i for i in range(at - 1, -1, -1) if lines[i].strip()) if ruled else at
            return start, len(lines)
    return 0, 0


def _is_head(lines: Sequence[str]) -> bool:
    """At least three fields one below the other, one of which has an address and one a time."""
    fields: list[str] = []
    for line in lines:
        if not _HEADER.match(line):
            break
        fields.append(line)
    timed = any(re.search(r"\d[:.h]\d\d", line) for line in fields)
    return len(fields) >= 3 and timed and any("@" in line or "<" in line for line in fields)


def _below(lines: Sequence[str]) -> tuple[int, int]:
    """The quote with which a mail ends, but for a signature, and the line that introduces it."""
    end = _without_signature(lines)
    start = end
    while start and (_is_quoted(lines[start - 1]) or not lines[start - 1].strip()):
        start -= 1
    if not any(map(_is_quoted, lines[start:end])) or any(map(_is_quoted, lines[:start])):
        return 0, 0
    return _introduced(lines, start), len(lines)


def _above(lines: Sequence[str]) -> tuple[int, int]:
    """The only quote of a mail, with which it begins."""
    first = next((i for i, line in enumerate(lines) if _is_quoted(line)), len(lines))
    end = first
    while end < len(lines) and (_is_quoted(lines[end]) or not lines[end].strip()):
        end += 1
    if _introduced(lines, first) or any(map(_is_quoted, lines[end:])):
        return 0, 0
    return 0, end


def _introduced(lines: Sequence[str], start: int) -> int:
    """Where the words before a quote begin, such as ``On … wrote:``; ``start`` if there are none.

    They are one line, or up to three that are a paragraph without a sentence of its own.
    """
    end = start
    while end and not lines[end - 1].strip():
        end -= 1
    if not end:
        return start
    first = end
    while first and lines[first - 1].strip() and end - first < _MOST_BEFORE:
        first -= 1
    whole = not first or not lines[first - 1].strip()
    if not (whole and _NAMED.search(lines[first]) and not any(map(_SENTENCE.search, lines[first:end]))):
        first = max(0, end - 1)
    said = " ".join(lines[first:end]).rstrip()
    return first if said.endswith((":", "：")) and _NAMED.search(said) else start


def _without_signature(lines: Sequence[str]) -> int:
    at = next((i for i, line in enumerate(lines) if line in _SIGNATURE), len(lines))
    return at if any(map(_is_quoted, lines[:at])) else len(lines)


def _is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def _last_written(lines: Sequence[str]) -> str:
    return next((line for line in reversed(lines) if line.strip()), "")


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()
