"""``:report``: figures over many tickets, in a window to read."""

from functools import partial

from supporttui.domain.attainment import Grouping
from supporttui.domain.sla.order import Metric
from supporttui.i18n import attainment_labels, hotspot_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import attainment, hotspots


def show_attainment(screen: BaseScreen) -> None:
    """How the promises of a solution were kept, by language; the command line has the other groups."""
    words = screen.words

    def told(found: attainment.Report) -> None:
        heads = attainment_labels.heads(words, found.by)[1:]
        rows = [attainment_labels.row(words, found, one) for one in found.found.groups]
        rows += [attainment_labels.whole(words, found)] if rows else []
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        read(screen, words.t("Kept promises"), pairs, nothing=words.t("No promise was decided in these days."))

    asked = partial(attainment.report, by=Grouping.language, metric=Metric.resolution)
    screen.desk.ask(asked, screen.now, then=told, refused=screen.frame.refuse)


def show_hotspots(screen: BaseScreen) -> None:
    """Where most issues of the last days are, and what was seen to repeat."""
    words = screen.words

    def told(found: hotspots.Report) -> None:
        prefix = screen.frame.status.prefix if screen.frame.status is not None else ""
        pairs: list[tuple[str, str]] = list(hotspot_labels.told(words, found.repeats, prefix=prefix))
        for by, spots in found.spots.items():
            heads = hotspot_labels.heads(words, by)
            rows = (hotspot_labels.row(words, by, one, found.names) for one in spots[: hotspot_labels.SHOWN])
            pairs += [(f"{heads[0]}: {name}", *said(heads[1:], cells)) for name, *cells in rows]
        read(screen, words.t("Hot spots"), pairs, nothing=words.t("No ticket was opened in these days."))

    screen.desk.ask(hotspots.report, screen.now, then=told, refused=screen.frame.refuse)
