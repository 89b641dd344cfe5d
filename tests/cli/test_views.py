"""``view`` and ``queue --view``: the same views from the shell as at the desk."""

import pytest

from supporttui.cli.exits import Exit
from supporttui.usecases import saved_views, tickets
from tests.builders import Desk, opened
from tests.cli.conftest import Shell

pytestmark = pytest.mark.usefixtures("ticket")
ANA = ("--as", "ana")


def test_a_saved_view_gives_its_tickets_in_its_order(shell: Shell, desk: Desk) -> None:
    for priority in (3, 2, 2):
        desk.do(tickets.open_ticket, opened(priority=priority, title="Printer"))
    done = shell(*ANA, "view", "save", "Night shift", "is:open", "priority:2,3", "--sort", "number", "--reverse")
    assert (done.code, done.out) == (Exit.done, 'Saved as view "Night shift".\n')
    shown = shell(*ANA, "queue", "--view", "night SHIFT", "--json").json
    assert [row["id"] for row in shown["tickets"]] == sorted(row["id"] for row in shown["tickets"])
    assert shown["total"] == 3
    turned = shell(*ANA, "queue", "--view", "night shift", "--reverse", "priority:2", "--json").json
    assert [row["id"] for row in turned["tickets"]] == sorted((row["id"] for row in turned["tickets"]), reverse=True)
    assert turned["total"] == 2


def test_built_in_views_are_there_too_and_a_filter_may_ask_them_for_closed_tickets(shell: Shell, desk: Desk) -> None:
    number = shell(*ANA, "queue", "--view", "all", "--json").json["tickets"][0]["id"]
    desk.do(tickets.resolve, number, None, text="done")
    assert shell(*ANA, "queue", "--view", "all", "--json").json["total"] == 0
    assert shell(*ANA, "queue", "--view", "all", "is:closed", "--json").json["total"] == 1
    assert shell(*ANA, "queue", "--view", "Team", "--json").json["total"] == 0


def test_the_list_says_whose_each_is(shell: Shell, desk: Desk) -> None:
    desk.do(saved_views.save, name="Vendors", query="is:open resolver:network", shared=True, by="ben")
    shell(*ANA, "view", "save", "Late", "is:breached", "--columns", "state,subject,due")
    listed = shell(*ANA, "view", "list", "--json").json["views"]
    assert [view["name"] for view in listed[-2:]] == ["Late", "Vendors"]
    assert (listed[-2]["columns"], listed[-2]["owner"], listed[-1]["shared"]) == (
        ["state", "subject", "due"], "ana", True,
    )  # fmt: skip
    text = shell(*ANA, "view", "list").out
    assert "Unassigned" in text
    assert "ben, shared" in text


def test_rename_share_unshare_and_delete(shell: Shell, desk: Desk) -> None:
    shell(*ANA, "view", "save", "Late", "is:breached")
    for args in (("rename", "Late", "Later"), ("share", "later"), ("unshare", "later")):
        assert shell(*ANA, "view", *args).code == Exit.done
    (view,) = desk.ask(saved_views.seen, "ana")
    assert (view.name, view.shared, view.version) == ("Later", False, 4)
    assert shell(*ANA, "view", "delete", "later", "--json").json["view"]["name"] == "Later"
    assert desk.ask(saved_views.seen, "ana") == ()


def test_what_is_there_is_replaced_only_by_force(shell: Shell, desk: Desk) -> None:
    shell(*ANA, "view", "save", "Late", "is:breached")
    refused = shell(*ANA, "view", "save", "late", "is:open")
    assert refused.code == Exit.refused
    assert "You have a view Late already" in refused.err
    assert shell(*ANA, "view", "save", "late", "is:open", "--force").code == Exit.done
    assert desk.ask(saved_views.seen, "ana")[0].query == "is:open"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("queue", "--view", "nothing"), Exit.not_found, "There is no view nothing."),
        (("queue", "--view", "uassigned"), Exit.not_found, "Did you mean unassigned?"),
        (("view", "save", "x", "colour:red"), Exit.usage, "There is no field colour."),
        (("view", "save", "x", "--columns", "stat"), Exit.usage, "There is no column stat."),
        (("view", "delete", "mine"), Exit.refused, "built in"),
    ],
)
def test_what_cannot_be_is_told(shell: Shell, args: tuple[str, ...], code: int, said: str) -> None:
    done = shell(*ANA, *args)
    assert (done.code, said in done.err) == (code, True), done.err


def test_a_view_is_kept_in_codes_whatever_the_language(shell: Shell, desk: Desk) -> None:
    """German words are understood, and a Japanese colleague can read what was saved."""
    assert shell(*ANA, "--lang", "de", "view", "save", "Neues", "status:neu", "--shared").code == Exit.done
    assert desk.ask(saved_views.seen, "ben")[0].query == "state:new"
    assert shell("--as", "ben", "--lang", "ja", "queue", "--view", "neues", "--json").json["total"] == 1


def test_a_desk_that_only_reads_saves_nothing(shell: Shell) -> None:
    assert shell(*ANA, "--read-only", "view", "save", "x", "is:open").code != Exit.done
