"""The task catalogue in words: the same in the shell and at the desk."""

from collections.abc import Iterator

from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import cause_labels, formats, pack_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.tasks import Assigned, Holder


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of tasks are called."""
    return words.t("Task"), words.t("Role"), words.t("Held by"), words.t("Standard")


def row(words: Words, found: Assigned, at: Instant) -> tuple[str, ...]:
    """One task in such columns."""
    task = found.task
    return task.name, task.role, holders(words, found, at), "; ".join(filter(None, (task.time, task.quality)))


def holders(words: Words, found: Assigned, at: Instant) -> SafeText:
    """Who does it; nobody with the cause."""
    told = formats.listing(words, [_holder(words, one, at) for one in found.holders])
    nobody = words.t("nobody: {cause}", cause=cause_labels.cause(words, found.cause))
    return safe_text(told or nobody, one_line=True)


def _holder(words: Words, one: Holder, at: Instant) -> str:
    if one.until is None:
        return one.name
    return words.t("{person} (until {time})", person=one.name, time=times.near(one.until, at, words.zone))


def whole(words: Words, found: Assigned, at: Instant) -> Iterator[tuple[str, str]]:
    """What is asked of a task, and the answer."""
    task, none = found.task, words.p("value", "none")
    yield pack_labels.path(words, "role"), task.role if task.rota is None else f"{task.role} ({task.rota})"
    yield words.t("held by"), holders(words, found, at)
    for one in found.holders:
        yield words.t("reach"), f"{one.name}: {one.phone or none}"
    yield words.t("time standard"), task.time or none
    yield pack_labels.path(words, "quality"), task.quality or none
    yield pack_labels.path(words, "evidence"), task.evidence or none
