"""Who is not proposed: by process and reason, with the last day of a certification that ends too early."""

from datetime import date

from supporttui.domain.processes import LeftOut, Process, Unfit
from supporttui.i18n import catalogue, left_out_labels

CLOSING = Process("closing", "Closing", certification="ledger")


def test_a_certification_that_ends_says_on_which_day() -> None:
    found = [
        LeftOut("ana", Unfit.expired, CLOSING, date(2026, 11, 30)),
        LeftOut("ben", Unfit.expired, CLOSING, date(2026, 6, 1)),
        LeftOut("mia", Unfit.expired, CLOSING, date(2026, 11, 30)),
        LeftOut("zoe", Unfit.uncertified, CLOSING),
    ]
    names = {"ana": "Ana", "ben": "Ben", "mia": "Mia", "zoe": "Zoe"}
    assert list(left_out_labels.left_out(catalogue.load("en", "UTC", {}), found, names)) == [
        "Certified for Closing (ledger) only until 30 Nov 2026: Ana and Mia",
        "Certified for Closing (ledger) only until 1 Jun 2026: Ben",
        "Not certified for Closing (ledger): Zoe",
    ]
