"""What other systems report, in words: the history of a ticket, lists of what came in."""

from collections.abc import Iterator, Mapping

from supporttui.domain.events import Reported, Signal
from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words

_SIGNALS: Mapping[Signal, tuple[str, str]] = {
    # Translators: what another system reports of something; at most 12 cells.
    Signal.firing: mark_in("signal", "going on"),
    Signal.resolved: mark_in("signal", "over"),
    Signal.silent: mark_in("signal", "silent"),
    Signal.resumed: mark_in("signal", "alive"),
    Signal.flapping: mark_in("signal", "unsteady"),
    Signal.flooded: mark_in("signal", "flood"),
}


def signal(words: Words, value: Signal) -> str:
    """One word for what is reported."""
    return words.p(*_SIGNALS[value])


def reported(words: Words, event: Reported, names: Mapping[str, str]) -> str:
    """A line of a ticket's history."""
    return " ".join(
        filter(None, (_happened(words, event, names.get(event.source, event.source)), *_rest(words, event)))
    )


def _happened(words: Words, event: Reported, source: str) -> str:
    match event.state:
        case Signal.resolved | Signal.flapping:
            over = words.t("{source} reports: it is over.", source=source)
            stays = words.t("It comes and goes, so the ticket stays open.")
            return f"{over} {stays}" if event.state is Signal.flapping else over
        case Signal.silent:
            return words.t("No sign of life from {source}.", source=source)
        case Signal.resumed:
            return words.t("{source} gives signs of life again.", source=source)
        case Signal.flooded:
            return words.n(
                "Too much at once from {source}: {n} report is counted here instead of opening a ticket.",
                "Too much at once from {source}: {n} reports are counted here instead of opening tickets.",
                event.count, source=source,
            )  # fmt: skip
        case _ if event.count > 1:
            return words.n(
                "{source} reports it again, {n} time by now.", "{source} reports it again, {n} times by now.",
                event.count, source=source,
            )  # fmt: skip
        case _:
            return words.t("{source} reports it.", source=source)


def _rest(words: Words, event: Reported) -> Iterator[str]:
    if event.text:
        yield event.text
    if event.cut:
        yield words.n(
            "{n} more alert was left out by the sender.", "{n} more alerts were left out by the sender.", event.cut
        )
