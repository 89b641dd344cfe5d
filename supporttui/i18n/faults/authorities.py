"""The sentences of faults about authorities, who owns a ticket, and fixes."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

AUTHORITIES: Mapping[str, str] = {
    "authority.unknown": mark("There is no authority {authority}. Known: {allowed}."),
    "offer.same": mark("{person} is asked to own {ticket} already."),
    "offer.none": mark("Nobody is asked to own {ticket}, or not any more."),
    "offer.not_yours": mark("{person} is asked to own {ticket}, not you."),
    "early.same": mark("{ticket} has this early warning already."),
    "early.none": mark("{ticket} has no early warning."),
    "share.percent": mark("A share of tickets is from 0 to 100 percent, not {found}."),
    "look.score": mark("A first look is scored from {least}, of no use, to {most}, all that was needed."),
    "look.none": mark("Nobody else has written down a first look at {ticket}."),
    "look.not_taken": mark("{ticket} is not yours nor your team's; who took it scores the first look."),
    "fix.order": mark("{ticket}: {step} comes after {before}, which nobody has recorded."),
    "fix.same_person": mark("{ticket}: {person} did {before}; {step} is for somebody else."),
    "fix.outside": mark("{ticket}: {person} is outside. Partners stop before production; let somebody inside deploy."),
    "log.service": mark("For which service? Nothing in the line says it. Services: {allowed}."),
    "definition.agreement": mark("{where}: the agreement ends on {last}, before it begins on {first}."),
}
