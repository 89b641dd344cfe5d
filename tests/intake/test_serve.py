"""The intake by HTTP: let in by a token, bounded, each message whole or not at all, and never a word of our insides."""

import http.client
import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from logging.handlers import QueueHandler
from queue import SimpleQueue

import pytest

from supporttui.domain.faults import StoreUnavailable
from supporttui.domain.states import State
from supporttui.intake.serve.http import Limits
from supporttui.intake.serve.reception import Reception
from supporttui.storage import open_store
from tests.builders import MovableClock, site
from tests.intake.sending import TOKEN, Line, basic, define, listening, recorded


@pytest.fixture
def line(site_store) -> Iterator[Line]:
    define(site_store)
    with listening(site_store) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, clock: MovableClock) -> Iterator[Line]:
    """The same on both databases."""
    url = request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])
    store = open_store(url, clock=clock)
    site(store)
    define(store)
    with listening(store) as found:
        yield found
    store.close()


# --- what Alertmanager sends -------------------------------------------------------------------------------


def test_an_alert_opens_is_counted_with_what_joined_it_and_is_resolved(either: Line):
    opened = either.send("/alerts/prometheus", recorded("firing"))
    assert (opened.status, opened.outcomes) == (201, ["opened"])
    (number,) = opened.tickets
    found = either.ask(lambda tx: tx.tickets.get(number))
    assert (found.title, found.priority, found.service) == ("Disk of db1 is full", 1, "mail")
    assert "http://prometheus.example.org/graph?g0.expr=disk" in found.text
    assert either.ask(lambda tx: tx.escalations.get(number)) is not None

    again = [either.send("/alerts/prometheus", recorded(name)) for name in ("grouped", "repeated")]
    assert [(one.status, one.outcomes, one.tickets) for one in again] == [(200, ["folded"], [number])] * 2
    told = either.ask(lambda tx: tx.journal.of_ticket(number))
    assert [fact.event.cut for fact in told if hasattr(fact.event, "cut")] == [0, 1, 1]
    assert "Disk of db2 is full" in told[-2].event.text

    assert either.send("/alerts/prometheus", recorded("resolved")).outcomes == ["resolved"]
    assert either.ask(lambda tx: tx.tickets.get(number)).state is State.resolved


def test_what_is_over_of_a_group_does_not_count_while_more_of_it_was_left_out(line: Line):
    number = line.send("/alerts/prometheus", recorded("firing")).tickets[0]
    partly = {**json.loads(recorded("resolved")), "status": "firing"}
    assert line.send("/alerts/prometheus", partly).outcomes == ["folded"]
    assert line.ask(lambda tx: tx.tickets.get(number)).is_open


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": "3"}, "intake.version"),
        ({"version": None}, "intake.version"),
        ({"alerts": []}, "intake.field"),
        ({"alerts": "x"}, "intake.field"),
        ({"alerts": [7]}, "intake.field"),
        ({"alerts": [{"status": "?"}]}, "intake.field"),
        ({"alerts": [{"status": "firing", "labels": [1]}]}, "intake.field"),
        ({"commonLabels": "x"}, "intake.field"),
        ({"truncatedAlerts": "many"}, "intake.field"),
        ({"truncatedAlerts": -1}, "intake.field"),
    ],
)  # fmt: skip
def test_what_is_no_webhook_of_version_4_is_refused_whole(line: Line, change, code):
    told = line.send("/alerts/prometheus", {**json.loads(recorded("grouped")), **change})
    assert (told.status, told.content) == (400, {"error": f"sentence of {code}", "code": code})
    assert line.nothing_happened()


# --- the plain form, messages, signs of life -----------------------------------------------------------------


def test_a_form_opens_a_ticket_with_its_fields(line: Line):
    told = line.send("/tickets/form", {
        "title": "Printer burns", "text": "Floor 3", "requester": "Ana", "category": "print", "language": "de_AT",
        "impact": 1, "urgency": 2, "url": "http://x/7", "key": "p3",
    })  # fmt: skip
    found = line.ask(lambda tx: tx.tickets.get(told.tickets[0]))
    assert (found.title, found.requester, found.category, found.language) == ("Printer burns", "Ana", "print", "de-AT")
    assert (found.impact, found.urgency, found.priority, found.text) == (1, 2, 2, "Floor 3\n\nhttp://x/7")


