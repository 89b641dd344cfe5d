"""The pseudo-languages change every text and no placeholder."""

from rich.cells import cell_len

from tests.i18n.pseudo import words


def test_accents_longer_and_in_brackets():
    shown = words("en_XA").t("as of {time}", time="02:20")
    assert shown.startswith("[àš öf 02:20~")
    assert shown.endswith("]")
    assert words("en_XA").n("{n} open", "{n} open", 2).startswith("[2 öpéñ")


def test_full_width():
    shown = words("en_XW").p("state", "new")
    assert shown == "ｎｅｗ"
    assert cell_len(shown) == 6


def test_a_text_that_translators_are_not_given_stays_in_plain_letters():
    assert words("en_XA").t("a text of nobody") == "a text of nobody"
