"""``status``: the desk in one line, in four forms."""

import re
from datetime import datetime, time

import pytest

from supporttui.bootstrap.places import open_place
from supporttui.domain.ids import PersonId
from supporttui.domain.rota.schedule import Layer, Restriction, Rotation
from supporttui.usecases import queue, tickets
from tests.builders import opened, person, rota
from tests.scale.conftest import counting

FORMS = ("text", "tmux", "json", "nagios")


@pytest.fixture
def watched(desk):
    """The watch says that it is there."""
    with desk.store.write() as tx:
        tx.lease.take("host:1", 15)


def line(shell, form, *args):
    found = shell("status", "--format", form, *args)
    assert (found.err, found.out.count("\n")) == ("", 1)
    return found


def test_a_quiet_desk_is_well_in_every_form(shell, watched):
    assert line(shell, "text").out.startswith("0 open | 0 late | on call: Ben")
    assert line(shell, "text").out.endswith("| watch alive\n")
    assert "#[" not in line(shell, "tmux").out
    assert line(shell, "json").json["level"] == "ok"
    found = line(shell, "nagios")
    assert (found.code, found.out.split(" - ")[0]) == (0, "SUPPORTTUI OK")


def test_a_late_ticket_is_seen_in_every_form(shell, watched, desk, clock):
    desk.do(tickets.open_ticket, opened(priority=1, title="Mail is down"))
    clock.forward(days=3)
    with desk.store.write() as tx:
        tx.lease.take("host:1", 15)
    assert "| 1 late |" in line(shell, "text").out
    assert "#[fg=red,bold]1 late#[default]" in line(shell, "tmux").out
    assert line(shell, "json").json["late"] == 1
    found = line(shell, "nagios")
    assert (found.code, found.out.split(" - ")[0]) == (2, "SUPPORTTUI CRITICAL")
    assert line(shell, "nagios", "--critical", "2").code == 1


def test_the_next_breach_is_named_and_warned_of(shell, watched, ticket):
    seconds = line(shell, "json").json["next_breach"]["seconds"]
    assert line(shell, "json").json["next_breach"]["number"] in line(shell, "text").out
    minutes = seconds // 60
    assert line(shell, "nagios", "--warning", str(minutes + 1)).code == 1
    assert line(shell, "nagios", "--warning", str(max(0, minutes - 1))).code == 0


def test_a_watch_that_says_nothing_is_critical_and_its_silence_told(shell, watched, clock):
    clock.forward(seconds=40)
    assert line(shell, "json").json["watch"] == {
        "holder": "host:1", "seen": line(shell, "json").json["watch"]["seen"], "silence": 40, "alive": False,
        "audited": None, "troubles": [],
    }  # fmt: skip
    assert "watch silent 40s" in line(shell, "text").out
    assert "#[fg=red]watch silent 40s#[default]" in line(shell, "tmux").out
    assert line(shell, "nagios").code == 2


def test_a_watch_that_never_ran_is_critical(shell):
    found = line(shell, "nagios")
    assert (found.code, "no watch" in found.out, "watch_silence=U" in found.out) == (2, True, True)


def test_perfdata_is_what_monitoring_reads(shell, watched):
    text, bar, figures = line(shell, "nagios").out.strip().partition(" | ")
    assert (text.count("|"), bar) == (0, " | ")
    for figure in figures.split():
        assert re.fullmatch(r"\w+=(U|-?\d+s?(;\d*){0,4})", figure), figure


@pytest.mark.parametrize(("form", "code"), [("text", 2), ("json", 2), ("tmux", 2), ("nagios", 3)])
def test_no_database_is_unknown_to_monitoring_and_the_usual_fault_to_others(shell, form, code):
    found = shell("--db", "/nowhere/x.db", "status", "--format", form, db=False)
    assert found.code == code
    assert found.out.startswith({"nagios": "SUPPORTTUI UNKNOWN", "tmux": "#[fg=red]"}.get(form, ""))
    assert bool(found.err) == (form in ("text", "json"))


def test_a_database_that_does_not_answer_ends_with_3(shell):
    url = "postgresql://127.0.0.1:1/desk"
    assert [shell("--db", url, "status", "--format", form, db=False).code for form in FORMS] == [3, 3, 3, 3]


def test_settings_that_cannot_be_read_are_unknown_to_monitoring(shell):
    found = shell("status", "--format", "nagios", SUPPORTTUI_SYMBOLS="emoji")
    assert (found.code, found.out.startswith("SUPPORTTUI UNKNOWN")) == (3, True)


def test_what_tmux_would_obey_in_a_name_is_doubled(shell, watched, desk):
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben #(reboot)"))
    assert "Ben ##(reboot)" in line(shell, "tmux").out


def test_it_asks_at_most_one_statement_more_than_the_desk_does_and_writes_nothing(shell, desk, watched):
    head = desk.store.head()
    with counting() as asked:
        line(shell, "text")
    with counting() as own:
        place = open_place(shell.url, read_only=True)
        with place.store.read() as tx:
            queue.status(tx, place.clock(), PersonId("ana"))
        place.store.close()
    assert own.statements
    assert len(asked.statements) <= len(own.statements) + 1
    assert not [text for text in asked.statements if text.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert desk.store.head() == head


def test_what_falls_due_before_the_shift_ends_is_told(shell, watched, ticket):
    """A first response within a quarter of an hour, while Ben is on until eight."""
    assert "1 due by 07:00 |" in line(shell, "text").out
    found = line(shell, "json").json["expected"]
    assert (found["due_this_shift"], found["due_before_next_shift"], found["unattended"]) == (1, 1, 0)
    assert (found["shift_end"], found["next_shift"], found["nobody"]) == (
        "2026-03-02T07:00:00Z", "2026-03-02T07:00:00Z", [],
    )  # fmt: skip


def test_what_falls_due_while_nobody_is_on_duty_is_warned_of(shell, watched, desk):
    turns = (Rotation(datetime(2026, 3, 2, 8), (("ana",),)),)
    layer = Layer("day", turns, restrictions=(Restriction(time(8), time(20)),))
    with desk.store.write() as tx:
        tx.definitions.put("night", rota(layers=(layer,)))
    desk.do(tickets.open_ticket, opened(priority=2))
    assert "1 unattended" in line(shell, "text").out
    found = line(shell, "nagios")
    assert "1 unattended" in found.out
    assert "unattended=1;;;0" in found.out
    nobody, *_ = line(shell, "json").json["expected"]["nobody"]
    assert nobody == {"start": "2026-03-02T02:20:00Z", "end": "2026-03-02T07:00:00Z", "services": ["mail", "vpn"]}
