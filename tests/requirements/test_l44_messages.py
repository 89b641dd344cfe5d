"""L44: messages of vendors and monitoring reach several people; one acknowledges, the others see by whom."""

from supporttui.domain.events import Origin
from supporttui.domain.faults import Refused
from supporttui.domain.incoming.report import Report
from supporttui.domain.incoming.source import IntakeSource, SourceKind
from supporttui.domain.states import Relation
from supporttui.usecases import incoming, incoming_messages, incoming_reading, tickets
from supporttui.usecases.incoming import Taken
from tests.builders import Desk, opened, refuses


def message(desk: Desk, *about: int) -> Taken:
    with desk.store.write() as tx:
        tx.definitions.put("vendor", IntakeSource("vendor", SourceKind.command, "mail"))
    with desk.store.write() as tx:
        call = desk.call("intake", Origin.intake)
        taken = incoming.take(call, tx, "vendor", [Report("", "Update on Sunday", "mail")])
        return incoming_messages.link(call, tx, taken, about)[0]


def test_one_acknowledges_for_the_team_and_the_others_see_by_whom(desk: Desk):
    about = desk.do(tickets.open_ticket, opened()).id
    number = message(desk, about, about).ticket
    desk.do(incoming_messages.acknowledge_once, number, by="ana")
    with refuses("intake.acknowledged", Refused):
        desk.do(incoming_messages.acknowledge_once, number, by="ben")
    (entry,) = desk.ask(incoming_reading.listed)
    assert (entry.alert.ticket, entry.acknowledged_by, entry.acknowledged_at) == (number, "ana", desk.clock())


def test_it_is_linked_to_the_tickets_that_it_is_about(desk: Desk):
    about = desk.do(tickets.open_ticket, opened()).id
    number = message(desk, about).ticket
    for here, there in ((number, about), (about, number)):
        (bond,) = desk.ask(lambda tx, here=here: tx.tickets.get(here)).relations
        assert (bond.other, bond.relation) == (there, Relation.related)
