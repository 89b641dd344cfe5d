"""Teams that ended with a special period: who is handed nothing any more."""

from collections.abc import Iterable

from supporttui.domain.faults import Refused
from supporttui.domain.ids import TeamId
from supporttui.domain.periods.period import Period
from supporttui.domain.periods.teams import ended_with
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules


def must_last(rules: Rules, at: Instant, *teams: str | None) -> None:
    """Raises Refused ``team.ended`` for a team that ended with a period."""
    for team in filter(None, teams):
        period = ended_with(newest_periods(rules.tx), team, at)
        if period is not None:
            raise Refused("team.ended", team=team, period=period.id)


def lasting(rules: Rules, teams: Iterable[TeamId], at: Instant) -> tuple[TeamId, ...]:
    """Those that have not ended."""
    return tuple(team for team in teams if ended_with(newest_periods(rules.tx), team, at) is None)


def newest_periods(tx: Transaction) -> tuple[Period, ...]:
    """The newest version of each special period."""
    return tuple(versions[-1].value for versions in tx.definitions.periods().values())
