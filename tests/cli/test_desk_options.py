"""What a desk keeps on this machine for when its database is away: its own rota, and nothing of a demo or the past."""

from pathlib import Path

import pytest

from supporttui.bootstrap import desk as desks
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import load as words_of
from supporttui.settings import load


@pytest.mark.parametrize(
    ("more", "keeps"), [({}, True), ({"drafts": Path("/nowhere")}, False), ({"as_of": Instant(0)}, False)]
)
def test_only_a_desk_on_its_own_present_keeps_contacts(tmp_path, more, keeps):
    env = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    start = desks.Start(
        opening=lambda: pytest.fail("not opened"), clock=lambda: Instant(0), me=PersonId("ana"),
        words=words_of("en", "UTC", {}), argv=("supporttui",), encoding="utf-8", database="desk.db", **more,
    )  # fmt: skip
    kept = desks._options(start, load(env), env).kept
    assert bool(kept) == keeps
    assert not keeps or Path(kept).parent == tmp_path / "supporttui" / "continuity"
