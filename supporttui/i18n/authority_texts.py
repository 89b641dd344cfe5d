"""The sentences of faults about authorities."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

AUTHORITIES: Mapping[str, str] = {
    "authority.unknown": mark("There is no authority {authority}. Known: {allowed}."),
    "definition.agreement": mark("{where}: the agreement ends on {last}, before it begins on {first}."),
}
