"""Rotas for tests: sensible defaults, one word per deviation."""

from datetime import datetime, time

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Restriction, Rota, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall

AMSTERDAM = "Europe/Amsterdam"


def people(*names: str) -> tuple[tuple[PersonId, ...], ...]:
    """Turns: one person each, two joined by ``+``, an empty name for a free slot."""
    return tuple(tuple(PersonId(p) for p in name.split("+") if p) for name in names)


def rotation(*names: str, anchor: datetime = datetime(2026, 1, 5, 9), unit: Unit = Unit.week, **kw) -> Rotation:
    return Rotation(anchor, people(*names), unit=unit, **kw)


def layer(*names: str, name: str = "primary", hours: tuple[str, str] | None = None, days=range(1, 8), **kw) -> Layer:
    """A layer of one rotation; what a layer does not know goes to the rotation."""
    of_layer = {k: kw.pop(k) for k in tuple(kw) if k in Layer.__dataclass_fields__}
    if hours:
        start, end = (time.fromisoformat(h) for h in hours)
        of_layer["restrictions"] = (Restriction(start, end, tuple(days)),)
    of_layer.setdefault("rotations", (rotation(*names, **kw),))
    return Layer(name, **of_layer)


def rota(*layers: Layer, zone: str = AMSTERDAM, **kw) -> Rota:
    return Rota(RotaId("desk"), "Desk", zone, layers or (layer("ana", "ben"),), **kw)


def at(text: str, zone: str = AMSTERDAM, *, last: bool = False) -> Instant:
    """The instant of a wall time, ``2026-03-29 02:30``."""
    return resolve(datetime.fromisoformat(text), zone, last=last)


def override(
    kind: str, start: str, end: str, person: str | None = None, *, instead: str | None = None, **kw
) -> Override:
    return Override(
        kw.pop("id", f"O{start}{person}"), OverrideKind(kind), at(start), at(end),
        person=PersonId(person) if person else None, in_place_of=PersonId(instead) if instead else None, **kw,
    )  # fmt: skip


def said(found: tuple[Duty, ...], zone: str = AMSTERDAM) -> list[tuple[str, str]]:
    """(wall time of the start, people or cause) of each piece: what a screen would say."""
    return [(to_wall(d.span.start, zone).strftime("%m-%d %H:%M"), "+".join(d.people) or d.cause.value) for d in found]


def plan(which: Rota, start: str, end: str) -> list[tuple[str, str]]:
    return said(duty(which, at(start, which.zone), at(end, which.zone)), which.zone)


def shifts(which: Rota, start: str, end: str) -> list[str]:
    """Only who is on, one after the other; gaps are left out."""
    return [text for _, text in plan(which, start, end) if not text.startswith("gap")]


def minutes(found: tuple[Duty, ...]) -> list[int]:
    """The length of each piece in elapsed minutes."""
    return [d.span.seconds // 60 for d in found]
