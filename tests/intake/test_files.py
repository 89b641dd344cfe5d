"""Rows become tickets: each whole or not at all, and a refusal names line, column and reason."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui import packs
from supporttui.domain.events import Kind, State
from supporttui.domain.wall import resolve
from supporttui.intake.cells import parse_instant, slug
from supporttui.intake.files import check_file, tickets
from supporttui.intake.history import History, Named
from supporttui.intake.mapping import load, parse
from tests.intake import rows

SERVICES = ("service-desk",)
PLAIN = "number,title,state,opened_at,updated_at,priority,team,owner,responded_at,resolved_at,closed_at,service\n"


@pytest.fixture
def read(tmp_path):
    def read(*lines, mapping=None):
        mapping = mapping or load("servicenow")
        checked = check_file(rows.write_log(tmp_path / "log.csv", *lines), mapping)
        return list(tickets(checked, mapping, SERVICES))

    return read


@pytest.fixture
def read_plain(tmp_path):
    def read(*lines, mapping=None):
        mapping = mapping or load("csv")
        path = tmp_path / "table.csv"
        path.write_text(PLAIN + "\n".join(lines) + "\n", encoding="utf-8")
        return list(tickets(check_file(path, mapping), mapping, SERVICES))

    return read


def utc(text):
    return parse_instant(text, "%d/%m/%Y %H:%M", "UTC")


def test_the_rows_of_a_number_are_one_ticket_with_its_history(read):
    (ticket,) = read(*rows.CALM)
    assert (ticket.system, ticket.number) == ("servicenow", "INC0000045")
    assert ticket.opened_at == utc("29/2/2016 01:16")
    assert [row.at for row in ticket.rows] == [
        utc(at) for at in ("29/2/2016 01:23", "29/2/2016 08:53", "29/2/2016 11:29", "5/3/2016 12:00")
    ]
    assert [row.reading.state for row in ticket.rows] == [State.new, State.resolved, State.resolved, State.closed]


def test_rows_that_are_not_grouped_by_number_still_make_whole_tickets(read):
    mixed = [line for pair in zip(rows.CALM, rows.RESTLESS[:4], strict=True) for line in pair]
    found = {ticket.number: len(ticket.rows) for ticket in read(*mixed)}
    assert found == {"INC0000045": 4, "INC0000047": 4}


def test_every_word_of_the_source_is_one_of_ours(read):
    (ticket,) = read(*rows.RESTLESS)
    assert [(row.reading.state.value, row.reading.hold_reason) for row in ticket.rows] == [
        ("new", ""), ("active", ""), ("waiting_requester", ""), ("active", "problem"), ("waiting_vendor", ""),
        ("waiting_vendor", ""), ("resolved", ""), ("active", ""), ("waiting_requester", "evidence"),
    ]  # fmt: skip


def test_a_title_is_built_from_what_the_log_has(read):
    (ticket,) = read(*rows.CALM)
    assert ticket.rows[0].reading.title == "Category 55 · Subcategory 170 · Symptom 72"


def test_missing_parts_leave_no_hole_in_the_title(read):
    (some,) = read(rows.row("INC1", "New", "1/3/2016 10:00", subcategory="?"))
    (none,) = read(rows.row("INC1", "New", "1/3/2016 10:00", category="?", subcategory="?", u_symptom="?"))
    assert some.rows[0].reading.title == "Category 55 · Symptom 72"
    assert none.rows[0].reading.title == "servicenow INC1"


def test_missing_cells_are_empty_and_the_team_is_the_mappings(read):
    (ticket,) = read(rows.row("INC1", "New", "1/3/2016 10:00", assignment_group="?", caller_id="?"))
    said = ticket.rows[0].reading
    assert (said.team, said.owner, said.requester, said.resolver) == ("service-desk", "", "", "")


def test_priority_impact_and_urgency_are_their_leading_numbers(read):
    (ticket,) = read(
        rows.row("INC1", "New", "1/3/2016 10:00", priority="1 - Critical", impact="1 - High", urgency="3 - Low")
    )
    said = ticket.rows[0].reading
    assert (said.priority, said.impact, said.urgency) == (1, 1, 3)


def test_a_missing_priority_follows_from_impact_and_urgency(read):
    (ticket,) = read(rows.row("INC1", "New", "1/3/2016 10:00", priority="?", impact="1 - High", urgency="2 - Medium"))
    assert ticket.rows[0].reading.priority == 2


def test_the_resolution_code_counts_only_once_it_is_resolved(read):
    (ticket,) = read(*rows.CALM)
    assert [row.reading.resolution for row in ticket.rows] == ["", "code 5", "code 5", "code 5"]


def test_the_first_leaving_of_new_is_the_derived_first_response(read):
    (ticket,) = read(*rows.CALM)
    assert [row.responded for row in ticket.rows] == [False, True, False, False]


def test_everybody_whom_a_ticket_names_is_known_by_name(read):
    (ticket,) = read(*rows.RESTLESS)
    assert ticket.cast.people == {Named("resolver-89", "Resolver 89")}
    assert ticket.cast.teams == {Named(f"group-{n}", f"Group {n}") for n in (24, 56, 70)}
    assert ticket.cast.authorities == {Named("code-8s", "code 8s")}


def test_times_without_a_zone_are_read_in_the_mappings_zone(read):
    (ticket,) = read(rows.CALM[0], mapping=load("servicenow", zone_name="America/Chicago"))
    assert ticket.opened_at == resolve(datetime(2016, 2, 29, 1, 16), "America/Chicago")


@pytest.mark.parametrize(
    ("state", "at", "cells", "column", "code"),
    [
        ("Vanished", "1/3/2016 10:00", {}, "incident_state", "import.state_unknown"),
        ("-101", "1/3/2016 10:00", {}, "incident_state", "import.state_unknown"),
        ("Active", "30/2/2016 10:00", {}, "sys_updated_at", "import.bad_date"),
        ("Active", "1/3/2016 25:00", {}, "sys_updated_at", "import.bad_date"),
        ("Active", "1/3/1816 10:00", {}, "sys_updated_at", "import.bad_date"),
        ("Active", "?", {}, "sys_updated_at", "import.time_missing"),
        ("Active", "1/3/2016 10:00", {"priority": "highest"}, "priority", "import.level"),
        ("Active", "1/3/2016 10:00", {"impact": "0 - None"}, "impact", "import.level"),
        ("Active", "1/3/2016 10:00", {"opened_at": "yesterday"}, "opened_at", "import.bad_date"),
        ("Active", "1/3/2016 10:00", {"category": "a,b"}, "", "import.row_width"),
    ],
)
def test_a_bad_row_takes_its_whole_ticket_with_it_and_no_other(read, state, at, cells, column, code):
    bad = rows.row("INC0000045", state, at, **cells)
    refused, other = read(*rows.CALM, bad, *rows.RESTLESS)
    (fault,) = refused
    assert (fault.line, fault.column, fault.number, fault.code) == (6, column, "INC0000045", code)
    assert isinstance(other, History)
    assert other.number == "INC0000047"


def test_every_bad_row_of_a_ticket_is_reported(read):
    (faults,) = read(*(rows.row("INC1", state, "1/3/2016 10:00") for state in ("Odd", "New", "Odder")))
    assert [fault.line for fault in faults] == [2, 4]


@pytest.mark.parametrize("number", ["?", "", "  "])
def test_a_row_without_number_is_refused_alone(read, number):
    found = read(rows.CALM[0], rows.row(number, "New", "1/3/2016 10:00"), *rows.CALM[1:])
    refused = [fault for entry in found if isinstance(entry, tuple) for fault in entry]
    assert [(fault.line, fault.column, fault.code) for fault in refused] == [(3, "number", "import.number_missing")]
    assert [len(entry.rows) for entry in found if isinstance(entry, History)] == [4]


def test_a_row_of_one_cell_takes_only_what_stands_there_for_a_number(read):
    found = read(*rows.CALM, "INC7")
    assert [entry[0].code for entry in found if isinstance(entry, tuple)] == ["import.row_width"]
    assert [entry.number for entry in found if isinstance(entry, History)] == ["INC0000045"]


def test_a_state_outside_the_map_may_have_a_default(read):
    text = packs.preset("servicenow").replace("priority_default = 3", 'priority_default = 3\nstate_default = "active"')
    (ticket,) = read(rows.row("INC1", "Vanished", "1/3/2016 10:00"), mapping=parse(text, file="ours.toml"))
    assert ticket.rows[0].reading.state is State.active


def test_a_plain_table_is_one_row_a_ticket_and_its_dates_are_its_history(read_plain):
    (ticket,) = read_plain(
        "77,Drucker druckt nicht,closed,2026-03-01T08:00Z,,high,Desk,Ana,2026-03-01T08:10Z,2026-03-01T09:00Z,2026-03-02T09:00+01:00,"
    )
    assert [(row.at - ticket.opened_at, row.reading.state.value, row.responded) for row in ticket.rows] == [
        (600, "active", True), (3600, "resolved", False), (24 * 3600, "closed", False),
    ]  # fmt: skip
    assert (ticket.rows[0].reading.priority, ticket.rows[0].reading.owner) == (2, "ana")


def test_a_plain_table_may_lack_its_optional_columns(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("number,title,state,opened_at\n1,プリンターが動かない,new,2026-03-02 09:00\n", encoding="utf-8")
    mapping = load("csv", zone_name="Asia/Tokyo")
    (ticket,) = tickets(check_file(path, mapping), mapping, SERVICES)
    (row,) = ticket.rows
    assert (row.at, row.reading.title, row.reading.kind) == (None, "プリンターが動かない", Kind.incident)
    assert ticket.opened_at == resolve(datetime(2026, 3, 2, 9, 0), "Asia/Tokyo")


def test_a_service_that_does_not_exist_refuses_the_row(read_plain):
    (faults,) = read_plain("1,x,new,2026-03-02T09:00,,,,,,,,mainframe")
    assert (faults[0].column, faults[0].code) == ("service", "import.value_unknown")


@given(st.text(max_size=80))
def test_a_key_made_of_a_name_is_never_empty_and_stays_when_made_again(name):
    key = slug(name)
    assert key
    assert len(key) <= 60
    assert slug(key) == key


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2199, 1, 1)))
def test_an_instant_survives_being_written_day_first(moment):
    moment = moment.replace(second=0, microsecond=0)
    text = f"{moment.day}/{moment.month}/{moment.year} {moment:%H:%M}"
    assert parse_instant(text, "%d/%m/%Y %H:%M", "UTC") == resolve(moment, "UTC")
