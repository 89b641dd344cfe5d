"""``supporttui period``: the special periods that hold or begin soon, and what becomes of those that ended."""

from datetime import date
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.rota.effects import dry_run
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import TeamId
from supporttui.domain.periods.period import PeriodHours
from supporttui.i18n import pack_labels, period_changes, period_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import periods
from supporttui.usecases.packing import Preview
from supporttui.usecases.periods import Coming, Decision, PromiseChange, Review
from supporttui.usecases.periods.foretelling import foretell
from supporttui.usecases.rules import rules_of

_TOLD = 50
"""Tickets that are told by number."""


def command(words: Words, name: str) -> click.Command:
    """The group ``period``: ``list`` reads, the others decide about one that ended."""
    which = argument("period", metavar=words.t("PERIOD"))
    until = option("--until", required=True, metavar=words.t("DATE"), help=words.t("Its new last date, as 2026-12-31."))
    home = argument("team", metavar=words.t("TEAM"))
    listed = words.t("What special periods hold, begin soon, or ended and wait for a decision.")
    commands = [
        verb(words, "list", _list, help=listed),
        verb(words, "keep", _keep, params=[which, dry_run(words)],
             help=words.t("A period that ended was right; one that comes round comes round again.")),
        verb(words, "extend", _extend, params=[which, until, dry_run(words)],
             help=words.t("Let a period that ended hold again, from now until a later date.")),
        verb(words, "drop", _drop, params=[which, dry_run(words)],
             help=words.t("Let a period never come again; one that still lasts ends at once.")),
        verb(words, "rehome", _rehome, params=[which, home],
             help=words.t("Give every open ticket of a period's own team to another team, all at once.")),
    ]  # fmt: skip
    return group(words, name, commands, help=words.t("Special periods: seasons, period ends, events, freezes."))


def _list(session: Session) -> None:
    now = session.now()
    coming = session.ask(periods.coming, now)
    review = session.ask(periods.review, now)
    if session.json:
        output.show_json(coming=[_coming_json(one) for one in coming], review=[_review_json(one) for one in review])
        return
    names = session.ask(lambda tx: rules_of(tx).names())
    lines = [line for one in coming for line in _coming(session, one, names)]
    lines += [line for one in review for line in _review(session, one)]
    output.show("\n".join(lines) or session.words.t("No special period holds, begins soon, or waits for a decision."))


def _coming(session: Session, one: Coming, names: dict[str, str]) -> list[str]:
    """Its name and time, then a line for each thing that changes."""
    words = session.words
    services = ", ".join(names.get(key, key) for key in one.services) or words.t("all services")
    start, end = (times.stamp(at, words.zone) for at in (one.start, one.end))
    head = words.t(
        "{period} ({kind}), {start} to {end}: {services}",
        period=one.name, kind=period_labels.kind(words, one.kind), start=start, end=end, services=services,
    )  # fmt: skip
    return [f"{one.id}  {head}", *(f"    {text}" for text in period_changes.changes(words, one, names))]


def _review(session: Session, one: Review) -> list[str]:
    words, end = session.words, times.stamp(one.end, session.words.zone)
    text = words.t("{period} ended at {time}.", period=one.name, time=end)
    if not one.ended:
        text = words.t("{period} ends at {time}.", period=one.name, time=end)
    lines = [f"{one.id}  {text}"]
    if one.tickets:
        numbers = ", ".join(f"{session.prefix}{ticket}" for ticket in one.tickets)
        lines.append("    " + words.t("still open: {tickets}", tickets=numbers))
    if one.homeless:
        numbers = ", ".join(f"{session.prefix}{ticket}" for ticket in one.homeless[:_TOLD])
        team = session.name_of(one.team or "")
        text = words.n(
            "{n} open ticket is with {team}, which ends with it, and needs a home: {tickets}",
            "{n} open tickets are with {team}, which ends with it, and need a home: {tickets}",
            len(one.homeless), team=team, tickets=numbers,
        )  # fmt: skip
        lines += [f"    {text}", f"    supporttui period rehome {one.id} {words.t('TEAM')}"]
    choices = ", ".join(f"supporttui period {choice.value} {one.id}" for choice in one.choices)
    lines.append("    " + words.t("decide: {commands}", commands=choices))
    return lines


