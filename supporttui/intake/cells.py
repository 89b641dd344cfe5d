"""From cells to values: one row of a foreign file becomes a reading, or says which cell is wrong."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from supporttui.domain.events import Kind, State
from supporttui.domain.faults import BadInput, Param
from supporttui.domain.ids import ServiceId, TeamId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve
from supporttui.intake.formulas import meant
from supporttui.intake.history import Named, Reading
from supporttui.intake.mapping import EPOCH, EPOCH_MS, ISO, Lookup, MappedState, MappingFile, StateRule

EARLIEST, LATEST = Instant(0), Instant(7_258_118_400)
"""1970 to 2200: an instant outside is a slip of the file."""
MAX_CELL = 32_000
"""Characters of one cell that are kept."""
_LEADING = re.compile(r"\s*[A-Za-z]?(\d{1,4})")


class BadCell(Exception):
    """A cell that cannot be read: column, code and parameters."""

    def __init__(self, column: str, code: str, **params: Param) -> None:
        super().__init__(column, code, params)
        self.column, self.code, self.params = column, code, params


class Cells:
    """The cells of one row after another, by our words; made once per file."""

    def __init__(self, mapping: MappingFile, header: Sequence[str]) -> None:
        self.mapping = mapping
        self.columns = mapping.columns
        self.index = {column: place for place, column in enumerate(header)}
        self.missing = frozenset({"", *mapping.missing})
        self.states = {name.casefold(): rule for name, rule in mapping.states.items()}
        self.levels = {name.casefold(): value for name, value in mapping.priorities.items()}
        self.read = tuple(sorted(self.index[column] for column in columns_of(mapping) if column in self.index))
        self.instant = functools.lru_cache(maxsize=4096)(self._instant)
        self.row: Sequence[str] = ()

    def take(self, row: Sequence[str]) -> None:
        """Read from this row from now on.

        Raises:
            BadCell: ``import.row_width``.
        """
        self.row = row
        if len(row) != len(self.index):
            raise BadCell("", "import.row_width", found=len(row), expected=len(self.index))

    def cell(self, column: str) -> str:
        """The text of a column, trimmed; empty when it is missing in the row or the file."""
        place = self.index.get(column) if column else None
        if place is None or place >= len(self.row):
            return ""
        text = self.row[place].strip()
        if self.mapping.apostrophes:
            text = meant(text)
        return "" if text in self.missing else text[:MAX_CELL]

    def hash(self) -> str:
        """Of the cells that the mapping reads, so that other columns may change freely."""
        cells = "\x1f".join(self.row[place] for place in self.read)
        return hashlib.blake2b(cells.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def number(self) -> str:
        """The foreign number.

        Raises:
            BadCell: ``import.number_missing``.
        """
        if not (number := self.cell(self.columns.number)):
            raise BadCell(self.columns.number, "import.number_missing")
        return number[:200]

    def at(self, column: str) -> Instant | None:
        """The instant in a column, if there is one.

        Raises:
            BadCell: ``import.bad_date``.
        """
        text = self.cell(column)
        return self.instant(column, text) if text else None

    def _instant(self, column: str, text: str) -> Instant:
        for form in self.mapping.dates:
            at = parse_instant(text, form, self.mapping.zone)
            if at is not None and EARLIEST <= at < LATEST:
                return at
        raise BadCell(column, "import.bad_date", found=text[:60], allowed=", ".join(self.mapping.dates))

    def state(self) -> StateRule:
        """What the row's state is here.

        Raises:
            BadCell: ``import.state_unknown``.
        """
        column = self.columns.state
        text = self.cell(column)
        rule = self.states.get(text.casefold()) or self.mapping.state_default
        if rule is None:
            raise BadCell(column, "import.state_unknown", found=text[:60], allowed=", ".join(self.mapping.states)[:300])
        return rule

    def level(self, column: str) -> int | None:
        """Priority, impact or urgency: a word of the mapping, or the leading number, from 1 to 9.

        Raises:
            BadCell: ``import.level``.
        """
        text = self.cell(column)
        if not text:
            return None
        found = _LEADING.match(text)
        value = self.levels.get(text.casefold(), int(found[1]) if found else 0)
        if not 1 <= value <= 9:
            raise BadCell(column, "import.level", found=text[:60])
        return value

    def lookup(self, source: str | Lookup, allowed: Sequence[str] | None = None) -> str:
        """A constant, or a column's value through its map.

        Raises:
            BadCell: ``import.value_unknown``.
        """
        if isinstance(source, str):
            return source
        text = self.cell(source.column)
        value = source.map.get(text) or (text if not source.map or (allowed and text in allowed) else "")
        if value and (allowed is None or value in allowed):
            return value
        if source.default and (not text or source.map):
            return source.default
        raise BadCell(
            source.column,
            "import.value_unknown",
            found=text[:60],
            allowed=", ".join(allowed or source.map)[:300],
        )

    def named(self, column: str, known: Mapping[str, str]) -> Named | None:
        """The person, team or authority that a column names."""
        text = self.cell(column)[:200]
        return Named(known.get(text) or slug(text), text) if text else None

    def title(self, number: str) -> str:
        """The joined title; the system's name and the number where all its columns are empty."""
        parts = [text for column in self.mapping.title if (text := " ".join(self.cell(column).split()))]
        return (" · ".join(parts) or f"{self.mapping.system} {number}")[:500]


