"""``report attainment`` and what doctor says of it."""

from supporttui.domain.events import StateChanged
from supporttui.domain.states import State
from supporttui.usecases import tickets
from supporttui.usecases.record import record
from tests.builders import opened


def test_who_is_served_worse_is_told_in_the_report_and_by_doctor(shell, desk):
    with desk.store.write() as tx:
        tx.definitions.put_site({"attainment_least": "2"})
    made = [desk.do(tickets.open_ticket, opened(language=tag)).id for tag in ("de", "de", "pl", "pl")]
    for number in made[:2]:
        desk.do(tickets.resolve, number, None)
    desk.clock.forward(hours=24 * 30)
    for number in made[2:]:
        with desk.store.write() as tx:
            record(desk.call(), tx, tx.tickets.get(number), [StateChanged(State.resolved)])
    found = shell("report", "attainment", "--json").json
    assert (found["least"], found["whole"]) == (2, {"kept": 2, "late": 2})
    assert [(one["group"], one["percent"], one["served"]) for one in found["groups"]] == [
        ("pl", 0, "worse"), ("de", 100, "alike"),
    ]  # fmt: skip
    assert "served worse" in shell("report", "attainment").out
    assert "Polish: 0 % of 2 kept in time (resolution), 50 % overall." in shell("doctor").out


def test_without_a_verdict_there_is_a_word_about_it(shell, desk):
    assert shell("report", "attainment").out == "No promise was decided in these days.\n"
