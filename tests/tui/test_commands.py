"""The ``:`` line as text: what is understood, what is refused and why, how words go on."""

import pytest

from supporttui.domain.faults import BadInput
from supporttui.i18n import argument_labels, field_labels, labels
from supporttui.i18n.catalogue import load
from supporttui.tui import commands
from tests.builders import refuses


@pytest.mark.parametrize(
    ("line", "action", "tickets", "texts"),
    [
        ("ack", "ticket.acknowledge", (), {}),
        ("ack 1042 T-1044", "ticket.acknowledge", (1042, 1044), {}),
        ("ACK t-1042,", "ticket.acknowledge", (1042,), {}),
        ("note 1042 called the vendor", "ticket.note", (1042,), {"text": "called the vendor"}),
        ("note 1042 3 disks failed", "ticket.note", (1042,), {"text": "3 disks failed"}),
        ("priority 1042 1 shop is down", "ticket.priority", (1042,), {"priority": "1", "reason": "shop is down"}),
        ("priority 1 shop is down", "ticket.priority", (), {"priority": "1", "reason": "shop is down"}),
        ("wait vendor", "ticket.wait", (), {"state": "vendor"}),
        (
            "step 1042 --number 2 --result=failed no access",
            "ticket.step",
            (1042,),
            {"number": "2", "result": "failed", "text": "no access"},
        ),
        ("note 1042 try --verbose", "ticket.note", (1042,), {"text": "try --verbose"}),
        ("wait 1042 scheduled until=2h", "ticket.wait", (1042,), {"state": "scheduled", "until": "2h"}),
        ("resolve 1042 restarted it code=fixed", "ticket.resolve", (1042,), {"text": "restarted it", "code": "fixed"}),
        ("escalate 1042 L2 db down", "ticket.escalate", (1042,), {"step": "L2", "text": "db down"}),
        ("queue is:breached team:ops", "screen.queue", (), {"filter": "is:breached team:ops"}),
        ("t 1042", "list.open", (), {"ticket": "1042"}),
        ("lang de", "app.language", (), {"language": "de"}),
        ("q", "app.quit", (), {}),
    ],
)
def test_a_line_becomes_an_action_with_its_tickets_and_arguments(line, action, tickets, texts):
    command = commands.parse(line, prefix="T-")
    assert (command.action.id, command.tickets, dict(command.texts)) == (action, tickets, texts)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "command.empty"),
        ("akc 1042", "command.unknown"),
        ("note 1042", "command.missing"),
        ("lang", "command.choose"),
        ("ack 1042 at once", "command.too_much"),
        ("step 1042 --number", "command.missing"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_code(line, code):
    with refuses(code, BadInput):
        commands.parse(line, prefix="T-")


def test_a_mistyped_verb_is_answered_with_the_nearest_one():
    with pytest.raises(BadInput) as caught:
        commands.parse("esclate 7")
    assert caught.value.params["suggestion"] == "escalate"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("wa", ("wait",)),
        ("lang d", ("de",)),
        ("wait wai", ("waiting_requester", "waiting_vendor")),
        ("wait unt", ("until=",)),
        ("nothing ", ()),
        ("queue -is:open,bre", ("-is:open,breached",)),
        ("queue is:open sta", ("state:",)),
        ("view sa", ("save",)),
        ("view s", ("save", "share")),
        ("sort pri", ("priority",)),
        ("per", ("period", "person")),
        ("person ", ("leave", "stay", "exposure")),
        ("rota swap w", ("withdraw",)),
    ],
)
def test_the_last_word_goes_on_with_what_fits_there(line, found):
    assert commands.candidates(line) == found


def test_every_verb_of_the_registry_that_makes_sense_at_the_desk_is_known():
    for verb in commands.verbs():
        assert commands.candidates(verb)


def test_views_are_completed_word_by_word_of_their_names():
    views = ("Night shift", "Night calls", "team")
    assert commands.candidates("view ni", views=views) == ("Night shift", "Night calls")
    assert commands.candidates("view night s", views=views) == ("shift",)
    assert commands.candidates("view delete te", views=views) == ("team",)


@pytest.mark.parametrize(
    ("line", "action", "texts"),
    [
        ("view night shift", "list.view", {"view": "night shift"}),
        ("view save night shift", "view.save", {"name": "night shift"}),
        ("view list", "view.list", {}),
        ("view rename night late shift", "view.rename", {"view": "night", "name": "late shift"}),
        ("sort created reverse", "list.sort", {"sort": "created", "direction": "reverse"}),
        ("columns state,subject due", "list.columns", {"columns": "state,subject due"}),
    ],
)
def test_a_verb_may_have_two_words(line, action, texts):
    found = commands.parse(line)
    assert (found.action.id, found.texts) == (action, texts)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("note 1042", "note needs more: text."),
        ("merge", "merge needs more: into ticket."),
        ("edit 1042", "edit needs more: field=value."),
        ("view rename a", "view rename needs more: name."),
        ("lang", "lang needs one of these: "),
    ],
)
def test_what_is_missing_is_told_by_its_name_or_by_all_that_it_may_be(line, told):
    with pytest.raises(BadInput) as caught:
        commands.parse(line)
    assert labels.fault(load("en", "UTC", {}), caught.value).startswith(told)


def test_every_argument_of_every_command_has_a_name_in_words():
    known = {*argument_labels._ARGUMENTS, *field_labels._FIELDS}
    assert {arg.name for action in commands.verbs().values() for arg in action.args} <= known


def test_to_acknowledge_codes_of_pages_stand_for_tickets() -> None:
    found = commands.parse("ack 7k3-q9x, T-1042 OIL00Z", prefix="T-")
    assert (found.codes, found.tickets) == (("7k3-q9x", "OIL00Z"), (1042,))
    assert commands.parse("ack 1042").codes == ()
