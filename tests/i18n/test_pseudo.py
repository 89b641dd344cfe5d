"""The pseudo-languages change every text and no placeholder."""

from rich.cells import cell_len

from tests.i18n.pseudo import words


def test_accents_longer_and_in_brackets():
    shown = words("en_XA").t("Take {ticket} now", ticket="T-1")
    assert shown.startswith("[Tàké T-1 ñöw~")
    assert shown.endswith("]")
    assert words("en_XA").n("{n} ticket", "{n} tickets", 2).startswith("[2 tîçkétš")


def test_full_width():
    shown = words("en_XW").p("state", "new")
    assert shown == "ｎｅｗ"
    assert cell_len(shown) == 6
