"""Which processes the duty of a rota is for, and who may not do it."""

from supporttui.domain.ids import RotaId
from supporttui.domain.processes import LeftOut, Process, behind, left_out, of_line
from supporttui.domain.spans import Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules, rules_of


def on_rota(rules: Rules, rota: RotaId) -> tuple[Process, ...]:
    """The processes that whoever is on duty on a rota answers for: those of every service that names it."""
    services = [one.id for one in rules.services.values() if one.rota == rota]
    return behind(rules.tx.definitions.processes(), services)


def not_on(tx: Transaction, rota: RotaId, level: int, span: Span) -> tuple[LeftOut, ...]:
    """Who is not to be proposed for duty in a line of a rota: they lack what a process of it needs, by name."""
    rules = rules_of(tx)
    processes = of_line(on_rota(rules, rota), level)
    people = sorted(rules.people.values(), key=lambda one: one.name.casefold())
    found = (left_out(person, processes, span) for person in people)
    return tuple(one for one in found if one is not None)
