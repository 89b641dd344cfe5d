"""Findings of the site's own check are sentences in every language."""

import re
from pathlib import Path

import pytest

from supporttui.domain import authority_defects, lint, period_defects, process_defects
from supporttui.domain.lint import Finding, Pain
from supporttui.i18n.catalogue import load
from supporttui.i18n.lint_labels import finding
from supporttui.usecases import lint as usecases_lint

FOUND_IN = tuple(one.__file__ for one in (lint, period_defects, process_defects, authority_defects, usecases_lint))
CODES = sorted({code for file in FOUND_IN for code in re.findall(r'"(lint\.\w+)"', Path(file).read_text("utf-8"))})
PARAMS = {
    "service": "mail", "calendar": "office", "priority": 1, "policy": "urgent", "step": "L1", "person": "ana",
    "rota": "night", "at": 0, "start": 0, "end": 3600, "authority": "acme", "level": 1, "cause": "gap.nobody",
    "count": 2, "seconds": 7200, "required": 2, "language": "pt", "kind": "calendar", "key": "office",
    "period": "peak", "other": "end", "category": "invoice",
    "team": "peak-team", "n": 3, "process": "posting", "certification": "erp-posting",
    "number": "A-1",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_its_sentence_with_nothing_left_open(language, code):
    told = finding(load(language, "UTC", {}), Finding(Pain.soon, code, PARAMS))
    assert "{" not in told
    assert code not in told
    assert len(told) > 10
