"""What of a setting may be shown: passwords and tokens never, also not where a URL carries them."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "***"
_NAMES = re.compile(r"pass(word|phrase|wd)?|secret|token|api_?key|credential|private|auth", re.IGNORECASE)
_SERVICES = "urls"
"""Those of apprise: any part of such a URL may be a token, whichever service it is of."""
_USER_INFO = re.compile(r"(?<=://)([^/@\s:]*):[^/@\s]*@")
_QUERY = re.compile(r"([?&](?:[^=&\s]*(?:pass|secret|token|key|auth|sig)[^=&\s]*)=)[^&\s]+", re.IGNORECASE)
_OPTION = re.compile(r"(--?[\w-]*(?:pass|secret|token|key)[\w-]*=)\S+", re.IGNORECASE)


def without_secrets(value: Any, key: str = "") -> Any:
    """The value with stars for what only its owner may see; ``key`` is its dotted key.

    >>> without_secrets("postgresql://ana:hunter2@db/desk")
    'postgresql://ana:***@db/desk'
    >>> without_secrets({"env": {"API_TOKEN": "x", "REGION": "eu"}})
    {'env': {'API_TOKEN': '***', 'REGION': 'eu'}}
    >>> without_secrets({"urls": ("tgram://123:abc/{address}",)})
    {'urls': ['tgram://***']}
    """
    if isinstance(value, Mapping):
        return {name: without_secrets(one, str(name)) for name, one in value.items()}
    if isinstance(value, (list, tuple)):  # also of ``password_command``, which says how to ask for one
        return [without_secrets(one, key) for one in _after_options(value)]
    if key.rsplit(".", 1)[-1] == _SERVICES and isinstance(value, str):
        return f"{value.partition('://')[0]}://{HIDDEN}"
    if _NAMES.search(key.rsplit(".", 1)[-1].removesuffix("password_command")) and value not in ("", None):
        return HIDDEN
    return _in_text(value) if isinstance(value, str) else value


def _after_options(words: Any) -> list[Any]:
    """In an argv, the word behind ``--token`` is one."""
    shown: list[Any] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        is_value = isinstance(before, str) and before.startswith("-") and "=" not in before and _NAMES.search(before)
        shown.append(HIDDEN if is_value else word)
    return shown


def _in_text(text: str) -> str:
    text = _USER_INFO.sub(rf"\1:{HIDDEN}@", text)
    return _OPTION.sub(rf"\g<1>{HIDDEN}", _QUERY.sub(rf"\g<1>{HIDDEN}", text))
