"""The rota of the next days, its contacts and the continuity plan in words: the same in the shell and at the desk."""

from collections.abc import Iterator, Sequence

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import formats, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.continuity import Line, Sheet, Turn

Section = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and under it names with what is said of them."""


def age(words: Words, known: Instant, now: Instant) -> str:
    """That it is not new, and since when."""
    minutes = max(0, now - known) // 60
    return words.n(
        "The database does not answer. This was known {n} minute ago, and may be different by now.",
        "The database does not answer. This was known {n} minutes ago, and may be different by now.",
        minutes,
    )


def sections(words: Words, sheet: Sheet, now: Instant) -> Iterator[Section]:
    """Who is on call now, who is reached how, the turns of the days to come, and the plan."""
    yield words.t("On call"), tuple((_line(words, line), _now(words, sheet, line, now)) for line in sheet.lines)
    yield words.t("Contacts"), tuple(_contacts(words, sheet))
    for line in sheet.lines:
        turns = [turn for turn in line.turns if turn.end > now]
        yield _line(words, line), tuple(_turn(words, sheet, turn) for turn in turns)
    yield words.t("Continuity plan"), tuple(("", line) for line in plan(words, sheet))


def plan(words: Words, sheet: Sheet) -> Sequence[str]:
    """The site's text, or how to give one."""
    if sheet.plan:
        return [safe_text(line, one_line=True) or " " for line in sheet.plan.splitlines()]
    return (words.t("The site has no continuity plan: set continuity_plan under [site] in a pack."),)


def _line(words: Words, line: Line) -> str:
    rota = safe_text(line.rota, one_line=True, limit=40)
    return words.t("{rota}, line {level}", rota=rota, level=line.level)


def _now(words: Words, sheet: Sheet, line: Line, now: Instant) -> str:
    turn = line.at(now)
    if turn is None:
        return words.t("not known: what was kept ends {time}", time=times.stamp(sheet.until, words.zone))
    reached = [_reached(words, sheet, person) for person in turn.people]
    people = formats.listing(words, reached) or words.t("nobody")
    if turn.end == sheet.until:
        return people  # what was kept ends here, and not the turn
    return words.t("{people} until {time}", people=people, time=times.soon(turn.end, now, words.zone))


def _reached(words: Words, sheet: Sheet, person: PersonId) -> str:
    known = sheet.contacts.get(person)
    name = _name(sheet, person)
    return f"{name} ({_way(words, *known.ways[0])})" if known is not None and known.ways else name


def _turn(words: Words, sheet: Sheet, turn: Turn) -> tuple[str, str]:
    day = formats.day_short(words, turn.start)
    people = formats.listing(words, [_name(sheet, person) for person in turn.people]) or words.t("nobody")
    until = f"{formats.day_short(words, turn.end)} {times.clock(turn.end, words.zone)}"
    return f"{day} {times.clock(turn.start, words.zone)} - {until}", people


def _contacts(words: Words, sheet: Sheet) -> Iterator[tuple[str, str]]:
    for person, known in sheet.contacts.items():
        ways = ", ".join(_way(words, channel, address) for channel, address in known.ways)
        yield _name(sheet, person), ways or words.t("no contact")


def _way(words: Words, channel: str, address: str) -> str:
    shown = safe_text(address, one_line=True, limit=60)
    return f"{safe_text(terms.channel(words, channel), one_line=True, limit=12)} {shown}"


def _name(sheet: Sheet, person: PersonId) -> str:
    known = sheet.contacts.get(person)
    return safe_text(known.name if known is not None else person, one_line=True, limit=40)
