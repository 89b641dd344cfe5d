"""S32: requesters speak different languages."""

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant
from supporttui.usecases import tickets
from tests.builders import NOW, contact, opened, person, service
from tests.tui.driver import at_desk

SPEAKERS = (person("Ana", speaks=("pt-BR", "es")), person("Ben", speaks=("de",)), person("Mia", speaks=("fr",)))
"""At 02:20 Ben is first, Mia second; from 08:00 in Berlin it is Ana's turn."""


@pytest.fixture
def portuguese(desk):
    """A priority 1 of a requester who writes Portuguese, at night."""
    with desk.store.write() as tx:
        for one in SPEAKERS:
            tx.definitions.put(one.id, one)
        tx.definitions.put("mail", service(fallback_language="de"))
    return desk.do(tickets.open_ticket, opened(priority=1, language="pt", zone="America/Sao_Paulo", requester="Rui"))


def test_nobody_on_duty_who_speaks_it_is_said_with_the_next_speaker_and_the_fallback(shell, portuguese):
    told = "Nobody who speaks Portuguese is on duty. Next: Ana (line 1) from 08:00 CET. "
    told += "Agreed instead: German, spoken by Ben (line 1)."
    for args in (("oncall", "mail", "--speaks", "pt"), ("ticket", "show", str(portuguese.id))):
        assert told in shell(*args, "--zone", "Europe/Berlin").out


def test_whoever_speaks_it_on_duty_is_named_in_whatever_line(shell, portuguese):
    assert "French is spoken on duty by Mia (line 2)." in shell("oncall", "--speaks", "fr").out
    assert "English is spoken on duty by Ben (line 1) and Mia (line 2)." in shell("oncall", "--speaks", "en-GB").out


def test_a_machine_reads_the_same(shell, portuguese):
    found = shell("oncall", "mail", "--speaks", "pt", "--json").json["speakers"]
    assert (found["now"], found["fallback"]) == ([], "de")
    assert [(one["id"], one["start"]) for one in found["next"]] == [("ana", "2026-03-02T07:00:00Z")]
    assert [one["id"] for one in found["fallback_now"]] == ["ben"]
    assert shell("ticket", "show", str(portuguese.id), "--json").json["speakers"] == found


def test_a_language_of_nobody_is_no_silence_either(shell, portuguese):
    told = "Nobody who speaks Icelandic is on duty. No rota has anybody who does."
    assert told in shell("oncall", "mail", "--speaks", "is").out
    assert (
        "which nobody on duty speaks either"
        in shell("oncall", "mail", "--speaks", "is", "--at", "2026-03-02T12:00Z").out
    )


def test_the_sentence_is_in_the_readers_language(shell, portuguese):
    found = shell("oncall", "mail", "--speaks", "pt", "--lang", "de").out
    assert "Portugiesisch" in found
    assert "ポルトガル語" in shell("oncall", "mail", "--speaks", "pt", "--lang", "ja").out


def test_an_override_decides_who_speaks_it(shell, desk, portuguese):
    covers = Override("o1", OverrideKind.replace, NOW, Instant(NOW + 3600), person="ana", created_at=NOW)
    with desk.store.write() as tx:
        tx.definitions.put("night", covers)
    assert "Portuguese is spoken on duty by Ana (line 1)." in shell("oncall", "mail", "--speaks", "pt").out


def test_whoever_is_on_call_but_never_a_speaker_is_not_looked_for(desk, shell, portuguese):
    """Zoe speaks it but is on no rota."""
    with desk.store.write() as tx:
        tx.definitions.put("zoe", person("Zoe", speaks=("sv",), contacts=(contact("zoe"),)))
    assert "No rota has anybody who does." in shell("oncall", "--speaks", "sv").out


def test_the_queue_is_filtered_by_the_requesters_language(shell, desk, portuguese):
    desk.do(tickets.open_ticket, opened(language="de"))
    assert [row["id"] for row in shell("queue", "lang:pt", "--json").json["tickets"]] == [portuguese.id]


def test_the_ticket_shows_the_requesters_language_and_clock(shell, portuguese):
    assert "Their clock: 2026-03-01 23:20 UTC-03:00" in shell("ticket", "show", str(portuguese.id)).out


def test_what_is_no_code_of_a_language_is_refused(shell):
    found = shell("oncall", "--speaks", "Portuguese!", "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, "language.unreadable")


async def test_the_ticket_screen_says_it_too(desk, portuguese):
    async with at_desk(desk.store, desk.clock) as night:
        await night.press("enter")
        shown = " ".join(" ".join(night.lines).split())
        assert "Nobody who speaks Portuguese is on duty. Next: Ana (line 1) from 08:00 CET." in shown
        assert "Agreed instead: German, spoken by Ben (line 1)." in shown
        assert len(night.lines) == 24
