"""The sentences of faults about procedures, lessons and charters."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

PROCEDURES: Mapping[str, str] = {
    "procedure.no_step": mark("Procedure {procedure} has no step: say what to do."),
    "procedure.review_days": mark("Procedure {procedure}: review_days must be above zero, not {found}."),
    "procedure.no_such_step": mark("There is no step {step}; the procedure has {steps}."),
    "procedure.reason_missing": mark("Step {step}: say why it was skipped or what did not work."),
    "procedure.unknown": mark("There is no procedure {procedure}. Known: {allowed}."),
    "procedure.none_fits": mark("No procedure is for {ticket}. Name one, or let somebody write it."),
    "procedure.at_end": mark("All steps of {procedure} are behind on {ticket}. Step 1 begins it anew."),
    "charter.ends_before": mark("Charter {charter} ends before it begins."),
    "charter.in_scope": mark("No charter says where {category} belongs. Open the ticket here."),
    "lesson.unknown": mark("There is no lesson {lesson}."),
    "definition.too_many": mark("{where}: {found} are too many, the most is {most}."),
}
