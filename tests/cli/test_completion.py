"""Completion, asked as a shell asks: by click's protocol, one process or one call a Tab."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from supporttui.domain.exchange.review import Entry, Receiver, Verdict
from supporttui.domain.ids import ViewId
from supporttui.domain.people import Certification
from supporttui.domain.processes import Process
from supporttui.domain.views import View
from supporttui.usecases import rota, tickets
from tests.builders import NOW, opened, person
from tests.intake.sending import define


@pytest.fixture
def tab(shell, monkeypatch):
    """What is offered for the last word."""

    def ask(*words, by="zsh", url=shell.url):
        given = ["supporttui", "--db", url, *words]
        monkeypatch.setenv("COMP_WORDS", " ".join(given))
        monkeypatch.setenv("COMP_CWORD", given[-1] if by == "fish" else str(len(given) - 1))
        found = shell(db=False, _SUPPORTTUI_COMPLETE=f"{by}_complete")
        assert (found.code, found.err) == (0, "")
        return found.out.rstrip("\n").split("\n") if found.out.strip() else []

    return ask


def values(lines):
    """Zsh is told three lines for each value: its type, itself, what it means."""
    return dict(zip(lines[1::3], lines[2::3], strict=True))


@pytest.fixture(autouse=True)
def three(desk):
    for title in ("Mail is down", "Printer burns", "VPN sleeps"):
        desk.do(tickets.open_ticket, opened(title=title, priority=1))


def test_verbs(tab):
    assert "escalate" in values(tab("esc"))
    assert values(tab("esc"))["escalate"].startswith("Page the next line")


@pytest.mark.parametrize("verb", ["ack", "note", "take", "transfer"])
def test_tickets_come_with_their_titles(tab, verb):
    assert values(tab(verb, '""'))["2"] == "Printer burns"
    assert set(values(tab(verb, "t-"))) == {"T-1", "T-2", "T-3"}


def test_after_a_comma_the_next_ticket(tab):
    assert set(values(tab("note", "1,2"))) == {"1,2"}


def test_people_teams_and_services_by_id_or_a_word_of_their_name(tab):
    assert "ben" in values(tab("--as", "be"))
    assert "desk" in values(tab("transfer", "1", "des"))
    assert "mail" in values(tab("oncall", "ma"))


def test_whoever_lacks_a_certification_is_not_offered_for_a_ticket(tab, desk):
    with desk.store.write() as tx:
        tx.definitions.put("closing", Process("closing", "Closing", ("mail",), certification="ledger"))
        tx.definitions.put("mia", person("Mia", certifications=(Certification("ledger"),)))
    assert set(values(tab("transfer", "1", "--owner", '""'))) == {"mia"}
    assert "ben" in values(tab("--as", "be"))
    assert values(tab("process", "show", "clo")) == {"closing": "Closing"}


def test_rotas_swaps_and_overrides_by_what_is_open(tab, desk):
    assert set(values(tab("rota", "why", "--rota", "ni"))) == {"night"}
    assert "ben" in values(tab("rota", "swap", "ask", "--to", "be"))
    desk.do(rota.override, "night", start=NOW, end=NOW + 60, person="mia", reason="late", by="lea")
    assert values(tab("rota", "override", "end", '""')) == {desk.last: "late"}
    assert values(tab("rota", "swap", "take", '""')) == {}


def test_the_steps_of_the_ticket_that_was_named(tab):
    offered = values(tab("escalate", "1", '""'))
    assert offered
    assert all(step.isdigit() for step in offered)


def test_choices_and_languages(tab):
    assert "waiting_vendor" in values(tab("wait", "1", "waiting_v"))
    assert set(values(tab("--lang", '""'))) >= {"en", "de", "ja"}
    assert set(values(tab("completion", '""'))) == {"bash", "zsh", "fish"}
    assert set(values(tab("status", "--format", "t"))) == {"text", "tmux"}
    assert "Europe/Berlin" in values(tab("--zone", "Europe/B"))


def test_filters(tab):
    assert "is:breached" in values(tab("queue", "is:br"))


def test_saved_views(tab, desk):
    with desk.store.write() as tx:
        tx.views.insert(View(ViewId("v1"), "night", "is:open", owner="ana", shared=True))
    assert "night" in values(tab("queue", "--view", "ni"))
    assert "breaching" in values(tab("queue", "--view", "br"))


def test_sources_and_signs_of_life(tab, desk):
    define(desk.store)
    assert set(values(tab("intake", "take", "x", "--source", '""'))) == {"prometheus", "form", "post", "vendor"}
    assert set(values(tab("intake", "beat", "b"))) == {"backup"}
    assert "T-1" in values(tab("intake", "take", "x", "--about", "t-"))


def test_options(tab):
    assert "--speaks" in values(tab("oncall", "--s"))


def test_fish_and_bash_are_answered_in_their_own_form(tab):
    assert "plain,escalate\tPage the next line of support now, or the step you name." in "\n".join(
        tab("esc", by="fish")
    )
    assert "plain,escalate" in tab("esc", by="bash")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [(("queue", "is", ":", "br"), "plain,breached"), (("queue", "is", ":"), "plain,breached"),
     (("--zone", "=", "Europe/B"), "plain,Europe/Berlin")],
)  # fmt: skip
def test_bash_which_takes_words_apart_is_given_the_rest_of_the_last_piece(tab, typed, offered):
    assert offered in tab(*typed, by="bash")


@pytest.mark.parametrize(
    "url", ["/nowhere/x.db", "postgresql://127.0.0.1:1/desk", "postgresql://ana:pw@h/x", "gopher://x"]
)
def test_what_cannot_be_asked_is_answered_with_silence(tab, url):
    assert tab("ack", '""', url=url) == []


def test_wrong_settings_are_answered_with_silence(shell, monkeypatch):
    monkeypatch.setenv("COMP_WORDS", "supporttui ack ")
    monkeypatch.setenv("COMP_CWORD", "2")
    found = shell(db=False, _SUPPORTTUI_COMPLETE="bash_complete", SUPPORTTUI_SYMBOLS="emoji")
    assert (found.out, found.err) == ("\n", "")


def test_completing_writes_nothing(tab, desk):
    head = desk.store.head()
    tab("ack", '""')
    assert desk.store.head() == head


def test_a_database_that_does_not_answer_in_time_is_left_alone(tmp_path, site_url):
    """The process ends by itself, with nothing to say, while somebody holds the file."""
    path = tmp_path / "held.db"
    shutil.copy(site_url.removeprefix("sqlite:///"), path)
    with closing(sqlite3.connect(path)) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        env = {
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "_SUPPORTTUI_COMPLETE": "bash_complete",
            "COMP_WORDS": f"supporttui --db {path} ack ", "COMP_CWORD": "4",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "supporttui"], env=env, capture_output=True, text=True, timeout=60, check=False
        )
        holder.rollback()
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_is_printed(shell, name):
    found = shell("completion", name, db=False)
    assert (found.code, "_SUPPORTTUI_COMPLETE" in found.out, "supporttui" in found.out) == (0, True, True)


def test_a_real_bash_completes_with_the_script(tmp_path, site_url):
    """The script is sourced, and asked as Tab asks it."""
    bash = shutil.which("bash")
    if bash is None:
        return
    program = tmp_path / "supporttui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m supporttui "$@"\n')
    program.chmod(0o755)
    ask = f"""
eval "$(supporttui completion bash)"
COMP_WORDS=(supporttui --db {site_url} queue is : br); COMP_CWORD=6
_supporttui_completion supporttui br :
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run([bash, "-c", ask], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (["breached"], "")


def test_what_waits_for_review_and_what_it_is_for(tab, desk):
    entry = Entry("e1f2", Receiver.calendar, "office", "Founding day", NOW, NOW + 86_400, "UTC", "feed.ics")
    with desk.store.write() as tx:
        tx.exchange.put_entries([entry, replace(entry, id="e3", verdict=Verdict.rejected)])
    assert values(tab("calendar", "review", "accept", "e")) == {"e1f2": "office Founding day"}
    assert values(tab("calendar", "import", "feed.ics", "--for", "off")) == {"office": "Office"}
    assert values(tab("calendar", "import", "feed.ics", "--for", "an")) == {"ana": "Ana"}
