"""Views at the desk: found, narrowed, put in order, kept under a name, shared, and there again at the next start."""

import pytest

from supporttui import snapshot
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import SortBy
from supporttui.tui.queue.filter_prompt import FilterPrompt
from supporttui.usecases import saved_views, tickets
from tests.builders import opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven, at_desk


async def typed(desk: Driven, *keys: str, text: str) -> Driven:
    """Open something by keys and type into it until the pause in which it is tried."""
    await desk.press(*keys)
    await desk.type(text)
    prompt = desk.app.screen
    if isinstance(prompt, FilterPrompt):
        prompt._tried(text.strip(), typing=True)
    return await desk.settle()


def views_of(desk: Driven, person: str = "ana") -> dict[str, saved_views.View]:
    with desk.other.store.read() as tx:
        return {view.name: view for view in saved_views.seen(tx, person)}


async def test_what_is_shown_is_kept_under_a_name_and_shown_again(night: Night) -> None:
    """Filter, order and columns; what was typed in the list is the view's own from then on."""
    async with night() as desk:
        await typed(desk, "slash", text="priority:3 -is:mine")
        await desk.press("enter", "s", "down", "enter", "W")
        desk.expect("Saves: is:open team:@me priority:3 -is:mine")
        await desk.type("Night shift")
        await desk.press("enter", "enter")
        desk.expect_message('Saved as view "Night shift".')
        desk.expect("[Night shift 60]")
        view = views_of(desk)["Night shift"]
        assert (view.query, view.sort) == ("is:open team:@me priority:3 -is:mine", SortBy.priority)
        assert not view.shared
        await desk.press("h", "l")
        desk.expect("[Night shift 60]").expect("by priority")


async def test_a_shared_view_stands_in_everybody_s_row_and_only_the_owner_changes_it(night: Night, clock) -> None:
    async with night() as desk:
        await desk.others(saved_views.save, name="Vendors", query="is:open resolver:network", shared=True)
        desk.expect("Vendors")
        await desk.press("colon")
        await desk.type("view delete vendors")
        await desk.press("enter")
        desk.expect_message("The view Vendors belongs to ben")
        await desk.press("colon")
        await desk.type("view vendors")
        await desk.press("enter")
        assert desk.queue.tab.view.name == "Vendors"


async def test_overwriting_is_asked_first(night: Night) -> None:
    async with night() as desk:
        desk.other.do(saved_views.save, name="Late", query="is:open is:breached", shared=True, by="ana")
        await desk.hear()
        await desk.press("W")
        await desk.type("late")
        await desk.press("enter")
        desk.expect('You share a view "Late" already.')
        await desk.press("enter", "escape")
        assert views_of(desk)["Late"].query == "is:open is:breached"
        await desk.press("W")
        await desk.type("late")
        await desk.press("enter", "o")
        desk.expect("[Enter] for all")
        await desk.press("enter")
        view = views_of(desk)["Late"]
        assert (view.query, view.shared, view.version) == ("is:open team:@me", True, 2)


async def test_commands_save_rename_share_and_delete(night: Night) -> None:
    async with night() as desk:
        for line in ("filter priority:3", "view save Night", "view rename night Late shift", "view share late shift"):
            await desk.press("colon")
            await desk.type(line)
            await desk.press("enter")
        view = views_of(desk)["Late shift"]
        assert (view.query, view.shared) == ("is:open team:@me priority:3", True)
        await desk.press("colon")
        await desk.type("view delete late shift")
        await desk.press("enter")
        assert views_of(desk) == {}
        desk.expect("[All")


async def test_all_views_in_one_window(night: Night) -> None:
    async with night() as desk:
        desk.other.do(saved_views.save, name="Mail", query="is:open service:mail", by="ana")
        await desk.hear()
        await desk.press("colon")
        await desk.type("view list")
        await desk.press("enter", "G")
        desk.expect("Mail").expect("mine alone").expect("is:open service:mail").expect("built in")
        await desk.press("s")
        assert views_of(desk, "ben")["Mail"].shared
        await desk.press("colon")
        await desk.type("view list")
        await desk.press("enter", "G", "d", "d")
        assert views_of(desk) == {}


async def test_a_view_that_somebody_deletes_gives_way_to_all(night: Night) -> None:
    async with night() as desk:
        view = await desk.others(saved_views.save, name="Theirs", query="is:open", shared=True)
        await desk.press("h", "h")
        assert desk.queue.tab.view == view
        await desk.others(saved_views.delete, view.id, None)
        assert desk.queue.tab.view.id == "all"


