"""What duty costs, and who is on duty while away, in words: the same in the shell and at the desk."""

from collections.abc import Iterator

from supporttui.domain.rota.ledger import Entry
from supporttui.i18n import formats, left_out_labels, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.rota.costs import Balance, Clash

PROPOSED = 3
"""So many who could be there are named."""


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a ledger are called."""
    return (
        words.t("Person"), words.p("of the time", "Share"), words.t("Hours"), words.t("Nights"), words.t("Weekends"),
        words.t("Holidays"), words.t("Pages"), words.t("Rests"), words.t("Swaps"),
    )  # fmt: skip


def row(words: Words, entry: Entry, found: Balance) -> tuple[str, ...]:
    """One person's line."""
    cost = entry.cost
    return (
        found.names.get(entry.person, entry.person),
        f"{entry.share} %",
        *(_hours(words, seconds) for seconds in (cost.seconds, cost.nights, cost.weekends, cost.holidays)),
        str(entry.pages_at_night), str(entry.short_rests), f"-{entry.swaps_given} +{entry.swaps_taken}",
    )  # fmt: skip


def _hours(words: Words, seconds: int) -> str:
    return formats.number(words, round(seconds / 3600, 1))


def notes(words: Words, found: Balance) -> Iterator[str]:
    """Who is on duty too much, what would level it out, where the plan of today differs from the record."""
    for entry in found.entries:
        if entry.over_limit:
            name = found.names.get(entry.person, entry.person)
            yield words.t(
                "{person} is on duty for {share} % of the time, which is more than {limit} %.",
                person=name, share=entry.share, limit=found.limit,
            )  # fmt: skip
    for _, move in found.suggestions:
        yield words.t(
            "To share hard hours alike: {to} instead of {person}, {span}.",
            to=found.names.get(move.to, move.to), person=found.names.get(move.person, move.person),
            span=formats.span_month(words, move.duty.span.start, move.duty.span.end),
        )  # fmt: skip
    for one in found.mismatches:
        after, before = one.change.after, one.change.before
        yield words.t(
            "Recorded: {recorded}, {span}. The plan of today would say {plan}; what was recorded holds.",
            recorded=rota_labels.people(words, after.people, found.names),
            plan=rota_labels.people(words, before.people, found.names),
            span=formats.span_month(words, after.span.start, after.span.end),
        )  # fmt: skip


def clash(words: Words, found: Clash) -> Iterator[str]:
    """Who is away and on duty; under it who could be there instead, and why; then who could not."""
    conflict = found.conflict
    yield words.t(
        "{person} is {absence} and on duty: {rota}, {span}, line {line}",
        person=found.names.get(conflict.person, conflict.person),
        absence=rota_labels.absence(words, conflict.absence.kind), rota=found.rota_name,
        span=formats.span_month(words, conflict.span.start, conflict.span.end), line=conflict.duty.level,
    )  # fmt: skip
    yield from proposed(words, found)


def left(words: Words, found: Clash) -> Iterator[str]:
    """A duty that nobody does yet; under it who could, and why; then who could not."""
    conflict = found.conflict
    yield words.t(
        "{rota}, {span}, line {line}",
        rota=found.rota_name, line=conflict.duty.level,
        span=formats.span_month(words, conflict.span.start, conflict.span.end),
    )  # fmt: skip
    yield from proposed(words, found)


def proposed(words: Words, found: Clash) -> Iterator[str]:
    """Who could be there instead, and why; then who could not."""
    conflict = found.conflict
    for proposal in conflict.proposals[:PROPOSED]:
        reasons = ", ".join(rota_labels.merit(words, merit) for merit in proposal.reasons)
        name = found.names.get(proposal.person, proposal.person)
        yield f"  - {name}: {reasons}" if reasons else f"  - {name}"
    for told in left_out_labels.left_out(words, conflict.left_out, found.names):
        yield f"  {told}"
