"""What is typed after ``:`` and is more than one word: other tickets, fields, moments, texts."""

import pytest

from supporttui.tui.commands import parse

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("line", "tickets", "texts"),
    [
        ("merge 1042 1044", (1042,), {"into": "1044"}),
        ("merge T-1 T-2 T-3", (1, 2), {"into": "T-3"}),
        ("merge 1044", (), {"into": "1044"}),
        ("relate 1042 1044 relation=blocks", (1042,), {"other": "1044", "relation": "blocks"}),
        ("unrelate 1044", (), {"other": "1044"}),
        ("edit 1042 title=Mail is slow language=de", (1042,), {"fields": "title=Mail is slow language=de"}),
        ("snooze 1042 2h call back", (1042,), {"until": "2h", "text": "call back"}),
        ("snooze 2h", (), {"until": "2h"}),
        ("transfer 1042 network owner=ana", (1042,), {"team": "network", "owner": "ana"}),
        ("void 1042 typed twice word=T-1042", (1042,), {"reason": "typed twice", "word": "T-1042"}),
        ("refer 1042 jira OPS-7 url=https://x", (1042,), {"system": "jira", "key": "OPS-7", "url": "https://x"}),
        ("new Mail is slow service=shop", (), {"title": "Mail is slow", "service": "shop"}),
        ("follow 1042 1044", (1042, 1044), {}),
    ],
)
def test_the_last_ticket_is_the_other_one_and_the_rest_is_text(line, tickets, texts) -> None:
    found = parse(line, prefix="T-")
    assert (found.tickets, found.texts) == (tickets, texts)
