"""The form of a charter: what the desk does for a service, what it does not, and where the rest belongs. No Textual."""

import re
from collections.abc import Sequence
from functools import partial

from supporttui.domain.charters import Charter, Referral
from supporttui.domain.faults import BadInput
from supporttui.i18n import charter_labels, definition_texts
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, heading
from supporttui.tui.windows.definition_parts import Kind, changed, choice, day, listed, of_part
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part

_REFERRAL = re.compile(r"(?P<category>[^:]*[^:\s])\s*:\s*(?P<to>[^;]*[^;\s])\s*(?:;\s*(?P<text>.*\S)\s*)?")


def charter(words: Words, found: Charter, known: Sequence[Definition]) -> Kind:
    """What is in scope and what is not, a line each."""
    people, one_a_line = of_part(known, Part.people), words.t("One a line.")
    fields = (
        choice(words, "service", found.service, of_part(known, Part.services), required=True),
        Field("line", heading(words.t(charter_labels.FIELDS["line"])), found.line),
        listed(words, "in_scope", found.in_scope, str, str, hint=one_a_line),
        listed(words, "out_of_scope", found.out_of_scope, str, str, hint=one_a_line),
        listed(words, "referrals", found.referrals, definition_texts.referral, referral,
               hint=words.t("Categories that belong elsewhere, one a line, as printer: Facilities; phone 4711.")),
        choice(words, "owner", found.owner, people),
        choice(words, "approved_by", found.approved_by, people),
        day(words, "effective_from", found.effective_from),
        day(words, "effective_until", found.effective_until),
        day(words, "review_due", found.review_due),
    )  # fmt: skip
    return Kind(fields, partial(changed, found))


def referral(typed: str) -> Referral:
    """``printer: Facilities; phone 4711``. Raises BadInput ``form.referral``."""
    found = _REFERRAL.fullmatch(typed.strip())
    if found is None:
        raise BadInput("form.referral", found=typed[:60])
    return Referral(found["category"], found["to"], found["text"] or "")
