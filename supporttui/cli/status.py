"""``supporttui status``: the desk in one line, for people, tmux, scripts and monitoring.

With ``--format nagios`` the exit codes are that world's: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.exits import Nagios, exit_of
from supporttui.cli.session import Session
from supporttui.cli.verb import option, verb
from supporttui.domain.faults import Forbidden, StoreUnavailable, SupportError
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown, precise
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.i18n.handover_banner import banner as handover_banner
from supporttui.usecases import queue
from supporttui.usecases.views import OnCall, Status

SILENT = 30
"""Seconds without a sign of the watch after which it is said."""
_NAMES = 24
"""Characters of a name that one line has room for."""


class Format(StrEnum):
    """What reads the line."""

    text = "text"
    tmux = "tmux"
    json = "json"
    nagios = "nagios"


@dataclass(frozen=True, slots=True)
class Judged:
    """How the desk stands: the worst of its reasons, each in words."""

    level: Nagios
    reasons: tuple[str, ...]


def command(words: Words, name: str) -> click.Command:
    """The command ``status``."""
    return verb(
        words, name, _run,
        help=words.t("The desk in one line: open and late tickets, what breaches next, who is on call, the watch."),
        params=[
            option("--format", "form", type=click.Choice([one.value for one in Format]), default=Format.text.value,
                   show_default=True, help=words.t("For people, a tmux status line, scripts or monitoring.")),
            option("--warning", type=click.IntRange(0), default=15, show_default=True, metavar="N",
                   help=words.t("Monitoring: minutes before a breach from which on it warns.")),
            option("--critical", type=click.IntRange(1), default=1, show_default=True, metavar="N",
                   help=words.t("Monitoring: so many late tickets are critical.")),
        ],
    )  # fmt: skip


def _run(session: Session, *, form: str, warning: int, critical: int) -> None:
    chosen = Format.json if session.json else Format(form)
    session.given["json"] = chosen is Format.json
    try:
        words, status = session.words, session.ask(queue.status, session.now(), _me(session))
    except SupportError as fault:
        _unknown(session, chosen, fault)
        return
    judged = judge(words, status, warning=warning * 60, critical=critical)
    if chosen is Format.nagios:
        session.exit_code = judged.level
    if chosen is Format.json:
        output.show_json(**as_json(words, status, judged))
    else:
        output.show(_FORMS[chosen](words, status, judged))


def _me(session: Session) -> PersonId | None:
    """For whom it is told what waits; a login that only monitors is nobody's."""
    try:
        return session.reader
    except Forbidden:
        return None


def _unknown(session: Session, form: Format, fault: SupportError) -> None:
    """Monitoring is told in its own words, a status line in few; everybody else as by every verb."""
    if form in (Format.text, Format.json):
        raise fault
    words = session.words_or_plain()
    session.exit_code = Nagios.unknown if form is Format.nagios else exit_of(fault)
    if form is Format.nagios:
        output.show(f"SUPPORTTUI UNKNOWN - {_plain(sentence(words, fault))}")
    else:
        away = words.t("no database") if isinstance(fault, StoreUnavailable) else words.t("no desk")
        output.show(_styled("fg=red", away))


# --- judged ----------------------------------------------------------------------------------------------


def judge(words: Words, status: Status, *, warning: int, critical: int) -> Judged:
    """What monitoring makes of it; ``warning``: seconds before a breach; ``critical``: a number of late tickets."""
    found = sorted(_reasons(words, status, warning, critical), key=lambda reason: -reason[0])
    return Judged(found[0][0] if found else Nagios.ok, tuple(text for _, text in found))


def _reasons(words: Words, status: Status, warning: int, critical: int) -> Iterator[tuple[Nagios, str]]:
    if status.breached:
        level = Nagios.critical if status.breached >= critical else Nagios.warning
        yield level, words.n("{n} late", "{n} late", status.breached)
    if (silent := silence(status)) is not None:
        yield Nagios.critical, _watch(words, silent)
    if not any(line.people for line in status.on_call):
        yield Nagios.warning, words.t("nobody on call")
    if status.expected is not None and status.expected.unattended:
        count = status.expected.unattended
        yield Nagios.warning, words.n("{n} unattended", "{n} unattended", count)
    yield from _messages(words, status)
    coming = status.next_breach
    if coming is not None and 0 <= coming.due - status.now <= warning:
        yield Nagios.warning, _next(words, status)


