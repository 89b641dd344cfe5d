"""What a filter may call people and things here and now: everybody's names, who is on call, whose shift it is."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from supporttui.domain.filter.fields import Names
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota import standings
from supporttui.usecases.rules import rules_of

HORIZON = 9 * 86_400
"""A shift is looked for so far back and ahead: a week's, and a day of grace."""


def names(
    tx: Transaction,
    now: Instant,
    *,
    me: PersonId | None,
    aliases: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Names:
    """The names of people, teams and services, and what ``@oncall``, ``@shift`` and ``team:@me`` stand for.

    The shift is that of whoever asks; for somebody off duty that of the first line of the first rota.
    """
    people, definitions = tx.definitions.people(), tx.definitions
    now_on = tuple(_on_duty(tx, now))
    mine = next((one for one in now_on if me in one.people), now_on[0] if now_on else None)
    return Names(
        people={person.id: person.name for person in people},
        teams={team.id: team.name for team in definitions.teams()},
        services={service.id: service.name for service in definitions.services()},
        on_call=tuple(dict.fromkeys(person for one in now_on for person in one.people)),
        my_teams=next((person.teams for person in people if person.id == me), ()),
        shift=None if mine is None else Span(mine.span.start, mine.span.end),
        until=min((one.span.end for one in now_on), default=None),
        prefix=definitions.site().get("prefix", DEFAULT_PREFIX),
        aliases=aliases,
    )


def _on_duty(tx: Transaction, now: Instant) -> Iterator[Duty]:
    """The duty of each line of each rota at an instant, by name and level; gaps are passed over."""
    for one in standings(rules_of(tx), now):
        for piece in duty(one.plan, Instant(now - HORIZON), Instant(now + HORIZON)):
            if piece.people and piece.span.start <= now < piece.span.end:
                yield piece
