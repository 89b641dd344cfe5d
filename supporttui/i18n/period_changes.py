"""What is different while a special period lasts, in words; with the names of days, for which Babel is loaded."""

from collections.abc import Iterator, Mapping

from supporttui.domain.periods.period import PeriodHours
from supporttui.domain.sla.calendars import Window
from supporttui.domain.sla.targets import Target
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats, terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import precise
from supporttui.usecases.periods import Coming, PromiseChange


def changes(words: Words, found: Coming, names: Mapping[str, str]) -> tuple[SafeText, ...]:
    """What is different while it lasts, one line a thing; ``names`` gives services and policies their names."""
    return tuple(safe_text(text, one_line=True) for text in _changes(words, found, names))


def _changes(words: Words, found: Coming, names: Mapping[str, str]) -> Iterator[str]:
    if found.hours is not None:
        yield _hours(words, found.hours, found.zone)
    yield from (_promise(words, one) for one in found.promises)
    if found.policy is not None:
        yield words.t("escalation: {policy}", policy=names.get(found.policy, found.policy))
    if found.required_count is not None:
        yield words.n("{n} person on duty", "{n} people on duty", found.required_count)
    if found.required_languages:
        spoken = [formats.language(words, language) for language in found.required_languages]
        yield words.t("spoken on duty: {languages}", languages=formats.listing(words, spoken))
    if found.lifts:
        categories = [category for lift in found.lifts for category in lift.categories]
        yield words.t("counts as more urgent: {categories}", categories=formats.listing(words, categories))
    if found.freeze:
        yield words.t("changes are to wait")


def _hours(words: Words, hours: PeriodHours, zone: str) -> str:
    opened = formats.listing(words, [_window(words, window) for window in hours.windows])
    if not opened:
        return words.t("closed")
    text = (
        words.t("open only {windows} ({zone})", windows=opened, zone=zone)
        if hours.instead
        else words.t("open also {windows} ({zone})", windows=opened, zone=zone)
    )
    return words.t("{text}, on holidays too", text=text) if hours.on_holidays else text


def _window(words: Words, window: Window) -> str:
    """``Mon-Fri 08:00-20:00``; days that do not follow one another one by one."""
    names, days = formats.weekdays(words), sorted(set(window.days))
    whole = days == list(range(days[0], days[-1] + 1)) and len(days) > 2
    spoken = f"{names[days[0] - 1]}-{names[days[-1] - 1]}" if whole else " ".join(names[day - 1] for day in days)
    return f"{spoken} {window.start}-{window.end}"


def _promise(words: Words, one: PromiseChange) -> str:
    what = terms.metric(words, one.during.metric)
    if one.during.priority is not None:
        what = f"{terms.priority(words, one.during.priority)}, {what}"
    during = _length(words, one.during)
    if one.usual is None:
        return words.t("{what}: {during}", what=what, during=during)
    return words.t("{what}: {during}, not {usual}", what=what, during=during, usual=_length(words, one.usual))


def _length(words: Words, target: Target) -> str:
    if not target.promised:
        return words.t("no promise")
    if target.days:
        return words.n("{n} working day", "{n} working days", target.days)
    return precise(words, target.seconds)
