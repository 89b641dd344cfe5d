"""Sources and beats are checked before they are written; each fault says where."""

import pytest

from supporttui.domain.incoming.source import Beat, IntakeSource, SourceKind, SourceRule
from supporttui.usecases import packing
from supporttui.usecases.definitions.defining import Pack, faults
from tests.builders import Desk

pytestmark = pytest.mark.core


def source(**deviations) -> IntakeSource:
    return IntakeSource(**{"id": "prom", "kind": SourceKind.alertmanager, "service": "mail", **deviations})


def beat(**deviations) -> Beat:
    return Beat(**{"id": "backup", "service": "mail", "interval": 60, **deviations})


def found(desk: Desk, **parts) -> list[tuple[str, str]]:
    with desk.store.read() as tx:
        return [(fault.code, str(fault.params["where"])) for fault in faults(tx, Pack("x", **parts))]


@pytest.mark.parametrize(
    ("deviations", "code", "where"),
    [
        ({"service": "nowhere"}, "definition.unknown", "sources[0].service"),
        ({"id": " "}, "definition.missing", "sources[0].id"),
        ({"impact": 0}, "definition.range", "sources[0].impact"),
        ({"most": 0}, "definition.range", "sources[0].most"),
        ({"most_of_one": 99_999}, "definition.range", "sources[0].most_of_one"),
        ({"flaps": 0}, "definition.range", "sources[0].flaps"),
        ({"title": "{labels.alertname"}, "definition.brace", "sources[0].title"),
        ({"key": "{}"}, "definition.brace", "sources[0].key"),
        ({"rules": (SourceRule(service="nowhere"),)}, "definition.unknown", "sources[0].rules[0].service"),
        ({"rules": (SourceRule(), SourceRule(urgency=10))}, "definition.range", "sources[0].rules[1].urgency"),
    ],
)
def test_what_is_wrong_with_a_source_is_found_with_its_place(desk: Desk, deviations, code, where):
    assert found(desk, sources=(source(**deviations),)) == [(code, where)]


@pytest.mark.parametrize(
    ("deviations", "code", "where"),
    [
        ({"service": "nowhere"}, "definition.unknown", "beats[0].service"),
        ({"interval": 0}, "definition.range", "beats[0].interval"),
        ({"grace": -1}, "definition.range", "beats[0].grace"),
        ({"urgency": 0}, "definition.range", "beats[0].urgency"),
        ({"priority": 9}, "definition.priority", "beats[0].priority"),
    ],
)
def test_what_is_wrong_with_a_beat_is_found_with_its_place(desk: Desk, deviations, code, where):
    assert found(desk, beats=(beat(**deviations),)) == [(code, where)]


def test_what_is_sound_is_put_with_a_pack_and_comes_out_again(desk: Desk):
    pack = Pack(
        "x", sources=(source(title="{a|b}", rules=(SourceRule({"a": "b*"}, impact=1),)),), beats=(beat(priority=1),)
    )
    assert desk.do(packing.apply, pack, by="lea").changes == 2
    with desk.store.read() as tx:
        whole = packing.whole(tx, desk.clock())
    assert (whole.sources, whole.beats) == (pack.sources, pack.beats)
    assert desk.do(packing.apply, pack, by="lea").changes == 0
