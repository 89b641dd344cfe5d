"""``supporttui report``: figures over many tickets."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output, report_hotspots, report_looks
from supporttui.cli.session import Session
from supporttui.cli.verb import group, option, verb
from supporttui.domain.attainment import Group, Grouping
from supporttui.domain.hotspots import SpotBy
from supporttui.domain.sla.order import Metric
from supporttui.i18n import attainment_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import attainment, hotspots, looks


def command(words: Words, name: str) -> click.Command:
    """The group ``report``."""
    known = actions.by_verb()
    by = option(
        "--by", type=click.Choice([one.value for one in Grouping]), default=Grouping.language.value, show_default=True,
        help=words.t("What tickets are told apart by."),
    )  # fmt: skip
    metric = option(
        "--metric", type=click.Choice([one.value for one in Metric]), default=Metric.resolution.value,
        show_default=True, help=words.t("Which promise."),
    )  # fmt: skip
    days = option(
        "--days", type=click.IntRange(1, 3650), default=attainment.DAYS, show_default=True,
        help=words.t("How many days the report looks back."),
    )  # fmt: skip
    spot = option(
        "--by", type=click.Choice([one.value for one in SpotBy]), help=words.t("Only the groups of this kind."),
    )  # fmt: skip
    since = option(
        "--days", type=click.IntRange(1, 3650), default=hotspots.DAYS, show_default=True,
        help=words.t("How many days the report looks back."),
    )  # fmt: skip
    back = option(
        "--days", type=click.IntRange(1, 3650), default=looks.DAYS, show_default=True,
        help=words.t("How many days the report looks back."),
    )  # fmt: skip
    return group(
        words, name,
        [
            verb(
                words, "attainment", _attainment, help=words.t(known["report attainment"].help),
                params=[by, metric, days],
            ),
            verb(
                words, "hotspots", report_hotspots.run, help=words.t(known["report hotspots"].help),
                params=[spot, since],
            ),
            verb(
                words, "looks", report_looks.run,
                help=words.t("What first looks were worth to those who took the tickets, by team."), params=[back],
            ),
        ],
        help=words.t("Figures over many tickets."),
    )  # fmt: skip


def _attainment(session: Session, *, by: str, metric: str, days: int) -> None:
    words, grouping, wanted = session.words, Grouping(by), Metric(metric)
    found = session.ask(lambda tx: attainment.report(tx, session.now(), by=grouping, metric=wanted, days=days))
    if session.json:
        output.show_json(
            by=by, metric=metric, since=shapes.iso(found.since), until=shapes.iso(found.until), margin=found.margin,
            least=found.least, referred=found.referred,
            whole={"kept": found.found.whole.kept, "late": found.found.whole.late},
            groups=[_group(one) for one in found.found.groups],
        )  # fmt: skip
    elif not found.found.groups:
        output.show(words.t("No promise was decided in these days."))
    else:
        rows = [attainment_labels.row(words, found, one) for one in found.found.groups]
        rows.append(attainment_labels.whole(words, found))
        output.show(output.table(attainment_labels.heads(words, grouping), rows))
    if found.referred and not session.json:
        output.show(
            words.n("{n} ticket was referred elsewhere.", "{n} tickets were referred elsewhere.", found.referred)
        )


def _group(found: Group) -> dict[str, Any]:
    return {
        "group": found.verdicts.group, "kept": found.verdicts.kept, "late": found.verdicts.late,
        "percent": found.verdicts.percent, "served": found.served.value,
    }  # fmt: skip
