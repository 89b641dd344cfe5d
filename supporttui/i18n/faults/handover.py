"""What is said of a handover that cannot be given or taken so."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

HANDOVER: Mapping[str, str] = {
    "handover.none": mark("You have nothing to hand over or to take over now. Past ones: handover list"),
    "handover.unknown": mark("There is no handover {handover}. Those there are: handover list"),
    "handover.no_item": mark("This handover does not list {item}."),
    "handover.no_shift": mark("No shift of yours ends, so there is nothing to hand over."),
    "handover.not_yours": mark("This shift is not yours to hand over; only who is on it, or a lead, may."),
    "handover.not_for_you": mark("Only who comes next, who is on duty there, or a lead may take this handover."),
    "handover.must_go": mark("{ticket} has a top priority and goes with the handover. Say what comes next."),
    "handover.no_next_step": mark(
        "Not signed: {ticket} needs a next step (tickets without one: {n}). Say what comes next, then sign."
    ),
    "handover.not_signed": mark(
        "Nobody has signed this handover yet. Once the shift is over it can be taken as it is."
    ),
    "handover.early": mark("Too early: it can be accepted in the last {minutes} minutes of the shift, or later."),
    "handover.unread": mark("Not accepted yet: items that nobody has read: {n}. Read each, or accept all of it."),
    "handover.own": mark("You gave this handover; somebody else accepts it."),
    "handover.lapsed": mark("The next shift has begun to hand over, so this one cannot be changed. It is in the list."),
    "handover.signed": mark("Nothing was changed: {changed_by} signed this handover at {at}."),
    "handover.not_signer": mark("Only {person}, who signed it, can take the signature back."),
    "handover.begun": mark("Not taken back: the other side has read items already: {n}. Tell them with a question."),
    "handover.accepted": mark("Nothing was changed: {changed_by} accepted this handover at {at}."),
    "handover.changed": mark("Nothing was done: {changed_by} changed this handover at {at}. Look again, then repeat."),
    "undo.handed_over": mark("Not undone: another shift has taken {ticket} over."),
}
