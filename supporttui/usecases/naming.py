"""What a filter may call people and things here and now: everybody's names, who is on call, whose shift it is."""

from collections.abc import Mapping
from types import MappingProxyType

from supporttui.domain.filter.fields import Names
from supporttui.domain.forecast import current
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId
from supporttui.domain.spans import Instant
from supporttui.usecases.forecast import lines_of, standing
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of


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
    rules, definitions = rules_of(tx), tx.definitions
    lines = lines_of(rules, now)
    pieces = [piece for rota in lines.values() for line in rota if (piece := current(line, now)) is not None]
    forecast = standing(rules, lines, now, me)
    return Names(
        people={person.id: person.name for person in rules.people.values()},
        teams={team.id: team.name for team in rules.teams.values()},
        services={service.id: service.name for service in rules.services.values()},
        on_call=tuple(dict.fromkeys(person for piece in pieces for person in piece.people)),
        my_teams=next((person.teams for person in rules.people.values() if person.id == me), ()),
        shift=forecast.shift,
        forecast=forecast if lines else None,
        until=min((piece.span.end for piece in pieces), default=None),
        prefix=definitions.site().get("prefix", DEFAULT_PREFIX),
        aliases=aliases,
    )
