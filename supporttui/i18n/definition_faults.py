"""What is wrong with a definition, for somebody who has no file before them."""

import re

from supporttui.domain.faults import BadInput, SupportError
from supporttui.i18n import pack_labels, references
from supporttui.i18n.catalogue import Words
from supporttui.i18n.references import Names

_LAST = re.compile(r"(\w+)(?:\[\d+\])*$")


def told(words: Words, fault: SupportError, names: Names) -> SupportError:
    """The same fault with names for keys, and the field in words for its path in a file."""
    if not isinstance(fault, BadInput):
        return fault
    path = str(fault.params.get("path", fault.params.get("where", "")))
    last = _LAST.search(path)
    means = {"name": last[1]} if last is not None else {}
    params = {
        name: references.named(names, means.get(name, name), value) for name, value in fault.params.items()
    }  # fmt: skip
    _, inside, field = path.partition(".")
    if inside:
        params["where"] = pack_labels.path(words, field)
    return BadInput(fault.code, **params)
