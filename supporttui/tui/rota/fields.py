"""Fields that the forms of the rota share: people by name, spans on the clocks that are shown."""

from collections.abc import Callable

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import moments, times
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


def name_of(screen: Chosen, person: PersonId | str) -> str:
    """What a person is called; empty for nobody."""
    return safe(screen.names.get(person, person)) if person else ""


def span(screen: Chosen, start: Instant, end: Instant) -> tuple[Field, Field]:
    """From when until when, on the clocks of the zone that is shown."""
    hint = screen.words.t("Times in {zone}; also fri 9:00, 2h.", zone=times.zone_label(start, screen.zone_name))
    return (
        Field("start", screen.words.t("from"), times.stamp(start, screen.zone_name), hint=hint, required=True,
              read=moment(screen)),
        Field("end", screen.words.t("until"), times.stamp(end, screen.zone_name), hint=hint, required=True,
              read=moment(screen)),
    )  # fmt: skip


def moment(screen: Chosen) -> Callable[[str], Instant]:
    """Reads a moment on the clocks of the zone that is shown."""
    zone, now, words = screen.zone_name, screen.now, screen.words
    return lambda text: moments.parse(words, text, now, zone=zone)
