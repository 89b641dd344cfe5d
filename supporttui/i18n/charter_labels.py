"""Charters in words: what the desk does and does not, and where the rest belongs."""

from collections.abc import Iterator, Mapping

from supporttui.domain.charters import Referral
from supporttui.domain.marking import mark
from supporttui.i18n.catalogue import Words
from supporttui.usecases.charters import Told

FIELDS: Mapping[str, str] = {
    "in_scope": mark("in scope"),
    "out_of_scope": mark("out of scope"),
    "referrals": mark("belongs elsewhere"),
    "to": mark("to"),
    "line": mark("shown at tickets"),
    "approved_by": mark("approved by"),
    "effective_from": mark("effective from"),
    "effective_until": mark("effective until"),
    "review_due": mark("review due"),
}
"""What the fields of a charter are called."""


def elsewhere(words: Words, found: Referral) -> str:
    """Where a ticket belongs."""
    text = words.t("Out of scope: it belongs to {place}.", place=found.to)
    return f"{text} {found.text}".rstrip()


def page(words: Words, found: Told) -> Iterator[tuple[str, str]]:
    """A charter, each part behind its name."""
    one = found.charter
    yield words.t("Service"), found.service
    if one.line:
        yield words.t("shown at tickets"), one.line
    yield from ((words.t("in scope"), text) for text in one.in_scope)
    yield from ((words.t("out of scope"), text) for text in one.out_of_scope)
    for referral in one.referrals:
        text = words.t("{category}: {place}", category=referral.category, place=referral.to)
        yield words.t("belongs elsewhere"), f"{text}. {referral.text}".rstrip() if referral.text else text
    yield words.t("Owner"), found.names.get(one.owner or "", one.owner or "-")
    approved = found.names.get(one.approved_by or "", one.approved_by or words.t("nobody yet"))
    yield words.t("approved by"), approved
    yield words.t("Effective"), _effective(words, found)
    if one.review_due is not None:
        due = one.review_due.isoformat()
        late = one.must_be_reviewed(found.today)
        yield words.t("review due"), words.t("{date}, it is time", date=due) if late else due


def _effective(words: Words, found: Told) -> str:
    one = found.charter
    begins = "-" if one.effective_from is None else one.effective_from.isoformat()
    ends = "-" if one.effective_until is None else one.effective_until.isoformat()
    span = words.t("{start} to {end}", start=begins, end=ends)
    return span if one.holds_on(found.today) else words.t("{span}, not today", span=span)
