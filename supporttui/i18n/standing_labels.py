"""Offers of ownership, early warnings, first looks and fixes in words: as they stand, and as they came about."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from supporttui.domain.events import EarlyFlagged, FirstLooked, FixRecorded, LookRated, OwnerDeclined, OwnerOffered
from supporttui.domain.marking import mark
from supporttui.domain.states import FixStep
from supporttui.domain.tickets import Offer, Ticket
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words

Standing: TypeAlias = OwnerOffered | OwnerDeclined | EarlyFlagged | FirstLooked | LookRated | FixRecorded
_FIX: Mapping[FixStep, str] = {
    FixStep.tested: mark("fix tested by {person}"),
    FixStep.approved: mark("fix approved by {person}"),
    FixStep.deployed: mark("fix deployed to production by {person}"),
}


def told(words: Words, event: Standing, names: Mapping[str, str], *, zone: str) -> str:
    """A line of a ticket's history."""
    match event:
        case OwnerOffered(person, until):
            who, time = names.get(person, person), times.stamp(until, zone)
            return words.t("{person} is asked to own it, until {time}", person=who, time=time)
        case OwnerDeclined(reason=reason):
            return _with(words, words.t("does not take it over"), reason)
        case EarlyFlagged(on=True, text=text):
            return _with(words, words.t("early warning"), text)
        case EarlyFlagged(text=text):
            return _with(words, words.t("early warning is over"), text)
        case FirstLooked() | LookRated():
            return _look(words, event, names)
        case FixRecorded(step, by, text):
            return _with(words, words.t(_FIX[step], person=names.get(by, by)), text)
        case _:
            assert_never(event)


def _look(words: Words, event: FirstLooked | LookRated, names: Mapping[str, str]) -> str:
    if isinstance(event, FirstLooked):
        return "; ".join(f"{label}: {text}" for label, text in first_look(words, event))
    person = names.get(event.of, event.of)
    return _with(words, words.t("first look of {person} scored {n} of 5", person=person, n=event.score), event.text)


def first_look(words: Words, event: FirstLooked) -> Iterator[tuple[str, str]]:
    """What was said of each question of the first line."""
    said = {words.t("Seen"): event.seen, words.t("Tried"): event.tried, words.t("Wanted"): event.wanted}
    return ((label, text) for label, text in said.items() if text)


def standing(words: Words, ticket: Ticket, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Label and value of each that there is now; values are foreign text still."""
    if ticket.offer is not None:
        yield words.t("Offered"), offered(words, ticket.offer, names)
    if ticket.early is not None:
        by = names.get(ticket.early.by, ticket.early.by) or words.t("several alike")
        yield words.t("Early warning"), _with(words, by, ticket.early.text)
    if ticket.promised is not None:
        until = times.stamp(ticket.promised.until, words.zone)
        yield words.t("Update promised"), _with(words, until, ticket.promised.text)
    if ticket.announcement is not None:
        found = ticket.announcement
        start, end = (times.stamp(at, words.zone) for at in (found.start, found.end))
        yield words.t("Announced"), _with(words, words.t("{start} to {end}", start=start, end=end), found.text)
    for one in ticket.fix:
        text = _with(words, words.t(_FIX[one.step], person=names.get(one.by, one.by)), one.text)
        yield words.t("Fix"), f"{times.stamp(one.at, words.zone)}  {text}"


def offered(words: Words, offer: Offer, names: Mapping[str, str]) -> str:
    """To whom, until when, and who keeps it until then."""
    return words.t(
        "to {person} until {time}; {owner} keeps it until it is taken",
        person=names.get(offer.person, offer.person), owner=names.get(offer.by, offer.by),
        time=times.stamp(offer.until, words.zone),
    )  # fmt: skip


def asked(words: Words, offer: Offer, names: Mapping[str, str]) -> str:
    """The same as a sentence."""
    return words.t("Offered {offer}.", offer=offered(words, offer, names))


def _with(words: Words, what: str, text: str) -> str:
    return words.t("{what}: {text}", what=what, text=text) if text else what
