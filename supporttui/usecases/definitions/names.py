"""What must hold of the words in definitions: ids that can be typed, tags of languages, places in templates."""

import re
from collections.abc import Iterable, Iterator, Sequence

from supporttui.domain.faults import BadInput
from supporttui.domain.replies import PLACES, Template, places_in, stray_braces

Faults = Iterator[BadInput]

LONGEST = 200
"""Characters of an id."""
_SHOWN = 60
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def ids(part: str, found: Sequence[str]) -> Faults:
    """Each has an id that can be typed, and none that another one of the part has: the later would hide the earlier."""
    seen = set[str]()
    for i, key in enumerate(found):
        yield from identifier(f"{part}[{i}].id", key)
        if key in seen and key.strip():
            yield BadInput("definition.same_id", where=f"{part}[{i}].id", found=key[:_SHOWN])
        seen.add(key)


def identifier(where: str, key: str) -> Faults:
    """Something, not endless, and nothing in it that no screen shows."""
    if not key.strip():
        yield BadInput("definition.missing", where=where)
    elif len(key) > LONGEST:
        yield BadInput("definition.id_long", where=where, found=key[:_SHOWN], most=LONGEST)
    elif not key.isprintable():
        yield BadInput("definition.id_letters", where=where, found=key[:_SHOWN])


def languages(where: str, tags: Iterable[str]) -> Faults:
    """Tags such as ``de`` or ``pt-BR``."""
    for i, tag in enumerate(tags):
        yield from language(f"{where}[{i}]", tag)


def language(where: str, tag: str) -> Faults:
    """A tag such as ``de`` or ``pt-BR``; whether anybody speaks it is another question."""
    if not _TAG.fullmatch(tag):
        yield BadInput("definition.language", where=where, found=tag[:_SHOWN])


def templates(found: Sequence[Template]) -> Faults:
    """A text in at least one language, and in braces only what something can stand for."""
    allowed = ", ".join(sorted(PLACES))
    for i, template in enumerate(found):
        where = f"templates[{i}].texts"
        if not template.texts:
            yield BadInput("definition.no_text", where=where, name=(template.name or template.id)[:_SHOWN])
        for tag, text in template.texts.items():
            yield from language(f"{where}.{tag[:_SHOWN]}", tag)
            for name in places_in(text):
                if name not in PLACES:
                    yield _unknown(f"{where}.{tag}", name, allowed)
            for piece in stray_braces(text):
                yield BadInput("definition.brace", where=f"{where}.{tag}", found=piece[:_SHOWN], allowed=allowed)


def _unknown(where: str, name: str, allowed: str) -> BadInput:
    return BadInput("definition.unknown", where=where, name=name[:_SHOWN], allowed=allowed)
