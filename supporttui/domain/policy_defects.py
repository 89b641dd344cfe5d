"""What would hurt tonight in escalation policies that are in use: that they may end at nobody."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.ids import PersonId, PolicyId
from supporttui.domain.lint import Finding, Pain
from supporttui.domain.people import Person
from supporttui.domain.services import Service


def without_last_resort(
    policies: Mapping[PolicyId, Policy], services: Sequence[Service], people: Sequence[Person]
) -> Iterator[Finding]:
    """Those by which a service escalates and that name nobody who is told last, or somebody who cannot be."""
    reachable = frozenset(person.id for person in people if person.contacts)
    for key in _in_use(services):
        policy = policies.get(key)
        if policy is None or _is_told(policy, reachable):
            continue
        if policy.last_resort is None:
            yield Finding(Pain.tonight, "lint.policy_no_last_resort", {"policy": policy.id})
        else:
            params = {"policy": policy.id, "person": policy.last_resort}
            yield Finding(Pain.tonight, "lint.policy_last_resort", params)


def _is_told(policy: Policy, reachable: Collection[PersonId]) -> bool:
    return policy.last_resort is not None and policy.last_resort in reachable


def _in_use(services: Sequence[Service]) -> Iterator[PolicyId]:
    used = (key for service in services for key in (service.policy, service.management) if key is not None)
    yield from dict.fromkeys(used)
