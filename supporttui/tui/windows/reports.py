"""``:report``: figures over many tickets, in a window to read."""

from functools import partial

from supporttui.domain.attainment import Grouping
from supporttui.domain.sla.order import Metric
from supporttui.i18n import attainment_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import attainment


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
