"""Warnings that were sent, one line a mark of a timer."""

from collections.abc import Mapping

from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.warned import Warned


def warned(words: Words, told: Warned, names: Mapping[str, str], *, zone: str | None = None) -> SafeText:
    """What was told to whom; when is said beside it. ``names`` gives people theirs, ``zone`` the times."""
    metric, due = terms.metric(words, told.metric), times.stamp(told.due, zone or words.zone)
    people = formats.listing(words, [names.get(person, person) for person in told.people])
    if told.late:
        line = words.t("told that it is late: {metric}, due {time}: {people}", metric=metric, time=due, people=people)
    else:
        line = words.t("warned: {metric}, due {time}: {people}", metric=metric, time=due, people=people)
    return safe_text(line, one_line=True)
