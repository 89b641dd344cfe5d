"""Procedures in words: a list of procedures, one as a page to read."""

from collections.abc import Iterator, Mapping

from supporttui.domain.marking import mark_in
from supporttui.domain.procedures import Done, Procedure, Told, ToldStep
from supporttui.domain.procedures import told as in_language
from supporttui.domain.states import StepResult
from supporttui.i18n import formats, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.procedures import Listed, Offered

_RESULTS: Mapping[StepResult, tuple[str, str]] = {
    StepResult.done: mark_in("step of a procedure", "done"),
    StepResult.skipped: mark_in("step of a procedure", "skipped"),
    StepResult.failed: mark_in("step of a procedure", "did not work"),
}


def result(words: Words, found: StepResult) -> str:
    """The word for what became of a step."""
    return words.p(*_RESULTS[found])


def heads(words: Words) -> tuple[str, ...]:
    """Above a list of procedures."""
    return (
        words.p("column", "Procedure"), words.p("column", "Key"), words.p("column", "Steps"),
        words.p("column", "For"), words.p("column", "Reviewed"), words.p("column", "Runs"),
    )  # fmt: skip


def row(words: Words, found: Listed) -> tuple[str, ...]:
    """A procedure of the list, by its name in the reader's language; one whose review is due says so."""
    one = found.procedure
    reviewed = words.t("never") if one.reviewed is None else one.reviewed.isoformat()
    if found.review_due:
        reviewed = words.t("{date}, review due", date=reviewed)
    runs = words.t("{finished} of {n} to the end", finished=found.finished, n=found.runs) if found.runs else "-"
    name, steps = in_language(one, words.language).name, formats.number(words, len(one.steps))
    return name, one.id, steps, _about(found), reviewed, runs


def _about(found: Listed) -> str:
    one = found.procedure
    priorities = (terms.priority_short(priority) for priority in one.priorities)
    return ", ".join([*found.services, *one.categories, *priorities]) or "-"


def title(words: Words, name: str, version: int) -> str:
    """The name of a procedure and its version."""
    return words.t("{name} (version {version})", name=name, version=version)


def notes(words: Words, found: Told, wanted: str, *, review_due: bool) -> Iterator[str]:
    """What one must know before the first step."""
    one = found.procedure
    if any(found.is_marked(step, wanted) for step in found.steps):
        yield words.t("Not all of it is translated: what is marked stands in its own language.")
    if one.environments:
        yield words.t("Only in: {environments}", environments=", ".join(one.environments))
    yield _reviewed(words, one, review_due)


def _reviewed(words: Words, one: Procedure, due: bool) -> str:  # noqa: FBT001  what the sentence is about
    reviewed = words.t("never") if one.reviewed is None else one.reviewed.isoformat()
    if due:
        return words.t("Reviewed: {date}. Its review is due: it may be wrong.", date=reviewed)
    return words.t("Reviewed: {date}", date=reviewed)


def step(words: Words, found: ToldStep, told: Told, wanted: str) -> Iterator[tuple[str, str]]:
    """The lines of a step, each behind what it is: the step itself, then what belongs to it."""
    marked = told.is_marked(found, wanted)
    yield "", f"[{found.language}] {found.step.text}" if marked else found.step.text
    if found.step.role:
        yield words.t("Who"), found.step.role
    if found.step.environments:
        yield words.t("Only in"), ", ".join(found.step.environments)
    if found.step.precondition:
        yield words.t("Before"), found.step.precondition
    if found.step.expected:
        yield words.t("Then"), found.step.expected


def done(words: Words, found: Done, names: Mapping[str, str]) -> str:
    """What became of a step, by whom and when."""
    text = words.t(
        "{result} by {person}, {time}",
        result=result(words, found.result), person=names.get(found.by, found.by),
        time=times.stamp(found.at, words.zone),
    )  # fmt: skip
    return words.t("{what}: {text}", what=text, text=found.text) if found.text else text


def page(words: Words, found: Offered, names: Mapping[str, str], wanted: str) -> Iterator[str]:
    """A procedure as it stands on a ticket, line by line."""
    yield title(words, found.told.name, found.version)
    yield from notes(words, found.told, wanted, review_due=found.review_due)
    for number, one in enumerate(found.told.steps, 1):
        known = None if found.run is None else found.run.of(number)
        mark_of = ">" if number == found.following else " "
        for label, text in step(words, one, found.told, wanted):
            yield f"    {label}: {text}" if label else f"{mark_of}{number:2}. {text}"
        if known is not None:
            yield f"    = {done(words, known, names)}"
