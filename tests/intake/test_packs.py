"""The starter policies: valid, applied whole or not at all, and without surprises the second time."""

import itertools

import pytest

from supporttui import packs
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.wall import zone
from supporttui.storage import memory_store
from supporttui.usecases.definitions.defining import apply_pack, keyed
from supporttui.usecases.ports import Call

NOW = Instant(1_772_413_200)
_numbers = itertools.count(1)


def call():
    return Call(PersonId("me"), NOW, OperationId(f"operation-{next(_numbers)}"))


@pytest.fixture
def memory():
    store = memory_store(lambda: NOW)
    yield store
    store.close()


def apply(store, pack):
    with store.write() as tx:
        return apply_pack(call(), tx, pack)


def test_the_starter_has_everything_a_first_night_needs(memory):
    pack = packs.starter(zone="Europe/Berlin")
    assert apply(memory, pack) == len(keyed(pack))
    with memory.read() as tx:
        found = tx.definitions
        assert {"business", "extended", "always"} <= set(found.calendars())
        assert len(found.services()) == len(found.rotas()) == len(found.policies()) == 1
        assert {layer.level for rota in found.rotas().values() for layer in rota[0].value.layers} == {1, 2, 3}
        assert {calendar[0].value.zone for calendar in found.calendars().values()} == {"Europe/Berlin"}


def test_every_default_has_a_comment_that_says_what_it_assumes():
    lines = packs.starter_text().splitlines()
    openings = [
        i
        for i, line in enumerate(lines)
        if line in {"[[calendars]]", "[[rotas]]", "[[policies]]", "[[services]]", "[[teams]]"}
    ]
    assert len(openings) >= 7
    assert all(lines[i - 1].startswith("# ") for i in openings)


def test_its_first_versions_have_no_beginning_so_that_the_past_can_be_judged(memory):
    apply(memory, packs.starter(zone="UTC"))
    with memory.read() as tx:
        assert tx.definitions.target_sets()["standard"][0].valid_from is None


def test_applied_again_it_changes_nothing_and_changed_it_is_a_new_version_from_now_on(memory):
    apply(memory, packs.starter(zone="UTC"))
    head = memory.head()
    apply(memory, packs.starter(zone="UTC"))
    assert memory.head() == head
    changed = packs.starter_text().replace("priority = 1, seconds = 900", "priority = 1, seconds = 600")
    apply(memory, packs.parse(changed, zone="UTC"))
    with memory.read() as tx:
        versions = tx.definitions.target_sets()["standard"]
    assert [(version.version, version.valid_from) for version in versions] == [(1, None), (2, NOW)]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('team = "service-desk"', 'team = "elsewhere"', "definition.unknown", "services[0].team"),
        ('calendar = "business"', 'calendar = "moon"', "definition.unknown", "services[0].calendar"),
        ('rota = "desk", level = 3', 'rota = "none", level = 3', "definition.unknown", "policies[0].steps[2].targets[0].rota"),
        ('turns = [["duty-manager"]]', 'turns = [["nobody"]]', "definition.unknown", "rotas[0].layers[2].rotations[0].turns[0]"),
        ('last_resort = "duty-manager"', 'last_resort = "god"', "definition.unknown", "policies[0].last_resort"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_refused_with_its_path_and_nothing_is_written(memory, old, new, code, where):
    text = packs.starter_text()
    assert old in text
    with pytest.raises(BadInput) as fault:
        apply(memory, packs.parse(text.replace(old, new), zone="UTC"))
    assert (fault.value.code, fault.value.params["where"]) == (code, where)
    assert memory.head() == 0


def test_a_misspelt_key_is_refused_with_its_path():
    with pytest.raises(BadInput, match=r"plain\.unknown.*policies\[0\]\.ruonds"):
        packs.parse(packs.starter_text().replace("rounds = 3", "ruonds = 3"), zone="UTC")


def test_a_pack_that_is_not_toml_says_where():
    with pytest.raises(BadInput, match=r"pack\.toml.*line 1"):
        packs.parse("calendars: none", zone="UTC")


def test_an_unknown_pack_and_an_unknown_zone_say_so():
    with pytest.raises(NotFound, match=r"pack\.unknown.*starter"):
        packs.starter("strater", zone="UTC")
    with pytest.raises(BadInput, match=r"zone\.unknown"):
        packs.starter(zone="Europe/Atlantis")


def test_two_packs_in_two_databases_share_no_word(memory):
    other = memory_store(lambda: NOW)
    apply(memory, packs.starter(zone="UTC"))
    apply(other, packs.demo_site())
    with memory.read() as one, other.read() as two:
        names = [{value.name for value in (*tx.definitions.services(), *tx.definitions.teams())} for tx in (one, two)]
    other.close()
    assert not names[0] & names[1]


def test_the_demos_site_names_only_zones_that_exist():
    site = packs.demo_site()
    for thing in (*site.teams, *site.people, *site.services, *site.calendars, *site.rotas):
        zone(thing.zone)
