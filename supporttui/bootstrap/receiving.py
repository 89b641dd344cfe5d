"""The intake of a database: its server and its mailboxes, made from the settings; and what hands in one message."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from supporttui.bootstrap.places import Place
from supporttui.domain.faults import BadInput, Refused, SupportError
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.incoming.source import SourceKind
from supporttui.i18n import fault_labels, incoming_wording
from supporttui.i18n.catalogue import Words
from supporttui.intake.serve import mailbox
from supporttui.intake.serve.http import Limits, Server
from supporttui.intake.serve.options import IntakeOptions, Mailbox
from supporttui.intake.serve.reception import Reception
from supporttui.intake.serve.serving import Intake, Round, listening
from supporttui.intake.serve.tokens import tokens
from supporttui.secret_files import secret_lines
from supporttui.settings import Loaded
from supporttui.storage.grants import for_intake as for_intake  # noqa: PLC0414  re-exported

MAIL = frozenset({SourceKind.mail})


def options_of(loaded: Loaded) -> IntakeOptions:
    """``[intake]`` of the settings. Raises as ``settings.fill`` does."""
    return loaded.part(IntakeOptions, "intake")


def faults(loaded: Loaded) -> Iterator[Refused]:
    """Everything in the settings, and in the files that they name, with which no intake begins."""
    try:
        options = options_of(loaded)
    except BadInput as fault:
        yield fault
        return
    passwords = [partial(_password, source, box) for source, box in options.mailboxes.items()]
    secrets: list[Callable[[], object]] = [partial(_tokens, options), *passwords]
    for read in secrets:
        try:
            read()
        except Refused as fault:
            yield fault


def reception(place: Place, words: Words) -> Reception:
    """What takes in messages for a database."""
    return Reception(place.store, incoming_wording.wording(words))


def build_server(place: Place, options: IntakeOptions, words: Words) -> Server:
    """The server, listening.

    Raises:
        Refused: ``intake.no_token_file``, ``intake.address``, or as ``tokens`` does.
    """
    known, prefix = _tokens(options), place.site.get("prefix", DEFAULT_PREFIX)

    def sentence(fault: SupportError) -> str:
        return fault_labels.fault(words, fault, prefix=prefix)

    def make() -> Server:
        limits = Limits(options.bytes, options.seconds, options.connections)
        address = (options.host, options.port)
        return Server(address, reception(place, words), tokens=known, sentence=sentence, limits=limits)

    return listening(make, options.host, options.port)


def build_intake(place: Place, options: IntakeOptions, words: Words) -> tuple[Intake, Server]:
    """Server and mailboxes of a database, the server listening and nothing running yet.

    Raises:
        Refused: as ``build_server``; a secret of a mailbox that others may read.
    """
    desk = reception(place, words)
    rounds = [Round(name, box, _looker(name, box, desk)) for name, box in options.mailboxes.items()]
    server = build_server(place, options, words)
    return Intake(server, rounds), server


def _looker(source: str, box: Mailbox, desk: Reception) -> Callable[[], int]:
    password = _password(source, box)
    own = box.addresses or ((box.user,) if "@" in box.user else ())
    addresses = tuple(one.casefold() for one in own)
    return lambda: mailbox.look(box, password, lambda raw: desk.take(source, raw, kinds=MAIL, own=addresses))


def _tokens(options: IntakeOptions) -> tuple[str, ...]:
    if not options.token_file:
        raise Refused("intake.no_token_file")
    return tokens(Path(options.token_file).expanduser())


def _password(source: str, box: Mailbox) -> str:
    """The first line of its file, which only its owner may read."""
    if not box.password_file:
        raise Refused("intake.no_password_file", source=source)
    return next(iter(secret_lines(Path(box.password_file).expanduser())), "")
