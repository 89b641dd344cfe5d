"""``handover``: a shift is prepared, signed, read and accepted at a shell, each refusal with its exit code."""

import pytest

from supporttui.bootstrap.draft_folder import draft_folder
from supporttui.cli.exits import Exit
from supporttui.domain.notices import HandoverCode
from supporttui.domain.spans import Instant
from supporttui.drafts import Draft, Drafts
from tests.builders import NOW

BEN, ANA, LEA = ("--as", "ben"), ("--as", "ana"), ("--as", "lea")
ID = "night-1-20260302T070000Z"


@pytest.fixture
def ready(shell, ticket):
    """Ben's top priority has its next step."""
    told = shell("handover", "next-step", f"T-{ticket}", "call", "the", "bridge", *BEN)
    assert told.out == f"T-{ticket}, next: call the bridge\n"
    return ticket


def test_a_whole_handover_by_commands_alone(shell, ready, clock):
    clock.now = Instant(NOW + 16_800 - 600)  # in the last half hour of Ben's night
    prepared = shell("handover", "prepare", "--note", "quiet", "--promise", "call Shop", "--until", "09:00", *BEN).out
    assert f"- [ ] T-{ready} P1 Mail is down (new" in prepared
    assert "- [ ] call Shop (promised by Ben, due 09:00)" in prepared
    assert shell("handover", "accept", ID, *ANA).code == Exit.refused  # nobody has signed it
    assert shell("handover", "sign", *BEN).code == Exit.done
    given = shell("handover", "show", "--json", *ANA).json
    assert (given["id"], given["state"], given["responsible"], given["taking"]) == (ID, "signed", ["ben"], ["ana"])
    keys = [item["key"] for item in given["items"]]
    assert keys[0] == f"ticket:{ready}"
    assert given["items"][0]["next_step"] == "call the bridge"
    unread = shell("handover", "accept", "--json", *ANA)
    assert (unread.code, unread.fault["code"], unread.fault["params"]["n"]) == (
        Exit.refused, "handover.unread", len(keys),
    )  # fmt: skip
    waiting = shell("status", "--json", *ANA).json
    assert (waiting["handover"]["person"], waiting["handover"]["unread"]) == ("ben", len(keys))
    assert f"Ben hands over {len(keys)} items - {len(keys)} to read" in waiting["text"]
    shell("handover", "accept", "--item", str(ready), *ANA)
    asked = shell("handover", "question", f"T-{ready}", "which", "bridge?", *ANA).out
    assert "Ana: which bridge?" in asked
    accepted = shell("handover", "accept", "--all", "--json", *ANA).json
    assert (accepted["accepted_by"], accepted["responsible"], accepted["unread"]) == ("ana", ["ana"], 0)


def test_a_signature_is_taken_back_by_its_verb_or_by_its_operation(shell, ready):
    operation = shell("handover", "sign", "--json", *BEN).json["operation"]
    assert shell("undo", operation, *LEA).code == Exit.refused
    assert shell("undo", operation, *BEN).out == "Taken back.\n"
    told = shell("handover", "sign", *BEN).out.splitlines()[-1]
    assert told.startswith("Take it back: supporttui undo ")
    again = shell("handover", "unsign", "--json", *BEN).json
    assert (again["state"], [one["by"] for one in again["taken_back"]]) == ("draft", ["ben", "ben"])


def test_refusals_have_their_exit_codes(shell, ticket):
    codes = {
        Exit.refused: ("handover", "sign", *BEN),
        Exit.forbidden: ("handover", "prepare", ID, "--as", "mia"),
        Exit.not_found: ("handover", "show", "night-9", *BEN),
    }
    assert {expected: shell(*args).code for expected, args in codes.items()} == {code: code for code in codes}
    shell("handover", "next-step", str(ticket), "call", *BEN)
    shell("handover", "sign", *BEN)
    assert shell("handover", "sign", ID, *LEA).code == Exit.conflict
    assert shell("handover", "show", "--as", "zoe").code == Exit.not_found
    assert shell("handover", "question", "T-99", "?", *ANA).code == Exit.not_found


def test_what_stays_and_what_is_done_with_is_said_by_name(shell, ready):
    promise = shell("handover", "prepare", "--promise", "call Shop", "--json", *BEN).json["promises"][0]["id"]
    kept = shell("handover", "prepare", "--keep", f"promise:{promise}", "--json", *BEN).json
    assert [item["key"] for item in kept["items"] if item["stays"]] == [f"promise:{promise}"]
    back = shell("handover", "prepare", "--give", f"promise:{promise}", "--json", *BEN).json
    assert not [item for item in back["items"] if item["stays"]]
    assert shell("handover", "prepare", "--keep", str(ready), *BEN).code == Exit.refused
    assert shell("handover", "prepare", "--done", promise[:4], "--json", *BEN).json["promises"] == []


def test_past_ones_are_listed_and_searched(shell, ready, clock):
    shell("handover", "sign", *BEN)
    told = shell("handover", "list", "BRIDGE").out.splitlines()
    assert told[0].split() == ["Handover", "Shift", "ended", "From", "To", "State", "Items"]
    assert told[1].startswith(f"{ID}  2026-03-02 07:00  Ben   Ana  signed")
    assert shell("handover", "list", "router").out == "No handover is like that.\n"
    assert "More than" not in shell("handover", "list").out
    assert [one["id"] for one in shell("handover", "list", "--rota", "Night", "--json").json["handovers"]] == [ID]
    clock.forward(hours=24)
    shell("handover", "prepare", "--note", "bridge", *ANA)
    assert shell("handover", "list", "bridge", "--limit", "1").out.splitlines()[-1].startswith("More than 1 in all")


def test_it_leaves_as_markdown_text_json_and_mail(shell, desk, ready):
    shell("handover", "prepare", "--risks", "# storm", *BEN)
    markdown = shell("handover", "export", *BEN).out
    assert markdown.startswith("# Handover Night: Ben -> Ana, 2026-03-02 07:00 UTC\n")
    assert "## Risks\n\\# storm\n" in markdown
    assert shell("handover", "export", "--format", "json", *BEN).json["risks"] == "# storm"
    tokyo = shell("handover", "export", "--format", "text", "--zone", "Asia/Tokyo", *BEN).out
    assert "2026-03-02 16:00 JST" in tokyo
    assert shell("handover", "export", "--format", "mail", "--to", "Lea", "--to", "ben", *BEN).code == Exit.done
    with desk.store.write() as tx:
        found = tx.outbox.claim(desk.clock(), 0, limit=50, seconds=1)
    assert {one.person for one in found if one.code == HandoverCode.copy} == {"lea", "ben"}


def test_what_was_typed_at_a_desk_here_and_not_sent_is_handed_over_too(shell, ready):
    folder = draft_folder(shell.url, "ben", shell.env)
    Drafts(folder).put(Draft("reply", ready, NOW, {"text": "half a"}))
    assert f"draft:{ready}:reply" in [item["key"] for item in shell("handover", "show", "--json", *BEN).json["items"]]
    shell("handover", "sign", *BEN)
    given = shell("handover", "show", *ANA).out
    assert "draft not sent: reply" in given
    assert "half a" not in given
