"""What people are told of their duty has words in every language, and nothing is left open in them."""

import pytest

from supporttui.domain.notices import DutyCode
from supporttui.i18n.catalogue import load
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases.ports import Notice

PARAMS = {"rota": "Night", "start": 1_772_434_800, "end": 1_772_521_200, "line": 2, "by": "Ana", "text": "concert"}


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("code", DutyCode)
def test_every_message_names_rota_time_and_note(language: str, code: DutyCode) -> None:
    told = Notice("k", None, "mia", "mail", "mia@example.org", code.value, {**PARAMS, "swap": "s1", "more": 3}, 0)
    subject, body = subject_and_body(load(language, "Asia/Tokyo", {}), told)
    assert "Night" in subject
    assert "(+3)" in subject
    assert "2026-03-02 16:00" in body
    assert "concert" in body
    assert "{" not in subject + body
