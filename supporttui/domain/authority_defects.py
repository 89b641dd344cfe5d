"""Defects of authorities that hurt at the hand-off: hours nobody wrote down, agreements that end."""

from collections.abc import Collection, Iterator, Sequence

from supporttui.domain.authorities import end_of
from supporttui.domain.lint import Finding, Pain
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.spans import Instant

TERM = 30 * 86_400
"""So long before its end an agreement is named."""


def without_hours(teams: Sequence[Team]) -> Iterator[Finding]:
    """Authorities outside of which nobody knows when they work; teams inside follow their services."""
    for team in teams:
        if team.kind is AuthorityKind.external and team.calendar is None:
            yield Finding(Pain.soon, "lint.authority_without_hours", {"authority": team.id})


def ending(teams: Sequence[Team], now: Instant, called: Collection[str] = ()) -> Iterator[Finding]:
    """Agreements that ended, or end within 30 days; an ended one hurts tonight where a policy calls the authority."""
    for team in teams:
        ends = end_of(team.agreement, team.zone)
        if ends is None or ends > now + TERM:
            continue
        number = team.agreement.number if team.agreement is not None else ""
        code = "lint.agreement_ended" if ends <= now else "lint.agreement_ends"
        pain = Pain.tonight if ends <= now and team.id in called else Pain.soon
        yield Finding(pain, code, {"authority": team.id, "number": number, "end": Instant(ends - 1)})
