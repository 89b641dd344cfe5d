"""One run of the program: what was given, and what is made of it when it is first needed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from supporttui import usecases
from supporttui.bootstrap import places
from supporttui.bootstrap.places import Place
from supporttui.cli import actor, output
from supporttui.cli.exits import Exit, exit_of
from supporttui.cli.when import moment
from supporttui.clock import CorrectedClock, system_clock
from supporttui.domain.faults import BadInput, StoreUnavailable, StoreUnfit, SupportError
from supporttui.domain.ids import DEFAULT_PREFIX, OperationId, PersonId
from supporttui.domain.spans import Instant
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import Loaded, Settings, load

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.storage.location import Secret
    from supporttui.usecases.ports import Call, Clock

T = TypeVar("T")


class Session:
    """Options, settings, words and the database of one run."""

    def __init__(self, args: Sequence[str], env: Mapping[str, str], *, clock: Clock | None = None) -> None:
        self.args = args
        self.env = env
        self.given: dict[str, Any] = {}
        """Global options by name, as they were given before or after the verb."""
        self.exit_code: int = Exit.done
        """What a command ends with that was carried out but has more to say (``doctor``, several tickets)."""
        self.clock = CorrectedClock(clock or system_clock())
        self.drafts: Path | None = None
        """Where what is typed at the desk is kept; ``None``: with the person's state, for this database alone."""
        self.secret: Secret | None = None
        """The password of the database, once it was told in this run."""
        self._place: Place | None = None

    # --- what is set ------------------------------------------------------------------------------

    @cached_property
    def _files(self) -> Loaded:
        config = self.given.get("config")
        return load(self.env, config=Path(config) if config else None)

    @property
    def loaded(self) -> Loaded:
        """Settings with the global options, as far as they are read, on top. Raises BadInput ``settings.…``."""
        return self._files.on_top(
            database=self.given.get("db"),
            zone=self.given.get("zone"),
            me=self.given.get("me"),
            read_only=self.given.get("read_only"),
        )

    @cached_property
    def words(self) -> Words:
        """The words of the person at this terminal.

        Raises:
            BadInput: ``language.unknown``; ``settings.not_allowed``. A locale that nobody speaks is no fault.
        """
        if asked := self.given.get("lang"):
            return places.spoken(self.loaded, self.env, asked)
        return places.configured_words(self.loaded, self.env)

    @property
    def json(self) -> bool:
        """Whether a machine reads what is shown."""
        return bool(self.given.get("json"))

    @property
    def may_ask(self) -> bool:
        """Whether somebody is there to answer."""
        return output.is_terminal() and not self.given.get("no_input") and not self.json

    @cached_property
    def unicode(self) -> bool:
        """Whether signs beyond ASCII may be written."""
        return places.unicode_of(self.loaded, output.encoding())

    @property
    def url(self) -> str:
        """The database of this run. Raises BadInput (``store.url``) for ``--db ""``: a variable is not set."""
        if self.given.get("db") == "":
            raise BadInput("store.url", url='""')
        if self._place is not None and self._place.as_of is None:
            return self._place.store.url
        return places.database_of(self.loaded, self.env)

    # --- the database -----------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The database, replayed to ``--as-of`` if that was given. Raises ``store.…``."""
        if self._place is None:
            self._place = self._opened()
        return self._place

    def make_place(self) -> Place:
        """The database, made with its tables if it is not there yet. Raises as ``require_writing``; ``store.…``."""
        self.require_writing()
        if self._place is None:
            self._place = self.unlocked(
                lambda secret: places.open_place(self.url, clock=self.clock, create=True, secret=secret)
            )
        return self.place

    def unlocked(self, open_it: Callable[[Secret | None], T]) -> T:
        """What ``open_it`` gives when it is handed the database's password, which is asked for if need be."""
        if not self.url.startswith("postgres"):
            return open_it(None)
        from supporttui.cli import unlocking  # a file wants no password

        return unlocking.unlocked(self, open_it)

    def place_or_empty(self) -> Place:
        """The database, or an empty one in memory if there is none yet: to see what would happen in it."""
        try:
            return self.place
        except StoreUnfit as fault:
            if fault.code not in ("store.missing", "store.no_tables"):
                raise
        self._place = places.in_memory(self.clock)
        return self._place

    def use(self, place: Place, me: PersonId) -> None:
        """Work on this database as this person: the demo's."""
        self._place = place
        self.me = me

    def _opened(self) -> Place:
        text = self.given.get("as_of")
        place = self.unlocked(
            lambda secret: places.open_place(self.url, clock=self.clock, read_only=self._only_reads, secret=secret)
        )
        if text is None:
            return place
        now = place.clock()
        at = moment(self.words, text, now, past=True)
        if at > now:
            place.store.close()
            raise BadInput("cli.as_of_future", moment=times.iso(at, self.words.zone))
        if not self.json:
            output.say(self.words.t("As of {moment}.", moment=times.iso(at, self.words.zone)))
        return places.replayed(place, at)

    @property
    def _only_reads(self) -> bool:
        return bool(self.loaded.settings.read_only or self.given.get("as_of"))

    @property
    def prefix(self) -> str:
        """What stands before a ticket's number at this site."""
        return DEFAULT_PREFIX if self._place is None else self._place.site.get("prefix", DEFAULT_PREFIX)

    def now(self) -> Instant:
        """By the database's clock; at ``--as-of`` it stands."""
        return self.place.clock()

    def ask(self, question: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Run a read use case."""
        with self.place.store.read() as tx:
            return question(tx, *args, **kwargs)

    def do(self, usecase: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Run a write use case as the person at this terminal. Raises as ``require_writing`` does."""
        self.require_writing()
        call = self.call()
        try:
            with self.place.store.write() as tx:
                result = usecase(call, tx, *args, **kwargs)
        except StoreUnavailable as fault:
            if fault.code != "store.outcome_unknown" or not self.ask(lambda tx: tx.journal.operation(call.operation)):
                raise
        return result

    def require_writing(self) -> None:
        """Refuse to write before anything is opened or made for it.

        Raises:
            BadInput: ``cli.as_of_only_reads``.
            StoreUnavailable: ``store.read_only``.
        """
        if self.given.get("as_of"):
            raise BadInput("cli.as_of_only_reads")
        if self.loaded.settings.read_only:
            raise StoreUnavailable("store.read_only")

    def call(self) -> Call:
        """Who asks and when, under a new operation."""
        return usecases.ports.Call(self.me, self.now(), OperationId(uuid.uuid4().hex))

    def close(self) -> None:
        """Give the database back, if it was opened."""
        if self._place is not None:
            self._place.store.close()
            self._place = None

    # --- people -----------------------------------------------------------------------------------

    @cached_property
    def me(self) -> PersonId:
        """The person for whom this run acts.

        PostgreSQL: the person with this login. SQLite: ``--as``, the setting ``me``, the name at the
        operating system if it is a person's id, else asked once and kept in the settings; where nobody can
        be asked, that name again.

        Raises:
            Forbidden: ``access.unknown_login``.
        """
        people = self.ask(lambda tx: tx.definitions.people())
        if self.place.store.dialect == "postgresql":
            return actor.by_login(self.place.store.login(), people)
        if told := self.loaded.settings.me:
            return PersonId(told)
        by_system = actor.by_system()
        known = any(person.id == by_system for person in people)
        return actor.asked(self.words, self.env, people) if people and not known and self.may_ask else by_system

    @property
    def known_me(self) -> PersonId | None:
        """The person, if that can be told before the database is open, and the present is shown."""
        told = self.__dict__.get("me") or self.loaded.settings.me
        if self.given.get("as_of") or not told or self.url.startswith("postgres"):
            return None
        return PersonId(told)

    @property
    def reader(self) -> PersonId | None:
        """Whom ``@me`` means while nothing is written: nobody is asked for it."""
        if self.place.store.dialect == "postgresql":
            return self.me
        told = self.loaded.settings.me
        return PersonId(told) if told else None

    def name_of(self, key: str) -> str:
        """The name of a person or team."""

        def read(tx: Any) -> str:
            everybody = (*tx.definitions.people(), *tx.definitions.teams())
            return next((one.name for one in everybody if one.id == key), key)

        return self.ask(read)

    # --- faults -----------------------------------------------------------------------------------

    def fault_text(self, fault: SupportError) -> str:
        """One clear sentence."""
        by = fault.params.get("changed_by")
        names = {by: self.name_of(by)} if isinstance(by, str) else {}
        return sentence(self.words_or_plain(), fault, prefix=self.prefix, names=names)

    def fault_json(self, fault: SupportError) -> dict[str, Any]:
        """The same for machines."""
        return {"code": fault.code, "params": dict(fault.params), "message": self.fault_text(fault)}

    def tell_fault(self, fault: SupportError) -> None:
        """One clear sentence, or the same as JSON, on standard error."""
        if self.json:
            output.say_json(error=self.fault_json(fault), exit=int(exit_of(fault)))
        else:
            output.say(f"supporttui: {self.fault_text(fault)}")

    def exit_with(self, fault: SupportError) -> None:
        """End with the fault's exit code once the rest is done."""
        self.exit_code = exit_of(fault)

    def words_or_plain(self) -> Words:
        """The words, or those of the environment alone where the settings cannot be read.

        That fault itself comes up when a command needs the settings; ``--help`` needs none.
        """
        try:
            return self.words
        except BadInput:
            return places.words_of(Loaded(Settings()), self.env, language=self.given.get("lang"))