@pytest.mark.parametrize("given", [{"id": "m-1"}, {"headers": {"Idempotency_Key": "m-1"}}], ids=["field", "header"])
def test_a_form_that_is_sent_twice_is_taken_in_once(line: Line, given):
    body, headers = {"title": "x", **{k: v for k, v in given.items() if k == "id"}}, given.get("headers", {})
    first = line.send("/tickets/form", body, **headers)
    assert (first.status, first.outcomes) == (201, ["opened"])
    second = line.send("/tickets/form", body, **headers)
    assert (second.status, second.outcomes, second.tickets) == (200, ["known"], first.tickets)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "intake.json"), (b"{", "intake.json"), (b"\xff\xfe{}", "intake.json"), (b"[" * 50_000, "intake.json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "intake.json"), (b"[]", "intake.form"), (b"null", "intake.form"),
        (b"{}", "intake.empty"), (b'{"title": " "}', "intake.empty"), (b'{"a":' * 20 + b"1" + b"}" * 20, "intake.field"),
        (json.dumps({str(n): 1 for n in range(3000)}).encode(), "intake.field"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_and_leaves_nothing(line: Line, body, code):
    told = line.send("/tickets/form", body)
    assert (told.status, told.content["code"]) == (400, code)
    assert line.nothing_happened()


def test_hostile_text_is_kept_as_both_databases_can_hold_it(either: Line):
    told = either.send("/tickets/form", b'{"title": "\\u001b[2J\\u202ex\\u0000\\ud800", "text": "a\\u0000b"}')
    found = either.ask(lambda tx: tx.tickets.get(told.tickets[0]))
    assert (told.status, found.text) == (201, "a\ufffdb")


@pytest.mark.parametrize("wide", ["x", "\u0444", "\U0001f525", "\x00", "\ud800"])
def test_a_key_of_any_length_and_letters_is_its_own(either: Line, wide):
    for end, outcome in (("a", "opened"), ("b", "opened"), ("a", "folded")):
        told = either.send(
            "/tickets/form", {"title": "x", "key": wide * 3_000 + end, "id": f"{wide * 2_000}{end}{outcome}"}
        )
        assert told.outcomes == [outcome]
    assert either.send("/tickets/form", {"title": "x", "id": f"{wide * 2_000}aopened"}).outcomes == ["known"]


def test_a_message_of_a_vendor_is_a_text_or_an_object(line: Line):
    (number,) = line.send("/messages/vendor", b"Outage tonight\nfrom 22:00").tickets
    assert line.ask(lambda tx: tx.tickets.get(number)).title == "Outage tonight"
    (number,) = line.send("/messages/vendor", {"title": "Patch", "text": "now"}).tickets
    assert line.ask(lambda tx: tx.tickets.get(number)).service == "vpn"


def test_a_mail_may_be_posted_as_it_came(line: Line):
    mail = b"From: Ana <ana@example.org>\r\nSubject: =?utf-8?q?Dr=C3=BCcker?=\r\nMessage-ID: <1@b>\r\n\r\nBrennt.\r\n"
    assert [line.send("/messages/post", mail).outcomes for _ in range(2)] == [["opened"], ["known"]]


def test_a_sign_of_life_needs_no_body(line: Line):
    assert line.send("/beats/backup").status == 200
    assert line.ask(lambda tx: tx.incoming.sign("backup")).due is not None
    assert line.send("/beats/nowhere").content["code"] == "beat.unknown"


# --- who is let in, and how far -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer wrong-horse-battery!", "Basic x", "Digest y", f"Bearer {TOKEN}x"]
)
def test_without_the_token_nothing_is_read_or_done(line: Line, header):
    given = {} if header is None else {"Authorization": header}
    for path in ("/tickets/form", "/beats/backup", "/nowhere"):
        told = line.send(path, {"title": "x"}, token=None, **given)
        assert (told.status, told.content["code"]) == (401, "intake.token")
        assert told.headers["WWW-Authenticate"].startswith("Bearer")
    assert line.nothing_happened()
    assert line.ask(lambda tx: tx.incoming.signs()) == ()


def test_the_token_may_be_the_password_of_a_login(line: Line):
    assert line.send("/tickets/form", {"title": "x"}, token=None, Authorization=basic(TOKEN)).status == 201
    assert line.send("/tickets/form", {"title": "x"}, token=None, Authorization=basic("no")).status == 401


def test_how_it_is_is_told_to_anybody_and_little(line: Line):
    told = line.send("/health", method="GET", token=None)
    assert (told.status, told.content) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/", 404, "intake.path"), ("POST", "/tickets/%00%1b", 404, "source.unknown"),
        ("POST", "/tickets/nowhere", 404, "source.unknown"), ("POST", "/a/b/c/d", 404, "intake.path"),
        ("POST", "/tickets/prometheus", 400, "source.kind"), ("POST", "/alerts/form", 400, "source.kind"),
        ("GET", "/tickets/form", 405, "intake.method"), ("DELETE", "/beats/backup", 405, "intake.method"),
        ("POST", "/health", 405, "intake.method"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_with_a_code(line: Line, method, path, status, code):
    told = line.send(path, {"title": "x"}, method=method)
    assert (told.status, told.content["code"]) == (status, code)


def test_what_is_too_large_or_has_no_length_is_refused_unread(line: Line):
    told = line.send("/tickets/form", b"x" * 200_000)
    assert (told.status, told.content["code"]) == (413, "intake.too_large")
    head = f"POST /tickets/form HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n".encode()
    for header in (
        b"Transfer-Encoding: chunked",
        b"Content-Length: -1",
        b"Content-Length: 1e3",
        b"Content-Length: \xb2",
    ):
        answer = line.raw(head + header + b"\r\n\r\n0\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 411"), header
    assert line.raw(head + b"Content-Length: 50\r\n\r\n{").startswith(b"HTTP/1.1 408")
    assert line.nothing_happened()


@pytest.mark.parametrize("data", [
    b"\x00\x01\x02\r\n\r\n", b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"FOO / HTTP/1.1\r\n\r\n", b"POST\r\n\r\n", b"",
])  # fmt: skip
def test_what_is_no_request_gets_a_sentence_at_most_and_the_next_is_answered(line: Line, data):
    answer = line.raw(data)
    assert b"Traceback" not in answer
    assert b"<html" not in answer.lower()
    assert line.send("/health", method="GET").status == 200


def test_a_sender_that_is_silent_is_cut_off(site_store):
    define(site_store)
    with listening(site_store, Limits(seconds=0.05)) as line:
        connection = http.client.HTTPConnection("127.0.0.1", line.server.port, timeout=30)
        connection.putrequest("POST", "/tickets/form")
        connection.putheader("Authorization", f"Bearer {TOKEN}")
        connection.putheader("Content-Length", "100")
        connection.endheaders()
        assert connection.getresponse().status == 408
        connection.close()


# --- when something else is wrong -------------------------------------------------------------------------------


def test_a_database_that_is_away_is_told_and_when_to_try_again(line: Line, monkeypatch):
    def away(*_):
        raise StoreUnavailable("store.refused", server="/secret/socket")

    monkeypatch.setattr(line.store, "read", away)
    for method, path in (("GET", "/health"), ("POST", "/tickets/form"), ("POST", "/beats/backup")):
        told = line.send(path, {"title": "x"}, method=method)
        assert (told.status, told.content) == (503, {"error": "sentence of store.unreachable", "code": "store.refused"})
        assert int(told.headers["Retry-After"]) > 0
    monkeypatch.undo()
    assert line.send("/tickets/form", {"title": "x"}).status == 201


def test_a_defect_of_ours_is_in_the_log_and_not_in_the_answer(line: Line, monkeypatch, caplog):
    def broken(*_, **__):
        raise ZeroDivisionError("/secret/path")

    monkeypatch.setattr(Reception, "take", broken)
    told = line.send("/tickets/form", {"title": "x"})
    assert (told.status, told.content) == (500, {"error": "sentence of intake.defect", "code": "intake.defect"})
    assert "ZeroDivisionError" in caplog.text


def test_the_log_has_neither_tokens_nor_texts(line: Line, caplog):
    caplog.set_level(logging.INFO, "supporttui.intake")
    written: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = QueueHandler(written)
    logging.getLogger("supporttui.intake").addHandler(handler)
    line.send("/tickets/form?token=hidden", {"title": "a secret title"})
    line.send("/tickets/form", {"title": "x"}, token="another-wrong-token")
    # The sender has its answer before the line of the log is written.
    lines = [written.get(timeout=20).getMessage() for _ in range(2)]
    logging.getLogger("supporttui.intake").removeHandler(handler)
    assert any("POST /tickets/form 201" in one for one in lines)
    for secret in (TOKEN, "another-wrong-token", "hidden", "secret title"):
        assert not any(secret in one for one in lines)


def test_the_same_alert_from_many_at_once_is_one_ticket_and_counted_exactly(either: Line):
    barrier = threading.Barrier(6)

    def send(_: int) -> list[str]:
        barrier.wait()
        told = either.send("/alerts/prometheus", recorded("firing"))
        while told.status == 503:  # asked to send it again
            told = either.send("/alerts/prometheus", recorded("firing"))
        return told.outcomes

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(one for found in pool.map(send, range(6)) for one in found)
    assert outcomes == ["folded"] * 5 + ["opened"]
    (alert,) = either.ask(lambda tx: tx.incoming.newest(source=None, limit=9))
    assert alert.count == 6
