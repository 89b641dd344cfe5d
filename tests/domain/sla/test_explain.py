"""Why this due, by example."""

from dataclasses import replace
from datetime import date

import pytest

from supporttui.domain.events import Assigned, MergedIn, State
from supporttui.domain.ids import TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import Break, Holiday, Piece
from supporttui.domain.sla.targets import ChangeRule, Metric, Target
from supporttui.domain.sla.timer import fold
from tests.domain.sla.calendars import HOUR, hours
from tests.domain.sla.facts import (
    ACTIVE,
    CALENDARS,
    CLOSED,
    HOURS,
    LATE_SHIFT,
    OFFICE,
    RESOLVED,
    VENDOR,
    WAITING,
    facts,
    office,
    opened,
    priority,
    promises,
    scheduled,
    t,
    word,
)

pytestmark = pytest.mark.core

SOLVE = Target(Metric.resolution, 8 * HOUR)


def told_why(told, *targets, now="Mon 09:00", calendars=HOURS) -> list[str]:
    """``from reason name counted``, a line a piece."""
    agreed = promises(*targets)
    timer = fold(told, agreed, calendars, office)[-1]
    pieces = explain(timer, told, agreed, hours=calendars, default_calendar=office, until=t(now))
    return [line(piece) for piece in pieces] + [f"{word(pieces[-1].span.end)} end"]


def line(piece: Piece) -> str:
    counted = f" {piece.seconds / HOUR:g}h" if piece.seconds else ""
    return f"{word(piece.span.start)} {piece.reason}{piece.name and ' ' + piece.name}{counted}"


def test_each_counted_and_each_skipped_span_has_its_reason():
    rich = hours(breaks=(Break("12:00", "13:00", name="lunch"),), holidays=(Holiday("Cup day", date(2026, 3, 3)),))
    told = facts(("Mon 10:00", opened()), ("Mon 14:00", WAITING), ("Wed 10:00", ACTIVE))
    calendars = {**CALENDARS, OFFICE: rich}.__getitem__
    assert told_why(told, SOLVE, calendars=calendars) == [
        "Mon 10:00 open 2h",
        "Mon 12:00 break lunch",
        "Mon 13:00 open 1h",
        "Mon 14:00 waiting_requester",
        "Wed 10:00 open 2h",
        "Wed 12:00 break lunch",
        "Wed 13:00 open 3h",
        "Wed 16:00 end",
    ]
    without_pause = told_why(told[:1], SOLVE, calendars=calendars)
    assert without_pause[2:5] == ["Mon 13:00 open 4h", "Mon 17:00 closed", "Tue 00:00 holiday Cup day"]


def test_a_paused_timer_is_told_until_now():
    told = facts(("Mon 10:00", opened()), ("Mon 14:00", WAITING))
    assert told_why(told, SOLVE, now="Tue 12:00") == [
        "Mon 10:00 open 4h",
        "Mon 14:00 waiting_requester",
        "Tue 12:00 end",
    ]


def test_what_lies_after_due_is_told_apart():
    told = facts(("Mon 10:00", opened()))
    assert told_why(told, SOLVE, now="Tue 12:00") == [
        "Mon 10:00 open 7h",
        "Mon 17:00 closed",
        "Tue 09:00 open 1h",
        "Tue 10:00 open 2h",
        "Tue 12:00 end",
    ]


def test_a_date_ahead_is_part_of_the_reasons():
    told = facts(("Mon 10:00", opened()), ("Mon 12:00", scheduled("Wed 10:00")))
    assert told_why(told, SOLVE) == [
        "Mon 10:00 open 2h",
        "Mon 12:00 scheduled",
        "Wed 10:00 open 6h",
        "Wed 16:00 end",
    ]


