"""What falls due before my shift ends, before the next one begins, and while nobody is on duty."""

from collections.abc import Mapping

from supporttui.domain.filter.forecasts import DUE_BEFORE_NEXT_SHIFT, DUE_THIS_SHIFT, UNATTENDED, Forecast, node
from supporttui.domain.forecast import Line, forecast
from supporttui.domain.ids import PersonId
from supporttui.domain.queue import And, Op, Term, counted
from supporttui.domain.rota.oncall import level_duty, levels
from supporttui.domain.rota.shadows import without
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota import standings
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Expected

HORIZON = 9 * 86_400
"""A shift is looked for so far back and ahead: a week's, and a day of grace."""
MOST = 1000
"""Tickets are counted so far and no further."""
_OPEN = Term("is", Op.eq, ("open",))


def of(tx: Transaction, now: Instant, me: PersonId | None) -> Forecast:
    """Where the rotas stand at an instant for somebody."""
    rules = rules_of(tx)
    return standing(rules, lines_of(rules, now), now, me)


def lines_of(
    rules: Rules, now: Instant, *, back: int = HORIZON, ahead: int = HORIZON
) -> Mapping[str, tuple[Line, ...]]:
    """Rota, by name → the duty of its lines around an instant, without those who stand there to learn."""
    start, end, shadows = Instant(now - back), Instant(now + ahead), rules.shadows
    return {
        one.rota.id: tuple(
            without(level_duty(one.plan, start, end, level=level), shadows) for level in levels(one.plan)
        )
        for one in standings(rules, now)
    }


def standing(rules: Rules, lines: Mapping[str, tuple[Line, ...]], now: Instant, me: PersonId | None) -> Forecast:
    """Where rotas with these lines stand."""
    services: dict[str, list[str]] = {}
    for service in rules.services.values():
        if service.rota is not None:
            services.setdefault(service.rota, []).append(service.id)
    return forecast(lines, now, me=me, services=services)


def expected(tx: Transaction, now: Instant, me: PersonId | None) -> Expected | None:
    """How many open tickets will fall due when, for the first line of the desk; ``None`` without any rota."""
    rules = rules_of(tx)
    lines = lines_of(rules, now, back=0)
    if not lines:
        return None
    found = standing(rules, lines, now, me)
    counts = {word: _count(tx, word, found, now) for word in (DUE_THIS_SHIFT, DUE_BEFORE_NEXT_SHIFT, UNATTENDED)}
    return Expected(found, counts[DUE_THIS_SHIFT], counts[DUE_BEFORE_NEXT_SHIFT], counts[UNATTENDED] or 0)


def _count(tx: Transaction, word: str, found: Forecast, now: Instant) -> int | None:
    asked = node(word, found, now)
    if asked is None:
        return None
    if word == UNATTENDED and not found.unattended:
        return 0
    return tx.tickets.count(counted(And((_OPEN, asked))), now=now, me=None, most=MOST)
