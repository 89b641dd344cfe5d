"""A criterion of an escalation policy as it is typed: the form that ``i18n/definition_texts`` shows."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from supporttui.domain.escalation.criterion import COUNTS, Criterion, CriterionKind
from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric
from supporttui.tui.windows.definition_parts import whole
from supporttui.tui.windows.definition_promises import length

_CRITERION = re.compile(r"(?P<id>[^:;]*[^:;\s])\s*:\s*(?P<said>[^;]+)(?P<asked>(?:;[^;]*)*)")


def criterion(typed: str) -> Criterion:
    """``late: used 80% resolution; from 2; again 1h``. Raises BadInput ``form.criterion``, ``form.length``, …."""
    found = _CRITERION.fullmatch(typed.strip())
    kind, value, which = (*found["said"].split(), "", "", "")[:3] if found is not None else ("", "", "")
    if found is None or kind not in set(CriterionKind) or len(found["said"].split()) > 3:
        raise BadInput("form.criterion", found=typed[:60])
    asked: dict[str, Any] = {}
    for text in found["asked"].split(";")[1:]:
        asked |= _asked(text)
    known = CriterionKind(kind)
    return Criterion(found["id"].strip(), known, _value(known, value), **_which(known, which), **asked)


def _value(kind: CriterionKind, text: str) -> int:
    """In the unit of the kind; what is left out is none."""
    if not text:
        return 0
    if kind is CriterionKind.used:
        return whole(text.removesuffix("%"))
    return whole(text) if kind in (*COUNTS, CriterionKind.impact) else length(text)


def _which(kind: CriterionKind, text: str) -> Mapping[str, Any]:
    """The target, or the special period."""
    if not text:
        return {}
    if kind is CriterionKind.period:
        return {"period": text}
    if kind in (CriterionKind.used, CriterionKind.breached) and text in set(Metric):
        return {"metric": Metric(text)}
    raise BadInput("form.criterion", found=text[:60])


def _asked(text: str) -> Mapping[str, Any]:
    word, _, rest = text.strip().partition(" ")
    if word not in _ASKED:
        raise BadInput("form.criterion", found=text.strip()[:60])
    return _ASKED[word](rest.strip())


_ASKED: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "from": lambda text: {"min_priority": Priority(whole(text.upper().removeprefix("P")))},
    "again": lambda text: {"cooldown": length(text)},
    "most": lambda text: {"most": whole(text)},
    "hours": lambda _: {"in_hours": True},
}
