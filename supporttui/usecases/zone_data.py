"""By which release of the world's zone rules the timers were counted, and counting them anew by another."""

from dataclasses import dataclass

from supporttui.domain.access import Permission
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.site import TZ_VERSION
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.attempt import tried
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.replay import refold


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting by another release does."""

    before: str
    """The release until now; empty where none was named."""
    after: str
    tickets: int
    """Open tickets of which a timer moves."""


def in_force(tx: Transaction) -> str:
    """The release by which this database counts; empty where nobody has said so yet."""
    return tx.definitions.site().get(TZ_VERSION, "")


def note(tx: Transaction, release: str) -> None:
    """Name the release, where none was named yet."""
    if release and not in_force(tx):
        tx.definitions.put_site({TZ_VERSION: release})


def adopt(call: Call, tx: Transaction, release: str, *, even_older: bool = False) -> Counted:
    """Count the timers of open tickets anew by this machine's rules, which are of ``release``, and say so.

    Dues that are still to come move; a breach that is on record stays one.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
        Refused: ``zones.older`` where these rules are older than those in force, unless that is what is wanted.
    """
    require(call, tx, Permission.configure)
    before = in_force(tx)
    if release < before and not even_older:  # 2025b, 2026a: they sort as they came out
        raise Refused("zones.older", here=release, there=before)
    moved = refold(call, tx)
    tx.definitions.put_site({TZ_VERSION: release})
    if before != release:
        tx.journal.append_definition(call, "zone_data", release, 1)
    return Counted(before, release, moved)


def whatif_adopt(tx: Transaction, actor: PersonId, now: Instant, release: str) -> Counted:
    """What ``adopt`` would do now; it is done and taken back. Raises as ``adopt`` does."""
    return tried(tx, lambda: adopt(Call(actor, now, OperationId("what-if")), tx, release, even_older=True))
