"""Short codes in pages, by which somebody acknowledges without a desk: typed from a telephone, read out, sent back."""

import hashlib
from dataclasses import dataclass

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant

LENGTH = 6
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: none that is taken for another one."""
_LETTERS = _SIGNS[10:]
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class AckCode:
    """A code, and the page that it answers."""

    code: str
    ticket: TicketId
    person: PersonId
    """Whom the page calls, and in whose name the code acknowledges."""
    generation: int
    firing: int
    """0: a notice that belongs to no step, such as the last one to the last resort."""
    made_at: Instant


def code_of(seed: str, attempt: int = 0) -> str:
    """The code of a secret text; another one for each ``attempt``, where a code is taken already.

    It ends with a letter, so that it is never mistaken for a ticket's number.

    >>> code_of("op-1:page:7"), code_of("op-1:page:7", 1)
    ('3C5D5N', 'V0XQ0D')
    """
    rest = int.from_bytes(hashlib.sha256(f"{seed}\n{attempt}".encode()).digest()[:8])
    signs = []
    for _ in range(LENGTH - 1):
        rest, sign = divmod(rest, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs) + _LETTERS[rest % len(_LETTERS)]


def read_code(text: str) -> str | None:
    """The code that somebody typed, in the form in which it is kept; ``None``: it cannot be one.

    >>> read_code(" 7k3-q9x"), read_code("1042"), read_code("oil-00z")
    ('7K3Q9X', None, '01100Z')
    """
    plain = text.strip().upper().translate(_READ_AS)
    if len(plain) != LENGTH or plain[-1] not in _LETTERS or not set(plain) <= set(_SIGNS):
        return None
    return plain
