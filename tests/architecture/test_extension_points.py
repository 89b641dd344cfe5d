"""A new channel or helpdesk is one module and one line of a registry; nothing else has to know of it."""

from dataclasses import dataclass

import pytest

from supporttui import channels, helpdesks
from supporttui.bootstrap.outside import channels_of, links_of
from supporttui.channels import ChannelKind
from supporttui.domain.faults import BadInput
from supporttui.helpdesks import HelpdeskKind
from supporttui.settings import load


@dataclass(frozen=True, slots=True)
class CarrierOptions:
    """Options of a channel from outside the package."""

    pigeons: int


class Carrier:
    """A channel from outside the package."""

    def __init__(self, name: str, options: CarrierOptions) -> None:
        self.name, self.pigeons = name, options.pigeons

    def send(self, address, subject, body, *, key, facts):
        """Fly."""


def settings(tmp_path, text: str):
    folder = tmp_path / "supporttui"
    folder.mkdir()
    (folder / "config.toml").write_text(text, "utf-8")
    return load({"XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "none")})


def test_a_channel_needs_its_line_in_the_registry_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(channels, "KINDS", {**channels.KINDS, "carrier": ChannelKind(CarrierOptions, Carrier)})
    made = channels_of(settings(tmp_path, '[channels.roof]\nkind = "carrier"\npigeons = 3\n'))
    assert (made["roof"].name, made["roof"].pigeons) == ("roof", 3)


def test_its_options_are_checked_like_all_others(tmp_path, monkeypatch):
    monkeypatch.setattr(channels, "KINDS", {**channels.KINDS, "carrier": ChannelKind(CarrierOptions, Carrier)})
    with pytest.raises(BadInput) as caught:
        channels_of(settings(tmp_path, '[channels.roof]\nkind = "carrier"\npigeons = "three"\n'))
    assert (caught.value.code, caught.value.params["key"], caught.value.params["line"]) == (
        "settings.wrong_type", "channels.roof.pigeons", 3,
    )  # fmt: skip


def test_an_unknown_kind_names_the_known_ones(tmp_path):
    with pytest.raises(BadInput) as caught:
        channels_of(settings(tmp_path, '[channels.roof]\nkind = "smoke"\n'))
    assert caught.value.params["allowed"] == ", ".join(channels.KINDS)


def test_a_helpdesk_needs_its_line_in_the_registry_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(helpdesks, "KINDS", {**helpdesks.KINDS, "carrier": HelpdeskKind(CarrierOptions, Carrier)})
    text = '[helpdesks.acme]\nkind = "carrier"\npigeons = 1\n[helpdesks.rt]\nurl = "https://rt.example/{key}"\n'
    made = links_of(settings(tmp_path, text))
    assert made["acme"].name == "acme"
    assert made["rt"].address("7") == "https://rt.example/7"
