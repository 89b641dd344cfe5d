"""Saved views: who sees them, who changes them, what is refused, and that the journal tells of each change."""

import pytest

from supporttui.domain.faults import BadInput, Conflict, Forbidden, NotFound, Refused
from supporttui.domain.queue import SortBy
from supporttui.usecases import saved_views
from tests.builders import Desk, refuses

pytestmark = pytest.mark.core


@pytest.fixture
def saved(desk: Desk):
    return desk.do(
        saved_views.save, name="Night  shift", query="is:open team:@me -sla:>8h", sort=SortBy.created, reverse=True,
        columns=("state", "subject", "due"),
    )  # fmt: skip


def names_for(desk: Desk, person: str | None) -> list[str]:
    return [view.name for view in desk.ask(saved_views.seen, person)]


def test_a_view_comes_back_as_it_was_saved(desk: Desk, saved) -> None:
    assert saved.name == "Night shift"
    assert desk.ask(saved_views.seen, "ana") == (saved,)
    assert desk.ask(saved_views.named, "ana", " night SHIFT ") == saved


def test_only_the_owner_sees_it_until_it_is_shared(desk: Desk, saved) -> None:
    assert names_for(desk, "ben") == []
    shared = desk.do(saved_views.share, saved.id, saved.version)
    assert names_for(desk, "ben") == ["Night shift"]
    assert desk.ask(saved_views.named, "ben", "night shift") == shared
    desk.do(saved_views.share, saved.id, None, shared=False)
    assert names_for(desk, "ben") == []


def test_one_s_own_stand_before_those_of_others(desk: Desk, saved) -> None:
    desk.do(saved_views.save, name="A", query="", shared=True, by="ben")
    assert names_for(desk, "ana") == ["Night shift", "A"]
    assert names_for(desk, "ben") == ["A"]


def test_two_people_may_use_the_same_name_and_each_means_their_own(desk: Desk, saved) -> None:
    desk.do(saved_views.save, name="night shift", query="is:open", shared=True, by="ben")
    assert desk.ask(saved_views.named, "ana", "night shift") == saved
    assert desk.ask(saved_views.named, "mia", "night shift").owner == "ben"


@pytest.mark.parametrize("change", [saved_views.share, saved_views.delete])
def test_nobody_else_changes_it(desk: Desk, saved, change) -> None:
    """Somebody's own view does not even exist for others; a shared one says whose it is."""
    with refuses("view.unknown", NotFound):
        desk.do(change, saved.id, None, by="ben")
    desk.do(saved_views.share, saved.id, None)
    with refuses("view.not_yours", Forbidden):
        desk.do(change, saved.id, None, by="ben")
    with refuses("view.not_yours", Forbidden):
        desk.do(saved_views.rename, saved.id, None, name="Mine now", by="ben")


def test_a_view_is_replaced_only_by_who_says_which_version(desk: Desk, saved) -> None:
    with refuses("view.exists", Refused):
        desk.do(saved_views.save, name="NIGHT SHIFT", query="is:open")
    again = desk.do(saved_views.save, name="Night shift", query="is:open", over=saved.version)
    assert (again.id, again.version, again.query) == (saved.id, 2, "is:open")
    with refuses("view.changed", Conflict):
        desk.do(saved_views.save, name="Night shift", query="is:closed", over=saved.version)
    assert desk.ask(saved_views.seen, "ana") == (again,)


@pytest.mark.parametrize(
    ("change", "options"),
    [(saved_views.share, {}), (saved_views.delete, {}), (saved_views.rename, {"name": "Other"})],
)
def test_what_changed_meanwhile_is_not_overwritten(desk: Desk, saved, change, options) -> None:
    desk.do(saved_views.share, saved.id, 1)
    with refuses("view.changed", Conflict):
        desk.do(change, saved.id, 1, **options)


def test_renaming_keeps_the_rest_and_refuses_a_name_in_use(desk: Desk, saved) -> None:
    other = desk.do(saved_views.save, name="Day", query="is:open")
    renamed = desk.do(saved_views.rename, saved.id, 1, name="Late")
    assert (renamed.id, renamed.name, renamed.query) == (saved.id, "Late", saved.query)
    with refuses("view.exists", Refused):
        desk.do(saved_views.rename, saved.id, 2, name="day")
    assert desk.do(saved_views.rename, other.id, 1, name="DAY").name == "DAY"


def test_a_deleted_view_is_gone(desk: Desk, saved) -> None:
    assert desk.do(saved_views.delete, saved.id, 1) == saved
    assert names_for(desk, "ana") == []
    with refuses("view.unknown", NotFound):
        desk.do(saved_views.delete, saved.id, None)


def test_each_change_is_in_the_journal_and_moves_the_feed(desk: Desk, saved) -> None:
    heads = [desk.ask(lambda tx: tx.journal.head())]
    for change, options in (
        (saved_views.share, {}), (saved_views.rename, {"name": "Late"}), (saved_views.delete, {}),
    ):  # fmt: skip
        desk.do(change, saved.id, None, **options)
        heads.append(desk.ask(lambda tx: tx.journal.head()))
    assert heads == [heads[0] + n for n in range(4)]
    assert desk.store.changes(heads[0]).definitions


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [("", "view.name", BadInput), (" ", "view.name", BadInput), ("x" * 41, "view.name", BadInput),
     ("a\x1b[31m", "view.name", BadInput), ("Mine", "view.built_in", Refused), ("TEAM", "view.built_in", Refused)],
)  # fmt: skip
def test_a_name_must_fit_and_be_free(desk: Desk, name: str, code: str, kind: type) -> None:
    with refuses(code, kind):
        desk.do(saved_views.save, name=name, query="is:open")


def test_a_query_that_cannot_be_read_is_not_kept(desk: Desk) -> None:
    with refuses("filter.unknown_field", BadInput):
        desk.do(saved_views.save, name="x", query="is:open colour:red")
    assert names_for(desk, "ana") == []


def test_columns_keep_their_order_once_each_with_the_subject(desk: Desk) -> None:
    view = desk.do(saved_views.save, name="x", columns=("id", "due", "sla", "due", "state"))
    assert view.columns == ("due", "state", "subject")
    with pytest.raises(BadInput) as caught:
        desk.do(saved_views.save, name="y", columns=("stat",))
    assert caught.value.code == "view.column"
    assert caught.value.params["suggestion"] == "state"


def test_the_columns_that_everybody_has_are_not_stored(desk: Desk) -> None:
    columns = ("priority", "state", "subject", "who", "service", "requester", "age")
    assert desk.do(saved_views.save, name="x", columns=columns).columns == ()


def test_who_only_reads_saves_nothing(desk: Desk) -> None:
    with refuses("access.denied", Forbidden):
        desk.do(saved_views.save, name="x", query="is:open", by="aud")


def test_built_in_views_are_found_by_name_and_belong_to_nobody(desk: Desk) -> None:
    assert desk.ask(saved_views.named, "ana", "team").query == "is:open team:@me"
    assert desk.ask(saved_views.named, None, "Team").query == "is:open"
    with refuses("view.built_in", Refused):
        desk.do(saved_views.delete, "mine", None)


def test_an_unknown_name_says_which_was_meant(desk: Desk, saved) -> None:
    with pytest.raises(NotFound) as caught:
        desk.ask(saved_views.named, "ana", "nigt shift")
    assert caught.value.code == "view.unknown"
    assert caught.value.params["suggestion"] == "Night shift"
