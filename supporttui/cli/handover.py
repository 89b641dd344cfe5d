"""``supporttui handover``: what a shift gives to the next: shown, prepared, signed, accepted, asked about, exported."""

from collections.abc import Sequence

import click

from supporttui import actions
from supporttui.bootstrap.draft_folder import draft_folder
from supporttui.cli import handover_shapes, output
from supporttui.cli.known import moment_or, ticket_of
from supporttui.cli.rota.known import id_of, person_of, rota_or_all
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.handover.handover import Handover, HandoverState, Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.ids import PersonId
from supporttui.drafts import Drafts
from supporttui.i18n import handover_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.handover_texts import document
from supporttui.usecases.handover import reading, sending, taking, unsigning, writing
from supporttui.usecases.handover.gathering import draft_item
from supporttui.usecases.handover.reading import HandoverView
from supporttui.usecases.ports import Transaction, Versioned

FORMS = ("markdown", "json", "text", "mail")


def command(words: Words, name: str) -> click.Command:
    """The group ``handover``."""
    known = actions.by_verb()
    which = argument("handover", required=False, metavar=words.t("[HANDOVER]"))
    of = option("--handover", metavar=words.t("HANDOVER"), help=words.t("Which; without it the one that concerns you."))
    said = argument("text", nargs=-1, required=True, metavar=words.t("TEXT"))
    commands = [
        verb(words, "show", _show, params=[which], help=words.t("Show what you are to take over, or to hand over.")),
        _prepare_command(words, which),
        verb(words, "next-step", _next_step, help=words.t(known["handover next-step"].help),
             params=[argument("ticket", metavar=words.t("TICKET")), said, of]),
        verb(words, "sign", _sign, params=[which], help=words.t(known["handover sign"].help)),
        verb(words, "unsign", _unsign, params=[which], help=words.t(known["handover unsign"].help)),
        _accept_command(words, which),
        verb(words, "question", _question, help=words.t(known["handover question"].help),
             params=[argument("item", metavar=words.t("ITEM")), said, of]),
        _list_command(words),
        _export_command(words, which),
    ]  # fmt: skip
    return group(words, name, commands, help=words.t("What a shift gives to the next."))


def _prepare_command(words: Words, which: click.Parameter) -> click.Command:
    return verb(
        words, "prepare", _prepare, help=words.t("Write what the next shift should know, before you sign it."),
        params=[
            which,
            option("--note", metavar=words.t("TEXT"), help=words.t("How the shift went.")),
            option("--risks", metavar=words.t("TEXT"), help=words.t("What might happen.")),
            option("--promise", metavar=words.t("TEXT"), help=words.t("Something that was promised.")),
            option("--until", metavar=words.t("MOMENT"), help=words.t("By when it was promised.")),
            option("--done", metavar=words.t("PROMISE"), help=words.t("A promise that is kept.")),
            option("--keep", metavar=words.t("ITEM"), help=words.t("An item that stays with you.")),
            option("--give", metavar=words.t("ITEM"), help=words.t("One that goes after all.")),
        ],
    )  # fmt: skip


def _accept_command(words: Words, which: click.Parameter) -> click.Command:
    return verb(
        words, "accept", _accept,
        help=words.t("Answer for a handover from now on, once every item is read; with --item say which are."),
        params=[
            which,
            option("--item", "items", multiple=True, metavar=words.t("ITEM"),
                   help=words.t("You have understood this one; may be given again.")),
            option("--all", "everything", is_flag=True, help=words.t("You have understood all of it.")),
        ],
    )  # fmt: skip


def _list_command(words: Words) -> click.Command:
    return verb(
        words, "list", _list, help=words.t(actions.by_verb()["handover list"].help),
        params=[
            argument("text", nargs=-1, metavar=words.t("[TEXT]")),
            option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota.")),
            option("--limit", type=click.IntRange(1, 1000), default=reading.MOST, metavar="N",
                   help=words.t("So many at most.")),
        ],
    )  # fmt: skip


def _export_command(words: Words, which: click.Parameter) -> click.Command:
    return verb(
        words, "export", _export, help=words.t("Write a whole handover as Markdown, text or JSON, or send it by mail."),
        params=[
            which,
            option("--format", "form", type=click.Choice(FORMS), default="markdown", help=words.t("In which form.")),
            option("--to", "people", multiple=True, metavar=words.t("PERSON"),
                   help=words.t("Who gets the mail; may be given again. Without it you.")),
        ],
    )  # fmt: skip


# --- what they do -------------------------------------------------------------------------------------


def _show(session: Session, *, handover: str | None) -> None:
    _tell(session, _seen(session, _id(session, handover)))


def _prepare(
    session: Session,
    *,
    handover: str | None,
    note: str | None,
    risks: str | None,
    promise: str | None,
    until: str | None,
    done: str | None,
    keep: str | None,
    give: str | None,
) -> None:
    session.require_writing()
    key = _id(session, handover)
    moment = moment_or(session, until, None, kept=True)
    stored = session.do(writing.prepare, key)
    if note is not None or risks is not None:
        stored = session.do(writing.write, stored.value.id, note=note, risks=risks)
    if promise is not None:
        stored = session.do(writing.promise, stored.value.id, text=promise, until=moment)
    if done is not None:
        ids = [one.id for one in stored.value.promises]
        stored = session.do(writing.fulfil, stored.value.id, promise=id_of(done, ids))
    for text, on in ((keep, True), (give, False)):
        if text is not None:
            view = _seen(session, stored.value.id)
            drafts = _drafts(session)
            stored = session.do(writing.keep, view.handover.id, item=_item(session, view, text), on=on, drafts=drafts)
    _tell(session, _seen(session, stored.value.id))


