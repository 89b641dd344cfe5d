"""The commented file that ``config init`` writes: every key, what it means, what is allowed, where else it is set."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import tomlkit

from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words
from supporttui.settings.reference import Entry
from supporttui.tui.panes.wrap import wrap

_WIDTH = 98
_KINDS: Mapping[str, tuple[str, str]] = {
    "text": mark_in("kind of value", "text"),
    "a whole number": mark_in("kind of value", "a whole number"),
    "a number": mark_in("kind of value", "a number"),
    "table": mark_in("kind of value", "table"),
    "list": mark_in("kind of value", "list"),
    "keys, separated by commas": mark_in("kind of value", "keys, separated by commas"),
}
"""What ``Entry.allowed`` says where there are no choices."""
STANDING = ("keys", "watch")
"""Tables that are there from the start; those that a person names come as examples."""


def commented(words: Words, entries: Sequence[Entry], values: Mapping[str, Any], *, source: str = "") -> str:
    """The file: keys of ``values`` set, all others as comments that hold their defaults."""
    title = words.t(
        "Settings of supporttui. A line without # counts; the rest are the defaults. "
        "Later wins: the site's file, this file, the environment, the command line."
    )
    lines = list(_comment(title))
    if source:
        lines.append(f"# {words.t('Made from {file}.', file=source)}")  # a path stays whole, however long
    tables = {_table(entry) for entry in entries} - {""}
    for entry in entries:
        if not _table(entry) and entry.key not in tables:
            lines += ["", *_about(words, entry), *_line(words, entry, entry.key, values)]
    for entry in entries:
        if entry.key in tables:
            lines += ["", *_about(words, entry), *_of_table(words, entry, entries, values)]
    return "\n".join(lines) + "\n"


def keys_table(keys: Mapping[str, str]) -> str:
    """The key map as the table ``[keys]``."""
    return "\n".join(["[keys]", *(f'"{action}" = {_value(names)}' for action, names in keys.items())])


def _table(entry: Entry) -> str:
    """The table that a key stands in; empty for those at the top."""
    return entry.key.split(".", 1)[0].split("[", 1)[0] if "." in entry.key else ""


def _of_table(words: Words, table: Entry, entries: Sequence[Entry], values: Mapping[str, Any]) -> Iterator[str]:
    given = values.get(table.key, {})
    inside = [entry for entry in entries if _table(entry) == table.key]
    if table.key in STANDING:
        yield f"[{table.key}]"
        for entry in inside:
            yield from ("", *_about(words, entry)) if "." not in _short(entry) else ()
            yield from _line(words, entry, _short(entry), given)
        return
    if given:
        yield tomlkit.dumps({table.key: given}).rstrip("\n")
    for header, group in groupby(inside, key=lambda entry: entry.key.rsplit(".", 1)[0]):
        yield f"#[[{header[:-2]}]]" if header.endswith("[]") else f"#[{header}]"
        for entry in group:
            yield from _about(words, entry)
            yield f"#{entry.key.rsplit('.', 1)[1]} = {_value(entry.default if not entry.required else _sample(entry))}"


def _short(entry: Entry) -> str:
    """The key within its table, as it is written there."""
    return entry.key.split(".", 1)[1]


def _sample(entry: Entry) -> object:
    """Something of the right kind for a key that has no default."""
    return ["program", "argument"] if entry.allowed == "list" else "…"


def _line(words: Words, entry: Entry, key: str, values: Mapping[str, Any]) -> Iterator[str]:
    written = f'"{key}"' if "." in key else key
    if key in values:
        yield f"{written} = {_value(values[key])}"
    else:
        note = f"  # {words.t(entry.meaning)}" if "." in key else ""
        yield f"#{written} = {_value(entry.default)}{note}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return tomlkit.item(value).as_string()


def _about(words: Words, entry: Entry) -> Iterator[str]:
    """What it means, what is allowed, and the variable that sets it."""
    if entry.meaning:
        yield from _comment(words.t(entry.meaning))
    allowed = words.p(*_KINDS[entry.allowed]) if entry.allowed in _KINDS else entry.allowed
    if "[]" in entry.key:
        yield from _comment(words.t("Allowed: {allowed}.", allowed=allowed))
    elif entry.default not in ({}, []) or _table(entry):
        told = words.t("Allowed: {allowed}. Environment: {name}", allowed=allowed, name=entry.variable)
        yield from _comment(told)
    else:
        yield from _comment(words.t("Environment: {name}", name=entry.variable))


def _comment(text: str) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(text, _WIDTH))