def _messages(words: Words, status: Status) -> Iterator[tuple[Nagios, str]]:
    """What the watch did not do, and what could not leave."""
    if status.watch is not None and status.watch.troubles:
        yield Nagios.critical, words.n("watch: {n} trouble", "watch: {n} troubles", len(status.watch.troubles))
    if status.outbox_dead:
        yield Nagios.warning, words.n("{n} notice was given up", "{n} notices were given up", status.outbox_dead)
    if status.outbox_held:
        yield Nagios.warning, words.n("{n} page held", "{n} pages held", status.outbox_held)


def silence(status: Status) -> int | None:
    """Seconds of silence of the watch once they matter, 0 if there never was one; ``None`` while all is well."""
    if status.watch is None:
        return 0
    silent = status.now - status.watch.seen
    return silent if silent > SILENT else None


# --- the forms -------------------------------------------------------------------------------------------


def as_text(words: Words, status: Status, judged: Judged) -> str:
    """For people."""
    del judged
    parts = [words.n("{n} open", "{n} open", status.open), words.n("{n} late", "{n} late", status.breached)]
    if status.next_breach is not None:
        parts.append(_next(words, status))
    parts += _expected(words, status)
    parts.append(_on_call(words, status))
    if status.handover is not None:
        parts.append(handover_banner(words, status.handover, status.names, status.now)[0])
    silent = silence(status)
    parts.append(words.t("watch alive") if silent is None else _watch(words, silent))
    return " | ".join(parts)


def as_tmux(words: Words, status: Status, judged: Judged) -> str:
    """For ``status-right``: short, and styled only where something is wrong."""
    del judged
    parts = [_literal(words.n("{n} open", "{n} open", status.open))]
    if status.breached:
        parts.append(_styled("fg=red,bold", words.n("{n} late", "{n} late", status.breached)))
    coming = status.next_breach
    if coming is not None:
        left = coming.due - status.now
        text = f"{status.prefix}{coming.ticket} {countdown(words, left)}"
        parts.append(_styled("fg=yellow", text) if left <= 15 * 60 else _literal(text))
    first = next((line for line in status.on_call if line.people), None)
    parts.append(_styled("fg=red", words.t("nobody on call")) if first is None else _literal(_people(first)))
    silent = silence(status)
    if silent is not None:
        parts.append(_styled("fg=red", _watch(words, silent)))
    return " ".join(parts)


def as_nagios(words: Words, status: Status, judged: Judged) -> str:
    """For monitoring: the level, why, and perfdata behind a bar."""
    said = ", ".join(judged.reasons) or as_text(words, status, judged).replace("|", ",")
    return f"SUPPORTTUI {judged.level.name.upper()} - {_plain(said)} | {_perfdata(status)}"


def _perfdata(status: Status) -> str:
    coming = status.next_breach
    figures = {
        "open": f"{status.open};;;0", "late": f"{status.breached};;;0", "escalations": f"{status.running};;;0",
        "next_breach": "U" if coming is None else f"{coming.due - status.now}s",
        "watch_silence": "U" if status.watch is None else f"{max(0, status.now - status.watch.seen)}s;;{SILENT};0",
        "dead_notices": f"{status.outbox_dead};;;0",
        "unattended": f"{0 if status.expected is None else status.expected.unattended};;;0",
    }  # fmt: skip
    return " ".join(f"{name}={value}" for name, value in figures.items())


_FORMS: Mapping[Format, Callable[[Words, Status, Judged], str]] = {
    Format.text: as_text,
    Format.tmux: as_tmux,
    Format.nagios: as_nagios,
}


def as_json(words: Words, status: Status, judged: Judged) -> dict[str, Any]:
    """For scripts."""
    return {
        "as_of": shapes.iso(status.now),
        "level": judged.level.name,
        "reasons": list(judged.reasons),
        "open": status.open,
        "late": status.breached,
        "escalations": status.running,
        "next_breach": _next_json(status),
        "expected": _expected_json(status),
        "on_call": [_line_json(line) for line in status.on_call],
        "handover": _handover_json(status),
        "watch": _watch_json(status),
        "dead_notices": status.outbox_dead,
        "held_notices": status.outbox_held,
        "text": as_text(words, status, judged),
    }


