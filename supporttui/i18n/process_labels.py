"""Processes in words: the same in the shell and at the desk."""

from collections.abc import Iterator, Mapping, Sequence

from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats, pack_labels, times, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.processes import Holder, Listed, Profile, Uncovered

MOST = 3
"""Spans that are named."""


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of processes are called."""
    return (
        words.t("Process"), words.t("Criticality"), words.t("Certification"), words.t("Out of hours"),
        words.t("Services"),
    )  # fmt: skip


def row(words: Words, found: Listed) -> tuple[str, ...]:
    """One process in such columns."""
    process = found.process
    return (
        process.name, value_labels.code(words, process.criticality), process.certification or "-",
        pack_labels.value(words, "out_of_hours", process.out_of_hours), ", ".join(found.services.values()),
    )  # fmt: skip


def profile(words: Words, found: Profile) -> Iterator[tuple[str, str]]:
    """What is asked and the answer: services, the nine fields, who is certified, when nobody is there."""
    process = found.process
    answers: Mapping[str, str | bool | Sequence[str]] = {
        "services": tuple(found.services.values()),
        "categories": process.categories,
        "expertise": process.expertise,
        "queries": process.queries,
        "volume": process.volume,
        "criticality": value_labels.code(words, process.criticality),
        "skills": process.skills,
        "aggregation": process.aggregation,
        "interfaces": process.interfaces,
        "certification": process.certification,
        "out_of_hours": process.out_of_hours,
        "line": "" if process.line is None else str(process.line),
    }
    for name, answer in answers.items():
        if answer or name not in ("categories", "line"):
            text = "; ".join(answer) if isinstance(answer, tuple) else answer
            yield pack_labels.path(words, name), pack_labels.value(words, name, text, limit=2_000)
    if process.certification:
        listed = formats.listing(words, [_holder(words, one) for one in found.holders])
        yield words.t("certified"), safe_text(listed or words.t("nobody"), one_line=True)
    for one in found.uncovered:
        yield words.t("nobody on duty"), _uncovered(words, one)


def _holder(words: Words, one: Holder) -> str:
    if one.ends is None:
        return one.name
    day = times.stamp(one.ends, words.zone)
    told = words.t("{person} (ended {time})", person=one.name, time=day)
    return told if one.expired else words.t("{person} (until {time})", person=one.name, time=day)


def _uncovered(words: Words, one: Uncovered) -> SafeText:
    spans = [formats.span_month(words, span.start, span.end) for span in one.spans]
    rest = len(spans) - MOST
    more = (words.n("and {n} more", "and {n} more", rest),) if rest > 0 else ()
    told = words.t("{service}: {hours}", service=one.service_name, hours="; ".join((*spans[:MOST], *more)))
    return safe_text(told, one_line=True)
