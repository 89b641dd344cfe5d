"""Whom to page: the steps of the escalation with people, channels and times; Enter takes the next one.

Where a service has those who decide beside those who know more, one more key leads to their steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from supporttui.domain.faults import Refused, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.text import safe_text
from supporttui.i18n import authority_labels, policy_labels, terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.times import near
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Target
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.prompt import LineChoice, Option
from supporttui.usecases import authorities, escalation
from supporttui.usecases.escalation_views import Choice, Reach
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

KEYS = {EscalationKind.functional: "f", EscalationKind.hierarchical: "h"}
"""Of those who know more, and of those who decide; a step has its number."""


class Escalator(Asker, Protocol):
    """A screen that can page."""

    def kind_meant(self) -> EscalationKind | None:
        """Which of a ticket's escalations the screen shows under its cursor, if it shows one."""

    def escalate(
        self, targets: Sequence[Target], *, step: int | None = None, text: str = "", kind: str = "functional"
    ) -> None:
        """Page a step."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one kind that an escalation may go to, and what is to be known of whom they call."""

    choices: tuple[Choice, ...]
    coming: Mapping[int, Instant]
    """Step → when it would follow the next one, if nobody answers."""
    doors: Mapping[int, Sequence[str]]
    """Step → what is to be known of the authorities outside that it calls."""


Ways = Mapping[EscalationKind, Steps]
"""Only the kinds that the ticket has steps of."""


def ask(screen: Escalator, targets: Sequence[Target]) -> None:
    """Say who would be paged by which channel and when, before anybody is."""
    _Asking(screen, targets).begin()


def kind_label(words: Words, kind: EscalationKind) -> str:
    """To whom an escalation goes."""
    return policy_labels.kind(words, kind)


class _Asking:
    """One question, and the one that it may lead to."""

    def __init__(self, screen: Escalator, targets: Sequence[Target]) -> None:
        self._screen = screen
        self._targets = targets
        self._ways: Ways = {}
        self._kind = EscalationKind.functional

    def begin(self) -> None:
        """Ask at once; the answers come from the database."""
        screen, words = self._screen, self._screen.words
        title = words.t("{tickets} -> asking who is next", tickets=screen.codes(self._targets))
        question = choose(screen, title, (), self._chosen)

        def refused(fault: SupportError) -> None:
            question.answer(None)
            screen.frame.refuse(fault)

        read = partial(_ways, words=words)
        then = partial(self._know, question)
        screen.desk.ask(read, self._targets[0].id, screen.now, then=then, refused=refused, group="choices")

    def _know(self, question: LineChoice, ways: Ways) -> None:
        screen = self._screen
        if not ways:
            question.answer(None)
            text = screen.words.t(
                "{ticket} has nobody to page: it is done, or no policy watches over it.",
                ticket=screen.code(self._targets[0].id),
            )
            screen.frame.say(text, Severity.warning)
            return
        meant = screen.kind_meant()
        self._ways, self._kind = ways, meant if meant is not None and meant in ways else next(iter(ways))
        if question.is_attached and question.is_current:
            question.offer(self._title, self._options)

    def _chosen(self, value: str) -> None:
        """A step, or the steps of the other kind."""
        if value in EscalationKind.__members__:
            self._kind = EscalationKind(value)
            choose(self._screen, self._title, self._options, self._chosen)
        else:
            self._screen.escalate(self._targets, step=int(value), kind=self._kind.value)

    @property
    def _title(self) -> str:
        """The tickets; where it is not the usual way, also who is meant."""
        codes = self._screen.codes(tuple(self._targets))
        if self._kind is EscalationKind.functional:
            return f"{codes} ->"
        return f"{codes} -> {kind_label(self._screen.words, self._kind)}:"

    @property
    def _options(self) -> list[Option]:
        """The next step, then the others, then the way to those of the other kind."""
        here = self._ways[self._kind]
        first = sorted(here.choices, key=lambda choice: not choice.is_next)
        options = [Option(str(one.step), self._step(here, one), str(one.step)) for one in first]
        options += [
            Option(KEYS[kind], self._other(kind, steps), kind.value)
            for kind, steps in self._ways.items()
            if kind is not self._kind
        ]
        return options

    def _step(self, here: Steps, one: Choice) -> str:
        """``L2 Mia (mail, until 08:00), 02:50 if nobody answers``, and what is to be known of a partner."""
        words, screen = self._screen.words, self._screen
        text = f"{safe_text(one.name, one_line=True, limit=20)} {self._reached(one)}"
        if (at := here.coming.get(one.step)) is not None and not one.is_next:
            text = words.t("{step}, {time} if nobody answers", step=text, time=near(at, screen.now, words.zone))
        return "  ".join((text, *here.doors.get(one.step, ())))

    def _other(self, kind: EscalationKind, steps: Steps) -> str:
        """``to those who decide: L1 Rex (mail)``."""
        label = policy_labels.kind(self._screen.words, kind)
        following = next((one for one in steps.choices if one.is_next), steps.choices[0])
        return f"{label}: {self._reached(following)}"

    def _reached(self, one: Choice) -> str:
        words = self._screen.words
        told = [*(self._reach(person) for person in one.people), *(terms.channel(words, way) for way in one.channels)]
        return ", ".join(told) or words.t("nobody")

    def _reach(self, reach: Reach) -> str:
        """``Mia (mail; SMS 02:45, until 08:00)``."""
        words, now = self._screen.words, self._screen.now
        me = reach.person == self._screen.frame.parts.me
        name = words.t("you") if me else safe_text(reach.name, one_line=True, limit=24)
        ways = safe_text("; ".join(policy_labels.ways(words, reach, now)), one_line=True, limit=40)
        facts = [ways or words.t("no contact")]
        if reach.until is not None:
            facts.append(words.t("until {time}", time=near(reach.until, now, words.zone)))
        if reach.unfit:
            # Translators: of a person whom a step would page; at most 16 cells.
            facts.append(words.t("not certified"))
        return f"{name} ({', '.join(facts)})"


def _ways(tx: Transaction, ticket: TicketId, now: Instant, *, words: Words) -> Ways:
    """Those who know more first."""
    kinds = EscalationKind if _may_decide(tx, ticket) else (EscalationKind.functional,)
    found = {kind: _steps(tx, ticket, now, kind=kind, words=words) for kind in kinds}
    return {kind: steps for kind, steps in found.items() if steps.choices}


def _may_decide(tx: Transaction, ticket: TicketId) -> bool:
    """Whether there can be steps to those who decide; most tickets have none, and nothing more is read for them."""
    service = rules_of(tx).service(tx.tickets.get(ticket))
    named = service is not None and service.management is not None
    return named or tx.escalations.get(ticket, EscalationKind.hierarchical) is not None


def _steps(tx: Transaction, ticket: TicketId, now: Instant, *, kind: EscalationKind, words: Words) -> Steps:
    choices = escalation.choices(tx, ticket, now, kind=kind)
    if not choices:
        return Steps((), {}, {})
    doors = authorities.of_steps(tx, ticket, now, kind=kind)
    said = {step: authority_labels.lines(words, teams) for step, teams in doors.items()}
    return Steps(choices, _coming(tx, ticket, now, kind), said)


def _coming(tx: Transaction, ticket: TicketId, now: Instant, kind: EscalationKind) -> Mapping[int, Instant]:
    """When each step would follow for the first time."""
    try:
        _, *following = escalation.foretell(tx, ticket, now, kind=kind.value).steps
    except Refused:
        return {}
    return {step.step: step.at for step in reversed(following)}
