"""Messages about a ticket that did not leave as they were meant to: not sent, bundled, held, waiting, undeliverable."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from supporttui.domain.spans import Instant
from supporttui.i18n import post_labels, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.notice_states import notice_state
from supporttui.usecases.ports import Notice, NoticeState

_TOLD = frozenset(
    {
        NoticeState.suppressed, NoticeState.bundled, NoticeState.held, NoticeState.dead, NoticeState.failed,
        NoticeState.pending,
    }
)  # fmt: skip
"""A message that left needs no line of its own, and one that was withdrawn has one."""
_WAIT = (NoticeState.pending, NoticeState.failed)


def unsent(
    words: Words, notices: Sequence[Notice], names: Mapping[str, str], now: Instant
) -> Iterator[tuple[Instant, str]]:
    """When it was to leave, at the latest now; to whom, by which channels, where it stands, until when, and why.

    Those that differ only by their channel are told together. Names are foreign text still.
    """
    told = sorted((one for one in notices if one.state in _TOLD), key=_alike)
    for _, alike in groupby(told, key=_alike):
        group = tuple(alike)
        yield Instant(min(now, group[0].not_before)), _line(words, group, names, now)


def _alike(one: Notice) -> tuple[str, ...]:
    step = (str(one.params.get(name, "")) for name in ("generation", "firing"))
    until = str(one.not_before) if one.state in _WAIT else ""
    return (one.code, str(one.operation), one.person, one.state.value, one.error, until, *step)


def _line(words: Words, group: Sequence[Notice], names: Mapping[str, str], now: Instant) -> str:
    one = group[0]
    channels = dict.fromkeys(terms.channel(words, each.channel) or words.t("no contact") for each in group)
    person = names.get(one.person, one.person) or one.address or "-"
    state = notice_state(words, one.state)
    if one.state in _WAIT:
        time = times.near(one.not_before, now, words.zone)
        state = f"{state}, {words.t('until {time}', time=time)}" if one.not_before > now else state
    text = words.t(
        "message to {person} ({channels}): {state}", person=person, channels=", ".join(channels), state=state
    )
    why = post_labels.cause(words, one)
    return words.t("{what}: {text}", what=text, text=why) if why else text
