"""What machines read: JSON objects, one a line."""

import json
from typing import Any

JSON_VERSION = 1
"""Of every JSON object; it grows only when a key changes its meaning or goes."""


def json_line(**data: Any) -> str:
    """One JSON object on one line, its ``version`` first.

    ASCII only: nothing that a terminal would obey can be in it, and nothing is lost.
    """
    return json.dumps({"version": JSON_VERSION, **data}, default=str)
