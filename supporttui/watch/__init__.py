"""What happens when nobody presses a key: due steps fire, notices leave, one watch leads.

It runs as a thread beside the desk on SQLite, or alone as ``supporttui watch``; whoever holds the lease
works, the others wait. Every write joins on the lease's token, so a watch that froze and came back
changes nothing. A notice is claimed, handed over outside any transaction, then marked; a crash between
the last two hands it over again under the same key, and no crash loses it.
"""

import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from supporttui.domain.events import Origin
from supporttui.domain.faults import ChannelFailed, Conflict, Refused, StoreUnavailable, SupportError
from supporttui.domain.ids import OperationId, PersonId, TicketId
from supporttui.domain.people import Person
from supporttui.domain.spans import Instant
from supporttui.i18n import incoming_wording
from supporttui.i18n.catalogue import Words
from supporttui.usecases import auditing, escalation, notices, rota, timer_notices
from supporttui.usecases.handover import sweeping
from supporttui.usecases.incoming import beats, pruning
from supporttui.usecases.ports import Call, Changed, Channel, Clock, Feed, Mark, Notice, Store, Transaction
from supporttui.watch.courier import facts_of as facts_of
from supporttui.watch.courier import hand_over
from supporttui.watch.options import Turn as Turn
from supporttui.watch.options import WatchOptions as WatchOptions
from supporttui.watch.parking import STUCK_SECONDS, Parking

T = TypeVar("T")
ACTOR = PersonId("watch")
SECONDS_TO_FINISH = 2.0
SHORTEST_PAUSE = 0.2
"""After a turn that did nothing, also where something is due: it may be stuck."""
TIMERS_AT_ONCE = 200
"""So many timers are looked at in one sweep; what they have to tell one person is bundled."""
RECORD_SECONDS = 60.0
"""So often it is looked whether any duty is over that is not recorded yet."""
_LOG = logging.getLogger("supporttui.watch")


