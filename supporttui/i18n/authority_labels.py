"""Authorities in words: the directory, and what is to be known before a ticket goes to one."""

from collections.abc import Iterator, Mapping, Sequence

from supporttui.domain.authorities import Caution, HandOff
from supporttui.domain.marking import mark
from supporttui.domain.people import Agreement, AuthorityKind, Line
from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.domain.wall import to_wall
from supporttui.i18n import formats, pack_labels, terms, times, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.authorities import Entered


def hand_off(words: Words, found: HandOff) -> SafeText:
    """One line with its name: ``cautions``; empty where there are none."""
    if not found.cautioned:
        return safe_text("", one_line=True)
    name = safe_text(found.team.name, one_line=True, limit=40)
    return safe_text(words.t("{name}: {what}", name=name, what=cautions(words, found)), one_line=True, limit=400)


def cautions(words: Words, found: HandOff) -> SafeText:
    """What speaks against it, and then how it is reached; empty where nothing does."""
    said = [_caution(words, found, caution) for caution in found.cautions]
    if said and found.line is not None:
        # Translators: the telephone line of an authority for tickets of a priority: "P1 line: +41 44 555 01 99".
        priority = terms.priority_short(found.priority)
        said.append(words.t("{priority} line: {line}", priority=priority, line=_line(found.line)))
    return safe_text("; ".join(said), one_line=True, limit=400)


def opening(words: Words, opens: Instant, zone: str) -> str:
    """When it opens by both clocks: ``Mon, 9 Mar 09:00 their time (10:00 yours)``."""
    theirs = f"{formats.day_month(words, opens, zone=zone)} {times.clock(opens, zone)}"
    mine = times.clock(opens, words.zone)
    if to_wall(opens, zone).date() != to_wall(opens, words.zone).date():
        mine = f"{formats.day_month(words, opens)} {mine}"
    return words.t("{theirs} their time ({mine} yours)", theirs=theirs, mine=mine)


_CAUTIONS: Mapping[Caution, str] = {
    Caution.closed: mark("closed until {opening}"),
    Caution.no_hours: mark("its hours are not known"),
    Caution.never_open: mark("never open"),
    Caution.needs: mark("the ticket lacks {needs}"),
    Caution.priority: mark("takes only {priorities}"),
    Caution.elsewhere: mark("resolves other things"),
    Caution.language: mark("nobody known there speaks {language}"),
    Caution.expired: mark("agreement {number} ended on {day}"),
    Caution.not_begun: mark("agreement {number} has not begun"),
    Caution.expires: mark("agreement {number} ends on {day}, before it opens"),
}


def _caution(words: Words, found: HandOff, caution: Caution) -> str:
    team = found.team
    taken = team.entry.priorities if team.entry is not None else ()
    return words.t(
        _CAUTIONS[caution],
        opening="" if found.opens is None else opening(words, found.opens, team.zone),
        needs=formats.listing(words, [value_labels.code(words, need) for need in found.lacks]),
        priorities=", ".join(terms.priority_short(one) for one in taken),
        language=formats.language(words, found.language),
        number=_number(team.agreement),
        day="" if found.ends is None else formats.day(words, Instant(found.ends - 1), zone=team.zone),
    )


def _number(agreement: Agreement | None) -> str:
    return safe_text(agreement.number if agreement is not None else "", one_line=True, limit=40)


def _line(line: Line) -> str:
    address = safe_text(line.address, one_line=True, limit=60)
    name = safe_text(line.name, one_line=True, limit=30)
    return f"{address} ({name})" if name else address


# --- the directory ----------------------------------------------------------------------------------------


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of the directory are called."""
    return words.t("Authority"), words.t("Kind"), words.t("Now"), words.t("Reached"), words.t("Agreement")


def row(words: Words, found: Entered, now: Instant) -> tuple[str, ...]:
    """One authority in such columns."""
    team = found.team
    line = next((_line(one) for one in team.lines), team.phone)
    cells = (team.name, terms.authority(words, team.kind), hours_now(words, found, now), line, _term(words, found, now))
    return tuple(safe_text(cell, one_line=True, limit=120) for cell in cells)


def hours_now(words: Words, found: Entered, now: Instant) -> str:
    """Whether it works now, and when that changes."""
    if found.team.calendar is None:
        outside = found.team.kind is AuthorityKind.external
        return words.t("hours not known") if outside else ""
    if found.opens is None:
        return words.t("never open")
    if found.opens > now:
        return words.t("closed until {opening}", opening=opening(words, found.opens, found.team.zone))
    if found.closes is None:
        return words.t("open")
    return words.t("open until {opening}", opening=opening(words, found.closes, found.team.zone))


def _term(words: Words, found: Entered, now: Instant) -> str:
    number = _number(found.team.agreement)
    if found.ends is None:
        return number
    day = formats.day(words, Instant(found.ends - 1), zone=found.team.zone)
    ended = found.ends <= now
    until = words.t("ended on {day}", day=day) if ended else words.t("until {day}", day=day)
    return f"{number} {until}".strip()


def whole(words: Words, found: Entered, now: Instant) -> Iterator[tuple[str, str]]:
    """Everything that is known of an authority: what is asked, and the answer."""
    team = found.team
    entry = team.entry
    yield _told(words, "kind", terms.authority(words, team.kind))
    yield words.t("now"), hours_now(words, found, now)
    yield _told(words, "zone", team.zone)
    yield _told(words, "calendar", found.names.get(str(team.calendar), team.calendar or ""))
    for line in team.lines:
        which = ", ".join(terms.priority_short(one) for one in line.priorities) or words.t("all priorities")
        yield words.t("line for {priorities}", priorities=which), _line(line)
    yield _told(words, "phone", team.phone)
    yield _told(words, "languages", formats.listing(words, [formats.language(words, one) for one in team.languages]))
    yield _told(words, "services", ", ".join(found.names.get(key, key) for key in team.services))
    yield _told(words, "categories", ", ".join(team.categories))
    yield _told(words, "resolves", ", ".join(team.resolves))
    if entry is not None:
        yield _told(words, "needs", formats.listing(words, [value_labels.code(words, need) for need in entry.needs]))
        yield _told(words, "priorities", ", ".join(terms.priority_short(one) for one in entry.priorities))
        yield _told(words, "checks", "; ".join(entry.checks))
    yield _told(words, "agreement", _term(words, found, now))
    if team.agreement is not None:
        yield _told(words, "entitlement", team.agreement.entitlement)
    yield words.t("people"), _said(words, ", ".join(found.members))


def _told(words: Words, field: str, text: str) -> tuple[str, str]:
    return pack_labels.path(words, field), _said(words, text)


def _said(words: Words, text: str) -> str:
    return safe_text(text, one_line=True, limit=400) or words.p("value", "none")


def lines(words: Words, found: Sequence[HandOff]) -> tuple[str, ...]:
    """What is to be said of several authorities, one line each."""
    return tuple(hand_off(words, one) for one in found if one.cautioned)
