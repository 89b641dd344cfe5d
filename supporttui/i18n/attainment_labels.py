"""Kept promises by group, in a table and in a sentence."""

from collections.abc import Mapping

from supporttui.domain.attainment import Group, Grouping, Served, Verdicts
from supporttui.domain.marking import mark, mark_in
from supporttui.i18n import formats, terms
from supporttui.i18n.catalogue import Words
from supporttui.usecases.attainment import Report

_GROUPINGS: Mapping[Grouping, tuple[str, str]] = {
    Grouping.language: mark_in("column", "Language"),
    Grouping.zone: mark_in("column", "Zone"),
    Grouping.service: mark_in("column", "Service"),
    Grouping.team: mark_in("column", "Team"),
    Grouping.priority: mark_in("column", "Priority"),
    Grouping.category: mark_in("column", "Category"),
}
_SERVED: Mapping[Served, str] = {
    Served.alike: "",
    Served.worse: mark("served worse"),
    Served.too_few: mark("too few to tell"),
}


def heads(words: Words, by: Grouping) -> tuple[str, ...]:
    """Above the groups."""
    return (
        words.p(*_GROUPINGS[by]), words.p("column", "Kept"), words.p("column", "Late"), words.p("column", "Share"),
        words.p("column", "Finding"),
    )  # fmt: skip


def row(words: Words, report: Report, group: Group) -> tuple[str, ...]:
    """A group beside the whole."""
    text = _SERVED[group.served]
    return (*_figures(words, name(words, report, group.verdicts.group), group.verdicts), words.t(text) if text else "")


def whole(words: Words, report: Report) -> tuple[str, ...]:
    """The last line."""
    return (*_figures(words, words.t("All"), report.found.whole), "")


def _figures(words: Words, title: str, found: Verdicts) -> tuple[str, ...]:
    return title, formats.number(words, found.kept), formats.number(words, found.late), share(words, found)


def share(words: Words, found: Verdicts) -> str:
    """Such as ``95 %``."""
    return "-" if found.percent is None else words.t("{n} %", n=found.percent)


def name(words: Words, report: Report, group: str) -> str:
    """What a group is called."""
    if not group:
        return words.t("not known")
    if report.by is Grouping.language:
        return formats.language(words, group)
    return report.names.get(group, group)


def finding(words: Words, report: Report, group: Group) -> str:
    """One sentence for a group that is served worse, with the size of the sample."""
    return words.t(
        "{group}: {share} of {n} kept in time ({metric}), {whole} overall.",
        group=name(words, report, group.verdicts.group), share=share(words, group.verdicts), n=group.verdicts.count,
        metric=terms.metric(words, report.metric), whole=share(words, report.found.whole),
    )  # fmt: skip
