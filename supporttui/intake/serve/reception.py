"""What a server and a mailbox do with the database: each message in one transaction, again if somebody was quicker."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from supporttui.domain.faults import BadInput, Conflict
from supporttui.domain.ids import DEFAULT_PREFIX, OperationId, PersonId, TicketId
from supporttui.domain.incoming.report import Report, folded, key_of
from supporttui.domain.incoming.source import IntakeSource, SourceKind
from supporttui.domain.states import Origin
from supporttui.intake.serve.letters import letter
from supporttui.intake.serve.payloads import message
from supporttui.usecases.incoming import beats, letters, messages, taking
from supporttui.usecases.incoming.taking import Taken, Wording
from supporttui.usecases.ports import Call, Store, Transaction

T = TypeVar("T")
ACTOR = PersonId("intake")
TRIES = 5
Work = Callable[[Call, Transaction], tuple[Taken, ...]]


class Reception:
    """Takes in messages for one database; from any thread."""

    def __init__(self, store: Store, words: Wording) -> None:
        self._store = store
        self._words = words

    def take(
        self,
        source: str,
        body: bytes,
        *,
        kinds: Collection[SourceKind],
        own: Collection[str] = (),
        key: str = "",
        about: Sequence[TicketId] = (),
    ) -> tuple[Taken, ...]:
        """Take in what a source says; ``key`` is the id that the way gives a message, if it does.

        ``own`` are the addresses of a mailbox; ``about`` are tickets to which those of the message are related.

        Raises:
            NotFound: ``source.unknown``, ``service.unknown``.
            BadInput: ``source.kind``, or as ``payloads.message``; nothing was stored.
            StoreUnavailable: nothing was stored, or it is unknown.
        """
        with self._store.read() as tx:
            found = taking.source_of(tx, source)
        if found.kind not in kinds:
            wanted = ", ".join(sorted(kinds))
            raise BadInput("source.kind", source=source[:60], kind=found.kind.value, wanted=wanted)
        work = self._mail(source, body, own) if found.kind is SourceKind.mail else self._message(found, body, key)
        return self._write(lambda call, tx: _linked(call, tx, source, work=work, about=about))

    def _mail(self, source: str, body: bytes, own: Collection[str]) -> Work:
        mail = letter(body)
        return lambda call, tx: (letters.take_letter(call, tx, source, mail, own=own, words=self._words),)

    def _message(self, source: IntakeSource, body: bytes, key: str) -> Work:
        read = message(source.kind, body)
        reports = read.reports(source)
        return lambda call, tx: taking.take(
            call, tx, source.id, reports, message=read.id or key_of(key), words=self._words
        )

    def read(self, source: str, body: bytes) -> tuple[Report, ...]:
        """What a message would be read as; nothing is stored. Raises as ``take`` does, for what is read."""
        with self._store.read() as tx:
            found = taking.source_of(tx, source)
        if found.kind is SourceKind.mail:
            return (letters.as_report(found, letter(body), self._words),)
        return folded(message(found.kind, body).reports(found))

    def beat(self, beat: str) -> Taken:
        """A sign of life. Raises NotFound ``beat.unknown``; StoreUnavailable."""
        return self._write(lambda call, tx: beats.sign(call, tx, beat))

    def look(self) -> None:
        """Whether the database answers. Raises StoreUnavailable."""
        with self._store.read() as tx:
            tx.now()

    def prefix(self) -> str:
        """What stands before a ticket's number."""
        with self._store.read() as tx:
            return tx.definitions.site().get("prefix", DEFAULT_PREFIX)

    def _write(self, work: Callable[[Call, Transaction], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._once(work)
            except Conflict:  # a desk or another message was quicker
                continue
        return self._once(work)

    def _once(self, work: Callable[[Call, Transaction], T]) -> T:
        with self._store.write() as tx:
            return work(Call(ACTOR, tx.now(), OperationId(uuid.uuid4().hex), Origin.intake), tx)


def _linked(call: Call, tx: Transaction, source: str, *, work: Work, about: Sequence[TicketId]) -> tuple[Taken, ...]:
    """What the source says its message is about, it says itself."""
    return messages.link(replace(call, actor=PersonId(source)), tx, work(call, tx), about)
