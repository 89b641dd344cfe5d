"""Helpdesks of which only the address is known."""

import pytest

from supporttui import helpdesks
from supporttui.domain.plain import from_plain


class HelpdeskContract:
    """Fixture ``link``: a helpdesk named ``acme``."""

    @pytest.mark.parametrize("key", ["INC0000045", "a b", "../x", "x?y=1&z#f", "日本"])
    def test_a_number_stays_within_its_place(self, link, key):
        address = link.address(key)
        assert address.startswith("https://acme.example/t/")
        assert not set(address.removeprefix("https://acme.example/t/")) & set("/?#& ")

    def test_it_has_the_name_that_references_carry(self, link):
        assert link.name == "acme"


class TestLinkOnly(HelpdeskContract):
    @pytest.fixture
    def link(self):
        kind = helpdesks.KINDS[helpdesks.DEFAULT_KIND]
        return kind.make("acme", from_plain(kind.options, {"url": "https://acme.example/t/{key}"}))
