"""How a notice leaves: worded for its recipient, handed to its channel."""

from collections.abc import Callable, Mapping, Sequence

from supporttui.domain.faults import ChannelFailed
from supporttui.domain.notices import DRILL
from supporttui.domain.people import Person
from supporttui.i18n.catalogue import Words
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases.joining import names_others
from supporttui.usecases.ports import BriefChannel, Channel, Notice

LETTER = "letter"
"""Parameter of a notice that is its whole text: a channel gets it as the body, never as an argument."""


def hand_over(
    notice: Notice,
    *,
    channels: Mapping[str, Channel],
    people: Sequence[Person],
    words_for: Callable[[Person | None], Words],
) -> None:
    """Give a notice to its channel, in the words of its recipient. Raises ChannelFailed.

    What a drill says to nobody ends here.
    """
    if notice.channel == DRILL:
        return
    channel = channels.get(notice.channel)
    if channel is None:
        raise ChannelFailed("channel.unknown", channel=notice.channel)
    words = words_for(next((person for person in people if person.id == notice.person), None))
    longest = channel.longest if isinstance(channel, BriefChannel) else 0
    subject, body = subject_and_body(words, notice, longest=longest)
    channel.send(notice.address, subject, body, key=notice.key, facts=facts_of(notice))


def facts_of(notice: Notice) -> dict[str, str]:
    """What a channel may tell a program beside the text: ids and codes only, of no other ticket.

    An environment bears only so much.
    """
    facts = {"person": str(notice.person), "code": notice.code, "attempt": str(notice.attempts)}
    if notice.ticket is not None:
        facts["ticket"] = str(notice.ticket)
    told = {name: str(value) for name, value in notice.params.items() if name != LETTER and not names_others(name)}
    return {**told, **facts}
