"""Who hears of a change of a rota: whose duty it changes, and who is asked to cover."""

from collections.abc import Iterable, Iterator

from supporttui.domain.access import Permission, may
from supporttui.domain.ids import PersonId
from supporttui.domain.notices import QUIET, DutyCode
from supporttui.domain.paging.contacts import first_contacts
from supporttui.domain.processes import left_out, of_line
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.snapshot import Snapshot, rota_at
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest
from supporttui.domain.rota.whatif import Change
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Call, Notice
from supporttui.usecases.rota.certified import on_rota
from supporttui.usecases.rota.effects import Effect
from supporttui.usecases.rota.wishes import HORIZON, known
from supporttui.usecases.rules import Rules


def tell_changed(call: Call, rules: Rules, effect: Effect, text: str = "") -> None:
    """Whose duty changes hears so, the first change of each kind and how many more; not who changed it."""
    told: dict[tuple[PersonId, DutyCode], list[Change]] = {}
    for change in sorted(effect.changes, key=lambda one: one.after.span.start):
        before, after = change.before.people, change.after.people
        for person in after:
            if person not in before:
                told.setdefault((person, DutyCode.given), []).append(change)
        for person in before:
            if person not in after:
                told.setdefault((person, DutyCode.gone), []).append(change)
    notices = [
        notice
        for (person, code), changes in told.items()
        if person != call.actor
        for notice in _notices(
            call, rules, person, code, rota=effect.rota_name, text=text, more=len(changes) - 1,
            piece=SwapPiece(changes[0].after.span, changes[0].after.level),
        )
    ]  # fmt: skip
    rules.tx.outbox.add(tuple(notices))


def tell_asked(call: Call, rules: Rules, swap: SwapRequest) -> None:
    """Who is asked to cover, or everybody who has duty on that rota and is certified for it, hears of a request."""
    asked: Iterable[PersonId] = (swap.to,) if swap.to is not None else _able(rules, swap, call.at)
    _tell_of(call, rules, swap, [one for one in asked if one != swap.asked_by], DutyCode.cover, by=swap.asked_by)


def tell_to_agree(call: Call, rules: Rules, swap: SwapRequest) -> None:
    """Leads hear that a swap waits for one of them."""
    leads = [one.id for one in rules.people.values() if may(one.role, Permission.configure)]
    partners = (swap.asked_by, swap.taken_by)
    able = [lead for lead in leads if lead not in partners]
    _tell_of(call, rules, swap, able, DutyCode.consent, by=swap.taken_by or swap.asked_by)


def _tell_of(
    call: Call, rules: Rules, swap: SwapRequest, people: Iterable[PersonId], code: DutyCode, *, by: PersonId
) -> None:
    name = rota_at(known(rules, swap.rota), call.at).name
    notices = [
        notice
        for person in people
        if person != call.actor
        for notice in _notices(
            call, rules, person, code, rota=name, text=swap.reason, more=len(swap.pieces) - 1, piece=swap.pieces[0],
            by=by, swap=swap.id,
        )
    ]  # fmt: skip
    rules.tx.outbox.add(tuple(notices))


def _able(rules: Rules, swap: SwapRequest, now: Instant) -> Iterator[PersonId]:
    """Of everybody on the rota those who lack no certification for any piece."""
    processes = on_rota(rules, swap.rota)
    for person in _on_rota(known(rules, swap.rota), now):
        found = rules.people.get(person)
        asked = ((of_line(processes, piece.level), piece.span) for piece in swap.pieces)
        if found is None or all(left_out(found, mine, span) is None for mine, span in asked):
            yield person


def _on_rota(plan: Snapshot, now: Instant) -> tuple[PersonId, ...]:
    """Everybody who has duty in the time to come, each once."""
    pieces = duty(plan, now, Instant(now + HORIZON))
    return tuple(dict.fromkeys(person for piece in pieces for person in piece.people))


def _notices(
    call: Call,
    rules: Rules,
    person: PersonId,
    code: DutyCode,
    *,
    rota: str,
    piece: SwapPiece,
    text: str,
    more: int,
    by: PersonId | None = None,
    swap: str = "",
) -> Iterator[Notice]:
    params: dict[str, str | int] = {
        "rota": rota, "start": piece.span.start, "end": piece.span.end, "line": piece.level,
        "by": rules.name(by or call.actor), "text": text, "more": more, "swap": swap,
    }  # fmt: skip
    for contact in first_contacts(rules.people.get(person)):
        yield Notice(
            key=f"{call.operation}:{code}:{person}:{contact.channel}:{contact.address}", ticket=None, person=person,
            channel=contact.channel, address=contact.address, code=code.value,
            params={name: value for name, value in params.items() if value not in ("", 0)},
            not_before=call.at, priority=QUIET, operation=call.operation,
        )  # fmt: skip
