"""``person leave|stay``: what it does is said first; ``--dry-run`` says only that."""

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