async def test_a_view_that_cannot_be_read_any_more_says_why(night: Night) -> None:
    async with night() as desk:
        desk.other.do(saved_views.save, name="Zoe", query="is:open owner:zoe", by="ana")
        with desk.other.store.write() as tx:
            tx._connection.exec_driver_sql("UPDATE views SET query = 'owner:nobodyhere'")
        await desk.hear()
        desk.expect("Zoe ?")
        await desk.press("h", "h")
        desk.expect_message("owner knows no nobodyhere.")
        assert desk.ids == []


async def test_the_view_of_the_last_time_is_opened_again_with_its_own_first_frame(filled, clock, tmp_path) -> None:
    path = str(tmp_path / "views" / "frame")
    async with at_desk(filled, clock, snapshot=path) as desk:
        await desk.press("l", "l")
        assert desk.queue.tab.view.id == "breaching"
        desk.app.save_snapshot()
    assert snapshot.read(path).view == "breaching"
    async with at_desk(filled, clock, snapshot=path) as desk:
        assert desk.queue.tab.view.id == "breaching"


async def test_no_frame_is_kept_of_an_order_that_the_view_does_not_have(filled, clock, tmp_path) -> None:
    """A start shows a view as it was saved: a frame in another order would jump."""
    path = str(tmp_path / "views" / "frame")
    async with at_desk(filled, clock, snapshot=path) as desk:
        await desk.press("s", "2")
        desk.expect("by priority")
        desk.app.save_snapshot()
    assert snapshot.read(path) is None


# --- order and columns ------------------------------------------------------------------------------------


async def test_a_digit_takes_an_order_and_again_the_other_way_round(night: Night) -> None:
    async with night() as desk:
        await desk.press("s", "5")
        assert desk.ids[0] > desk.ids[1]
        desk.expect("by number  1 of 60")
        await desk.press("s", "5")
        assert desk.ids[0] < desk.ids[1]
        desk.expect("by number, reversed")
        await desk.press("G")
        assert desk.current == max(desk.ids)


