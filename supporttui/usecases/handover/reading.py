"""What a reader sees of handovers: one of them with its items, those of the past, and the news of the first line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from supporttui.domain.events import NextStepNoted
from supporttui.domain.faults import NotFound
from supporttui.domain.handover.changing import grown
from supporttui.domain.handover.handover import Handover, HandoverState, Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, RotaId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.usecases.handover.gathering import gather
from supporttui.usecases.handover.standing import Duties, duties
from supporttui.usecases.ports import Transaction, Versioned
from supporttui.usecases.rules import Rules, rules_of

MOST = 50
"""Handovers that a list shows."""
STEPS_BACK = 32 * 86_400
"""What was noted as a next step so long before a shift ends is still proposed."""
LOOKED_THROUGH = 5000
"""So many of the newest are searched for a text."""


class Side(StrEnum):
    """What a handover is to somebody."""

    giving = "giving"
    taking = "taking"
    reading = "reading"


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A handover as somebody sees it now."""

    sheet: Sheet
    version: int
    """0: nothing was written for it yet."""
    side: Side
    before: dict[TicketId, str] = field(default_factory=dict)
    """Next steps that were noted on its tickets earlier, for those that have none here."""

    @property
    def handover(self) -> Handover:
        """With its items."""
        return self.sheet.handover


def show(
    tx: Transaction, now: Instant, me: PersonId | None, handover: str | None = None, drafts: Sequence[Item] = ()
) -> HandoverView:
    """One of them; without an id the one that concerns somebody most: to be taken, else to be given.

    ``drafts`` are those of whoever looks.

    Raises:
        NotFound: ``handover.unknown``; ``handover.none`` where nothing is to be given or taken.
    """
    standing = duties(rules_of(tx), now)
    found = _default(tx, standing, me) if handover is None else known(tx, standing, handover)
    return seen(standing, found, me, drafts)


def known(tx: Transaction, standing: Duties, handover: str) -> Versioned[Handover]:
    """What was written for it, or what it begins as. Raises NotFound ``handover.unknown``."""
    stored = tx.handovers.get(handover)
    if stored is not None:
        return by_plan(standing, stored)
    joints = (*standing.coming(), *standing.missed())
    for joint in joints:
        if joint.id == handover:
            return Versioned(Handover(joint.id, joint, opened_at=standing.now), 0)
    raise NotFound("handover.unknown", handover=handover[:60])


def by_plan(standing: Duties, found: Versioned[Handover]) -> Versioned[Handover]:
    """With those who give and take it by the plan as it is now."""
    joint = standing.moved(found.value) if found.value.is_open else None
    return found if joint is None else Versioned(replace(found.value, joint=joint), found.version)


def concerning(tx: Transaction, standing: Duties, me: PersonId) -> Iterator[str]:
    """The ids of what somebody has to take, then of what they have to give."""
    stored = [by_plan(standing, one) for one in tx.handovers.open()]
    for one in stored:
        if takes(standing, one.value, me):
            yield one.value.id
    for one in stored:
        if me in one.value.joint.giving and one.value.joint.span.end <= standing.now:
            yield one.value.id
    joint = standing.to_give(me)
    if joint is not None:
        yield joint.id


def takes(standing: Duties, handover: Handover, me: PersonId) -> bool:
    """Whether it waits for somebody: they come next or are on duty there, and it is signed or its shift is over."""
    joint = handover.joint
    if not handover.is_open or handover.gives(me):
        return False
    ready = handover.state is HandoverState.signed or joint.span.end <= standing.now
    return ready and (me in joint.taking or (joint.takes.start <= standing.now and me in on_duty(standing, handover)))


def on_duty(standing: Duties, handover: Handover) -> Sequence[PersonId]:
    """Who is on duty now in the line that takes it; of another rota in any line."""
    joint = handover.joint
    return standing.on_duty(joint.to_rota, joint.level if joint.to_rota == joint.rota else None)


def seen(
    standing: Duties, found: Versioned[Handover], me: PersonId | None, drafts: Sequence[Item] = ()
) -> HandoverView:
    """As somebody sees it: a draft with what is so now, a given one as it was given."""
    value = current(standing, found.value)
    if value.state is HandoverState.draft:
        mine = drafts if me is not None and me in value.joint.giving else ()
        value = replace(value, items=gather(standing, value, mine))
    return HandoverView(
        sheet(standing.rules, value, standing.now), found.version, _side(standing, found.value, me),
        _steps_before(standing.rules.tx, value),
    )  # fmt: skip


