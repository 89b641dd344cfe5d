"""What will fall due, at the desk: views that stand in the row only while they are shown or have something to warn of."""

from datetime import datetime, time

from supporttui.domain.rota.schedule import Layer, Restriction, Rotation
from supporttui.usecases import tickets
from tests.builders import opened, rota
from tests.tui.conftest import Night


async def test_what_falls_due_this_shift_is_a_view_by_its_name(night: Night) -> None:
    async with night(size=(120, 24)) as desk:
        assert "This shift" not in desk.text
        made = await desk.others(tickets.open_ticket, opened(priority=1))
        await desk.press("colon")
        await desk.type("view this_shift")
        await desk.press("enter")
        desk.expect("[This shift 1]")
        assert desk.ids == [made.id]
        desk.expect("1 due by 08:00")
        await desk.press("h")
        assert "This shift" not in desk.text
        desk.expect("[All")


async def test_what_nobody_will_be_there_for_stands_in_the_row_of_itself(night: Night, filled) -> None:
    layer = Layer(
        "day", (Rotation(datetime(2026, 3, 2, 8), (("ana",),)),), restrictions=(Restriction(time(8), time(20)),)
    )
    with filled.write() as tx:
        tx.definitions.put("night", rota(layers=(layer,)))
    async with night(size=(100, 24)) as desk:
        assert "Unattended" not in desk.text
        made = await desk.others(tickets.open_ticket, opened(priority=1))
        await desk.tick(seconds=3)
        desk.expect("Unattended 1").expect("1 unattended")
        await desk.press("l", "l", "l", "l")
        assert desk.queue.tab.view.id == "unattended"
        assert desk.ids == [made.id]
