"""Replies to a requester: templates by language, what stands in their places, where a reply would go."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from supporttui.domain.rota.speakers import same_language
from supporttui.domain.states import ReplyKind as ReplyKind  # noqa: PLC0414  re-exported

PLACES = ("ticket", "title", "requester", "me", "service", "text")
"""What a template may name in braces; ``text`` is what the writer adds."""
LAST_RESORT = "en"
_PLACE = re.compile(r"\{(\w+)\}")
_STRAY = re.compile(r"\{(?!\w+\})[^{}\s]*\}?")
_MISSING = re.compile(r"<(\w+)\?>")
_ANGLED = re.compile(r"<([^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Template:
    """A reply that is written often, in the languages in which it is."""

    id: str
    kind: ReplyKind = ReplyKind.other
    name: str = ""
    """What it is called where one is chosen; empty: its kind."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Language tag → text with ``{ticket}``, ``{title}`` … in it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template's text in one language."""

    language: str
    text: str
    fallback: bool
    """Not the language that was wanted, or that is not known."""


def choose(template: Template, wanted: str, *, instead: Sequence[str] = ()) -> Chosen:
    """The text in the wanted language, else in the first of ``instead`` that there is, else English, else any.

    The very tag goes before another region of the same language.

    >>> german = Template("solved", texts={"de": "Erledigt.", "en": "Solved."})
    >>> choose(german, "de-AT").text, choose(german, "pt", instead=("de",)).text, choose(german, "").fallback
    ('Erledigt.', 'Erledigt.', True)
    """
    for tag in (wanted, *instead, LAST_RESORT):
        if (found := _of_language(template.texts, tag)) is not None:
            return Chosen(found, template.texts[found], fallback=not same_language(found, wanted))
    first = min(template.texts, default=LAST_RESORT)
    return Chosen(first, template.texts.get(first, ""), fallback=True)


def _of_language(texts: Iterable[str], tag: str) -> str | None:
    very = next((known for known in texts if _plain(known) == _plain(tag)), None)
    return very or next((known for known in texts if same_language(known, tag)), None)


def _plain(tag: str) -> str:
    return tag.replace("_", "-").casefold()


def places_in(text: str) -> tuple[str, ...]:
    """The names in braces, each once, whether they are places or not.

    >>> places_in("{ticket}: {title}, {ticket}")
    ('ticket', 'title')
    """
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def stray_braces(text: str) -> tuple[str, ...]:
    """What begins as a place does and is none: nothing would ever stand there.

    >>> stray_braces("{ticket}: {title, {0.a}, { } :}")
    ('{title,', '{0.a}', '{')
    """
    return tuple(_STRAY.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with values in its places; what has none is marked, so that it is seen before anything is sent.

    What is put in is not read for places again.

    >>> fill("Dear {requester}, about {ticket}:", {"ticket": "T-7 {me}", "requester": " "})
    'Dear <requester?>, about T-7 {me}:'
    """
    return _PLACE.sub(lambda place: _value(place, values), text)


def _value(place: "re.Match[str]", values: Mapping[str, str]) -> str:
    if place[1] not in PLACES:
        return place[0]
    return values.get(place[1], "").strip() or gap(place[1])


def gap(name: str) -> str:
    """What marks a place that has no value.

    >>> gap("requester")
    '<requester?>'
    """
    return f"<{name}?>"


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with its gaps under other names: those that the writer reads.

    >>> named("Dear <requester?>, <text?>", {"requester": "Name", "text": "Ihr Text"})
    'Dear <Name?>, <Ihr Text?>'
    """
    for place, name in names.items():
        text = text.replace(gap(place), gap(name))
    return text


def gaps(text: str, names: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Where the gaps of these names begin, in the order of the text.

    >>> gaps("Dear <Name?>, <Ihr Text?>", ("Ihr Text", "Name"))
    ((5, 'Name'), (14, 'Ihr Text'))
    """
    marks = {gap(name): name for name in names}
    pattern = "|".join(map(re.escape, marks)) or "(?!)"
    return tuple((found.start(), marks[found[0]]) for found in re.finditer(pattern, text))


def missing(text: str) -> tuple[str, ...]:
    """The names of places that were marked as having no value, each once.

    >>> missing("Dear <requester?>, dear <requester?>, see <b> and <who?>")
    ('requester',)
    """
    return tuple(dict.fromkeys(name for name in _MISSING.findall(text) if name in PLACES))


def added_to(template: str, text: str) -> str:
    r"""The template with a place for what the writer adds, at its end if it has none of its own.

    >>> added_to("Hello", "Which firmware?"), added_to("Hello {text} Bye", ""), added_to("Hello", "")
    ('Hello\n\n{text}', 'Hello {text} Bye', 'Hello')
    """
    return template if not text.strip() or "{text}" in template else f"{template.rstrip()}\n\n{{text}}"


def address_of(requester: str) -> str:
    """The address in what is known of a requester: ``Mia <mia@shop.example>``, or a word with ``@`` in it.

    >>> address_of("Mia <mia@shop.example>"), address_of("mia@shop.example"), address_of("Gate Antwerp")
    ('mia@shop.example', 'mia@shop.example', '')
    """
    angled = _ANGLED.search(requester)
    if angled is not None:
        return angled[1]
    return next((word.strip("(),;") for word in requester.split() if "@" in word.strip("@")), "")


def name_of(requester: str) -> str:
    """What a requester is called in a letter: all that is no address.

    >>> name_of("Mia Tanaka <mia@shop.example>"), name_of("mia@shop.example")
    ('Mia Tanaka', 'mia@shop.example')
    """
    address = address_of(requester)
    return requester.replace(f"<{address}>", "").replace(address, "").strip(" (),;") or address or requester.strip()