def current(standing: Duties, handover: Handover) -> Handover:
    """A signed one with what came since; any other as it is."""
    if handover.state is not HandoverState.signed:
        return handover
    return grown(handover, gather(standing, handover))


def sheet(rules: Rules, handover: Handover, now: Instant) -> Sheet:
    """With the names it needs and what changed since it was signed."""
    rotas, joint = rules.tx.definitions.rotas(), handover.joint

    def name(rota: RotaId) -> str:
        versions = rotas.get(rota, ())
        return versions[-1].value.name if versions else rota

    return Sheet(
        handover, now, dict(_names(rules, handover)), rules.tx.definitions.site().get("prefix", DEFAULT_PREFIX),
        name(joint.rota), name(joint.to_rota), tuple(_changed(rules.tx, handover)),
    )  # fmt: skip


def listed(
    tx: Transaction, now: Instant, *, rota: RotaId | None = None, text: str = "", limit: int = MOST
) -> tuple[Sheet, ...]:
    """Those that were written for, the newest first; with a text those in which every word of it stands."""
    rules = rules_of(tx)
    found: list[Sheet] = []
    wanted = fold(text).split()
    for number, one in enumerate(tx.handovers.newest(rota=rota)):
        if len(found) >= limit or number >= LOOKED_THROUGH:
            break
        if all(word in fold(_text(rules, one.value)) for word in wanted) if wanted else True:
            found.append(sheet(rules, one.value, now))
    return tuple(found)


def _default(tx: Transaction, standing: Duties, me: PersonId | None) -> Versioned[Handover]:
    first = next(concerning(tx, standing, me), None) if me is not None else None
    if first is None:
        raise NotFound("handover.none")
    return known(tx, standing, first)


def _side(standing: Duties, handover: Handover, me: PersonId | None) -> Side:
    if me is not None and handover.gives(me):
        return Side.giving
    if me is not None and (me in handover.joint.taking or takes(standing, handover, me)):
        return Side.taking
    return Side.reading


def _names(rules: Rules, handover: Handover) -> Iterator[tuple[str, str]]:
    """Of everybody who stands in it, and of authorities outside that work on its tickets."""
    joint = handover.joint
    people: list[str | None] = [*joint.giving, *joint.taking, handover.signed_by, handover.accepted_by]
    people += [one.by for said in (handover.steps, handover.promises, handover.remarks) for one in said]
    people += [item.owner for item in handover.items]
    details = [reason.detail for item in handover.items for reason in item.reasons]
    for key in dict.fromkeys((*people, *details)):
        if key in rules.people:
            yield key, rules.people[key].name
        elif key in rules.teams:
            yield key, rules.teams[key].name


def _changed(tx: Transaction, handover: Handover) -> Iterator[str]:
    if handover.state is not HandoverState.signed or handover.signed_at is None:
        return
    tickets = [item.ticket for item in handover.items if item.ticket is not None]
    touched = {row.id for row in tx.tickets.rows(tickets) if row.updated_at > handover.signed_at}
    yield from (item.key for item in handover.items if item.ticket in touched)


def _steps_before(tx: Transaction, handover: Handover) -> dict[TicketId, str]:
    """The newest next step in the history of each ticket that lacks one here."""
    if handover.state is not HandoverState.draft:
        return {}
    lacking = frozenset(handover.lacking(handover.items))
    if not lacking:
        return {}
    since = Instant(handover.joint.span.end - STEPS_BACK)
    noted = tx.journal.of_kinds(("next_step",), since=since)
    return {
        fact.ticket: fact.event.text
        for fact in noted
        if fact.ticket in lacking and isinstance(fact.event, NextStepNoted)
    }


def _text(rules: Rules, handover: Handover) -> str:
    """All that is searched of it."""
    prefix = rules.tx.definitions.site().get("prefix", DEFAULT_PREFIX)
    parts: Iterable[str] = (
        handover.id, handover.note, handover.risks,
        *(one.text for said in (handover.steps, handover.promises, handover.remarks) for one in said),
        *(item.title for item in handover.items),
        *(f"{prefix}{item.ticket}" for item in handover.items if item.ticket is not None),
        *(name for _, name in _names(rules, handover)),
    )  # fmt: skip
    return " ".join(parts)