def _coming_json(one: Coming) -> dict[str, Any]:
    lifts = [{"categories": list(lift.categories), "by": lift.by} for lift in one.lifts]
    hours = None if one.hours is None else _hours_json(one.hours)
    return {
        "id": one.id, "name": one.name, "kind": one.kind.value, "about": one.about, "services": list(one.services),
        "start": shapes.iso(one.start), "end": shapes.iso(one.end), "running": one.running, "zone": one.zone,
        "hours": hours, "promises": [_promise_json(change) for change in one.promises], "policy": one.policy,
        "required_count": one.required_count, "required_languages": list(one.required_languages), "lifts": lifts,
        "freeze": one.freeze,
    }  # fmt: skip


def _hours_json(hours: PeriodHours) -> dict[str, Any]:
    windows = [{"start": one.start, "end": one.end, "days": list(one.days)} for one in hours.windows]
    return {"windows": windows, "instead": hours.instead, "on_holidays": hours.on_holidays}


def _promise_json(one: PromiseChange) -> dict[str, Any]:
    usual = one.usual
    return {
        "services": list(one.services), "metric": one.during.metric.value, "priority": one.during.priority,
        "kind": None if one.during.kind is None else one.during.kind.value,
        "seconds": one.during.seconds, "days": one.during.days,
        "usual_seconds": None if usual is None else usual.seconds, "usual_days": None if usual is None else usual.days,
    }  # fmt: skip


def _review_json(one: Review) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "kind": one.kind.value, "services": list(one.services),
        "start": shapes.iso(one.start), "end": shapes.iso(one.end), "ended": one.ended, "tickets": list(one.tickets),
        "choices": [choice.value for choice in one.choices], "team": one.team, "homeless": list(one.homeless),
    }  # fmt: skip


def _rehome(session: Session, *, period: str, team: str) -> None:
    done = session.do(periods.rehome, period, TeamId(team))
    tickets = [ticket for ticket, _ in done.done]
    if session.json:
        output.show_json(id=period, team=team, tickets=tickets)
        return
    numbers = ", ".join(f"{session.prefix}{ticket}" for ticket in tickets[:_TOLD])
    output.show(
        session.words.n(
            "{n} ticket is with {team} now: {tickets}", "{n} tickets are with {team} now: {tickets}",
            len(tickets), team=session.name_of(team), tickets=numbers,
        )
    )  # fmt: skip


def _keep(session: Session, *, period: str, dry_run: bool) -> None:
    _decide(session, period, Decision.keep, dry=dry_run)


def _drop(session: Session, *, period: str, dry_run: bool) -> None:
    _decide(session, period, Decision.drop, dry=dry_run)


def _extend(session: Session, *, period: str, until: str, dry_run: bool) -> None:
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise BadInput("period.date", found=until[:60]) from None
    _decide(session, period, Decision.extend, day, dry=dry_run)


def _decide(session: Session, period: str, decision: Decision, until: date | None = None, *, dry: bool = False) -> None:
    if dry:
        _foretell(session, session.do(foretell, period, decision, until=until))
        return
    version = session.do(periods.decide, period, decision, until=until)
    if session.json:
        output.show_json(id=period, decision=decision.value, version=version)
        return
    told = session.words.t(
        "{period}: {decision}, version {version}.",
        period=period, decision=period_labels.decision(session.words, decision), version=version,
    )  # fmt: skip
    output.show(told)


def _foretell(session: Session, found: Preview) -> None:
    """What would change, and which timers with it; tried out, and taken back."""
    timers = found.timers
    if session.json:
        moved = {"moved": timers.moved, "made_late": timers.made, "saved": timers.saved}
        output.show_json(dry_run=True, timers=moved)
        return
    told = pack_labels.preview(session.words, found, lambda number: f"{session.prefix}{number}", session.now())
    output.show("\n".join(told))
    output.say(session.words.t("Nothing was changed."))
