"""What ``doctor`` tells of the database, its clock, tables, watch and notices, and of what is defined in it."""

from collections.abc import Iterator

from supporttui import packs
from supporttui.bootstrap.schema import schema_differences
from supporttui.cli.doctor.lines import GRADES, Line, hurts
from supporttui.cli.session import Session
from supporttui.domain.attainment import Served
from supporttui.domain.faults import StoreUnavailable, SupportError
from supporttui.domain.lint import Pain
from supporttui.i18n import attainment_labels, lint_labels, times, trouble_labels
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import release
from supporttui.settings.secrets import without_secrets
from supporttui.usecases import attainment, auditing, lint, zone_data
from supporttui.usecases.ports import NoticeState

SKEW = 2
"""Seconds of clock offset from which on it is said."""
SILENT = 30
"""Seconds without a sign of the watch after which it is said."""


def lines(session: Session) -> Iterator[Line]:
    """Everything about the database; one line of what is wrong where it cannot be opened."""
    try:
        yield Line("database", "database", without_secrets(session.place.store.url))
        yield from _about(session)
        yield from _clock(session)
        yield from _zones(session)
        yield from _tables(session)
        yield from _watch(session)
        yield from _notices(session)
        yield from _served(session)
        yield from _definitions(session)
    except SupportError as fault:
        words = session.words_or_plain()
        todo = words.t("supporttui demo works without one.") if not isinstance(fault, StoreUnavailable) else ""
        yield hurts(Pain.tonight, "database", "fault", sentence(words, fault), code=fault.code, todo=todo)


def _about(session: Session) -> Iterator[Line]:
    words = session.words
    for key, text in session.place.store.about().items():
        if key == "file_mode" and not text.endswith(("0", "-")):
            yield hurts(
                Pain.soon, "database", key, words.t("Others on this host can read the database ({mode}).", mode=text),
                code="file.open", where=session.place.store.url, todo=words.t("Set its mode: chmod 600 or 660."),
            )  # fmt: skip
        else:
            yield Line("database", key, text)


def _served(session: Session) -> Iterator[Line]:
    """Languages and zones whose requesters are served worse than the others."""
    words = session.words
    for report in session.ask(attainment.worse, session.now()):
        for group in report.found.groups:
            if group.served is Served.worse:
                yield hurts(
                    Pain.some_day, "database", "kept promises", attainment_labels.finding(words, report, group),
                    code="attainment.worse", where=f"{report.by.value} {group.verdicts.group}",
                    todo=words.t("supporttui report attainment shows all groups."),
                )  # fmt: skip


def _clock(session: Session) -> Iterator[Line]:
    words, skew, now = session.words, session.place.skew, session.now()
    if abs(skew) <= SKEW:
        yield Line("database", "clock offset", f"{skew:+d} s")
    else:
        yield hurts(
            Pain.soon, "database", "clock offset",
            words.n("The clock here is {n} second off.", "The clock here is {n} seconds off.", abs(skew)),
            code="clock.offset", where=f"{skew:+d} s",
            todo=words.t("Let this machine follow a time server; the desk counts by the database's clock meanwhile."),
        )  # fmt: skip
    yield Line("database", "now", f"{times.stamp(now, words.zone)} {times.zone_label(now, words.zone)}")


def _zones(session: Session) -> Iterator[Line]:
    """Another release of the zone rules than the one by which timers were counted tells other dues."""
    words, here, there = session.words, release(), session.ask(zone_data.in_force)
    if not there or here == there:
        yield Line("database", "zone rules", here or "-")
        return
    yield hurts(
        Pain.soon, "database", "zone rules",
        words.t("The zone rules here are of {here}, the timers were counted by {there}.", here=here, there=there),
        code="zones.differ", where=f"{here} {there}",
        todo=words.t("Give all machines the newer one, then: supporttui db zones"),
    )  # fmt: skip


def _tables(session: Session) -> Iterator[Line]:
    words, differences = session.words, schema_differences(session.url)
    for text in differences:
        yield hurts(
            Pain.tonight, "database", "schema",
            words.t("The tables are not those of this version: {detail}", detail=text),
            code="schema.drift", where=session.place.store.url,
            todo=words.t("supporttui db upgrade brings them up; if that is done, somebody changed them by hand."),
        )  # fmt: skip
    if not differences:
        yield Line("database", "schema", "ok")
    damaged = session.place.store.verify()
    if damaged is not None:
        yield hurts(
            Pain.tonight, "database", "journal", words.t("The journal was changed from number {seq} on.", seq=damaged),
            code="journal.changed", where=f"journal {damaged}",
            todo=words.t("Keep the file as it is, and compare it with a backup."),
        )  # fmt: skip


def _watch(session: Session) -> Iterator[Line]:
    words, pulse = session.words, session.ask(lambda tx: tx.lease.pulse())
    begin = words.t("Start it: supporttui watch. On SQLite an open desk keeps it as well.")
    if pulse is None:
        never = words.t("No watch ever ran: no step fires, no notice leaves.")
        yield hurts(Pain.soon, "database", "watch", never, code="watch.never", todo=begin)
        return
    age = session.now() - pulse.seen
    if age <= SILENT:
        text = words.n("{holder}, {n} second ago", "{holder}, {n} seconds ago", age, holder=pulse.holder)
        yield Line("database", "watch", text)
        yield from _troubles(session)
        return
    told = words.n(
        "The watch {holder} is silent since {n} second: no step fires, no notice leaves.",
        "The watch {holder} is silent since {n} seconds: no step fires, no notice leaves.", age, holder=pulse.holder,
    )  # fmt: skip
    yield hurts(Pain.soon, "database", "watch", told, code="watch.silent", where=pulse.holder, todo=begin)


def _troubles(session: Session) -> Iterator[Line]:
    """What the watch was to do and has not done."""
    for one in session.ask(auditing.known, session.now()):
        yield hurts(
            Pain.tonight, "database", "watch", trouble_labels.trouble(session.words, one, prefix=session.prefix),
            code=one.code, where=str(one.ticket or one.key), todo=session.words.t("Look at the log of the watch."),
        )  # fmt: skip


def _notices(session: Session) -> Iterator[Line]:
    words, counts = session.words, session.ask(lambda tx: tx.outbox.counts())
    dead, held = counts.get(NoticeState.dead, 0), counts.get(NoticeState.held, 0)
    if held:
        yield hurts(
            Pain.soon, "database", "notices",
            words.n("{n} page is held as too old.", "{n} pages are held as too old.", held),
            code="notices.held", todo=words.t("See them with supporttui notice list, then release or drop each."),
        )  # fmt: skip
    if dead:
        yield hurts(
            Pain.soon, "database", "notices", words.n("{n} notice was given up.", "{n} notices were given up.", dead),
            code="notices.dead", todo=words.t("The tickets say who was not told; look at the channel."),
        )  # fmt: skip


def _definitions(session: Session) -> Iterator[Line]:
    """What would hurt of the services, rotas and policies, each with where it stands and what to do."""
    words = session.words
    shipped = lint.site_in(packs.starter(zone=session.place.site.get("zone") or words.zone))
    for found in session.ask(lint.findings, session.now(), shipped):
        yield Line(
            "tonight", found.pain.value, lint_labels.finding(words, found), GRADES[found.pain], code=found.code,
            where=lint_labels.where(words, found), todo=lint_labels.todo(words, found), params=found.params,
            pain=found.pain,
        )  # fmt: skip
