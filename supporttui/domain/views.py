"""Views of the queue: a filter, an order and columns under a name; built in, one's own, or shared by its owner."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.ids import PersonId, TeamId, ViewId
from supporttui.domain.queue import And, Node, Not, Op, Or, SortBy, Term

ALWAYS_FIRST = ("id", "sla")
"""Columns that stand at the left of every row, whatever else is shown."""
SUBJECT = "subject"
"""Always shown too, in any place behind those; it takes the cells that are left."""
COLUMNS = (
    "priority", "state", SUBJECT, "who", "service", "team", "resolver", "requester", "category", "kind", "reference",
    "language", "followers", "attention", "chases", "hops", "worked", "due", "updated", "age",
    "promised",
)  # fmt: skip
"""Columns that may be chosen and put in order, as they are stored."""
DEFAULT_COLUMNS = ("priority", "state", SUBJECT, "who", "service", "requester", "age")
LONGEST_NAME = 40
NEWEST_FIRST = frozenset({SortBy.created, SortBy.updated, SortBy.number})
"""Orders that begin with the newest; the others begin with the most pressing."""


@dataclass(frozen=True, slots=True)
class View:
    """What a person sees of the queue under a name; a built-in one has no owner."""

    id: ViewId
    name: str
    query: str
    """A filter in codes, so that everybody can read it; relative times are counted when it is shown."""
    sort: SortBy = SortBy.sla
    reverse: bool = False
    columns: tuple[str, ...] = ()
    """Empty: ``DEFAULT_COLUMNS``."""
    owner: PersonId | None = None
    shared: bool = False
    """Everybody sees it; only its owner changes it."""
    version: int = 0

    @property
    def is_built_in(self) -> bool:
        """Everybody has it, and nobody changes it."""
        return self.owner is None


OPEN = Term("is", Op.eq, ("open",))


def built_in(teams: Sequence[TeamId]) -> tuple[tuple[View, Node], ...]:
    """The views everybody has, each with its tree; the id is the name, which is worded where it is shown.

    A person without a team sees every team's tickets as the team's.
    """
    team = ("is:open team:@me", (Term("team", Op.eq, tuple(teams)),)) if teams else ("is:open", ())
    found: tuple[tuple[str, str, tuple[Node, ...]], ...] = (
        ("mine", "is:open is:mine", (Term("is", Op.eq, ("mine",)),)),
        ("team", *team),
        ("unassigned", "is:open is:unassigned", (Term("is", Op.eq, ("unassigned",)),)),
        ("breaching", "is:open is:breached", (Term("is", Op.eq, ("breached",)),)),
        ("all", "is:open", ()),
    )
    return tuple((View(ViewId(name), name, text), And((OPEN, *rest))) for name, text, rest in found)


FORECASTS: tuple[View, ...] = (
    View(ViewId("this_shift"), "this_shift", "is:open is:due_this_shift"),
    View(ViewId("next_shift"), "next_shift", "is:open is:due_before_next_shift"),
    View(ViewId("unattended"), "unattended", "is:open is:unattended"),
)
"""Views of what will fall due, which everybody has too; their trees are made when they are shown, as rotas stand."""


LOOKOUTS: tuple[View, ...] = (
    View(
        ViewId("stagnation"), "stagnation", "is:open", sort=SortBy.worked,
        columns=("priority", "state", SUBJECT, "who", "worked", "hops", "chases"),
    ),
    View(
        ViewId("attention"), "attention", "is:open is:attention",
        columns=("priority", "state", SUBJECT, "who", "attention", "chases"),
    ),
    View(ViewId("early"), "early", "is:open is:early", sort=SortBy.created),
    View(
        ViewId("promises"), "promises", "is:open is:promised",
        columns=("promised", "priority", "state", SUBJECT, "who", "requester"),
    ),
)  # fmt: skip
"""Views of what no timer shows: what nobody has worked on for longest, what has more attention than priority, and of
what the first line warns, and who waits for a promised update."""


def everybodys(teams: Sequence[TeamId]) -> tuple[View, ...]:
    """All views that nobody made, for a person of these teams."""
    return (*(view for view, _ in built_in(teams)), *FORECASTS, *LOOKOUTS)


BUILT_IN = tuple(view.id for view in everybodys(()))


def narrowed(view: Node, more: Node, *, built_in: bool) -> Node:
    """A view under a filter. A built-in view shows closed tickets to a filter that speaks of states or numbers."""
    match view:
        case And((first, *rest)) if built_in and first == OPEN and speaks_of_state(more):
            return And((*rest, more))
        case _:
            return And((view, more))


def speaks_of_state(node: Node) -> bool:
    """Whether a filter says which states it wants, or names tickets by number.

    >>> speaks_of_state(Term("is", Op.eq, ("closed",))), speaks_of_state(Term("is", Op.eq, ("mine",)))
    (True, False)
    """
    match node:
        case And(parts) | Or(parts):
            return any(map(speaks_of_state, parts))
        case Not(part):
            return speaks_of_state(part)
        case Term(field, _, values):
            return field in ("state", "id", "ref") or (field == "is" and values[0] in ("open", "closed"))
        case _:
            return False
