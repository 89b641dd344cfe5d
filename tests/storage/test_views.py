"""Saved views on both databases: as they were saved, seen by whom they are for, written over what was read."""

from dataclasses import replace

import pytest

from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, ViewId
from supporttui.domain.queue import SortBy
from supporttui.domain.views import View
from supporttui.storage import SqlStore
from tests.builders import refuses
from tests.storage.making import ANA, BEN


def view(name: str = "Night", **deviations) -> View:
    values = {"id": ViewId(f"id-{name}"), "query": "is:open", "owner": ANA, "version": 1, **deviations}
    return View(name=name, **values)


@pytest.fixture
def night(store: SqlStore) -> View:
    made = view("Nächte 東京", sort=SortBy.number, reverse=True, columns=("state", "subject"), shared=True)
    with store.write() as tx:
        tx.views.insert(made)
    return made


def test_a_view_comes_back_as_it_went(store: SqlStore, night: View):
    with store.read() as tx:
        assert tx.views.get(night.id) == night
        assert tx.views.all() == (night,)


def test_one_s_own_and_shared_ones_are_seen_by_name(store: SqlStore, night: View):
    with store.write() as tx:
        for name, owner, shared in (("b", ANA, False), ("A", BEN, True), ("c", BEN, False)):
            tx.views.insert(view(name, owner=owner, shared=shared))
    with store.read() as tx:
        assert [one.name for one in tx.views.seen_by(ANA)] == ["A", "b", night.name]
        assert [one.name for one in tx.views.seen_by(PersonId("mia"))] == ["A", night.name]


def test_it_is_written_only_over_the_version_that_was_read(store: SqlStore, night: View):
    with store.write() as tx:
        assert tx.views.save(replace(night, name="Late"), expected=1)
        assert not tx.views.save(replace(night, name="Later"), expected=1)
        assert not tx.views.delete(night.id, expected=1)
    with store.read() as tx:
        assert tx.views.get(night.id) == replace(night, name="Late", version=2)
    with store.write() as tx:
        assert tx.views.delete(night.id, expected=2)
        with refuses("view.unknown", NotFound):
            tx.views.get(night.id)


def test_a_person_has_each_name_once_and_a_refusal_spoils_nothing(store: SqlStore, night: View):
    with store.write() as tx:
        with refuses("view.exists", Refused):
            tx.views.insert(view("NACHTE 東京", id=ViewId("other")))
        tx.views.insert(view(night.name, id=ViewId("ben's"), owner=BEN))
        tx.views.insert(view("Late"))
        with refuses("view.exists", Refused):
            tx.views.save(replace(view("Late"), name=night.name), expected=1)
    with store.read() as tx:
        assert [one.id for one in tx.views.all()] == ["id-Late", "ben's", night.id]


def test_an_order_that_a_newer_program_saved_is_the_default_here(store: SqlStore, night: View):
    with store.write() as tx:
        tx._connection.exec_driver_sql("UPDATE views SET sort = 'mood'")
    with store.read() as tx:
        assert tx.views.get(night.id).sort is SortBy.sla
