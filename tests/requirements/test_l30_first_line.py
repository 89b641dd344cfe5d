"""L30 and L33: early warnings stand on the lead's view, first looks are told; a fix has a hand for each step."""

import pytest

from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.procedures import Procedure, ProcedureStep, StepText, Translation
from supporttui.domain.replies import Template
from supporttui.usecases import first_line, looks, procedures, tickets
from tests.builders import Desk, opened, person, refuses


@pytest.fixture
def number(desk: Desk) -> int:
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme", AuthorityKind.external))
        tx.definitions.put("pia", person("Pia", teams=("acme",)))
    return desk.do(tickets.open_ticket, opened()).id


def listed(shell) -> list[int]:
    return [one["id"] for one in shell("queue", "is:early", "--json", "--as", "lea").json["tickets"]]


def test_an_early_warning_lists_the_ticket_on_the_leads_view_until_it_is_over(shell, desk, number):
    other = desk.do(tickets.open_ticket, opened(text='"early":'))
    assert shell("flag", str(number), "early", "three", "users", "already", "--as", "ana").code == 0
    assert listed(shell) == [number]
    assert "Early" in shell("view", "list", "--as", "lea").out
    assert "Early warning: Ana: three users already" in shell("ticket", "show", str(number), "--as", "lea").out
    with refuses("early.same"):
        desk.do(first_line.flag, number, None, text="three users already")
    desk.do(first_line.unflag, number, None)
    assert listed(shell) == []
    with refuses("early.none"):
        desk.do(first_line.unflag, other.id, None)


def test_a_first_look_says_what_was_seen_tried_and_wanted_and_is_found_by_its_words(shell, desk, number):
    shell("firstlook", str(number), "lamp red", "--tried", "rebooted", "--wanted", "a new fuse", "--as", "ana")
    out = shell("ticket", "history", str(number), "--as", "ana").out
    assert "Seen: lamp red; Tried: rebooted; Wanted: a new fuse" in out
    assert [one["id"] for one in shell("queue", "fuse", "--json", "--as", "ana").json["tickets"]] == [number]
    with refuses("text.empty"):
        desk.do(first_line.first_look, number, None, seen=" ")


def test_what_is_known_is_found_by_its_words_in_the_readers_language(shell, desk, number):
    german = Translation("Drucker druckt nicht", (StepText("Papier prüfen"),))
    with desk.store.write() as tx:
        steps = (ProcedureStep("look at the paper"),)
        tx.definitions.put("jam", Procedure("jam", "Printer does not print", steps, translations={"de": german}))
        tx.definitions.put("ask", Template("ask", name="Which printer?", texts={"en": "Which printer is it?"}))
    desk.do(procedures.learn, number, None, text="The PRINTER in hall 3 has no paper on Mondays")

    def found(*text):
        return [(one["kind"], one["title"]) for one in shell("faq", *text, "--json").json["found"]]

    assert found("printer", "paper") == [("procedure", "Printer does not print"), ("lesson", "mail")]
    assert found("which") == [("reply", "Which printer?")]
    assert len(found()) == 3
    assert found("--lang", "de", "papier") == [("procedure", "Drucker druckt nicht")]
    assert shell("faq", "router").out == "Nothing that is written down has these words.\n"
    assert shell("faq", "does", "not").out == "Procedure: Printer does not print\n1. look at the paper\n"


def test_who_took_it_scores_the_first_look_and_the_figures_are_told_by_team(shell, desk, number):
    """Not its author, nor who has nothing to do with the ticket; the newest score of a look counts."""
    with refuses("look.none"):
        desk.do(looks.rate, number, None, score="3", by="ben")
    desk.do(first_line.first_look, number, None, seen="lamp red", by="ana")
    desk.do(tickets.transfer, number, None, team="network", by="ana")
    for who, score, code in (("zoe", "6", "look.score"), ("ana", "3", "look.none"), ("ben", "3", "look.not_taken")):
        with refuses(code):
            desk.do(looks.rate, number, None, score=score, by=who)
    assert shell("rate", str(number), "1", "no", "log", "--as", "zoe").code == 0
    assert "first look of Ana scored 1 of 5: no log" in shell("ticket", "history", str(number), "--as", "ana").out
    found = shell("report", "looks", "--json", "--as", "lea").json["teams"]
    assert found == [{"team": "desk", "count": 1, "mean": 1.0, "poor": 1}]
    desk.do(looks.rate, number, None, score="4", by="zoe")
    other = desk.do(tickets.open_ticket, opened()).id
    desk.do(first_line.first_look, other, None, seen="lamp green", by="mia")
    desk.do(looks.rate, other, None, score="1", by="ben")
    assert shell("report", "looks", "--as", "lea").out.splitlines()[1].split() == ["Desk", "2", "2.5", "1"]
    desk.do(tickets.undo, desk.last, by="ben")
    assert [one.mean for one in desk.ask(looks.report, desk.clock()).teams] == [4.0]


def test_a_fix_is_tested_approved_and_deployed_by_one_person_after_the_other(desk, number):
    with refuses("fix.order"):
        desk.do(first_line.fix, number, None, step="approved")
    desk.do(first_line.fix, number, None, step="tested", by="pia")
    with refuses("fix.same_person"):
        desk.do(first_line.fix, number, None, step="approved", by="pia")
    desk.do(first_line.fix, number, None, step="approved", by="lea")
    with refuses("fix.order"):
        desk.do(first_line.fix, desk.do(tickets.open_ticket, opened()).id, None, step="deployed")
    found = desk.do(first_line.fix, number, None, step="deployed", text="release 7", by="ana")
    assert [(one.step.value, one.by) for one in found.fix] == [
        ("tested", "pia"),
        ("approved", "lea"),
        ("deployed", "ana"),
    ]


def test_a_partner_cannot_set_deployed_to_production_nor_be_named_for_it(desk, number):
    desk.do(first_line.fix, number, None, step="tested", by="pia")
    desk.do(first_line.fix, number, None, step="approved", by="lea")
    with refuses("fix.outside"):
        desk.do(first_line.fix, number, None, step="deployed", by="pia")
    with desk.store.write() as tx, refuses("fix.outside"):
        first_line.fix(desk.call("ana"), tx, number, None, step="deployed", by="pia")


def test_tested_anew_it_must_be_approved_anew_and_an_undo_takes_a_step_back(desk, number):
    desk.do(first_line.fix, number, None, step="tested", by="ana")
    desk.do(first_line.fix, number, None, step="approved", by="lea")
    found = desk.do(first_line.fix, number, None, step="tested", by="ben")
    assert [one.step.value for one in found.fix] == ["tested"]
    desk.do(tickets.undo, desk.last)
    with desk.store.read() as tx:
        assert [one.step.value for one in tx.tickets.get(number).fix] == ["tested", "approved"]
