"""A notice says who is wanted, for what, and how to answer; in the recipient's language, on one safe line."""

import dataclasses
import re

import pytest

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.notices import SUBJECT_LIMIT, subject_and_body
from supporttui.usecases.ports import Notice

PAGE = Notice(
    key="k", ticket=TicketId(1042), person=PersonId("ana"), channel="sms", address="+49", code="page",
    params={"prefix": "T-", "title": "Payment gateway times out", "priority": 1, "service": "Payments",
            "due": 1_795_500_000, "step": 2, "step_name": "L2", "round": 1, "by": "Jo", "text": "db down"},
    not_before=Instant(0),
)  # fmt: skip


def test_a_page():
    subject, body = subject_and_body(load("en", "Europe/Berlin", {}), PAGE)
    assert subject == "PAGE P1 T-1042: Payment gateway times out"
    assert body.splitlines() == [
        "You are called about T-1042. If you do not acknowledge it, the next step follows.",
        "Payment gateway times out",
        "Priority: P1 critical",
        "Service: Payments",
        "Due: 2026-11-24 07:00 CET",
        "Escalation step 2 L2",
        "By Jo",
        "Note: db down",
        "To acknowledge it: supporttui ack 1042",
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", NoticeCode)
def test_every_notice_names_the_ticket_and_its_title_in_every_language(language: str, code: NoticeCode):
    subject, body = subject_and_body(load(language, "UTC", {}), dataclasses.replace(PAGE, code=code))
    assert "T-1042" in subject
    assert "Payment gateway" in subject
    assert "T-1042" in body
    assert (code in (NoticeCode.page, NoticeCode.exhausted)) == ("supporttui ack 1042" in body)


def test_one_notice_for_several_tickets_names_them_all():
    told = dataclasses.replace(PAGE, params={**PAGE.params, "also": "T-7 Disk full\nT-8 VPN", "more": 2})
    subject, body = subject_and_body(load("en", "Europe/Berlin", {}), told)
    assert subject.endswith("(+2)")
    assert body.splitlines()[-4:-1] == ["Also about:", "T-7 Disk full", "T-8 VPN"]


def test_of_other_kinds_that_leave_with_it_the_tickets_are_named():
    more = {"also.page": "T-8", "also.late": "T-7–T-9 T-12", "also.priority": "T-4", "also.of later": "T-5", "more": 6}
    told = dataclasses.replace(PAGE, params={**PAGE.params, **more})
    _, body = subject_and_body(load("en", "UTC", {}), told)
    assert body.splitlines()[-5:-1] == ["PAGE T-8", "Late: T-7–T-9 T-12", "Changed: T-4", "T-5"]


@pytest.mark.parametrize("language", languages())
def test_a_reply_is_what_was_written_and_nothing_else(language: str):
    params = {"prefix": "T-", "title": "Mail is slow", "language": "ja", "letter": "解決しました。\n\nAna"}
    letter = dataclasses.replace(PAGE, code="reply", person=PersonId(""), params=params)
    assert subject_and_body(load(language, "UTC", {}), letter) == ("[T-1042] Mail is slow", "解決しました。\n\nAna")


def test_the_recipients_language_differs_from_english():
    english, german = (subject_and_body(load(name, "UTC", {}), PAGE) for name in ("en", "de"))
    assert english[1] != german[1]


def test_a_subject_can_neither_break_the_line_nor_act():
    evil = {"title": "x\r\nBcc: all\x1b[2J\u202e" + "y" * 500, "priority": 1}
    subject, body = subject_and_body(load("en", "UTC", {}), dataclasses.replace(PAGE, params=evil))
    assert "\n" not in subject
    assert "\x1b" not in subject + body
    assert "\u202e" not in subject + body
    assert len(subject) <= SUBJECT_LIMIT


def test_a_code_of_a_later_version_is_told_as_it_is():
    subject, body = subject_and_body(load("en", "UTC", {}), dataclasses.replace(PAGE, code="merged", params={}))
    assert subject == "merged T-1042"
    assert body == ""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("drill", [0, 1])
def test_of_many_tickets_those_are_named_for_which_the_channel_has_room(language: str, drill: int):
    lines = [f"T-{number} Disk full [3C5D5N]" for number in range(1, 40, 2)] + ["T-100–T-300 T-305"]
    params = {**PAGE.params, "also": "\n".join(lines), "also.late": "T-7–T-9 T-12", "more": 226, "ack": "7K3Q9A"}
    params |= {"drill": 1} if drill else {}
    words, told = load(language, "UTC", {}), dataclasses.replace(PAGE, params=params)
    _, whole = subject_and_body(words, told)
    shortest = len(subject_and_body(words, told, longest=1)[1])
    for longest in range(shortest, len(whole)):
        _, body = subject_and_body(words, told, longest=longest)
        assert len(body) <= longest
        (rest,) = (line for line in body.splitlines() if line.endswith(": supporttui notice why 7K3Q9A"))
        number = int("".join(filter(str.isdigit, rest.partition(":")[0])))
        assert number == 226 - _count(body)
    assert subject_and_body(words, told, longest=len(whole) + 1)[1] == whole
    assert _count(whole) == 226


def _count(body: str) -> int:
    """Tickets named in a body, but for its own; counted by hand."""
    found = re.findall(r"T-(\d+)(?:–T-(\d+))?", body.replace("T-1042", ""))
    return sum(int(last or first) - int(first) + 1 for first, last in found)
