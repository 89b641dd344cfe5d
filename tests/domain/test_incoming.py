"""From the fields of what came in to a report: by the source's texts and rules, nothing of a product in the program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Signal
from supporttui.domain.incoming.letter import LeftOut, Letter, ticket_named, why_left_out, wrote
from supporttui.domain.incoming.report import Report, defects, fill, folded, report
from supporttui.domain.incoming.source import IntakeSource, SourceKind, SourceRule

pytestmark = pytest.mark.core

FIELDS = {
    "status": "firing", "groupKey": "{}:{job='db'}", "labels.alertname": "DiskFull", "labels.severity": "Critical",
    "annotations.summary": "db1 is full", "annotations.description": "99 %", "generatorURL": "http://prom/x",
}  # fmt: skip


def source(kind: str = "alertmanager", **deviations) -> IntakeSource:
    return IntakeSource(
        **{"id": "prom", "kind": SourceKind(kind), "service": "mail", "name": "Prometheus", **deviations}
    )


def test_an_alert_is_read_by_what_is_usual_for_its_kind():
    found = report(source(), FIELDS)
    assert found == Report(
        "{}:{job='db'}", "db1 is full", "mail", text="99 %", link="http://prom/x"
    )  # fmt: skip


def test_the_sources_own_texts_go_before_and_an_empty_field_gives_way():
    mine = source(title="{labels.host|labels.alertname}: {annotations.summary}", key="{fingerprint|labels.alertname}")
    found = report(mine, FIELDS)
    assert (found.title, found.key) == ("DiskFull: db1 is full", "DiskFull")


def test_of_several_rules_the_first_word_on_each_matter_counts_and_case_does_not():
    rules = (
        SourceRule({"labels.severity": "crit*"}, impact=1),
        SourceRule({"labels.severity": "critical", "labels.alertname": "disk*"}, impact=3, urgency=1, service="vpn"),
        SourceRule({"labels.alertname": "Cpu*"}, category="cpu"),
    )
    found = report(source(rules=rules), FIELDS)
    assert (found.impact, found.urgency, found.service, found.category) == (1, 1, "vpn", "")


def test_a_rule_may_leave_out_and_brackets_in_a_pattern_mean_themselves():
    assert report(source(rules=(SourceRule({"labels.alertname": "Disk*"}, leave_out=True),)), FIELDS).left_out
    for pattern in ("Disk[F]ull", "DiskFul?"):
        assert not report(source(rules=(SourceRule({"labels.alertname": pattern}, leave_out=True),)), FIELDS).left_out


@pytest.mark.parametrize("word", ["resolved", "OK", "Recovery", "up"])
def test_words_for_over(word):
    assert report(source("json"), {"title": "x", "status": word}).state is Signal.resolved


def test_a_plain_form_may_say_impact_and_urgency_itself_and_an_alert_may_not():
    fields = {"title": "x", "impact": "1", "urgency": "²"}
    assert (report(source("json"), fields).impact, report(source("json"), fields).urgency) == (1, 2)
    assert report(source(), fields).impact == 2


def test_what_says_nothing_is_called_like_its_source_and_what_is_endless_is_cut():
    assert report(source(), {}).title == "Prometheus"
    found = report(source("json"), {"title": "a\nb " + "x" * 9999, "text": "y" * 99_999, "key": "k" * 9999})
    assert found.title.startswith("a b x")
    assert (len(found.title), len(found.text), len(found.key)) == (200, 20_000, 133)


def test_alerts_of_one_key_are_one_report_as_pressing_as_the_most_pressing_that_goes_on():
    one = Report("k", "Disk", "mail", text="db1", impact=3)
    over = Report("k", "Cpu", "mail", Signal.resolved, impact=1, urgency=1)
    other = Report("", "Alone", "mail")
    found = folded([over, one, other, other])
    assert [(each.key, each.state, each.impact) for each in found] == [
        ("k", Signal.firing, 3), ("", Signal.firing, 2), ("", Signal.firing, 2),
    ]  # fmt: skip
    assert found[0].text == "Cpu ✓\nDisk: db1"
    assert folded([over, over])[0].state is Signal.resolved


@given(
    st.text(alphabet="{}| ab.", max_size=12), st.dictionaries(st.sampled_from(["a", "b", "a.b"]), st.text(max_size=5))
)
def test_filling_never_fails_and_what_was_put_in_is_not_read_for_places_again(text, fields):
    fill(text, fields)
    assert fill("{a}", {"a": "{b}", "b": "no"}) == "{b}"
    assert (not defects(text)) or any(sign in text for sign in "{}")


# --- mail ------------------------------------------------------------------------------------------------


def letter(**deviations) -> Letter:
    return Letter(**{"id": "1@b", "sender": "ana@example.org", "subject": "Help", "body": "It hangs.", **deviations})


@pytest.mark.parametrize(
    ("deviations", "why"),
    [
        ({}, None),
        ({"headers": {"auto-submitted": "no"}}, None),
        ({"headers": {"x-loop": "SupportTUI@desk"}}, LeftOut.ours),
        ({"id": "supporttui.7.abc@desk"}, LeftOut.ours),
        ({"sender": "desk@example.org"}, LeftOut.ours),
        ({"sender": ""}, LeftOut.bounce),
        ({"sender": "mailer-daemon@mx"}, LeftOut.bounce),
        ({"headers": {"return-path": "<>"}}, LeftOut.bounce),
        ({"headers": {"auto-submitted": "auto-replied; x=y"}}, LeftOut.answer),
        ({"headers": {"precedence": "auto_reply"}}, LeftOut.answer),
        ({"headers": {"auto-submitted": "Auto-Generated"}}, LeftOut.automatic),
        ({"headers": {"precedence": "bulk"}}, LeftOut.automatic),
    ],
)  # fmt: skip
def test_what_programs_write_by_themselves_is_left_out(deviations, why):
    assert why_left_out(letter(**deviations), automatic=False, own=("desk@example.org",)) is why


def test_a_mailbox_of_monitoring_takes_what_programs_write_but_never_their_answers():
    assert why_left_out(letter(headers={"precedence": "bulk"}), automatic=True) is None
    assert why_left_out(letter(headers={"auto-submitted": "auto-replied"}), automatic=True) is LeftOut.answer


@pytest.mark.parametrize(
    ("subject", "before", "ticket"),
    [
        ("Re: [T-1042] Mail is slow", (), 1042), ("AW: t-7: x", (), 7), ("XT-7", (), None), ("T-7a", (), None),
        ("A-T-7", (), None), ("T-12345678901234", (), None), ("hello", ("x@y", "supporttui.9.ab@desk"), 9),
        ("T-3", ("supporttui.9.ab@desk",), 3),
    ],
)  # fmt: skip
def test_the_ticket_is_named_in_the_subject_or_by_one_of_our_mails_that_it_answers(subject, before, ticket):
    assert ticket_named(letter(subject=subject, before=before), "T-") == ticket
    assert ticket_named(letter(subject="7 T-7"), "") is None


def test_the_requester_is_known_by_the_address_alone():
    assert wrote(letter(), "Ana Ng <ana@example.org>")
    assert not wrote(letter(), "ana@example.org.evil.example")
    assert not wrote(letter(sender=""), "")
