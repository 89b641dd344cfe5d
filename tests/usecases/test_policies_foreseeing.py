"""Before a policy changes: whom it would page, and what runs on as it was; nothing of it is kept."""

from dataclasses import replace

import pytest

from supporttui.usecases import escalation, policies_foreseeing, tickets
from supporttui.usecases.definitions.defining import Pack
from tests.builders import Desk, opened, policy

pytestmark = pytest.mark.core


def test_a_policy_says_whom_it_would_page_and_what_keeps_its_older_version(desk: Desk) -> None:
    desk.lead()
    desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    before = desk.ask(lambda tx: (tx.definitions.policies(), tx.journal.head()))
    first, *rest = policy().steps
    wanted = policy(steps=(replace(first, name="First"), *rest))
    (found,) = desk.do(policies_foreseeing.foretell, Pack("p", policies=(wanted,)), by="zoe").paging
    (step, stretches), *_ = found.ahead.steps
    assert (step.name, [one.name for one in stretches[0].people], found.staying) == ("First", ["Ben"], 1)
    assert desk.ask(lambda tx: (tx.definitions.policies(), tx.journal.head())) == before


def test_what_changes_no_policy_pages_nobody_new(desk: Desk) -> None:
    same = desk.ask(lambda tx: tx.definitions.policies())[policy().id][-1].value
    found = desk.do(policies_foreseeing.foretell, Pack("p", policies=(same,)), by="zoe")
    assert (found.preview.changes, found.paging) == (0, ())
