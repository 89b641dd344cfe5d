"""What must hold of charters in definitions."""

from collections.abc import Iterator, Sequence

from supporttui.domain.charters import Charter
from supporttui.domain.faults import BadInput
from supporttui.usecases.definitions.checks import Names


def faults(found: Sequence[Charter], names: Names) -> Iterator[BadInput]:
    """A service and people that exist; a referral that says of what and to whom, once a category."""
    for i, one in enumerate(found):
        where = f"charters[{i}]"
        known = (("service", one.service, names.services), ("owner", one.owner, names.people),
                 ("approved_by", one.approved_by, names.people))  # fmt: skip
        for field, name, allowed in known:
            if name is not None and name not in allowed:
                shown = ", ".join(sorted(allowed))[:300]
                yield BadInput("definition.unknown", where=f"{where}.{field}", name=name[:60], allowed=shown)
        for j, referral_ in enumerate(one.referrals):
            for field in ("category", "to"):
                if not getattr(referral_, field).strip():
                    yield BadInput("definition.missing", where=f"{where}.referrals[{j}].{field}")