def test_each_state_in_which_it_stood_has_a_reason():
    everything = replace(SOLVE, pauses=frozenset({State.waiting_vendor, State.active}))
    told = facts(
        ("Mon 09:00", opened()), ("Mon 10:00", VENDOR), ("Mon 11:00", WAITING), ("Mon 12:00", RESOLVED),
        ("Mon 13:00", CLOSED), ("Mon 14:00", ACTIVE), ("Mon 15:00", WAITING), ("Mon 16:00", RESOLVED),
    )  # fmt: skip
    assert told_why(told, everything) == [
        "Mon 09:00 open 1h", "Mon 10:00 waiting_vendor", "Mon 11:00 open 1h", "Mon 12:00 resolved",
        "Mon 13:00 closed_ticket", "Mon 14:00 other_pause", "Mon 15:00 open 1h", "Mon 16:00 end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ChangeRule.retroactive, ["Mon 09:00 closed", "Mon 12:00 open 4h", "Mon 16:00 end"]),
        (
            ChangeRule.carry_elapsed,
            ["Mon 09:00 open 2h", "Mon 11:00 closed", "Mon 12:00 open 2h", "Mon 14:00 end"],
        ),
        (ChangeRule.from_now, ["Mon 09:00 restarted", "Mon 11:00 closed", "Mon 12:00 open 4h", "Mon 16:00 end"]),
        (
            ChangeRule.proportional,
            ["Mon 09:00 open 1h", "Mon 11:00 closed", "Mon 12:00 open 3h", "Mon 15:00 end"],
        ),
    ],
)
def test_a_changed_target_lists_the_pieces_of_both_calendars(rule, expected):
    """Two hours of eight by office hours, then four by the late shift's."""
    hurried = Target(Metric.resolution, 4 * HOUR, priority=Priority(1), calendar=LATE_SHIFT, change=rule)
    told = facts(("Mon 09:00", opened()), ("Mon 11:00", priority(1)))
    assert told_why(told, SOLVE, hurried) == expected


def test_a_carry_of_a_carry_reaches_back_to_the_start():
    carried = [
        Target(Metric.resolution, 8 * HOUR // n, priority=Priority(n), change=ChangeRule.proportional)
        for n in (1, 2, 4)
    ]
    told = facts(("Mon 09:00", opened(1)), ("Mon 11:00", priority(2)), ("Mon 12:00", priority(4)))
    assert told_why(told, *carried) == [
        "Mon 09:00 open 0.5h",
        "Mon 11:00 open 0.5h",
        "Mon 12:00 open 1h",
        "Mon 13:00 end",
    ]


def test_a_timer_that_the_facts_do_not_give_has_no_reasons():
    told = facts(("Mon 09:00", opened()))
    agreed = promises(SOLVE)
    (timer,) = fold(told, agreed, HOURS, office)
    for other in (timer._replace(cycle=7), timer._replace(metric=Metric.update)):
        assert explain(other, told, agreed, hours=HOURS, default_calendar=office, until=t("Mon 10:00")) == ()


def test_a_change_of_state_that_pauses_nothing_cuts_no_piece():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", ACTIVE), ("Mon 11:00", VENDOR), ("Mon 12:00", ACTIVE))
    assert told_why(told, SOLVE) == ["Mon 09:00 open 8h", "Mon 17:00 end"]


def test_what_was_used_beyond_a_shorter_target_counts_no_more():
    """Six hours of eight, then a target of four: due at the change, and the pieces add up to four."""
    hurried = Target(Metric.resolution, 4 * HOUR, priority=Priority(1), change=ChangeRule.carry_elapsed)
    told = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)))
    assert told_why(told, SOLVE, hurried, now="Mon 16:00") == [
        "Mon 09:00 open 4h",
        "Mon 13:00 beyond",
        "Mon 15:00 open 1h",
        "Mon 16:00 end",
    ]


def test_a_vendors_time_says_when_the_ticket_did_not_wait_for_it():
    contract = Target(Metric.underpinning, 2 * HOUR)
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", Assigned(resolver="acme")), ("Mon 11:00", VENDOR))
    agreed, outside = promises(contract), frozenset({"acme"})
    (timer,) = fold(told, agreed, HOURS, office, outside=outside)
    pieces = explain(timer, told, agreed, hours=HOURS, default_calendar=office, until=t("Mon 12:00"), outside=outside)
    assert [line(piece) for piece in pieces] == ["Mon 10:00 not_with_vendor", "Mon 11:00 open 2h"]


def test_of_merged_tickets_the_reasons_begin_with_the_older_one():
    told = facts(("Mon 12:00", opened()), ("Mon 13:00", MergedIn(TicketId(2), t("Mon 10:00"))))
    assert told_why(told, SOLVE)[:2] == ["Mon 10:00 open 7h", "Mon 17:00 closed"]
