"""``person leave|stay``: what it does is said first; ``--dry-run`` says only that."""

from supporttui.usecases import tickets
from tests.cli.conftest import Shell

LEA = ("--as", "lea")


def test_leaving_is_foretold_done_and_taken_back(shell: Shell) -> None:
    told = shell(*LEA, "person", "leave", "ben", "--dry-run", "--json").json
    assert (told["dry_run"], told["leaves_at"]) == (True, "2026-03-02T07:00:00Z")
    assert told["effects"][0]["gaps"]
    done = shell(*LEA, "person", "leave", "Ben")
    assert "NEW GAP" in done.out
    assert "Ben leaves" in done.out.splitlines()[-1]
    assert shell(*LEA, "person", "stay", "ben").out.splitlines()[-1] == "Ben stays."


def test_what_somebody_has_worked_on_is_told_by_process(shell, desk, ticket):
    desk.do(tickets.resolve, ticket, None, by="ben")
    (found,) = shell("person", "exposure", "Ben", "--json").json["exposure"]
    assert (found["service"], found["tickets"], found["ended"]) == ("Mail", 1, 1)
    assert "Mail" in shell("person", "exposure", "ben").out
    assert shell("person", "exposure", "mia").out == "Nothing in this time.\n"
