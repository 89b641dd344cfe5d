"""S20, L19: processes are validated by exercising them; the exercise is marked, logged and part of no figure."""

from tests.requirements.conftest import Shell

REPORTS = (
    ("report", "attainment"), ("criteria",), ("overflow",), ("attention",), ("procedure", "list"), ("rota", "ledger"),
)  # fmt: skip


def statistics(shell: Shell) -> list[object]:
    """What the shell's reports and the first line of the desk count."""
    status = shell("status", "--json").json
    return [
        *({**shell(*report, "--json").json, "as_of": "", "since": "", "until": ""} for report in REPORTS),
        *(status[name] for name in ("open", "late", "escalations", "next_breach")),
    ]


def test_a_p1_drill_at_three_names_the_real_person_and_changes_no_live_statistic(shell: Shell, desk) -> None:
    before = statistics(shell)
    copied = shell("drill", "run", "--service", "mail", "--priority", "1", "--at", "sun 03:00", "--json").json
    assert copied["levels"][0]["paged"] == ["ben"]
    assert statistics(shell) == before
    ticket = str(shell("--as", "ana", "drill", "start", "--service", "mail", "--json").json["ticket"]["id"])
    assert shell("watch", "--once").code == 0
    desk.clock.forward(hours=2)
    assert shell("watch", "--once").code == 0
    assert statistics(shell) == before
    shell("--as", "mia", "ack", ticket)
    shell("--as", "mia", "resolve", ticket)
    assert statistics(shell) == before
    (logged,) = shell("drill", "list", "--json").json["drills"]
    assert (logged["by"], logged["ended"], logged["acknowledged_after"]) == ("ana", "resolved", 7200)
