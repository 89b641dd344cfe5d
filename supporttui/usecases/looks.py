"""How well the first line hands over: scored by whoever took the ticket, and told by team."""

from dataclasses import dataclass

from supporttui.domain.events import Fact, FirstLooked, LookRated
from supporttui.domain.faults import BadInput, Forbidden, NotFound
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.looks import SCORES, Score, by_team
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.undoing import taken_back
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.real import real
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import Rules, rules_of

DAYS = 90
"""Days that are looked back where none are given."""
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of some days, with the names of the teams."""

    since: Instant
    until: Instant
    teams: tuple[Score, ...]
    names: dict[str, str]


def rate(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, score: str, text: str = "") -> Ticket:
    """Score the newest first look of somebody else at it, from 1, of no use, to 5, all that was needed.

    Raises:
        BadInput: ``look.score``.
        NotFound: ``look.none`` where nobody else wrote one.
        Forbidden: ``look.not_taken`` for whoever neither owns the ticket nor is of a team that works on it.
    """
    found, rules = to_work_on(call, tx, ticket, version), rules_of(tx)
    number = int(score) if score.isdecimal() else 0
    if number not in SCORES:
        raise BadInput("look.score", least=SCORES[0], most=SCORES[-1])
    author = _author(tx, ticket, call.actor)
    if not _took(rules, found, call.actor):
        raise Forbidden("look.not_taken", ticket=ticket)
    return record(call, tx, found, [LookRated(number, author, _team(rules, found, author), text.strip())], rules=rules)


def report(tx: Transaction, now: Instant, *, days: int = DAYS) -> Report:
    """What the first looks of each team were worth."""
    until = Instant(now + 1)
    since = Instant(until - days * _DAY)
    facts: tuple[Fact, ...] = real(tx, tx.journal.of_kinds(("look_rated", "undone"), since=since))
    return Report(since, until, by_team(facts), dict(rules_of(tx).names()))


def _author(tx: Transaction, ticket: TicketId, actor: PersonId) -> PersonId:
    """Who wrote the newest first look that stands, but for one's own."""
    facts = tx.journal.of_ticket(ticket)
    undone = taken_back(facts)
    looked = [
        PersonId(fact.actor) for fact in facts
        if isinstance(fact.event, FirstLooked) and fact.operation not in undone and fact.actor != actor
    ]  # fmt: skip
    if not looked:
        raise NotFound("look.none", ticket=ticket)
    return looked[-1]


def _took(rules: Rules, ticket: Ticket, actor: PersonId) -> bool:
    person = rules.people.get(actor)
    teams = person.teams if person is not None else ()
    return actor == ticket.owner or (ticket.resolver or ticket.team) in teams


def _team(rules: Rules, ticket: Ticket, author: PersonId) -> TeamId:
    """Theirs; of several the ticket's, if it is one of them."""
    teams = rules.people[author].teams if author in rules.people else ()
    return ticket.team if ticket.team in teams or not teams else TeamId(teams[0])
