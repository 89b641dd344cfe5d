"""Rotas: who is on duty and why, what would change it, and the changes themselves.

Only what the desk's first list needs is loaded with the package; the rest comes when it is first asked for, as
``usecases.rota.take``.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from supporttui.usecases.rota.reading import Standing, address, plan, snapshot, standing, standings, who

if TYPE_CHECKING:
    from supporttui.usecases.rota.away import absences as absences
    from supporttui.usecases.rota.away import add_absence as add_absence
    from supporttui.usecases.rota.away import remove_absence as remove_absence
    from supporttui.usecases.rota.away import take_in_absences as take_in_absences
    from supporttui.usecases.rota.changing import change as change
    from supporttui.usecases.rota.changing import edit as edit
    from supporttui.usecases.rota.changing import end_override as end_override
    from supporttui.usecases.rota.changing import override as override
    from supporttui.usecases.rota.changing import pin as pin
    from supporttui.usecases.rota.changing import set_turns as set_turns
    from supporttui.usecases.rota.changing import unpin as unpin
    from supporttui.usecases.rota.costs import balance as balance
    from supporttui.usecases.rota.costs import clashes as clashes
    from supporttui.usecases.rota.costs import whatif_away as whatif_away
    from supporttui.usecases.rota.effects import whatif as whatif
    from supporttui.usecases.rota.leaving import leave as leave
    from supporttui.usecases.rota.leaving import stay as stay
    from supporttui.usecases.rota.leaving import whatif_leaves as whatif_leaves
    from supporttui.usecases.rota.leaving import whatif_stays as whatif_stays
    from supporttui.usecases.rota.looking import lacking as lacking
    from supporttui.usecases.rota.looking import why as why
    from supporttui.usecases.rota.recording import mismatches as mismatches
    from supporttui.usecases.rota.recording import record_duty as record_duty
    from supporttui.usecases.rota.recording import unrecorded as unrecorded
    from supporttui.usecases.rota.speaking import spoken as spoken
    from supporttui.usecases.rota.swapping import approve as approve
    from supporttui.usecases.rota.swapping import ask as ask
    from supporttui.usecases.rota.swapping import give_back as give_back
    from supporttui.usecases.rota.swapping import swaps as swaps
    from supporttui.usecases.rota.swapping import take as take
    from supporttui.usecases.rota.swapping import whatif_asked as whatif_asked
    from supporttui.usecases.rota.swapping import whatif_open as whatif_open
    from supporttui.usecases.rota.swapping import whatif_taken as whatif_taken
    from supporttui.usecases.rota.swapping import withdraw as withdraw

__all__ = ["Standing", "address", "plan", "snapshot", "standing", "standings", "who"]

_LATER: Mapping[str, tuple[str, ...]] = {
    "away": ("absences", "add_absence", "remove_absence", "take_in_absences"),
    "changing": ("change", "edit", "end_override", "override", "pin", "set_turns", "unpin"),
    "costs": ("balance", "clashes", "whatif_away"),
    "effects": ("whatif",),
    "leaving": ("leave", "stay", "whatif_leaves", "whatif_stays"),
    "looking": ("lacking", "why"),
    "recording": ("mismatches", "record_duty", "unrecorded"),
    "speaking": ("spoken",),
    "swapping": (
        "approve",
        "ask",
        "give_back",
        "swaps",
        "take",
        "whatif_asked",
        "whatif_open",
        "whatif_taken",
        "withdraw",
    ),
}
"""Module → what comes from it."""


def __getattr__(name: str) -> Any:
    for module, found in _LATER.items():
        if name in found:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
