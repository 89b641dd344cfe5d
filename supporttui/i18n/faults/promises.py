"""What is said of promised updates and major incidents that cannot be so."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

PROMISES: Mapping[str, str] = {
    "promise.until_missing": mark("Say by when the requester hears, such as 17:00 or 2h."),
    "promise.past": mark("An update can be promised only for a time to come."),
    "promise.same": mark("{ticket} has this promise already."),
    "promise.none": mark("Nothing is promised to the requester of {ticket}."),
    "announce.window_missing": mark("Say when it begins and when it ends, such as: 'sat 22:00' 'sun 02:00'."),
    "announce.backwards": mark("It would end before it begins."),
    "announce.past": mark("It is over already."),
    "announce.same": mark("{ticket} has this announcement already."),
    "announce.none": mark("Nothing is announced on {ticket}."),
    "major.every": mark("Between two communications lie 1 to {most} minutes, not {found}."),
    "major.running": mark("{ticket} is run as a major incident already."),
    "major.none": mark("{ticket} is not run as a major incident."),
    "major.same_role": mark("{person} has this role already."),
}
