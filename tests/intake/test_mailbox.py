"""A mailbox is read once: what was stored is marked, what was not stays unread, and put away where that is asked.

The same promises hold against a real Dovecot: ``apt-get install dovecot-imapd && pytest -m slow tests/intake``.
"""

from collections.abc import Iterator

import pytest

from supporttui.domain.faults import NotFound, Refused, StoreUnavailable
from supporttui.domain.incoming.source import SourceKind
from supporttui.intake.serve import mailbox
from supporttui.intake.serve.mailbox import look
from supporttui.intake.serve.options import Security
from supporttui.intake.serve.reception import Reception
from supporttui.usecases.incoming.taking import Wording
from tests.builders import refuses
from tests.intake.imap import PASSWORD, Dovecot, FakeServer, MailServer, box, fake
from tests.intake.sending import define


def mail(number: int = 1, **headers: str) -> bytes:
    known = {"From": "Ana <ana@example.org>", "Subject": "Hilfe", "Message-ID": f"<{number}@b>", **headers}
    head = "".join(f"{name.replace('_', '-')}: {text}\r\n" for name, text in known.items())
    return f"{head}\r\nEs hängt.\r\n".encode()


@pytest.fixture(params=["fake", pytest.param("dovecot", marks=pytest.mark.slow)])
def server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    if request.param == "fake":
        with fake() as found:
            yield found
        return
    dovecot = Dovecot()
    try:
        dovecot.make("Done")
        dovecot.make("Erledigt &AOQ-")
        yield dovecot
    finally:
        dovecot.end()


def test_what_is_unread_is_taken_in_once_the_oldest_first(server: MailServer):
    seen: list[bytes] = []
    server.deliver(mail(1))
    server.deliver(mail(2))
    assert look(box(server), PASSWORD, seen.append) == 2
    assert seen == [mail(1), mail(2)]
    assert (look(box(server), PASSWORD, seen.append), server.unread(), server.all()) == (0, 0, 2)


@pytest.mark.parametrize(("name", "stored"), [("Done", "Done"), ("Erledigt ä", "Erledigt &AOQ-")])
def test_what_was_taken_in_is_put_away_where_that_is_asked(server: MailServer, name, stored):
    server.deliver(mail())
    look(box(server, done=name), PASSWORD, lambda _: None)
    assert (server.all(), server.all(stored)) == (0, 1)


def test_what_the_database_could_not_store_stays_unread(server: MailServer):
    def away(_: bytes) -> None:
        raise StoreUnavailable("store.unreachable")

    server.deliver(mail())
    with refuses("store.unreachable", StoreUnavailable):
        look(box(server), PASSWORD, away)
    assert server.unread() == 1


def test_a_message_that_is_refused_holds_up_no_other(server: MailServer):
    def picky(raw: bytes) -> None:
        if raw == mail(1):
            raise NotFound("service.unknown", service="x")

    server.deliver(mail(1))
    server.deliver(mail(2))
    assert look(box(server), PASSWORD, picky) == 1
    assert server.unread() == 1


def test_a_wrong_password_or_a_folder_that_is_not_there_is_told(server: MailServer):
    for options, password in (({}, "wrong"), ({"folder": "Nowhere"}, PASSWORD)):
        with refuses("intake.mailbox", Refused):
            look(box(server, **options), password, lambda _: None)


def test_mail_becomes_tickets_and_replies_end_to_end(server: MailServer, site_store):
    define(site_store)
    desk = Reception(site_store, Wording(attached="Attached: {files}"))

    def take(raw: bytes) -> object:
        return desk.take("post", raw, kinds={SourceKind.mail}, own=("desk@example.org",))

    server.deliver(mail(1))
    server.deliver(mail(2, Subject="Re: Hilfe", In_Reply_To="<1@b>"))
    server.deliver(mail(3, From="desk@example.org"))
    server.deliver(mail(1, Subject="the same again"))
    assert look(box(server), PASSWORD, take) == 4
    with site_store.read() as tx:
        (alert,) = tx.incoming.newest(source="post", limit=9)
        facts = tx.journal.of_ticket(alert.ticket)
        assert tx.tickets.get(alert.ticket).requester == "Ana <ana@example.org>"
    assert [getattr(fact.event, "text", "") for fact in facts] == ["Es hängt.", "", "Es hängt."]


