"""``supporttui report looks``: what first looks were worth to those who took the tickets, by team."""

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.usecases import looks


def run(session: Session, *, days: int) -> None:
    """The worst first."""
    found, words = session.ask(lambda tx: looks.report(tx, session.now(), days=days)), session.words
    if session.json:
        output.show_json(
            since=shapes.iso(found.since), until=shapes.iso(found.until),
            teams=[
                {"team": one.team, "count": one.count, "mean": round(one.mean, 2), "poor": one.poor}
                for one in found.teams
            ],
        )  # fmt: skip
    elif not found.teams:
        output.show(words.t("No first look was scored in these days."))
    else:
        head = (words.t("Team"), words.t("First looks"), words.t("Score"), words.t("Of little help"))
        rows = [
            (found.names.get(one.team, one.team), str(one.count), f"{one.mean:.1f}", str(one.poor))
            for one in found.teams
        ]
        output.show(output.table(head, rows, right=(1, 2, 3)))
