"""L19: while the database does not answer, who is on call is still told, with its age."""

import pytest

from supporttui.bootstrap import places
from supporttui.cli.exits import Exit
from supporttui.domain.faults import StoreUnavailable


@pytest.fixture
def pull(monkeypatch):
    """Pull the database."""

    def pulled() -> None:
        def none(*_args: object, **_options: object) -> None:
            raise StoreUnavailable("store.unreachable")

        monkeypatch.setattr(places, "open_place", none)

    return pulled


def test_who_is_on_call_and_how_to_reach_them_is_told_with_its_age(shell, clock, pull):
    before = shell("oncall").out
    asked = shell("oncall", "--json").json
    pull()
    clock.forward(minutes=90)
    found = shell("oncall")
    assert (found.code, found.out) == (Exit.unreachable, before)
    assert "90 minutes ago" in found.err
    assert shell("oncall", "--json").json == {**asked, "stale": True}


@pytest.mark.parametrize("args", [("--at", "sun 03:00"), ("mail",), ("--speaks", "pt")])
def test_what_was_not_kept_is_refused_and_not_guessed(shell, pull, args):
    shell("oncall")
    pull()
    found = shell("oncall", *args)
    assert (found.code, found.out) == (Exit.unreachable, "")


def test_what_others_may_read_or_write_is_not_ours(shell, tmp_path, pull):
    shell("oncall")
    pull()
    (path,) = (shell.home / "supporttui" / "oncall").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert shell("oncall").out == ""
    path.chmod(0o600)
    path.write_text("[]")
    assert shell("oncall").out == ""
