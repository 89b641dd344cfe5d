"""Changes of a rota: overrides, pinned periods, other layers and turns; each one transaction and one fact."""

from collections.abc import Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.faults import Forbidden
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.edits import Turn
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.schedule import Override, OverrideKind, Rota
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.effects import Effect, effect
from supporttui.usecases.rota.rights import begin, leads, require_own
from supporttui.usecases.rota.telling import tell_changed
from supporttui.usecases.rota.wishes import (
    EditRota,
    EndOverride,
    Pin,
    PutOverride,
    Unpin,
    Wish,
    from_now,
    override_of,
    period_of,
    pinned_from_now,
    proposal,
    versions_of,
    with_turns,
)
from supporttui.usecases.rules import Rules, rules_of


def change(call: Call, tx: Transaction, wish: Wish) -> Effect:
    """Make a wish come true: just what ``effects.whatif`` told of it.

    A person may take duty upon themselves and end what they made; everything else is for leads.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        Refused: ``operation.known``, and as ``wishes.proposal`` does.
    """
    rules, wish = begin(call, tx), _signed(call, wish)
    _require(call, rules, wish)
    found = effect(rules, proposal(rules, wish, call.at))
    _store(call, rules, wish)
    tell_changed(call, rules, found, _reason(wish))
    return found


def override(
    call: Call,
    tx: Transaction,
    rota: RotaId,
    *,
    start: Instant,
    end: Instant,
    person: PersonId | None = None,
    in_place_of: PersonId | None = None,
    kind: OverrideKind = OverrideKind.replace,
    layer: str | None = None,
    level: int | None = 1,
    reason: str = "",
) -> Effect:
    """Put somebody on duty, or take somebody off, in one line of support (``None``: in each), or in that of a layer.

    Raises as ``change`` does; BadInput ``override.…`` for one without meaning.
    """
    wanted = Override(
        call.operation, kind, start, end, person=person, in_place_of=in_place_of, layer=layer, reason=reason.strip(),
        level=level if layer is None else None,
    )  # fmt: skip
    return change(call, tx, PutOverride(rota, wanted))


def end_override(call: Call, tx: Transaction, rota: RotaId, override: str) -> Effect:
    """Take an override back from now on. Raises as ``change`` does."""
    return change(call, tx, EndOverride(rota, override))


def edit(
    call: Call, tx: Transaction, rota: Rota, *, valid_from: Instant | None = None, at_once: bool = False
) -> Effect:
    """Other layers from an instant on; whoever is on turn then finishes it, unless ``at_once``.

    Raises as ``change`` does.
    """
    return change(call, tx, EditRota(rota, valid_from, at_once))


def set_turns(
    call: Call,
    tx: Transaction,
    rota: RotaId,
    layer: str,
    *,
    turns: Sequence[Turn],
    valid_from: Instant | None = None,
    at_once: bool = False,
    reason: str = "",
) -> Effect:
    """Other people or another order in a layer from an instant on, an empty turn being a free one.

    Raises as ``change`` and ``wishes.with_turns`` do.
    """
    at = call.at if valid_from is None else valid_from
    wish = with_turns(rules_of(tx), rota, layer, turns, at, at_once=at_once, reason=reason)
    return change(call, tx, wish)


def pin(call: Call, tx: Transaction, rota: RotaId, period: PinnedPeriod) -> Effect:
    """Set the shifts of a period by hand. Raises as ``change`` does."""
    return change(call, tx, Pin(rota, period))


def unpin(call: Call, tx: Transaction, rota: RotaId, period: str) -> Effect:
    """Let a pinned period end now. Raises as ``change`` does."""
    return change(call, tx, Unpin(rota, period))


def _reason(wish: Wish) -> str:
    match wish:
        case PutOverride(_, wanted):
            return wanted.reason
        case Pin(_, period):
            return period.reason
        case _:
            return ""


def _signed(call: Call, wish: Wish) -> Wish:
    """Who made an override, and when, is what the call says."""
    if not isinstance(wish, PutOverride):
        return wish
    return replace(wish, override=replace(wish.override, created_at=call.at, created_by=call.actor, swap_id=""))


def _require(call: Call, rules: Rules, wish: Wish) -> None:
    match wish:
        case PutOverride(_, wanted) if wanted.kind is not OverrideKind.remove:
            require_own(call, rules.tx, wanted.person)
        case EndOverride():
            _require_made(call, rules, wish)
        case _:
            require(call, rules.tx, Permission.configure)


def _require_made(call: Call, rules: Rules, wish: EndOverride) -> None:
    require(call, rules.tx, Permission.work)
    if override_of(rules, wish).created_by != call.actor and not leads(call, rules.tx):
        raise Forbidden("rota.not_yours", person=override_of(rules, wish).created_by)


def _store(call: Call, rules: Rules, wish: Wish) -> None:
    tx = rules.tx
    match wish:
        case PutOverride(rota, wanted):
            tx.definitions.put(rota, from_now(wanted, call.at))
            tx.journal.append_definition(call, "override", f"{rota}/{wanted.id}", 1)
        case EndOverride(rota, key):
            tx.rotas.end(rota, override_of(rules, wish), call.at)
            tx.journal.append_definition(call, "override", f"{rota}/{key}", 2)
        case Pin(rota, period):
            tx.rotas.pin(rota, pinned_from_now(period, call.at), created_at=call.at)
            tx.journal.append_definition(call, "pinned", f"{rota}/{period.id}", 1)
        case Unpin(rota, key):
            tx.rotas.end(rota, period_of(rules, wish), call.at)
            tx.journal.append_definition(call, "pinned", f"{rota}/{key}", 2)
        case EditRota():
            _store_versions(call, rules, wish)


def _store_versions(call: Call, rules: Rules, wish: EditRota) -> None:
    for made in versions_of(rules, wish, call.at):
        version = rules.tx.definitions.put(wish.rota.id, made.rota, valid_from=made.valid_from)
        rules.tx.journal.append_definition(call, "rota", wish.rota.id, version)
