"""Whatever comes as a mail, something is made of it, and nothing of it acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.intake.serve.letters import letter

MIXED = b"""From: =?utf-8?q?J=C3=BCrgen?= <Juergen@Example.ORG>
To: desk@example.org
Subject: =?iso-8859-1?q?Dr=FCcker?= =?utf-8?b?IPCflKU=?=
Message-ID: <one@example.org>
In-Reply-To: <two@example.org>
References: <four@example.org> <three@example.org>
 <two@example.org>
Auto-Submitted: no
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Er brennt. Gr=FC=DFe
--c
Content-Type: text/html

<p>Er brennt</p>
--c--
--b
Content-Type: application/pdf; name="=?utf-8?q?Rechnung_=C3=A4.pdf?="
Content-Disposition: attachment

x
--b
Content-Type: text/plain
Content-Disposition: attachment; filename*=utf-8''log%20%C3%BC.txt

y
--b--
"""


def test_a_mail_of_many_parts():
    found = letter(MIXED)
    assert (found.id, found.sender, found.name) == ("one@example.org", "juergen@example.org", "Jürgen")
    assert (found.subject, found.body) == ("Drücker 🔥", "Er brennt. Grüße")
    assert found.before == ("two@example.org", "three@example.org", "four@example.org")
    assert found.attachments == ("Rechnung ä.pdf", "log ü.txt")
    assert found.headers["auto-submitted"] == "no"


def test_a_page_is_read_as_a_person_would():
    head = b"<html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script>"
    html = head + b"<p>One &lt;b&gt;<br>Two</p><!-- hidden --><div>Three</div></body></html>"
    assert letter(b"From: a@b\nContent-Type: text/html\n\n" + html).body == "One <b>\nTwo\nThree"


def test_what_a_page_quotes_is_marked_as_in_a_plain_text():
    html = b"<p>Yes.</p><blockquote type=cite><p>Is it?</p><blockquote>It was.</blockquote></blockquote><p>Ana</p>"
    assert letter(b"From: a@b\nContent-Type: text/html\n\n" + html).body == "Yes.\n> Is it?\n>> It was.\nAna"


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (b"From: <>\n\nx", ""), (b"From: nobody\n\nx", ""), (b"\n\nx", ""), (b"", ""), (b"From: a b@c d\n\nx", ""),
        (b'From: "Eve <ana@x.org>" <eve@y.org>\n\nx', "eve@y.org"), (b"From: x\nSender: s@y.org\n\nx", "s@y.org"),
        (b"From: A@B.C, d@e.f\n\nx", "a@b.c"),
    ],
)  # fmt: skip
def test_who_wrote_is_an_address_or_nobody(raw, sender):
    assert letter(raw).sender == sender


def test_a_mail_without_an_id_is_known_by_all_of_it():
    assert letter(b"From: a@b\n\nx").id == letter(b"From: a@b\n\nx").id != letter(b"From: a@b\n\ny").id


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: =?nothing?q?x=?=\n\nx", b"Subject: =?utf-8?b?%%%?=\n\nx", b"Subject: \xff\xfe\n\n\xff",
        b"Content-Type: text/plain; charset=nothing\n\n\xff", b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b", b"Content-Type: //\n\nx",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!", b"Content-Transfer-Encoding: x-uuencode\n\nx",
        b"Content-Disposition: attachment; filename*=nothing''%ff\n\nx", b"From: " + b"(" * 2000 + b"\n\nx",
        b"References: " + b"<a@b> " * 5000 + b"\n\nx", b"X: y\n" * 5000 + b"\nx", b"Date: tomorrow\nReceived:\n\nx",
        b"Content-Type: message/rfc822\n\nFrom: inner@x\n\ninner", b"<" * 10_000, b"\0" * 100,
    ],
)  # fmt: skip
def test_what_is_broken_is_read_as_far_as_it_goes(raw):
    found = letter(raw)
    assert found.id
    assert len(found.before) <= 30
    assert len(found.headers) <= 200


def test_parts_in_parts_without_end_are_not_looked_into():
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    found = letter(b"From: ana@b.c\n" + nested + b"\nx")
    assert (found.sender, found.body) == ("ana@b.c", "")


def test_what_is_endless_is_cut():
    found = letter(b"From: a@b\nSubject: " + b"s" * 5000 + b"\n\n" + b"x" * 100_000)
    assert (len(found.subject), len(found.body)) == (200, 20_000)
    assert len(letter(b"Content-Type: text/html\n\n" + b"<" * 300_000).body) <= 20_000


HEADERS = st.sampled_from(["From", "Subject", "References", "Content-Type", "Content-Transfer-Encoding", "Message-ID",
                           "Content-Disposition", "MIME-Version"])  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["multipart/mixed; boundary=b", "base64", "text/html", "=?utf-8?q?=F?=", '"<@']),
)


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=6), st.binary(max_size=60))
def test_no_mail_is_so_bad_that_it_stops_the_others(headers, body):
    head = "".join(f"{name}: {value}\n" for name, value in headers).encode("utf-8", "surrogatepass")
    assert letter(head + b"\n" + body).id
