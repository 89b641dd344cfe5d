"""``:notice``: the messages of the watch that wait, are held or could not be delivered; Enter goes on with one."""

from collections.abc import Sequence
from functools import partial

from supporttui.domain.access import Permission
from supporttui.domain.faults import SupportError
from supporttui.domain.text import safe_text
from supporttui.i18n import post_labels, terms, times
from supporttui.i18n.cells import fit
from supporttui.i18n.notice_states import notice_state
from supporttui.tui.asking.questions import choose
from supporttui.tui.doing import Doing
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.tui.windows import listing
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.prompt import Option
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import post
from supporttui.usecases.ports import Notice, NoticeState, Transaction
from supporttui.usecases.post import Posted
from supporttui.usecases.rules import rules_of

MOST = 200
_STYLES = {NoticeState.held: "warning", NoticeState.dead: "alarm", NoticeState.failed: "warning"}


def show(screen: Doing, states: Sequence[NoticeState] = ()) -> None:
    """Those in these states, else what somebody may have to do something about; the most pressing first."""

    def read(tx: Transaction) -> tuple[Sequence[Notice], dict[str, str]]:
        return post.listed(tx, states or post.WAITING, limit=MOST), rules_of(tx).names()

    def listed(found: tuple[Sequence[Notice], dict[str, str]]) -> None:
        notices, names = found
        again = partial(show, screen, states)
        items = [
            Item(_line(screen, one, names), partial(_choose, screen, one, again), _STYLES.get(one.state, ""))
            for one in notices
        ]
        listing.show(
            screen, screen.words.t("Notices"), items, does=screen.words.t("goes on"),
            nothing=screen.words.t("No message waits."),
        )  # fmt: skip

    screen.frame.hold_keys()
    screen.desk.ask(read, then=listed, refused=partial(_refused, screen), group="notices")


def _line(screen: Doing, one: Notice, names: dict[str, str]) -> str:
    """``T-7   02:20  Ana (mail)  held: somebody must release it  much too late``: what has no width comes last."""
    words = screen.words
    code = "-" if one.ticket is None else screen.code(one.ticket)
    when = times.near(one.sent_at or one.not_before, screen.now, words.zone)
    person = safe_text(names.get(one.person, one.person) or "-", one_line=True, limit=24)
    channel = safe_text(terms.channel(words, one.channel) or "-", one_line=True, limit=12)
    parts = (
        fit(code, 7), when, f"{person} ({channel})", notice_state(words, one.state), post_labels.cause(words, one),
    )  # fmt: skip
    return "  ".join(part for part in parts if part)


def _choose(screen: Doing, one: Notice, again: "partial[None]") -> None:
    """Why it is so, or what becomes of it where that is for a person to say."""
    words = screen.words
    options = [Option("w", words.t("why"), "why")]
    if one.state is NoticeState.held:
        options += [Option("r", words.t("let it leave"), "release"), Option("x", words.t("it never leaves"), "drop")]
    if one.ticket is not None:
        options.append(Option("o", words.t("open {ticket}", ticket=screen.code(one.ticket)), "open"))

    def chosen(value: str) -> None:
        if value == "why":
            _read(screen, one.key, again)
        elif value == "open" and one.ticket is not None:
            screen.frame.open_ticket(one.ticket)
        else:
            _decide(screen, one.key, let_go=value == "release", again=again)

    choose(screen, safe_text(one.key, one_line=True, limit=40), options, chosen)


# --- one of them --------------------------------------------------------------------------------------


def why(screen: Doing, key: str) -> None:
    """Which step of which policy called whom, and why it left, waits or did not leave."""
    _read(screen, key, None)


def release(screen: Doing, key: str) -> None:
    """What was held leaves now."""
    _decide(screen, key, let_go=True)


def drop(screen: Doing, key: str) -> None:
    """What was held never leaves."""
    _decide(screen, key, let_go=False)


def _read(screen: Doing, key: str, again: "partial[None] | None") -> None:
    def told(found: Posted) -> None:
        first, *rest = post_labels.why(screen.words, found)

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            fitting = (line for line in rest if wanted.casefold() in line.casefold())
            return tuple((("", f" {part}"),) for line in fitting for part in wrap(line, max(10, width - 2)))

        screen.app.push_screen(Reader(first, read), lambda _: again() if again is not None else None)

    screen.frame.hold_keys()
    screen.desk.ask(post.why, key, then=told, refused=partial(_refused, screen), group="notices")


def _decide(screen: Doing, key: str, *, let_go: bool, again: "partial[None] | None" = None) -> None:
    """Then the rest of the list."""
    if not screen.may_work(Permission.escalate):
        return

    def done(found: Notice) -> None:
        state = notice_state(screen.words, found.state)
        screen.frame.say(screen.words.t("{key}: {state}", key=safe_text(found.key, one_line=True), state=state))
        if again is not None:
            again()

    screen.desk.do(post.release if let_go else post.drop, key, then=done, refused=screen.frame.refuse)


def _refused(screen: Doing, fault: SupportError) -> None:
    screen.frame.forget_keys()
    screen.frame.refuse(fault)