def reading(cells: Cells, number: str, before: State, services: Sequence[str]) -> Reading:
    """What the current row says; ``before`` is the state of the row before it.

    Raises:
        BadCell: ``import.…`` with the column.
    """
    columns, mapping = cells.columns, cells.mapping
    rule = cells.state()
    state = before if rule.state is MappedState.unchanged else State(rule.state.value)
    team = cells.named(columns.team, mapping.teams)
    owner = cells.named(columns.owner, mapping.people)
    resolver = cells.named(columns.resolver, mapping.teams)
    impact, urgency = cells.level(columns.impact), cells.level(columns.urgency)
    ended = state in (State.resolved, State.closed)
    return Reading(
        title=cells.title(number),
        service=ServiceId(cells.lookup(mapping.service, services)),
        team=TeamId(team.id if team else mapping.team),
        priority=_priority(cells.level(columns.priority), impact, urgency, mapping),
        state=state,
        impact=Level(impact or 2),
        urgency=Level(urgency or 2),
        kind=Kind(cells.lookup(mapping.kind, tuple(Kind))),
        hold_reason="" if ended else rule.reason,
        resolution=cells.cell(columns.resolution) if ended else "",
        owner=owner.id if owner else "",
        resolver=resolver.id if resolver else "",
        requester=cells.cell(columns.requester),
        category=cells.cell(columns.category),
        text=cells.cell(columns.text),
        language=cells.cell(columns.language),
    )


def _priority(given: int | None, impact: int | None, urgency: int | None, mapping: MappingFile) -> Priority:
    if given is not None:
        return Priority(given)
    if impact is None or urgency is None:
        return Priority(mapping.priority_default)
    try:
        return PriorityMatrix().priority(Level(impact), Level(urgency))
    except BadInput:
        return Priority(mapping.priority_default)


def columns_of(mapping: MappingFile) -> tuple[str, ...]:
    """Every column that the mapping reads, sorted."""
    columns = mapping.columns
    named = {getattr(columns, name) for name in columns.__dataclass_fields__}
    lookups = {source.column for source in (mapping.service, mapping.kind) if isinstance(source, Lookup)}
    return tuple(sorted((named | lookups | set(mapping.title)) - {""}))


def parse_instant(text: str, form: str, zone: str) -> Instant | None:
    """The instant that a text means in this form, or ``None``; without an offset, in the zone.

    >>> parse_instant("29/2/2016 01:16", "%d/%m/%Y %H:%M", "UTC")
    1456708560
    """
    try:
        if form in (EPOCH, EPOCH_MS):
            return Instant(int(text) // (1000 if form == EPOCH_MS else 1))
        moment = datetime.fromisoformat(text) if form == ISO else datetime.strptime(text, form)  # noqa: DTZ007
        if moment.tzinfo is None:
            return resolve(moment.replace(microsecond=0), zone)
        return Instant(int(moment.astimezone(UTC).timestamp()))
    except (ValueError, OverflowError):
        return None


@functools.lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A short key from a name: letters and digits of any script, lower case, joined by ``-``.

    >>> slug("Group 56"), slug("Büro  Köln!")
    ('group-56', 'büro-köln')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")[:60] or hashlib.blake2b(name.encode(), digest_size=6).hexdigest()
