"""What a verb says when neither state nor owner of the ticket is what changed."""

from collections.abc import Mapping

from supporttui.actions import Action
from supporttui.cli.session import Session
from supporttui.domain.marking import mark
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import bond_labels, labels, times

_TOLD: Mapping[str, str] = {
    "ticket.new": mark("{ticket} is open: {title}. It is {priority}, with {person}."),
    "ticket.edit": mark("{ticket} is changed: {title}."),
    "ticket.follow": mark("You follow {ticket}: {title}."),
    "ticket.unfollow": mark("You no longer follow {ticket}: {title}."),
    "ticket.snooze": mark("You are reminded of {ticket} at {until}. Its timers run on."),
    "ticket.relate": mark("{ticket} is now: {relation}."),
    "ticket.unrelate": mark("{ticket} is no longer related to that ticket."),
    "ticket.merge": mark("{ticket} is closed and goes on as {into}. Unmerge takes it back."),
    "ticket.unmerge": mark("{ticket} goes on by itself again."),
    "ticket.void": mark("{ticket} is void: closed, and left out of lists and figures. The journal keeps it."),
    "ticket.refer": mark("{ticket} has the reference {reference} now."),
    "ticket.unacknowledge": mark("{ticket} is not acknowledged any more. Its escalation goes on."),
    "ticket.accept": mark("{ticket} is yours now: {title}."),
    "ticket.decline": mark("{ticket} stays with {person}, who is told."),
    "ticket.flag": mark("{ticket} is listed among the early warnings."),
    "ticket.unflag": mark("{ticket} has no early warning any more."),
    "ticket.first_look": mark("{ticket}: what you saw and tried is written down."),
    "ticket.rate": mark("{ticket}: the first look is scored."),
    "ticket.fix": mark("{ticket}: the step of the fix is recorded."),
    "ticket.chase": mark("{ticket}: asked again, {chases} by now."),
    "ticket.step": mark("{ticket}: the step is told."),
    "ticket.learn": mark("{ticket}: the lesson is written down, and shown with the next ticket of the kind."),
    "ticket.attend": mark("{ticket} has more attention until {attention_until}; its priority stays {priority}."),
    "ticket.announce": mark("{ticket}: the announcement stands in the calendar."),
    "ticket.retract": mark("{ticket}: the announcement is taken back."),
    "ticket.promise": mark("{ticket}: the requester hears by {promised}."),
    "ticket.unpromise": mark("{ticket}: nothing is promised to the requester any more."),
    "ticket.major": mark("{ticket} is run as a major incident. The next communication is due {promised}."),
    "ticket.major_role": mark("{ticket}: the role is given."),
    "ticket.major_say": mark("{ticket}: the communication is in the log. The next one is due {promised}."),
    "ticket.major_degraded": mark("{ticket}: what is degraded is in the log."),
    "ticket.major_end": mark("{ticket}: the major incident is over."),
    "ticket.deescalate": mark("{ticket} has no more attention than its priority {priority} gives it."),
}


def of(session: Session, action: Action, ticket: Ticket) -> str:
    """One line for people; empty for actions that change state or owner."""
    words, text = session.words, _TOLD.get(action.id)
    if text is None:
        return ""
    reminder = ticket.reminder_of(session.me)
    if action.id == "ticket.snooze" and reminder is None:
        return words.t("You are not reminded of {ticket} any more.", ticket=_number(session, ticket.id))
    bond = ticket.relations[-1] if ticket.relations else None
    reference = ticket.references[-1] if ticket.references else None
    return words.t(
        text,
        ticket=_number(session, ticket.id),
        title=safe_text(ticket.title, one_line=True, limit=60),
        priority=labels.priority(words, ticket.priority),
        person=session.name_of(ticket.owner or ticket.resolver or ticket.team),
        until=times.stamp(reminder.until, words.zone) if reminder else "",
        into=_number(session, ticket.merged_into),
        relation=bond_labels.relation(words, bond.relation, _number(session, bond.other)) if bond else "",
        reference=f"{reference.system} {reference.key}" if reference else "",
        chases=ticket.chases,
        promised=times.stamp(ticket.promised.until, words.zone) if ticket.promised else "-",
        attention_until=times.stamp(ticket.attention_until, words.zone) if ticket.attention_until else "",
    )


def _number(session: Session, number: int | None) -> str:
    return f"{session.prefix}{number}"