def _next_step(session: Session, *, ticket: str, text: Sequence[str], handover: str | None) -> None:
    session.require_writing()
    number = session.ask(lambda tx: ticket_of(session, tx, ticket))
    stored: Versioned[Handover] = session.do(
        writing.next_step, _id(session, handover), ticket=number, text=" ".join(text)
    )
    if session.json:
        _tell(session, _seen(session, stored.value.id))
        return
    code, said = f"{session.prefix}{number}", " ".join(text)
    output.show(session.words.t("{ticket}, next: {text}", ticket=code, text=said))


def _sign(session: Session, *, handover: str | None) -> None:
    session.require_writing()
    stored = session.do(writing.sign, _id(session, handover), drafts=_drafts(session))
    _tell(session, _seen(session, stored.value.id))
    if not session.json:
        operation = stored.value.signed_operation
        output.show(session.words.t("Take it back: supporttui undo {operation}", operation=operation))


def _unsign(session: Session, *, handover: str | None) -> None:
    session.require_writing()
    stored = session.do(unsigning.unsign, _id(session, handover))
    _tell(session, _seen(session, stored.value.id))


def _accept(session: Session, *, handover: str | None, items: Sequence[str], everything: bool) -> None:
    session.require_writing()
    key = _id(session, handover)
    if items:
        view = _seen(session, key)
        wanted = [_item(session, view, text) for text in items]
        stored = session.do(taking.read, view.handover.id, items=wanted)
    else:
        stored = session.do(taking.accept, key, everything=everything)
    _tell(session, _seen(session, stored.value.id))


def _question(session: Session, *, item: str, text: Sequence[str], handover: str | None) -> None:
    session.require_writing()
    view = _seen(session, _id(session, handover))
    key = _item(session, view, item)
    stored = session.do(taking.ask, view.handover.id, item=key, text=" ".join(text))
    _tell(session, _seen(session, stored.value.id))


def _list(session: Session, *, text: Sequence[str], rota: str | None, limit: int) -> None:
    def read(tx: Transaction) -> tuple[Sheet, ...]:
        key = rota_or_all(session, tx, rota)
        return reading.listed(tx, session.now(), rota=key, text=" ".join(text), limit=limit + 1)

    known = session.ask(read)
    found, more = known[:limit], len(known) > limit
    if session.json:
        output.show_json(handovers=[handover_shapes.sheet(one) for one in found], more=more)
        return
    words = session.words
    head = (
        words.t("Handover"),
        words.t("Shift ended"),
        words.t("From"),
        words.t("To"),
        words.t("State"),
        words.t("Items"),
    )
    rows = [
        (
            one.handover.id, times.stamp(one.handover.joint.span.end, words.zone),
            ", ".join(map(one.name, one.handover.joint.giving)), ", ".join(map(one.name, one.handover.joint.taking)),
            handover_labels.state(words, one.handover.state), _count(one),
        )
        for one in found
    ]  # fmt: skip
    output.show(output.table(head, rows, right=(5,)) if rows else words.t("No handover is like that."))
    if more:
        output.show(words.t("More than {n} in all; --limit shows more", n=limit))


def _count(one: Sheet) -> str:
    """Of a draft what it lists follows from what is so when somebody looks."""
    return "-" if one.handover.state is HandoverState.draft else str(len(one.handover.items))


def _export(session: Session, *, handover: str | None, form: str, people: Sequence[str]) -> None:
    view = _seen(session, _id(session, handover))
    if form == "mail":
        _send(session, view, people)
    elif form == "json" or session.json:
        output.show_json(**handover_shapes.sheet(view.sheet, view.version))
    else:
        output.show(document(session.words, view.sheet, markdown=form == "markdown"))


def _send(session: Session, view: HandoverView, people: Sequence[str]) -> None:
    session.require_writing()
    found = session.ask(lambda tx: [person_of(tx, person) for person in people]) or [session.me]
    to = [PersonId(person) for person in found if person]
    sent = session.do(sending.send, view.handover.id, to=to)
    if session.json:
        output.show_json(id=view.handover.id, letters=sent)
        return
    names = ", ".join(session.name_of(person) for person in to)
    output.show(session.words.t("The handover goes to {people}.", people=names))


# --- what all of them need ------------------------------------------------------------------------------


def _tell(session: Session, view: HandoverView) -> None:
    if session.json:
        output.show_json(**handover_shapes.sheet(view.sheet, view.version))
    else:
        output.show(f"{view.handover.id}\n{document(session.words, view.sheet)}")


def _seen(session: Session, handover: str | None) -> HandoverView:
    me = session.me if handover is None else session.reader
    drafts = _drafts(session) if me is not None else ()
    return session.ask(reading.show, session.now(), me, handover, drafts)


def _id(session: Session, text: str | None) -> str | None:
    """The one whose id begins so."""
    if text is None:
        return None
    return session.ask(lambda tx: id_of(text, (one.value.id for one in tx.handovers.newest())))


def _item(session: Session, view: HandoverView, text: str) -> str:
    """The key of an item that is named by its ticket's number, or by its key. Raises NotFound ``handover.no_item``."""
    keys = [item.key for item in view.handover.items]
    if text in keys:
        return text
    try:
        key = f"ticket:{session.ask(lambda tx: ticket_of(session, tx, text))}"
    except (NotFound, BadInput):
        raise NotFound("handover.no_item", item=text[:60]) from None
    if key not in keys:
        raise NotFound("handover.no_item", item=text[:60])
    return key


def _drafts(session: Session) -> tuple[Item, ...]:
    """What the person has typed at a desk on this machine and not sent."""
    folder = session.drafts or draft_folder(session.url, session.me, session.env)
    return tuple(draft_item(one.kind, one.ticket, one.saved) for one in Drafts(folder).all())
