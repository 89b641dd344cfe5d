"""What would hurt tonight in escalation policies that are in use: that they may end at nobody."""

from collections.abc import Iterator

from supporttui.domain.lint import Finding, Pain, Site, in_use
from supporttui.domain.people import Role


def without_last_resort(site: Site) -> Iterator[Finding]:
    """Those that may call for a service and name nobody who is told last, or somebody who cannot be.

    A site at which nobody has a contact point yet may define such policies, and is told of them here.
    """
    reachable = {one.id for one in site.people if one.contacts and one.role is not Role.shadow}
    for policy in {policy.id: policy for _, policy in in_use(site)}.values():
        if policy.last_resort is None:
            yield Finding(Pain.tonight, "lint.policy_no_last_resort", {"policy": policy.id})
        elif policy.last_resort not in reachable:
            params = {"policy": policy.id, "person": policy.last_resort}
            yield Finding(Pain.tonight, "lint.policy_last_resort", params)
