"""Duty without those who stand on it to learn: whoever looks for somebody who answers does not find them."""

from collections.abc import Collection, Iterable

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.oncall import Duty


def without(line: Iterable[Duty], shadows: Collection[PersonId]) -> tuple[Duty, ...]:
    """The same pieces, without these people; one in which nobody else is has nobody.

    Neighbours may be alike.
    """
    if not shadows:
        return tuple(line)
    return tuple(
        piece._replace(people=tuple(person for person in piece.people if person not in shadows))
        for piece in line
    )  # fmt: skip
