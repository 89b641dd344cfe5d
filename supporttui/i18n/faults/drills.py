"""The sentences of faults about drills."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

DRILLS: Mapping[str, str] = {
    "drill.none": mark("{ticket} is no drill."),
    "drill.ack_after": mark("{found} is no time after which somebody answers. Write it as 12m or 1h30m."),
}