class Watch:
    """Sweeps and delivers for one database while it holds the lease."""

    def __init__(
        self,
        store: Store,
        *,
        channels: Mapping[str, Channel],
        words_for: Callable[[Person | None], Words],
        clock: Clock,
        holder: str,
        feed: Feed | None = None,
        follow: Callable[[Instant], object] = lambda _: None,
        options: WatchOptions | None = None,
        heartbeat: Channel | None = None,
    ) -> None:
        """``follow`` is told the database's clock at each renewal: a watch runs for weeks.

        ``heartbeat`` is sent once a minute while all is well.
        """
        self._heartbeat = heartbeat
        self._store = store
        self._channels = channels
        self._words_for = words_for
        self._clock = clock
        self._holder = holder
        self._feed = feed
        self._follow = follow
        self._options = options or WatchOptions()
        self._token: int | None = None
        self._renewed = float("-inf")
        self._recorded = float("-inf")
        self._listening = False
        self._parking = Parking()
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()
        self._woken = threading.Event()

    # --- its life -------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until ``stop``; neither a database that is away nor a defect of ours ends it."""
        failures = 0
        while not self._ending.is_set():
            turn = self._guarded_turn()
            failures = 0 if turn is not None else failures + 1
            if turn is None or not turn.worked:
                self._sleep(failures)
        self._leave()

    def start(self) -> None:
        """Run in a thread of its own: sending waits for programs, and the desk must not.

        It leads before this returns, if it can, so that a desk's first reading already sees it.
        """
        with contextlib.suppress(StoreUnavailable):
            self._lead()
        self._thread = threading.Thread(target=self.run, name="watch", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait a moment for the thread to end; a program that hangs in a channel is not waited for."""
        if self._thread is not None:
            self._thread.join(SECONDS_TO_FINISH)

    def stop(self) -> None:
        """Finish the notice in hand, give the lease back and end; safe in a signal handler and any thread."""
        self._ending.set()
        self._woken.set()

    def once(self) -> Turn:
        """Do everything that is due now, give the lease back and say what was done; for cron."""
        total = Turn(leading=False)
        while not self._ending.is_set():
            turn = self.turn()
            total += turn
            if not turn.worked:
                break
        self._leave()
        return total

    def turn(self) -> Turn:
        """Lead if nobody else does, fire what is due, hand over at most one notice.

        Raises:
            StoreUnavailable: what was not done yet is done after the database is back.
        """
        try:
            token = self._lead()
            if token is None:
                return Turn(leading=False)
            fired = self._sweep(token) + self._hear_silence(token)
            swept = Turn(leading=True, fired=fired, warned=self._warn(token))
            done = swept + self._deliver(token)
            self._record(token)
        except Refused as fault:
            if fault.code != "lease.lost":
                raise
            self._token = None
            return Turn(leading=False)
        return done

    def _guarded_turn(self) -> Turn | None:
        try:
            self._listen()
            return self.turn()
        except StoreUnavailable as fault:
            _LOG.warning("database away: %s", fault.code)
        except Exception:  # a defect in one turn must not leave the site without a watch
            _LOG.exception("a turn failed")
        self._token = None
        return None

    def _listen(self) -> None:
        if self._feed is not None and not self._listening:
            self._feed.start(self._store.head(), self._heard)
            self._listening = True

    def _sleep(self, failures: int) -> None:
        """Until something is due, is heard, or the lease needs a sign of life."""
        self._woken.wait(min(30.0, 2.0**failures) if failures else self._idle_seconds())
        self._woken.clear()
        if self._ending.is_set():  # asked for between waking and clearing: no later sleep may swallow it
            self._woken.set()

    def _idle_seconds(self) -> float:
        try:
            due = self._read(next_due)
        except SupportError:
            return 1.0
        rest = self._options.pause if due is None or self._token is None else due - self._clock()
        return float(min(max(rest, SHORTEST_PAUSE), self._options.pause))

    def _heard(self, _: Changed) -> None:
        self._woken.set()

    def _leave(self) -> None:
        if self._feed is not None:
            self._feed.stop()
        token, self._token = self._token, None
        if token is None:
            return
        try:
            with self._store.write() as tx:
                tx.lease.release(token)
        except (StoreUnavailable, Refused) as fault:
            _LOG.warning("lease not given back: %s", fault.code)

    # --- its work -------------------------------------------------------------------------------------

    def _lead(self) -> int | None:
        """The token, renewed when it is time; ``None`` while another watch leads."""
        if self._token is not None and time.monotonic() - self._renewed < self._options.renew:
            return self._token
        if self._token is None and self._read(self._led_by_another):
            return None  # standing by writes nothing
        # From before the question on: however long the answer takes, the lease is not thought to last longer than it
        # does. And monotonic: a wall clock that is set back must not keep anybody from renewing.
        asked = time.monotonic()
        with self._store.write() as tx:
            self._token = tx.lease.take(self._holder, self._options.lease)
            self._follow(tx.now())
        self._renewed = asked
        return self._token

    def _led_by_another(self, tx: Transaction) -> bool:
        pulse = tx.lease.pulse()
        return pulse is not None and pulse.holder != self._holder and pulse.until > tx.now()

    def _sweep(self, token: int) -> int:
        """Steps that are due, then criteria that may hold by now."""
        stuck = self._parking.waiting(time.monotonic())
        most = self._options.batch + len(stuck)
        due = self._read(lambda tx: tx.escalations.due(self._clock(), most))
        looks = self._read(lambda tx: tx.looks.due(self._clock(), most))
        work = [(escalation.advance, found.ticket) for found in due] + [(escalation.look, ticket) for ticket in looks]
        once = dict.fromkeys(work)  # both escalations of a ticket are taken together
        return sum(self._advance(token, ticket, take) for take, ticket in once if ticket not in stuck)

    def _advance(self, token: int, ticket: TicketId, take: Callable[[Call, Transaction, int, TicketId], int]) -> int:
        """One ticket in a transaction of its own: what is wrong with it holds up no other."""
        try:
            taken = self._write(lambda call, tx: take(call, tx, token, ticket))
        except Conflict:  # a desk was faster; the next turn looks again
            return 0
        except Exception as error:
            if _ends_turn(error):
                raise
            _LOG.exception("the step of ticket %s failed", ticket)
            self._parking.failed(ticket, time.monotonic(), self._clock())
            return 0
        self._parking.went_well(ticket)
        return taken

    def _hear_silence(self, token: int) -> int:
        """A ticket for each system whose sign of life stays away."""
        if not self._read(partial(beats.is_silent, now=self._clock())):
            return 0
        words = incoming_wording.wording(self._words_for(None))
        try:
            return self._write(partial(beats.silence, token=token, words=words))
        except Conflict:  # the sign came in this very instant
            return 0

    def _warn(self, token: int) -> int:
        """Tell of timers whose time runs out; one that cannot be told of holds up no other."""
        due = self._read(lambda tx: tx.marks.due(self._clock(), TIMERS_AT_ONCE))
        if not due:
            return 0
        try:
            return self._write(lambda call, tx: timer_notices.warn(call, tx, token, limit=TIMERS_AT_ONCE))
        except Exception as error:
            if _ends_turn(error):
                raise
            _LOG.exception("timers could not be told of together; now one by one")
            return sum(self._warn_one(token, mark) for mark in due)

    def _warn_one(self, token: int, mark: Mark) -> int:
        try:
            return self._write(partial(timer_notices.warn_one, token=token, mark=mark))
        except Exception as error:
            if _ends_turn(error):
                raise
            _LOG.exception("a timer of ticket %s could not be told of", mark.ticket)
            return self._write(partial(timer_notices.park, token=token, mark=mark, seconds=int(STUCK_SECONDS)))

    def _record(self, token: int) -> None:
        """Once a minute: keep duty that is over, see to handovers, look at the work of the watch itself.

        A defect there keeps nobody from being called.
        """
        if time.monotonic() - self._recorded < RECORD_SECONDS:
            return
        self._recorded = time.monotonic()
        found = self._write(partial(auditing.audit, token=token, parked=self._parking.parked()))
        for trouble in found:
            _LOG.warning("%s: ticket %s, message %s", trouble.code, trouble.ticket, trouble.key or "-")
        if not found:
            self._beat()
        for failed, is_due, work in _EACH_MINUTE:
            try:
                if self._read(partial(is_due, now=self._clock())):
                    self._write(partial(work, token=token))
            except Exception as error:
                if _ends_turn(error):
                    raise
                _LOG.exception(failed)

    def _beat(self) -> None:
        """All is well: somebody outside may know."""
        if self._heartbeat is None:
            return
        try:
            self._heartbeat.send("", "supporttui", "", key=f"heartbeat:{self._clock()}", facts={})
        except ChannelFailed as fault:
            _LOG.warning("no sign of life left: %s", fault)

    def _deliver(self, token: int) -> Turn:
        """Claim, hand over and mark one notice.

        One at a time: claiming checks the lease and whom the page reaches, and that must be fresh.
        """
        if not self._read(lambda tx: _is_due(tx.outbox.next_due(), tx.now())):
            return Turn(leading=True)
        claimed = self._claim(token)
        if not claimed:
            return Turn(leading=True, dropped=1)
        notice = claimed[0]
        error, retry_after = self._handed_over(notice)
        self._write(
            lambda call, tx: notices.settle(call, tx, notice, token=token, error=error, retry_after=retry_after)
        )
        return Turn(leading=True, sent=not error, failed=bool(error))

    def _claim(self, token: int) -> Sequence[Notice]:
        claim = partial(notices.claim, token=token, limit=1, seconds=self._options.claim, pace=self._options.pace)
        try:
            return self._write(claim)
        except Exception as error:
            if _ends_turn(error):
                raise
            _LOG.exception("the look at a notice failed; it leaves as it was queued")
            return self._write(partial(claim, look=False))

    def _handed_over(self, notice: Notice) -> tuple[str, int]:
        """What went wrong (empty: nothing) and after how many seconds to try again."""
        try:
            people = self._read(lambda tx: tx.definitions.people())
            hand_over(notice, channels=self._channels, people=people, words_for=self._words_for)
        except ChannelFailed as fault:
            _LOG.warning("notice %s not handed over: %s", notice.key, fault)
            return fault.code, fault.retry_after
        except Exception as error:  # one notice that cannot be worded must not hold up the others
            _LOG.exception("notice %s failed", notice.key)
            return f"defect.{type(error).__name__}", 60
        return "", 0

    def _read(self, question: Callable[[Transaction], T]) -> T:
        with self._store.read() as tx:
            return question(tx)

    def _write(self, work: Callable[[Call, Transaction], T]) -> T:
        call = Call(ACTOR, self._clock(), OperationId(uuid.uuid4().hex), Origin.watch)
        with self._store.write() as tx:
            return work(call, tx)


_EACH_MINUTE: tuple[tuple[str, Callable[..., bool], Callable[..., int]], ...] = (
    ("duty that is over was not recorded", rota.unrecorded, rota.record_duty),
    ("handovers were not seen to", sweeping.is_due, sweeping.sweep),
    ("signs of life are not waited for", beats.is_unawaited, beats.wait_for),
    ("old messages were not forgotten", pruning.is_due, pruning.prune),
)
"""What is said when it fails, whether there is something to do, and what does it."""


def _ends_turn(error: Exception) -> bool:
    """The database is away or another watch leads; anything else is about one ticket or one notice."""
    return isinstance(error, StoreUnavailable) or (isinstance(error, Refused) and error.code == "lease.lost")


def _is_due(due: Instant | None, now: Instant) -> bool:
    return due is not None and due <= now


def next_due(tx: Transaction) -> Instant | None:
    """When the watch has something to do next: a step that fires, time that runs out, a notice that leaves."""
    dues = (
        tx.escalations.next_due(), tx.looks.next_due(), tx.marks.next_due(), tx.outbox.next_due(),
        tx.incoming.next_silent(),
    )  # fmt: skip
    return min((at for at in dues if at is not None), default=None)
