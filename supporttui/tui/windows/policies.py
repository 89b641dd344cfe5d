"""``:policy``: escalation policies, and whom they would page in the hours to come, in a window to read."""

from collections.abc import Mapping, Sequence

from supporttui.i18n import policy_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import escalation, packing, policies
from supporttui.usecases.packing import Part
from supporttui.usecases.ports import Transaction


def show_list(screen: BaseScreen) -> None:
    """Every policy."""
    words = screen.words

    def told(found: Sequence[policies.Listed]) -> None:
        heads = policy_labels.heads(words)[1:]
        rows = ((name, *said(heads, cells)) for name, *cells in (policy_labels.row(words, one) for one in found))
        read(screen, words.t("Policies"), tuple(rows), nothing=words.t("No escalation policy is defined yet."))

    screen.desk.ask(policies.every, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, wanted: str) -> None:
    """The steps of a policy."""
    now = screen.now

    def asked(tx: Transaction) -> tuple[policies.Listed, Mapping[tuple[Part, str], str]]:
        return policies.one(tx, wanted), {(one.part, one.key): one.name for one in packing.known(tx, now)}

    def told(found: tuple[policies.Listed, Mapping[tuple[Part, str], str]]) -> None:
        read(screen, found[0].policy.name, tuple(policy_labels.whole(screen.words, *found)))

    screen.desk.ask(asked, then=told, refused=screen.frame.refuse)


def show_ahead(screen: BaseScreen, wanted: str | None) -> None:
    """Whom a policy would page in the next 24 hours; without one the policies."""
    if not wanted:
        show_list(screen)
        return

    def told(found: policies.Ahead) -> None:
        read(screen, found.policy.name, tuple(policy_labels.ahead(screen.words, found)))

    screen.desk.ask(policies.ahead, wanted, screen.now, then=told, refused=screen.frame.refuse)


def move(screen: BaseScreen, wanted: str) -> None:
    """What runs by an older version goes on by the newest."""
    words = screen.words

    def known(found: policies.Listed) -> None:
        def moved(done: escalation.Moved) -> None:
            text = words.n(
                "{n} ticket goes on by version {version} of {policy}.",
                "{n} tickets go on by version {version} of {policy}.",
                len(done.tickets), version=done.version, policy=found.policy.name,
            )  # fmt: skip
            screen.frame.say(text)

        screen.desk.do(escalation.move, policy=found.policy.id, then=moved, refused=screen.frame.refuse)

    screen.desk.ask(policies.one, wanted, then=known, refused=screen.frame.refuse)
