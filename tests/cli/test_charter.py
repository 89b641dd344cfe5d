"""``charter show`` and ``new --refer``: what is out of scope, and where it belongs."""

from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.usecases.test_charters import CHARTER


def test_a_charter_is_read_as_text_and_as_json(shell, desk):
    desk.do(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
    text = shell("charter", "show", "mail").out
    assert "door: Facilities. Ring 200." in text
    assert "2021-01-01, it is time" in text
    (found,) = shell("charter", "show", "--json").json["charters"]
    assert (found["service"], found["holds"], found["referrals"][0]["to"]) == ("mail", True, "Facilities")


def test_a_ticket_is_closed_as_referred_and_counts_so(shell, desk):
    desk.do(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
    asked = ("--service", "mail", "--category", "door", "--refer", "yes")
    (made,) = shell("--as", "ana", "new", "Key lost", *asked, "--json").json["results"]
    assert (made["state"], made["resolution"]) == ("closed", "referred")
    assert shell("report", "attainment", "--json").json["referred"] == 1
    assert "1 ticket was referred elsewhere." in shell("report", "attainment").out


def test_without_a_charter_it_says_so(shell):
    assert "No charter is defined yet." in shell("charter", "show").out
