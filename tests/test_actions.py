"""The registry of actions: one of each, complete, and fit for keys, commands and scripts alike."""

import inspect
from typing import get_type_hints

import pytest

from supporttui import actions
from supporttui.actions import ACTIONS, ArgKind, Scope
from supporttui.domain.access import Permission, may
from supporttui.domain.people import Role
from supporttui.domain.tickets import Ticket

pytestmark = pytest.mark.core

NAMED_BY_THE_ISSUE = {
    "ack", "take", "note", "wait", "resume", "resolve", "priority", "escalate", "withdraw", "undo", "queue", "ticket",
    "oncall", "rota", "escalations", "filter", "sort", "help", "refresh", "quit", "lang",
}  # fmt: skip


def test_ids_and_verbs_are_unique_and_well_formed() -> None:
    ids = [action.id for action in ACTIONS]
    verbs = [action.verb for action in ACTIONS if action.verb]
    assert len(set(ids)) == len(ids)
    assert len(set(verbs)) == len(verbs)
    assert all(len(parts := name.split(".")) == 2 and all(part.isidentifier() for part in parts) for name in ids)
    assert all(word.replace("-", "").isalpha() and word.islower() for verb in verbs for word in verb.split(" "))


def test_every_verb_of_the_issue_is_there() -> None:
    assert set(actions.by_verb()) >= NAMED_BY_THE_ISSUE


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_says_what_it_is_and_what_its_arguments_are(action: actions.Action) -> None:
    assert action.label
    assert action.help.endswith(".")
    assert len(action.label) <= 20
    for arg in action.args:
        assert arg.help
        assert bool(arg.choices) == (arg.kind is ArgKind.choice)
        assert arg.positional or not arg.required


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.changes], ids=lambda action: action.id)
def test_each_change_has_a_use_case_that_takes_its_arguments(action: actions.Action) -> None:
    signature = inspect.signature(action.run)
    others = {Scope.operation: ["call", "tx", "operation"], Scope.view: ["call", "tx"], Scope.list: ["call", "tx"]}
    first = others.get(action.scope, ["call", "tx", "ticket", "version"])
    names = list(signature.parameters)
    assert names[: len(first)] == first
    options = {name: p for name, p in signature.parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}
    if action.scope in (Scope.ticket, Scope.list):
        assert {arg.name for arg in action.args} <= set(options)
        needed = {name for name, p in options.items() if p.default is inspect.Parameter.empty}
        assert needed <= {arg.name for arg in action.args if arg.required}
    assert action.permission is not Permission.read
    assert action.verb is not None


def test_what_touches_other_people_is_not_undone_silently() -> None:
    """Of a transfer and a reopening those who were told are told again (``tests/usecases/test_following.py``)."""
    told_again = {"ticket.transfer", "ticket.reopen"}
    assert {action.id for action in ACTIONS if action.outward and action.undoable} == told_again
    assert {action.id for action in ACTIONS if action.undoable} <= {a.id for a in ACTIONS if a.changes}


def test_undoable_actions_give_the_ticket_back() -> None:
    for action in ACTIONS:
        if action.undoable:
            assert get_type_hints(action.run)["return"] is Ticket


def test_reading_needs_no_more_than_to_read() -> None:
    assert {action.permission for action in ACTIONS if not action.changes} == {Permission.read}


@pytest.mark.parametrize("role", Role)
def test_every_role_may_read(role: Role) -> None:
    assert may(role, Permission.read)


def test_only_the_watch_sweeps_and_it_does_nothing_else() -> None:
    assert [role for role in Role if may(role, Permission.sweep)] == [Role.watch]
    assert not may(Role.watch, Permission.work)
    assert not may(Role.auditor, Permission.work)
