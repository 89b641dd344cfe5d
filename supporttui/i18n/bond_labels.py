"""What ties a ticket to people and to other tickets, in words: as it stands, and as it came about."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from supporttui.domain.events import Followed, Merged, MergedIn, Related, Relation, Reminded, Voided
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.marking import mark
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.i18n import standing_labels, times
from supporttui.i18n.catalogue import Words

Bond: TypeAlias = Followed | Reminded | Related | Merged | MergedIn | Voided


def tied(words: Words, event: Bond, names: Mapping[str, str], *, zone: str, prefix: str) -> str:
    """How a tie came about, or ended; ``prefix`` stands before the numbers of tickets."""
    if isinstance(event, Followed | Reminded):
        return _wished(words, event, names, zone=zone)
    return _bound(words, event, prefix=prefix)


def _wished(words: Words, event: Followed | Reminded, names: Mapping[str, str], *, zone: str) -> str:
    """What a person wants to hear of the ticket."""
    person = names.get(event.person, event.person)
    match event:
        case Followed(on=True):
            return words.t("{person} follows it", person=person)
        case Followed():
            return words.t("{person} no longer follows it", person=person)
        case Reminded(until=until, text=text):
            return _reminded(words, person, until, text, zone=zone)
        case _:
            assert_never(event)


def _reminded(words: Words, person: str, until: Instant | None, text: str, *, zone: str) -> str:
    if until is None:
        return words.t("{person} needs no reminder any more", person=person)
    time = times.stamp(until, zone)
    if not text:
        return words.t("{person} is reminded {time}", person=person, time=time)
    return words.t("{person} is reminded {time}: {text}", person=person, time=time, text=text)


_RELATIONS: Mapping[Relation, str] = {
    Relation.related: mark("related to {ticket}"),
    Relation.duplicate: mark("duplicate of {ticket}"),
    Relation.parent: mark("parent of {ticket}"),
    Relation.child: mark("child of {ticket}"),
    Relation.blocks: mark("blocks {ticket}"),
    Relation.blocked_by: mark("blocked by {ticket}"),
}


def relation(words: Words, relation: Relation, ticket: str) -> str:
    """What a ticket is to another one, which is called ``ticket``."""
    return words.t(_RELATIONS[relation], ticket=ticket)


def _bound(words: Words, event: Related | Merged | MergedIn | Voided, *, prefix: str) -> str:
    """What it is to other tickets, or that it should not be."""
    match event:
        case Related(other, kind, on):
            told = relation(words, kind, f"{prefix}{other}")
            return told if on else words.t("no longer: {relation}", relation=told)
        case Merged(into):
            return words.t("goes on as {ticket}", ticket=f"{prefix}{into}")
        case MergedIn(source):
            return words.t("{ticket} goes on here", ticket=f"{prefix}{source}")
        case Voided(reason):
            return words.t("void: {reason}", reason=reason)
        case _:
            assert_never(event)


def bonds(
    words: Words, ticket: Ticket, names: Mapping[str, str], *, prefix: str = DEFAULT_PREFIX
) -> Iterator[tuple[str, str]]:
    """Label and value of each that there is; values are foreign text still."""
    if ticket.void:
        yield words.t("Void"), ticket.void_reason
    if ticket.merged_into is not None:
        yield words.t("Goes on as"), f"{prefix}{ticket.merged_into}"
    for source in ticket.merged:
        yield words.t("Goes on here"), f"{prefix}{source}"
    for bond in ticket.relations:
        yield words.t("Related"), relation(words, bond.relation, f"{prefix}{bond.other}")
    yield from standing_labels.standing(words, ticket, names)
    for person in ticket.followers:
        yield words.t("Follower"), names.get(person, person)
    for one in ticket.reminders:
        time = times.stamp(one.until, words.zone)
        name = names.get(one.person, one.person)
        yield words.t("Reminder"), words.t("{time} {person}: {text}", time=time, person=name, text=one.text or "-")
