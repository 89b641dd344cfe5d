"""``supporttui notice list|why|release|drop``: what waits, why it is as it is, and what becomes of it."""

from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.plain import to_plain
from supporttui.i18n import post_labels
from supporttui.i18n.catalogue import Words
from supporttui.i18n.notice_states import notice_state
from supporttui.usecases import post
from supporttui.usecases.incoming import reading
from supporttui.usecases.ports import Notice, NoticeState
from supporttui.usecases.post import Called, Posted

MOST = 200


def command(words: Words, name: str) -> click.Command:
    """The group ``notice``."""
    key = argument("key", metavar=words.t("KEY"))
    states = option(
        "--state", "state", multiple=True, metavar=words.t("STATE"),
        type=click.Choice([one.value for one in NoticeState]),
        help=words.t("Only these; without it all that waits, is held or could not be delivered."),
    )  # fmt: skip
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t("The messages that wait, and why."), params=[states]),
            verb(words, "why", _why, params=[key],
                 help=words.t("Which step of which policy called whom, and why the message left or did not.")),
            verb(words, "release", _release, params=[key],
                 help=words.t("Let a message leave that was held as too old.")),
            verb(words, "drop", _drop, params=[key], help=words.t("A message that was held never leaves.")),
        ],
        help=words.t("Look at the messages of the watch."),
    )  # fmt: skip


def _list(session: Session, *, state: tuple[str, ...]) -> None:
    wanted = tuple(NoticeState(one) for one in state) or post.WAITING
    found, words = session.ask(lambda tx: post.listed(tx, wanted, limit=MOST)), session.words
    if session.json:
        output.show_json(notices=[_shape(one) for one in found])
    elif found:
        names = session.ask(reading.names)
        output.show(output.table(post_labels.heads(words), [post_labels.row(words, one, names) for one in found]))
    else:
        output.show(words.t("No message waits."))


def _why(session: Session, *, key: str) -> None:
    found = session.ask(post.why, key)
    if session.json:
        output.show_json(**_whole(found))
    else:
        output.show("\n".join(post_labels.why(session.words, found)))


def _release(session: Session, *, key: str) -> None:
    _decided(session, session.do(post.release, key))


def _drop(session: Session, *, key: str) -> None:
    _decided(session, session.do(post.drop, key))


def _decided(session: Session, found: Notice) -> None:
    if session.json:
        output.show_json(**_shape(found))
    else:
        state = notice_state(session.words, found.state)
        output.show(session.words.t("{key}: {state}", key=found.key, state=state))


def _shape(found: Notice) -> dict[str, Any]:
    return {
        "key": found.key, "state": found.state.value, "code": found.code, "ticket": found.ticket,
        "person": found.person, "channel": found.channel, "address": found.address,
        "not_before": shapes.iso(found.not_before), "sent_at": shapes.iso(found.sent_at),
        "attempts": found.attempts, "cause": found.error or None, "bundle": found.bundle or None,
    }  # fmt: skip


def _whole(found: Posted) -> dict[str, Any]:
    called = None if found.called is None else _called(found.called)
    return {**_shape(found.notice), "called": called, "parts": [one.key for one in found.parts]}


def _called(called: Called) -> dict[str, Any]:
    return {
        "policy": called.policy, "version": called.version, "step": called.step, "step_name": called.step_name,
        "round": called.round, "at": shapes.iso(called.at), "by_hand": called.by_hand, "by": called.by or None,
        "cause": called.cause or None, "targets": [to_plain(one) for one in called.targets],
        "criterion": None if called.criterion is None else to_plain(called.criterion),
        "duty": [one.why.value for one in called.duty],
    }  # fmt: skip
