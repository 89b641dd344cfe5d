"""The screens that are opened above another one, loaded with the first of them: no first frame waits for them."""

from supporttui.tui.procedures.screen import ProcedureScreen
from supporttui.tui.ticket.screen import TicketScreen

__all__ = ["ProcedureScreen", "TicketScreen"]
