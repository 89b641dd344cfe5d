"""Fields that the forms of the rota share: people by name, spans on the clocks that are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.processes import LeftOut
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import left_out_labels, moments, times
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.widgets.fields import Field, Known


def safe(text: str) -> str:
    """A name in one line."""
    return safe_text(text, one_line=True, limit=60)


def people_of(screen: Chosen) -> tuple[Known, ...]:
    """Everybody who is known, by name."""
    people = screen.board.people.values() if screen.board is not None else ()
    found = (Known(safe(one.name), one.id) for one in people)
    return tuple(sorted(found, key=lambda one: (one.label, one.value)))


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom a form offers for a stretch of duty."""

    known: tuple[Known, ...]
    also: tuple[Known, ...]
    """Who lacks a certification for it: taken by the whole name, not offered,"""
    why: str
    """… and why not; empty where nobody is left out."""


def offer(screen: Chosen, left_out: Sequence[LeftOut]) -> Offer:
    """Everybody who is known, but for those who lack a certification."""
    everybody, lacking = people_of(screen), {one.person for one in left_out}
    return Offer(
        tuple(one for one in everybody if one.value not in lacking),
        tuple(one for one in everybody if one.value in lacking),
        "  ".join(left_out_labels.left_out(screen.words, left_out, screen.names)),
    )


def name_of(screen: Chosen, person: PersonId | str) -> str:
    """What a person is called; empty for nobody."""
    return safe(screen.names.get(person, person)) if person else ""


def span(screen: Chosen, start: Instant, end: Instant) -> tuple[Field, Field]:
    """From when until when, on the clocks of the zone that is shown."""
    hint = screen.words.t("Times in {zone}; also fri 9:00, 2h.", zone=times.zone_label(start, screen.zone_name))
    return (
        Field("start", screen.words.t("from"), moments.typed(start, screen.zone_name), hint=hint, required=True,
              read=moment(screen)),
        Field("end", screen.words.t("until"), moments.typed(end, screen.zone_name), hint=hint, required=True,
              read=moment(screen)),
    )  # fmt: skip


def moment(screen: Chosen) -> Callable[[str], Instant]:
    """Reads a moment on the clocks of the zone that is shown."""
    zone, now, words = screen.zone_name, screen.now, screen.words
    return lambda text: moments.chosen(words, text, now, zone=zone)
