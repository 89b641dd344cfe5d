"""``supporttui watch``: due steps fire and notices leave, also when no desk is open."""

from dataclasses import dataclass

import click

from supporttui import shapes
from supporttui.bootstrap.watching import build_watch
from supporttui.cli import output, systemd_unit
from supporttui.cli.exits import Nagios
from supporttui.cli.lasting import ended_by_signals, log_to_stderr
from supporttui.cli.session import Session
from supporttui.cli.verb import group, option, session_of, verb
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.spans import Instant
from supporttui.i18n import trouble_labels
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.usecases import auditing
from supporttui.usecases.ports import NoticeState, Pulse, Transaction, Trouble
from supporttui.watch import Watch

SILENCE = 30
"""Seconds without a sign of life after which the watch counts as gone; a cron job's is rarer."""


def command(words: Words, name: str) -> click.Command:
    """``watch`` keeps watch, ``watch status`` tells about it, ``watch unit`` lets systemd keep it."""

    def keep(*, once: bool) -> None:
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            _run(session_of(context), once=once)

    status = verb(
        words,
        "status",
        _status,
        help=words.t("For monitoring: one line, exit code 0 ok, 1 warning, 2 critical, 3 unknown."),
        params=[
            option("--silence", type=click.IntRange(1), default=SILENCE, show_default=True, metavar="N",
                   help=words.t("So many seconds without a sign of life are critical.")),
        ],
    )  # fmt: skip
    unit = verb(
        words, "unit", _unit,
        help=words.t("Print a systemd unit that keeps the watch running, with no more rights than it needs."),
        params=[option("--user", is_flag=True, help=words.t("For a service of your own login."))],
    )  # fmt: skip
    once = option("--once", is_flag=True, help=words.t("Do what is due now and end; for cron."))
    return group(
        words, name, [status, unit], params=[once], alone=keep,
        help=words.t("Fire due steps and deliver notices until stopped. Only one watch of a database leads."),
    )  # fmt: skip


def _unit(session: Session, *, user: bool) -> None:
    systemd_unit.show(session, "watch", ("watch",), user=user)


# --- keeping watch ------------------------------------------------------------------------------------


def _run(session: Session, *, once: bool) -> None:
    if session.given.get("as_of") or session.loaded.settings.read_only:
        raise BadInput("cli.watch_writes")
    watch = build_watch(session.place, session.loaded, session.env)
    log_to_stderr()
    with ended_by_signals(watch.stop, session):
        if once:
            _once(session, watch)
        else:
            output.say(session.words.t("Keeping watch over {database}.", database=session.place.store.url))
            watch.run()


def _once(session: Session, watch: Watch) -> None:
    turn = watch.once()
    words = session.words
    if session.json:
        output.show_json(leading=turn.leading, fired=turn.fired, sent=turn.sent, failed=turn.failed)
    elif not turn.leading:
        output.show(words.t("Another watch leads; nothing was done."))
    else:
        output.show(
            words.t("Steps fired: {fired}. Notices sent: {sent}, failed: {failed}.",
                    fired=turn.fired, sent=turn.sent, failed=turn.failed)
        )  # fmt: skip


# --- status -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Health:
    """What monitoring asks of the watch."""

    pulse: Pulse | None
    now: Instant
    dead: int
    held: int
    troubles: tuple[Trouble, ...]
    """What was to happen by itself and has not."""


def _status(session: Session, *, silence: int) -> None:
    try:
        health = session.ask(_health)
    except SupportError as fault:
        session.exit_code = Nagios.unknown
        output.show(f"SUPPORTTUI UNKNOWN - {sentence(session.words, fault)}")
        return
    level, text = _judged(session, health, silence)
    session.exit_code = level
    if session.json:
        seen = None if health.pulse is None else shapes.iso(health.pulse.seen)
        holder = None if health.pulse is None else health.pulse.holder
        audited = None if health.pulse is None else shapes.iso(health.pulse.audited_at)
        output.show_json(
            level=level.name, text=text, holder=holder, seen=seen, audited=audited, dead=health.dead, held=health.held,
            troubles=[shapes.trouble(one) for one in health.troubles],
        )  # fmt: skip
    else:
        figures = f"dead={health.dead} held={health.held} troubles={len(health.troubles)}"
        output.show(f"SUPPORTTUI {level.name.upper()} - {text} | {figures}")


def _health(tx: Transaction) -> _Health:
    now, counts = tx.now(), tx.outbox.counts()
    dead, held = counts.get(NoticeState.dead, 0), counts.get(NoticeState.held, 0)
    return _Health(tx.lease.pulse(), now, dead, held, auditing.known(tx, now))


def _judged(session: Session, health: _Health, silence: int) -> tuple[Nagios, str]:
    words = session.words
    if health.pulse is None:
        return Nagios.critical, words.t("no watch ever ran")
    silent_for = health.now - health.pulse.seen
    if silent_for > silence:
        return Nagios.critical, words.n("no watch for {n} second", "no watch for {n} seconds", silent_for)
    if health.troubles:
        first = trouble_labels.trouble(words, health.troubles[0], prefix=session.prefix)
        more = f" (+{len(health.troubles) - 1})" if len(health.troubles) > 1 else ""
        return Nagios.critical, f"{first}{more}"
    if health.dead:
        return Nagios.warning, words.n("{n} notice was given up", "{n} notices were given up", health.dead)
    if health.held:
        return Nagios.warning, words.n("{n} page held", "{n} pages held", health.held)
    return Nagios.ok, words.t("watch {holder} is alive", holder=health.pulse.holder)
