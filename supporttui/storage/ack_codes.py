"""Codes of pages: each is given once, and kept for as long as the ticket."""

from sqlalchemy import Connection, bindparam, select

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.paging.codes import AckCode
from supporttui.domain.spans import Instant
from supporttui.storage.rows import AnyRow, insert_new
from supporttui.storage.schema import ack_codes

_GET = select(ack_codes).where(ack_codes.c.code == bindparam("typed"))
_OF_PAGE = (
    select(ack_codes)
    .where(
        ack_codes.c.ticket == bindparam("of"),
        ack_codes.c.person == bindparam("called"),
        ack_codes.c.generation == bindparam("in_generation"),
        ack_codes.c.firing == bindparam("by_firing"),
    )
    .order_by(ack_codes.c.made_at, ack_codes.c.code)
    .limit(1)
)


class SqlAckCodes:
    """Codes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: str) -> AckCode | None:
        """By the code in the form in which it is kept."""
        row = self._connection.execute(_GET, {"typed": code}).one_or_none()
        return None if row is None else _code(row)

    def of_page(self, ticket: TicketId, person: PersonId, *, generation: int, firing: int) -> AckCode | None:
        """The first one that was given."""
        wanted = {"of": ticket, "called": person, "in_generation": generation, "by_firing": firing}
        row = self._connection.execute(_OF_PAGE, wanted).one_or_none()
        return None if row is None else _code(row)

    def add(self, code: AckCode) -> bool:
        """Insert, unless the code is there."""
        row = {
            "code": code.code, "ticket": code.ticket, "person": code.person, "generation": code.generation,
            "firing": code.firing, "made_at": code.made_at,
        }  # fmt: skip
        return insert_new(self._connection, ack_codes, row)


def _code(row: AnyRow) -> AckCode:
    return AckCode(
        row.code, TicketId(row.ticket), PersonId(row.person), row.generation, row.firing, Instant(row.made_at)
    )