# --- what only a server can be made to do that is ours ---------------------------------------------------------


def test_without_moving_it_is_copied_and_marked_as_deleted():
    with fake(moves=False) as server:
        server.deliver(mail())
        look(box(server, done="Done"), PASSWORD, lambda _: None)
        assert server.folders["INBOX"][0].flags == {r"\Seen", r"\Deleted"}
        assert server.all("Done") == 1


def test_of_an_endless_message_only_the_beginning_is_fetched(monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_BYTES", 100)
    seen: list[bytes] = []
    with fake() as server:
        server.deliver(mail() + b"x" * 1000)
        look(box(server), PASSWORD, seen.append)
    assert [len(raw) for raw in seen] == [100]


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("LOGIN", b"TAG BAD what?\r\n"), ("SELECT", b"\x00\xff garbage\r\n"), ("UID SEARCH", b"TAG NO no\r\n"),
        ("UID FETCH", b"TAG NO gone\r\n"), ("UID STORE", b"TAG NO read-only\r\n"), ("CAPABILITY", b"* BYE\r\n"),
    ],
)  # fmt: skip
def test_a_server_that_lies_or_refuses_is_told_and_ends_the_look(verb, answer):
    with fake() as server:
        server.deliver(mail())
        server.fails[verb] = answer
        with refuses("intake.mailbox", Refused):
            look(box(server, seconds=0.2), PASSWORD, lambda _: None)


def test_a_server_that_is_not_there_is_told_with_its_reason():
    with fake() as server:
        gone = box(server)
    with pytest.raises(Refused) as caught:
        look(gone, PASSWORD, lambda _: None)
    assert (caught.value.code, caught.value.params["mailbox"]) == ("intake.mailbox", "desk@example.org@127.0.0.1")


def test_no_password_is_sent_to_a_server_that_nobody_vouches_for():
    with fake(tls=True) as server:
        with pytest.raises(Refused) as caught:
            look(box(server, security=Security.tls), PASSWORD, lambda _: None)
        assert "certificate" in str(caught.value.params["reason"]).lower()
        assert server.said == []


def test_no_password_is_sent_where_starttls_is_asked_for_and_not_given():
    with fake() as server:
        server.fails["STARTTLS"] = b"TAG NO no\r\n"
        with refuses("intake.mailbox", Refused):
            look(box(server, security=Security.starttls), PASSWORD, lambda _: None)
        assert "LOGIN" not in server.said


def test_the_password_is_never_in_what_is_told():
    with fake() as server:
        server.fails["LOGIN"] = b"TAG NO login " + PASSWORD.encode() + b" refused\r\n"
        with pytest.raises(Refused) as caught:
            look(box(server), PASSWORD, lambda _: None)
    assert PASSWORD not in str(caught.value)


def test_only_what_was_asked_for_is_asked():
    with fake() as server:
        server.deliver(mail())
        look(box(server), PASSWORD, lambda _: None)
        assert server.said == [
            "CAPABILITY", "LOGIN", 'SELECT "INBOX"', "UID SEARCH UNSEEN",
            f"UID FETCH 1 (BODY.PEEK[]<0.{mailbox.MOST_BYTES}>)", r"UID STORE 1 +FLAGS.SILENT (\Seen)", "LOGOUT",
        ]  # fmt: skip


def test_fake_and_real_are_the_same_to_us(server: MailServer):
    """The fake would be of no use if its mail came back otherwise."""
    if isinstance(server, FakeServer):
        assert server.all() == 0
    server.deliver(mail())
    assert (server.all(), server.unread()) == (1, 1)


def test_a_stop_between_storing_and_marking_brings_a_mail_again_and_it_is_one_ticket(site_store):
    define(site_store)
    desk = Reception(site_store, Wording())

    def take(raw: bytes) -> object:
        return desk.take("post", raw, kinds={SourceKind.mail})

    with fake() as server:
        server.deliver(mail())
        server.fails["UID STORE"] = b"* BYE\r\n"
        with refuses("intake.mailbox", Refused):
            look(box(server, seconds=0.2), PASSWORD, take)
        assert server.unread() == 1
        server.fails.clear()
        assert look(box(server), PASSWORD, take) == 1
        assert server.unread() == 0
    with site_store.read() as tx:
        assert len(tx.incoming.newest(source="post", limit=9)) == 1
