"""What a message about a handover says: to whom it is of use, in the recipient's zone, and nothing a terminal obeys."""

import json

import pytest

from supporttui.domain.handover.handover import HandoverState
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.notices import HandoverCode
from supporttui.domain.plain import to_plain
from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases.ports import Notice
from tests.domain.handover.making import at, handover, item


def notice(code: HandoverCode, **more: str) -> Notice:
    params: dict[str, str | int] = {
        "handover": "night-1", "rota": "Night", "end": at(2), "by": "Ana\x1b[2J", "to": "Ben", "actor": "Ben", **more,
    }  # fmt: skip
    return Notice(f"k:{code}", None, "ben", "mail", "ben@example.org", code.value, params, at(0))


@pytest.mark.parametrize("code", HandoverCode)
@pytest.mark.parametrize("language", languages())
def test_each_names_the_rota_and_the_end_of_the_shift_in_the_readers_zone(code: HandoverCode, language: str) -> None:
    subject, body = subject_and_body(load(language, "Asia/Tokyo", {}), notice(code))
    assert "Night" in subject
    assert "2026-03-02 13:20" in subject
    assert "\x1b" not in subject + body
    assert body


def test_the_letter_is_the_whole_handover_as_it_was_given() -> None:
    given = handover(state=HandoverState.signed, items=(item(7),), note="quiet", signed_by="ana", signed_at=at(1))
    letter = json.dumps(to_plain(Sheet(given, at(1), {"ana": "Ana"}, rota="Night", to_rota="Night")))
    _, body = subject_and_body(load("en", "Europe/Berlin", {}), notice(HandoverCode.signed, letter=letter))
    assert "- [ ] T-7 P1 Ticket 7\n      next: MISSING\n" in body
    assert "Signed at 04:20. Ana answers for it until it is accepted." in body
    assert body.endswith("To accept it: supporttui handover accept night-1")


def test_what_was_asked_is_told() -> None:
    subject, body = subject_and_body(load("en", "UTC", {}), notice(HandoverCode.remark, text="which bridge?"))
    assert subject.startswith("Ben asks about the handover")
    assert "which bridge?" in body
