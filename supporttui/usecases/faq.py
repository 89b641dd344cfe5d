"""What the desk knows by heart: procedures, lessons and ready replies, searched by their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain import procedures as rules
from supporttui.domain import replies
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.usecases import procedures
from supporttui.usecases.ports import Transaction


class FaqKind(StrEnum):
    """What something is that the desk knows."""

    procedure = "procedure"
    lesson = "lesson"
    reply = "reply"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that is known, in the reader's language as far as there is one."""

    kind: FaqKind
    id: str
    title: str
    """Of a lesson its service and category, as far as it is about one."""
    text: str


def search(tx: Transaction, text: str, now: Instant, *, language: str) -> tuple[Answer, ...]:
    """Those in which every word of a text stands, in whatever case; all of them for an empty one."""
    wanted = fold(text).split()
    known = (*_procedures(tx, now, language), *_lessons(tx), *_replies(tx, language))
    return tuple(one for one in known if all(word in fold(f"{one.title} {one.text}") for word in wanted))


def _procedures(tx: Transaction, now: Instant, language: str) -> Iterator[Answer]:
    for one in procedures.valid(tx, now):
        told = rules.told(one.value, language)
        steps = "\n".join(f"{number}. {step.step.text}" for number, step in enumerate(told.steps, 1))
        yield Answer(FaqKind.procedure, one.value.id, told.name, steps)


def _lessons(tx: Transaction) -> Iterator[Answer]:
    for one in tx.definitions.lessons():
        about = " ".join(part for part in (one.service or "", one.category) if part)
        yield Answer(FaqKind.lesson, one.id, about, one.text)


def _replies(tx: Transaction, language: str) -> Iterator[Answer]:
    for one in tx.definitions.templates():
        yield Answer(FaqKind.reply, one.id, one.name or one.id, replies.choose(one, language).text)
