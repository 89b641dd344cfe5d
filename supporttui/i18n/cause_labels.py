"""Why nobody is on duty, why nobody was paged, why time does not count: causes by their code."""

from collections.abc import Mapping

from supporttui.domain.marking import mark
from supporttui.domain.sla.reasons import Reason
from supporttui.i18n.catalogue import Words

_CAUSES: Mapping[str, str] = {
    "duty.rotation": mark("by rotation"),
    "duty.override": mark("by override"),
    "duty.pinned": mark("set by hand for a while"),
    "gap.buffer": mark("a free turn on purpose"),
    "gap.nobody": mark("nobody is planned"),
    "gap.restriction": mark("outside the hours of the layer"),
    "gap.not_begun": mark("the plan has not begun"),
    "gap.ended": mark("the plan has ended"),
    "gap.intended": mark("intended gap"),
    "gap.removed": mark("taken out by an override"),
    "gap.not_valid": mark("the planned person is not available"),
    "gap.left": mark("the planned person has left"),
    "gap.to_come": mark("the planned person has not begun"),
    "gap.barred": mark("the planned person may not be on call"),
    "gap.absent": mark("the planned person is away"),
    "gap.learning": mark("only somebody who learns is there, and is not called"),
    "gap.clock_change": mark("the clocks of two layers change on different dates"),
    "gap.holiday": mark("a holiday"),
    "gap.no_layer": mark("no layer at this level"),
    "gap.unpinned": mark("left free by a plan set by hand"),
    "empty.no_person": mark("the person is unknown or has left"),
    "empty.nobody_on_call": mark("nobody was on call"),
    "empty.nobody_next": mark("nobody is next on call"),
    "empty.nobody_before": mark("nobody was on call before"),
    "empty.no_speaker": mark("nobody on the rota speaks the language"),
    "empty.no_member": mark("the team has nobody"),
    "empty.unreachable": mark("nobody who was to be called has a contact point"),
    "empty.no_target": mark("the step names nobody"),
    "empty.fallback": mark("the whole round found nobody, so the rota's fallback was called"),
    "empty.passed_over": mark("the steps before it reach nobody"),
    "filtered.priority": mark("not for this priority"),
    "filtered.hours": mark("not at this hour"),
    "late.skipped": mark("late, because no watch ran; the steps before it were skipped"),
    "notice.acknowledged": mark("not needed any more: it was acknowledged"),
    "notice.asleep": mark("not sent: the escalation was put to sleep"),
    "notice.not_open": mark("not needed any more: the ticket is not open"),
    "notice.reopened": mark("not needed any more: the ticket was reopened since"),
    "notice.withdrawn": mark("not needed any more: it was withdrawn"),
    "notice.handed_over": mark("somebody else was on call when it was to be sent"),
    "notice.joined": mark("told together with another ticket"),
    "reply.no_channel": mark("this site names no channel for replies"),
    "reply.no_address": mark("no address of the requester is known"),
    "notice.not_theirs": mark("not needed any more: the ticket is somebody else's"),
    "notice.no_reminder": mark("not needed any more: the reminder was taken back"),
    "notice.answered": mark("it was answered meanwhile"),
    "notice.no_breach": mark("not needed any more: the target was met or moved"),
    "notice.told": mark("not needed any more: the same person was told of it already"),
    "notice.no_warning": mark("not needed any more: the target was met or moved, or a later warning followed"),
    "notice.overtaken": mark("not needed any more: a later step has called"),
    "notice.stands_still": mark("waits until its escalation goes on"),
    "notice.quiet": mark("waits for the end of quiet hours"),
    "notice.throttled": mark("waits: this contact point has had enough messages; it may leave with others"),
    "notice.held": mark("much too late, so somebody must release it"),
    "notice.dropped": mark("dropped by hand"),
    "restored": mark("from a backup: it may have left already"),
    "notice.no_contact": mark("the person has no contact point"),
    "channel.unknown": mark("there is no such channel"),
    **dict.fromkeys(("channel.not_started", "channel.not_installed"), mark("its program could not be started")),
    **dict.fromkeys(("channel.timeout", "channel.late"), mark("the channel gave no answer in time")),
    **dict.fromkeys(
        ("channel.refused", "channel.rejected", "channel.failed", "channel.broken"), mark("the channel did not take it")
    ),
    **dict.fromkeys(("channel.address", "channel.url"), mark("the channel cannot send to this address")),
    "channel.unreachable": mark("the channel was not reached"),
    **dict.fromkeys(
        ("channel.login", "channel.secret", "channel.certificate"), mark("the channel cannot log in to its server")
    ),
    "vacant.no_such_role": mark("no rota gives this role to anybody then"),
}
_CRITERION = "criterion."
_REASONS: Mapping[str, str] = {
    Reason.open: mark("service hours"),
    Reason.closed: mark("outside service hours"),
    Reason.break_: mark("break"),
    Reason.season: mark("seasonal hours"),
    Reason.special: mark("special date"),
    Reason.holiday: mark("holiday"),
    Reason.period: mark("hours of a special period"),
    Reason.waiting_requester: mark("waiting for the requester"),
    Reason.waiting_vendor: mark("waiting for the vendor"),
    Reason.scheduled: mark("scheduled for later"),
    Reason.resolved: mark("was resolved"),
    Reason.closed_ticket: mark("was closed"),
    Reason.not_with_vendor: mark("not waiting for the vendor"),
    Reason.other_pause: mark("paused by the target's own rule"),
    Reason.restarted: mark("before the target changed, measured afresh since"),
    Reason.beyond: mark("more than the changed target allows"),
}


def cause(words: Words, code: str) -> str:
    """The cause in words; a code that a site or a later version brought is its own label."""
    text = _CAUSES.get(code)
    if text is None and code.startswith(_CRITERION):
        return words.t("because of the criterion {criterion}", criterion=code.removeprefix(_CRITERION))
    return words.t(text) if text else code


def reason(words: Words, code: str) -> str:
    """Why a piece of time counts or does not (``Piece.reason``)."""
    text = _REASONS.get(code)
    return words.t(text) if text else code