async def test_the_order_by_a_command(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("sort created reverse")
        await desk.press("enter")
        desk.expect("by creation, reversed")
        assert desk.ids[0] == min(desk.ids)


async def test_columns_are_chosen_and_moved_in_the_window(night: Night) -> None:
    async with night() as desk:
        await desk.press("s", "tab", "space", "j", "J", "enter")
        assert desk.queue._arrangement.columns == ("subject", "state", "who", "service", "requester", "age")
        assert desk.lines[3].split() == ["ID", "SLA", "Subject", "State", "Who"]
        await desk.press("s", "tab", "d", "enter")
        assert desk.lines[3].split() == ["ID", "SLA", "P", "State", "Subject", "Who"]


async def test_leaving_the_window_changes_nothing(night: Night) -> None:
    async with night() as desk:
        before = desk.lines
        await desk.press("s", "j", "space", "tab", "space", "escape")
        assert desk.lines[2:] == before[2:]


async def test_the_subject_always_stays(night: Night) -> None:
    async with night() as desk:
        await desk.press("s", "tab", "j", "j", "space", "enter")
        assert "subject" in desk.queue._arrangement.columns


async def test_columns_scroll_while_id_and_countdown_stay(night: Night) -> None:
    async with night() as desk:
        await desk.press("L", "L", "L")
        assert desk.lines[3].split()[:3] == ["ID", "SLA", "Subject"]
        await desk.press("L", "L", "L", "L")
        assert desk.lines[3].split()[-1] == "Age"
        await desk.press("H", "H", "H", "H")
        assert desk.lines[3].split() == ["ID", "SLA", "P", "State", "Subject", "Who"]


async def test_columns_by_a_command_and_an_unknown_one_is_told(night: Night) -> None:
    async with night() as desk:
        for line, seen in (("columns state,subject,due", "Due"), ("columns stat", "There is no column stat.")):
            await desk.press("colon")
            await desk.type(line)
            await desk.press("enter")
            desk.expect(seen)


# --- filter -----------------------------------------------------------------------------------------------


async def test_how_many_fit_is_told_while_it_is_typed(night: Night) -> None:
    async with night() as desk:
        await typed(desk, "slash", text='"number 59"')
        desk.expect("1 ticket fits")
        assert len(desk.ids) == 1


async def test_esc_puts_back_what_was_and_the_cursor_with_it(night: Night) -> None:
    async with night() as desk:
        await desk.press(*"jjjjj")
        before, current = desk.ids, desk.current
        await typed(desk, "slash", text='"number 59"')
        assert desk.ids != before
        await desk.press("escape")
        assert (desk.ids, desk.current) == (before, current)


async def test_what_is_wrong_stands_under_its_word_and_enter_does_not_pass_it(night: Night) -> None:
    async with night() as desk:
        await typed(desk, "slash", text="is:open priorty:1 x")
        desk.expect("There is no field priorty. Did you mean priority?")
        column = desk.lines[22].index("priorty")
        assert desk.lines[23][column : column + 7] == "^^^^^^^"
        await desk.press("enter")
        assert isinstance(desk.app.screen, FilterPrompt)
        await desk.press("escape")


async def test_the_mark_is_as_wide_as_the_word_and_calls_a_field_as_it_was_typed(night: Night) -> None:
    async with night() as desk:
        await typed(desk, "slash", text="status:未x ")
        desk.expect("^^^ status knows no 未x.")
        await desk.press("escape")


async def test_a_word_that_is_only_begun_is_no_fault_yet(night: Night) -> None:
    async with night() as desk:
        await typed(desk, "slash", text="team:netw")
        desk.expect("network")
        assert "knows no" not in desk.text
        await desk.press("enter")
        desk.expect("team knows no netw. Did you mean network?")


async def test_tab_completes_fields_people_by_name_and_values(night: Night) -> None:
    async with night() as desk:
        await desk.press("slash")
        await desk.type("own")
        await desk.press("tab")
        await desk.type("mi")
        await desk.press("tab")
        await desk.type("is:unass")
        await desk.press("tab", "enter")
        assert desk.queue._filter == "owner:mia is:unassigned"


async def test_the_command_line_completes_filters_and_views_alike(night: Night) -> None:
    async with night() as desk:
        await desk.others(saved_views.save, name="Night shift", query="is:open", by="ana")
        await desk.press("colon")
        await desk.type("queue -tea")
        await desk.press("tab")
        await desk.type("netw")
        await desk.press("tab", "enter")
        assert desk.queue._filter == "-team:network"
        await desk.press("colon")
        await desk.type("view night s")
        await desk.press("tab", "enter")
        assert desk.queue.tab.view.name == "Night shift"


async def test_closed_tickets_are_found_by_who_asks_for_them(night: Night) -> None:
    """A built-in view means open tickets only as long as nobody says otherwise."""
    async with night() as desk:
        number = desk.ids[0]
        await desk.others(tickets.resolve, TicketId(number), None, text="done")
        await typed(desk, "slash", text="is:closed")
        await desk.press("enter")
        assert desk.ids == [number]
        await typed(desk, "slash", text="")
        await desk.press("escape", "escape")
        await typed(desk, "slash", text=f"T-{number}")
        await desk.press("enter")
        assert desk.ids == [number]


async def test_a_relative_time_goes_on_while_the_list_is_open(night: Night) -> None:
    async with night() as desk:
        await typed(desk, "slash", text="created:<10m")
        await desk.press("enter")
        before = desk.queue._part.total
        desk.clock.forward(minutes=5)
        await desk.press("ctrl+r")
        assert desk.queue._part.total == before - 5


# --- facets -----------------------------------------------------------------------------------------------


async def test_picked_values_are_added_to_the_filter(night: Night) -> None:
    async with night() as desk:
        for _ in range(3):
            desk.other.do(tickets.open_ticket, opened(priority=1, title="Fire", category="Line A"), by="ben")
        await desk.hear()
        await desk.press("f")
        desk.expect("Values within 63 tickets").expect("P1 critical").expect("P3 moderate")
        await desk.press("slash")
        await desk.type("priority")
        await desk.press("enter", "space", "space", "enter")
        assert desk.queue._filter == "priority:3,1"
        await desk.press("f", "slash")
        await desk.type("line")
        await desk.press("enter", "enter")
        assert desk.queue._filter == 'priority:3,1 category:"line a"'
        assert len(desk.ids) == 3


async def test_facets_go_field_by_field_and_esc_adds_nothing(night: Night) -> None:
    async with night() as desk:
        await desk.press("f", "tab", "tab")
        picker = desk.app.screen
        assert picker.table.current.field == "priority"
        await desk.press("shift+tab")
        assert picker.table.current.field == "state"
        await desk.press("space", "escape")
        assert desk.queue._filter == ""


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (40, 12)])
@pytest.mark.parametrize("keys", ["s", "f"])
async def test_windows_fit_whatever_the_size(night: Night, size: tuple[int, int], keys: str) -> None:
    async with night(size=size) as desk:
        await desk.press(*keys, "G")
        assert len(desk.lines) == size[1]
        assert any(line.startswith((">", " >")) or "  >" in line or line[:1] == ">" for line in desk.lines)
        await desk.press("escape")
