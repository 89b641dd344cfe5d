"""Where rotas change hands, by their plans: what is to be given next, or should have been."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from supporttui.domain.handover.handover import Handover, HandoverState, Joint
from supporttui.domain.handover.joints import Line, joint, last_joint
from supporttui.domain.ids import PersonId, RotaId, ServiceId
from supporttui.domain.spans import Instant
from supporttui.usecases.forecast import lines_of
from supporttui.usecases.rules import Rules

LATE = 12 * 3600
"""So long after a shift its handover can still be begun."""
BACK, AHEAD = 32 * 86_400, 64 * 86_400
"""So far the beginning of a shift is looked for, and its end and that of the one that follows: duty of a month."""
Lines = Mapping[RotaId, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Duties:
    """The duty of every rota around an instant."""

    rules: Rules
    lines: Lines
    now: Instant

    def coming(self) -> Iterator[Joint]:
        """Of each line where those on duty next give to somebody else."""
        for rota, lines in self.lines.items():
            for line in lines:
                found = joint(line, self.now, rota=rota, level=line[0].level, others=self._others(rota))
                if found is not None:
                    yield found

    def to_give(self, person: PersonId) -> Joint | None:
        """What somebody on duty gives next, or should have given at most ``LATE`` ago."""
        mine = next((one for one in self.coming() if person in one.giving), None)
        if mine is not None:
            return mine
        return max(self._late(person), key=lambda one: one.span.end, default=None)

    def missed(self) -> Iterator[Joint]:
        """Where anybody gave, or should have, at most ``LATE`` ago."""
        return (one for person in self.rules.people.values() for one in self._late(person.id))

    def moved(self, handover: Handover) -> Joint | None:
        """Its joint by the plan as it is now, if that has others on it; the shift must end as it did.

        Whoever signed has given it, whatever the plan says later.
        """
        before = handover.joint
        line = next((one for one in self.lines.get(before.rota, ()) if one[0].level == before.level), ())
        at, others = Instant(before.span.end - 1), self._others(before.rota) if line else {}
        found = joint(line, at, rota=before.rota, level=before.level, others=others)
        if found is None or found.span.end != before.span.end:
            return None
        if handover.state is not HandoverState.draft:
            found = replace(found, span=before.span, giving=before.giving)
        same = (found.giving, found.taking, found.takes.start) == (before.giving, before.taking, before.takes.start)
        return None if same else found

    def on_duty(self, rota: RotaId, level: int | None = None) -> tuple[PersonId, ...]:
        """Who is on duty now, in one line of a rota or in all."""
        lines = (line for line in self.lines.get(rota, ()) if level in (None, line[0].level))
        return tuple(person for line in lines for piece in line if self.now in piece.span for person in piece.people)

    def services(self, one: Joint) -> frozenset[ServiceId]:
        """Those whose tickets are given at a joint.

        Of a rota that no service names, as the second of two around the world: those of the rota that follows.
        """
        return self._named(one.rota) or self._named(one.to_rota) or self._of_teams(one.rota)

    def is_first(self, one: Joint) -> bool:
        """Whether the line is called first."""
        levels = (line[0].level for line in self.lines.get(one.rota, ()))
        return one.level == min(levels, default=one.level)

    def others(self, one: Joint) -> frozenset[PersonId]:
        """Who is on duty on the other lines of its rota when it ends."""
        last = Instant(one.span.end - 1)
        lines = (line for line in self.lines.get(one.rota, ()) if line[0].level != one.level)
        return frozenset(person for line in lines for piece in line if last in piece.span for person in piece.people)

    def _late(self, person: PersonId) -> Iterator[Joint]:
        for rota, lines in self.lines.items():
            for line in lines:
                level, others = line[0].level, self._others(rota)
                found = last_joint(line, self.now, person, rota=rota, level=level, others=others)
                if found is not None and self.now - found.span.end <= LATE:
                    yield found

    def _others(self, rota: RotaId) -> Mapping[RotaId, Line]:
        """The first lines of the rotas that may follow: those that share a team with it."""
        mine = self._teams(rota)
        return {key: lines[0] for key, lines in self.lines.items() if key != rota and mine & self._teams(key)}

    def _teams(self, rota: RotaId) -> frozenset[str]:
        """Of the services that name it, and of those who have duty on it."""
        people = {person for line in self.lines.get(rota, ()) for piece in line for person in piece.people}
        known = (self.rules.people[person] for person in people if person in self.rules.people)
        services = (self.rules.services[key].team for key in self._named(rota))
        return frozenset((*(team for person in known for team in person.teams), *services))

    def _named(self, rota: RotaId) -> frozenset[ServiceId]:
        return frozenset(service.id for service in self.rules.services.values() if service.rota == rota)

    def _of_teams(self, rota: RotaId) -> frozenset[ServiceId]:
        teams = self._teams(rota)
        return frozenset(service.id for service in self.rules.services.values() if service.team in teams)


def duties(rules: Rules, now: Instant) -> Duties:
    """As the rotas are planned at an instant; who stands there to learn gives and takes nothing."""
    planned = lines_of(rules, now, back=BACK, ahead=AHEAD)
    return Duties(rules, {RotaId(rota): lines for rota, lines in planned.items()}, now)
