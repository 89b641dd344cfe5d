"""What a service offers at the moment: whether it is open, and who speaks the requester's language."""

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import formats, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown
from supporttui.usecases.views import Opening, Speaker, Speakers


def opening(words: Words, hours: Opening, now: Instant) -> str:
    """``open, closes in 3h10m``, ``closed, opens in 3h10m``, and what never changes."""
    if hours.changes is None:
        return words.t("always open") if hours.is_open else words.t("closed, without any opening ahead")
    left = countdown(words, hours.changes - now)
    return (
        words.t("open, closes in {time}", time=left) if hours.is_open else words.t("closed, opens in {time}", time=left)
    )


def spoken(words: Words, found: Speakers, now: Instant) -> str:
    """Who speaks a language now, in one sentence; if nobody does: who will, and what is spoken instead."""
    language = formats.language(words, found.language)
    if found.now:
        return words.t("{language} is spoken on duty by {people}.", language=language, people=_people(words, found.now))
    parts = [words.t("Nobody who speaks {language} is on duty.", language=language), _next(words, found, now)]
    if found.fallback:
        parts.append(_instead(words, found))
    return " ".join(parts)


def _next(words: Words, found: Speakers, now: Instant) -> str:
    if not found.next:
        return words.t("No rota has anybody who does.")
    when = times.near(found.next[0].start, now, words.zone)
    zone = times.zone_label(found.next[0].start, words.zone)
    return words.t("Next: {people} from {time}.", people=_people(words, found.next), time=f"{when} {zone}")


def _instead(words: Words, found: Speakers) -> str:
    language = formats.language(words, found.fallback)
    if not found.fallback_now:
        return words.t("Agreed instead: {language}, which nobody on duty speaks either.", language=language)
    people = _people(words, found.fallback_now)
    return words.t("Agreed instead: {language}, spoken by {people}.", language=language, people=people)


def _people(words: Words, speakers: tuple[Speaker, ...]) -> str:
    """Names with their line of support, each person once."""
    lines = {speaker.person: speaker for speaker in reversed(speakers)}
    names = [_person(words, speaker) for speaker in reversed(lines.values())]
    return formats.listing(words, names)


def _person(words: Words, speaker: Speaker) -> str:
    name = safe_text(speaker.name, one_line=True, limit=40)
    return words.t("{person} (line {level})", person=name, level=speaker.level)
