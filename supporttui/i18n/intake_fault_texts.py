"""What is said of faults at the intake; by ``fault_texts.py`` with all the others."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

INTAKE: Mapping[str, str] = {
    "intake.raced": mark("{changed_by} reported the same at this moment. Send it again."),
    "source.unknown": mark("There is no source {source}. Known: {allowed}."),
    "beat.unknown": mark("There is no sign of life {beat}. Known: {allowed}."),
}
INTAKE_BARE: Mapping[str, str] = {
    "source.unknown": mark("There is no source {source}."),
    "beat.unknown": mark("There is no sign of life {beat}."),
}
"""Where nothing is known that could be named."""
