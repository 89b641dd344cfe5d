"""Service hours at the desk: which services are open, and the hours of one."""

import pytest

from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.panes import hours
from supporttui.usecases import service_hours
from tests.builders import Desk
from tests.i18n import pseudo
from tests.tui.conftest import Night


async def test_a_command_tells_which_services_are_open_and_the_week_of_one(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("hours")
        await desk.press("enter")
        desk.expect("Mail  closed, opens in 4h3").expect("Vpn")
        await desk.press("q", "colon")
        await desk.type("hours mail")
        await desk.press("enter")
        desk.expect("Service hours: Mail").expect("09:00-17:00 CET").expect("the clocks are put forward by 1h00m")
        await desk.press("q", "colon")
        await desk.type("hours nothing")
        await desk.press("enter")
        desk.expect_message("No service and no calendar is called nothing.")


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_it_breaks_at_the_width_in_every_language(site_store, clock, language, width) -> None:
    zone = "Asia/Tokyo"
    words = pseudo.words(language, zone) if language in pseudo.KINDS else load(language, zone, {})
    desk = Desk(site_store, clock)
    found, every = desk.ask(service_hours.of, "mail", clock()), desk.ask(service_hours.every, clock())
    lines = (*hours.one(words, found, width), *hours.every(words, every, clock(), width))
    assert max(cell_width("".join(text for _, text in line)) for line in lines) <= width
