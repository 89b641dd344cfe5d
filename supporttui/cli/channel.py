"""``supporttui channel list|test``: by which ways the site tells people, and whether one of them works."""

import uuid

import click

from supporttui.bootstrap import outside
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import BadInput
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words

CODE = "test"
"""What a program of the site finds as the code of a test."""


def command(words: Words, name: str) -> click.Command:
    """The group ``channel``."""
    which = argument("channel", metavar=words.t("CHANNEL"))
    to = option("--to", "address", required=True, metavar=words.t("ADDRESS"), help=words.t("Who gets it."))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t("The channels that are set, and whether each can send.")),
            verb(words, "test", _test, params=[which, to],
                 help=words.t("Send one message that says it is a test, and tell what became of it.")),
        ],
        help=words.t("Look at the ways by which people are told."),
    )  # fmt: skip


def _list(session: Session) -> None:
    kinds, missing = outside.kinds_of(session.loaded), outside.missing_extras(session.loaded)
    if session.json:
        output.show_json(
            channels=[{"name": one, "kind": kind, "missing": missing.get(one)} for one, kind in kinds.items()]
        )
        return
    words = session.words
    if not kinds:
        output.show(words.t("There is no channel: nobody is told of anything."))
        return
    lacks = {one: words.t("not installed: pip install 'supporttui[{extra}]'", extra=it) for one, it in missing.items()}
    rows = [(one, kind, lacks.get(one, "")) for one, kind in kinds.items()]
    output.show(output.table((words.t("Channel"), words.t("Kind"), ""), rows))


def _test(session: Session, *, channel: str, address: str) -> None:
    """Send as the watch does. Raises ChannelFailed; BadInput ``channel.unknown``."""
    words, found = session.words, outside.channels_of(session.loaded).get(channel)
    if found is None:
        raise BadInput("channel.unknown", channel=safe_text(channel, one_line=True, limit=60))
    subject = words.t("TEST of the channel {channel}", channel=channel)
    body = words.t("Somebody tries the channel {channel} of supporttui. You need not do anything.", channel=channel)
    found.send(address, subject, body, key=f"test:{channel}:{uuid.uuid4()}", facts={"code": CODE})
    if session.json:
        output.show_json(channel=channel, address=address, taken=True)
    else:
        output.show(
            words.t("{channel} took it for {address}. Whether it arrives, only {address} can say.",
                    channel=channel, address=safe_text(address, one_line=True))
        )  # fmt: skip
