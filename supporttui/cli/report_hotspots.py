"""``supporttui report hotspots``: where most issues are, and which of them repeat."""

from collections.abc import Iterator
from typing import Any

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.domain.events import Fact, RepeatsSeen
from supporttui.domain.hotspots import SpotBy
from supporttui.i18n import hotspot_labels
from supporttui.usecases import hotspots
from supporttui.usecases.hotspots import Report


def run(session: Session, *, days: int, by: str | None) -> None:
    """One kind of groups, or all."""
    found = session.ask(lambda tx: hotspots.report(tx, session.now(), days=days))
    wanted = (SpotBy(by),) if by else tuple(SpotBy)
    if session.json:
        output.show_json(**_shape(found, wanted))
    elif not any(found.spots.values()):
        output.show(session.words.t("No ticket was opened in these days."))
    else:
        output.show("\n\n".join(_blocks(session, found, wanted)))


def _blocks(session: Session, found: Report, wanted: tuple[SpotBy, ...]) -> Iterator[str]:
    words = session.words
    for by in wanted:
        spots = found.spots[by]
        rows = [hotspot_labels.row(words, by, spot, found.names) for spot in spots[: hotspot_labels.SHOWN]]
        yield output.table(hotspot_labels.heads(words, by), rows)
    if told := tuple(hotspot_labels.told(words, found.repeats, prefix=session.prefix)):
        yield output.table((words.t("Repeats"), ""), told)


def _shape(found: Report, wanted: tuple[SpotBy, ...]) -> dict[str, Any]:
    return {
        "since": shapes.iso(found.since), "until": shapes.iso(found.until),
        **{
            by.value: [
                {
                    by.value: spot.name or None, "count": spot.count, "percent": spot.percent,
                    "before": spot.before, "reopened": spot.reopened,
                }
                for spot in found.spots[by]
            ]
            for by in wanted
        },
        "repeats": [_told(fact, fact.event) for fact in found.repeats if isinstance(fact.event, RepeatsSeen)],
    }  # fmt: skip


def _told(fact: Fact, event: RepeatsSeen) -> dict[str, Any]:
    return {
        "ticket": fact.ticket, "at": shapes.iso(fact.at), "alike": list(event.tickets), "words": list(event.words),
    }  # fmt: skip
