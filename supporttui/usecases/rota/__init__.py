"""Rotas: who is on duty and why, what would change it, and the changes themselves.

Only what the desk's first list needs is loaded with the package; the rest comes when it is first asked for.
"""

from supporttui.usecases.rota.reading import Standing, address, plan, snapshot, standing, standings, who

__all__ = ["Standing", "address", "plan", "snapshot", "standing", "standings", "who"]
