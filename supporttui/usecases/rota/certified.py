"""Which processes the duty of a rota is for."""

from supporttui.domain.ids import RotaId
from supporttui.domain.processes import Process, behind
from supporttui.usecases.rules import Rules


def on_rota(rules: Rules, rota: RotaId) -> tuple[Process, ...]:
    """The processes that whoever is on duty on a rota answers for: those of every service that names it."""
    services = [one.id for one in rules.services.values() if one.rota == rota]
    return behind(rules.tx.definitions.processes(), services)
