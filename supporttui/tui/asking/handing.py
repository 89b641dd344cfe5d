"""Giving tickets to somebody else: people, teams and authorities outside, found by a few letters of their names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.authorities import HandOff
from supporttui.domain.ids import TicketId
from supporttui.domain.overflow import Proposal
from supporttui.domain.people import Person
from supporttui.domain.spans import Instant
from supporttui.domain.states import AuthorityKind
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.drafts import Draft
from supporttui.i18n import authority_labels, left_out_labels, overflow_labels, standing_labels, suggest_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import send
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.form import Form
from supporttui.usecases import authorities, overflow, processes, suggesting
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of
from supporttui.usecases.suggesting import Suggested

ACTION = "ticket.transfer"
Doors = Mapping[int, Sequence[HandOff]]
"""Step → the authorities that it calls."""


def transfer(screen: Asker, targets: Sequence[Target]) -> None:
    """To whom, and what they should know; who there is arrives while the form opens."""
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        kind, _, key = str(values["to"]).partition(":")
        send(screen, form, ACTION, targets, **{kind: key, "text": values["text"]})

    slot = screen.frame.drafts.of_action(ACTION, targets[0].id)
    form = Form(words.t("Transfer {tickets}", tickets=screen.codes(targets)), save, slot=slot)
    screen.app.push_screen(form)

    def know(found: Receivers) -> None:
        hint = words.t("A person, a team, or an authority outside, who works on it while your team keeps it.")
        to = Field(
            "to", words.t("To"), _wanted(slot.draft, (*found.offered, *found.others)),
            hint="  ".join((hint, *found.why)), required=True, known=found.offered, also=found.others,
        )  # fmt: skip
        text = Field("text", words.t("Note"), hint=words.t("An internal note for them."))
        form.offer([to, text])

    tickets = [target.id for target in targets]
    screen.desk.ask(receivers, words, tickets, screen.now, then=know, refused=screen.frame.refuse)


def _wanted(draft: Draft | None, everybody: Sequence[Known]) -> str:
    """To whom it was to go when somebody else was faster."""
    texts = draft.texts if draft is not None else {}
    wanted = [f"{kind}:{texts[kind]}" for kind in ("owner", "team") if texts.get(kind)]
    return next((one.label for one in everybody if one.value in wanted), "")


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who may be given tickets."""

    offered: tuple[Known, ...]
    """People first, then teams, then those outside, each by name; who is outside says so."""
    others: tuple[Known, ...] = ()
    """People who lack a certification that a process of the tickets needs: not offered,"""
    why: tuple[str, ...] = ()
    """… and why not; and that a partner could take them, who then comes first."""


def receivers(tx: Transaction, words: Words, tickets: Sequence[TicketId], now: Instant) -> Receivers:
    """Everybody who is known, against what the tickets are about."""
    left_out = processes.not_for(tx, tickets, now)
    people = sorted(tx.definitions.people(), key=lambda one: one.name.casefold())
    names: dict[str, str] = {one.id: one.name for one in people}
    lacking = {one.person for one in left_out}
    proposal = overflow.of_tickets(tx, tickets, now)
    teams = _teams(tx, words, tickets, now)
    suggested = suggesting.of_ticket(tx, tickets[0], now) if len(tickets) == 1 else None
    better = suggested.elsewhere if suggested is not None else None
    wanted = [f"team:{key}" for key in (proposal and proposal.partner, better and better.authority) if key]
    first = tuple(one for key in dict.fromkeys(wanted) for one in teams if one.value == key)
    free = (_person(one) for one in people if one.id not in lacking)
    return Receivers(
        (*first, *free, *(one for one in teams if one not in first)),
        tuple(_person(one) for one in people if one.id in lacking),
        (
            *_proposed(tx, words, proposal),
            *_suggested(tx, words, suggested),
            *left_out_labels.left_out(words, left_out, names),
        ),
    )


def _proposed(tx: Transaction, words: Words, found: Proposal | None) -> tuple[str, ...]:
    return () if found is None else (overflow_labels.proposal(words, found, rules_of(tx).names()),)


def _suggested(tx: Transaction, words: Words, found: Suggested | None) -> tuple[str, ...]:
    """Who solved most of those like it, whoever that is."""
    if found is None or not found.found:
        return ()
    prefix = tx.definitions.site().get("prefix", "")
    return (suggest_labels.suggestion(words, found, found.found[0], prefix=prefix),)


def _teams(tx: Transaction, words: Words, tickets: Sequence[TicketId], now: Instant) -> tuple[Known, ...]:
    """Each with what is to be known before the tickets go there."""
    doors = authorities.before(tx, tickets, now).values()
    found = sorted(doors, key=lambda one: (one.team.kind is AuthorityKind.external, one.team.name.casefold()))
    return tuple(_team(words, one) for one in found)


def _person(one: Person) -> Known:
    return Known(safe_text(one.name, one_line=True, limit=40), f"owner:{one.id}")


def _team(words: Words, found: HandOff) -> Known:
    name = safe_text(found.team.name, one_line=True, limit=40)
    outside = found.team.kind is AuthorityKind.external
    label = words.t("{team} (outside)", team=name) if outside else words.t("{team} (team)", team=name)
    return Known(label, f"team:{found.team.id}", authority_labels.cautions(words, found))


def offered(screen: Asker, done: Iterable[tuple[Target, object]]) -> Mapping[Target, str]:
    """Of those tickets that their owner keeps until somebody accepts: who is asked, and until when."""
    names: Mapping[str, str] = screen.frame.status.names if screen.frame.status is not None else {}
    offers = {target: one.offer_at(screen.now) for target, one in done if isinstance(one, Ticket)}
    return {
        target: safe_text(standing_labels.asked(screen.words, offer, names), one_line=True)
        for target, offer in offers.items()
        if offer is not None
    }


def note(screen: Asker, results: Iterable[object], then: Callable[[str], None]) -> None:
    """Give ``then`` what is to be known of the authority outside that a ticket went to."""
    tickets = [one for one in results if isinstance(one, Ticket) and one.offer_at(screen.now) is None]
    handed = next((one for one in tickets if one.resolver), None)
    if handed is not None:
        screen.desk.ask(
            authorities.after, handed, screen.now, refused=screen.frame.refuse,
            then=lambda found: then("" if found is None else authority_labels.hand_off(screen.words, found)),
        )  # fmt: skip