def _handover_json(status: Status) -> dict[str, Any] | None:
    """What waits for the reader: to be signed, answered, or read and accepted."""
    waiting = status.handover
    if waiting is None:
        return None
    return {
        "giving": waiting.giving, "person": waiting.person, "shift_end": shapes.iso(waiting.at),
        "items": waiting.items, "unread": waiting.unread, "asked": waiting.asked,
    }  # fmt: skip


def _expected_json(status: Status) -> dict[str, Any] | None:
    """What will fall due before the shift ends, before the next one begins, and while nobody is on duty."""
    found = status.expected
    if found is None:
        return None
    forecast = found.forecast
    return {
        "shift_end": shapes.iso(None if forecast.shift is None else forecast.shift.end),
        "due_this_shift": found.this_shift,
        "next_shift": shapes.iso(forecast.next_shift),
        "due_before_next_shift": found.before_next_shift,
        "unattended": found.unattended,
        "nobody": [
            {"start": shapes.iso(one.span.start), "end": shapes.iso(one.span.end), "services": list(one.services)}
            for one in forecast.unattended
        ],
    }


def _next_json(status: Status) -> dict[str, Any] | None:
    coming = status.next_breach
    if coming is None:
        return None
    number = f"{status.prefix}{coming.ticket}"
    return {"id": coming.ticket, "number": number, "due": shapes.iso(coming.due), "seconds": coming.due - status.now}


def _line_json(line: OnCall) -> dict[str, Any]:
    people = [{"id": person, "name": line.names.get(person, person)} for person in line.people]
    return {"rota": line.rota, "level": line.level, "people": people, "until": shapes.iso(line.until)}


def _watch_json(status: Status) -> dict[str, Any] | None:
    pulse = status.watch
    if pulse is None:
        return None
    silent = max(0, status.now - pulse.seen)
    return {
        "holder": pulse.holder, "seen": shapes.iso(pulse.seen), "silence": silent, "alive": silent <= SILENT,
        "audited": shapes.iso(pulse.audited_at), "troubles": [shapes.trouble(one) for one in pulse.troubles],
    }  # fmt: skip


# --- pieces ----------------------------------------------------------------------------------------------


def _next(words: Words, status: Status) -> str:
    coming = status.next_breach
    assert coming is not None
    code, left = f"{status.prefix}{coming.ticket}", coming.due - status.now
    return words.t("{ticket} in {time}", ticket=code, time=precise(words, left))


def _expected(words: Words, status: Status) -> Iterator[str]:
    """What will fall due before the shift ends, and while nobody is on duty."""
    found = status.expected
    if found is None:
        return
    shift = found.forecast.shift
    if shift is not None and found.this_shift:
        time = times.soon(shift.end, status.now, words.zone)
        yield words.n("{n} due by {time}", "{n} due by {time}", found.this_shift, time=time)
    if found.unattended:
        yield words.n("{n} unattended", "{n} unattended", found.unattended)


def _on_call(words: Words, status: Status) -> str:
    """Everybody on call, the first line first."""
    lines = [line for line in status.on_call if line.people]
    shown = [f"{_people(line)} (L{line.level}{_until(words, line, status.now)})" for line in lines]
    return words.t("on call: {names}", names=", ".join(dict.fromkeys(shown))) if shown else words.t("nobody on call")


def _until(words: Words, line: OnCall, now: Instant) -> str:
    return "" if line.until is None else f", {times.soon(line.until, now, words.zone)}"


def _people(line: OnCall) -> str:
    return ", ".join(safe_text(line.names.get(one, one), one_line=True, limit=_NAMES) for one in line.people)


def _watch(words: Words, silent: int) -> str:
    return words.t("watch silent {age}", age=precise(words, silent)) if silent else words.t("no watch")


def _plain(text: str) -> str:
    """Without the bar that divides text from perfdata."""
    return text.replace("|", "/")


def _literal(text: str) -> str:
    """As tmux shows it: a # begins a style or a command of its own."""
    return text.replace("#", "##")


def _styled(style: str, text: str) -> str:
    return f"#[{style}]{_literal(text)}#[default]"
