"""Absences: said with where they meet duty, and taken back; conflicts with who could be there instead."""

from collections.abc import Mapping
from functools import partial
from uuid import uuid4

from supporttui.domain.ids import PersonId
from supporttui.domain.marking import mark
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant
from supporttui.i18n import formats, rota_costs, rota_labels
from supporttui.tui.rota import fields, overriding
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.preview import preview
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows import listing
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.listing import Item
from supporttui.usecases import rota
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.costs import Clash
from supporttui.usecases.rota.looking import YEAR

_KINDS: Mapping[AbsenceKind, str] = {
    AbsenceKind.leave: mark("time off"),
    AbsenceKind.sick: mark("illness"),
    AbsenceKind.training: mark("training"),
    AbsenceKind.half_day: mark("half a day"),
    AbsenceKind.reserved: mark("another project"),
}


def ask(screen: Chosen, cell: Cell) -> None:
    """Who is away when, and why; where they are on duty then is told before."""
    words = screen.words
    kinds = tuple(Known(words.t(text), kind.value) for kind, text in _KINDS.items())

    def save(values: Mapping[str, object]) -> None:
        absence = Absence(
            uuid4().hex, PersonId(str(values["person"])), Instant(int(str(values["start"]))),
            Instant(int(str(values["end"]))), AbsenceKind(str(values["kind"])), note=str(values["note"]),
        )  # fmt: skip
        _preview(screen, form, absence)

    form = Form(
        words.t("Absence"),
        save,
        fields=[
            Field("person", words.t("who"), fields.name_of(screen, screen.frame.parts.me),
                  known=fields.people_of(screen), required=True),
            *fields.span(screen, max(screen.now, cell.day.start), cell.day.end),
            Field("kind", words.t("why"), kinds[0].label, known=kinds, required=True, read=AbsenceKind),
            Field("note", words.t("note"), hint=words.t("Others see it.")),
        ],
    )  # fmt: skip
    screen.app.push_screen(form)


def _preview(screen: Chosen, form: Form, absence: Absence) -> None:
    words = screen.words
    said = words.t("{person} is {absence}: {span}.", person=fields.name_of(screen, absence.person),
                   absence=rota_labels.absence(words, absence.kind),
                   span=formats.span_short(words, absence.start, absence.end, zone=screen.zone_name))  # fmt: skip

    def tell(found: tuple[Clash, ...]) -> list[str]:
        told = [line for one in found for line in rota_costs.clash(words, one)]
        return (
            [*told, words.t("Duty does not move by itself: the list of conflicts has who could.")]
            if told
            else [words.t("No duty is touched.")]
        )

    def go() -> None:
        _reversible(screen, absence).do(said, refused=form.complain, then=form.close)

    preview(screen, said, lambda tx: rota.whatif_away(tx, absence, screen.now), tell, go, refused=form.complain)


def _reversible(screen: Chosen, absence: Absence, key: str = "") -> Reversible:
    return Reversible(screen, partial(_put, absence=absence), rota.remove_absence, key)


def _put(call: Call, tx: Transaction, *, absence: Absence) -> str:
    return rota.add_absence(
        call, tx, start=absence.start, end=absence.end, kind=absence.kind, person=absence.person, note=absence.note
    ).id


def listed(screen: Chosen) -> None:
    """Everybody's absences of the year to come; Enter takes one back."""
    now = screen.now
    screen.frame.hold_keys()
    screen.desk.ask(rota.absences, now, Instant(now + YEAR), then=partial(_show, screen), refused=screen.frame.refuse)


def _show(screen: Chosen, found: tuple[Absence, ...]) -> None:
    words = screen.words
    items = [Item(_line(screen, one), partial(_ask_remove, screen, one)) for one in found]
    listing.show(screen, words.t("Absences"), items, does=words.t("takes it back"), nothing=words.t("Nobody is away."))


def _line(screen: Chosen, one: Absence) -> str:
    when = formats.span_short(screen.words, one.start, one.end, zone=screen.zone_name)
    kind = rota_labels.absence(screen.words, one.kind)
    return f"{when}  {fields.name_of(screen, one.person)}  {kind}  {fields.safe(one.note)}".rstrip()


def _ask_remove(screen: Chosen, absence: Absence) -> None:
    words = screen.words
    said = words.t("Absence taken back: {person}.", person=fields.name_of(screen, absence.person))
    preview(screen, words.t("Take the absence back"), lambda tx: tx.rotas.absence(absence.id),
            lambda found: (_line(screen, found),),
            lambda: _reversible(screen, absence, absence.id).do(said, ending=True))  # fmt: skip


# --- conflicts ----------------------------------------------------------------------------------------


def conflicts(screen: Chosen) -> None:
    """Who is on duty while away, within a year; Enter puts somebody who could be there in their place."""
    now = screen.now
    screen.frame.hold_keys()
    screen.desk.ask(
        rota.clashes, now, Instant(now + YEAR), then=partial(_show_conflicts, screen), refused=screen.frame.refuse
    )


def _show_conflicts(screen: Chosen, found: tuple[Clash, ...]) -> None:
    words, items = screen.words, []
    for clash in found:
        told, *below = rota_costs.clash(words, clash)
        there, proposed = partial(_go_there, screen, clash), clash.conflict.proposals[: rota_costs.PROPOSED]
        items.append(Item(told, there, "bold"))
        for proposal, text in zip(proposed, below, strict=False):
            items.append(Item(text, partial(_apply, screen, clash, proposal.person)))
        items += [Item(text, there, "dim") for text in below[len(proposed) :]]
    title = words.t("On duty while away, and who could be there instead")
    listing.show(screen, title, items, does=words.t("puts them there"),
                 nothing=words.t("Nobody is on duty while away."))  # fmt: skip


def _go_there(screen: Chosen, clash: Clash) -> None:
    screen.show_cell(clash.rota, clash.conflict.span.start, clash.conflict.duty.level)


def _apply(screen: Chosen, clash: Clash, person: PersonId) -> None:
    conflict = clash.conflict
    wanted = Override(
        uuid4().hex, OverrideKind.replace, max(conflict.span.start, screen.now), conflict.span.end, person=person,
        in_place_of=conflict.person, level=conflict.duty.level, created_at=screen.now,
        created_by=screen.frame.parts.me, reason=rota_labels.absence(screen.words, conflict.absence.kind),
    )  # fmt: skip
    overriding.put(screen, clash.rota, wanted)
