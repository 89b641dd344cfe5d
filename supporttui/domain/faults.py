"""Refusals and failures as types with a code and parameters; ``i18n/labels.py`` words them.

SupportError
├── Refused            a rule says no (code, params)
│   ├── BadInput       what was given cannot be read: where, and what to do
├── Forbidden          this person may not
├── NotFound           no such thing, or not visible to this person
├── Conflict           somebody changed it meanwhile
└── Unavailable        the outside world failed; nothing was changed
    ├── StoreUnavailable   the database does not answer
    ├── StoreUnfit         another program's database, or a schema too old or too new
    └── ChannelFailed      a notice could not be handed over
"""

from collections.abc import Mapping

from supporttui.domain.spans import Instant

Param = str | int


class SupportError(Exception):
    """The root: a stable code (``area.reason``) and the parameters of its sentence."""

    code: str
    params: Mapping[str, Param]

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, dict(params))
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Code and parameters, for logs; never shown to a person."""
        return f"{self.code} {dict(self.params)}"


class Refused(SupportError):
    """A rule says no; nothing was changed."""


class BadInput(Refused):
    """What was given cannot be read; the parameters say where (file, line, field)."""


class Forbidden(SupportError):
    """The actor lacks the permission."""


class NotFound(SupportError):
    """No such thing, or none that the actor may see; the two look alike on purpose."""


class Conflict(SupportError):
    """The thing changed after it was read; ``changed_by`` and ``at`` say who and when."""

    def __init__(self, code: str, *, changed_by: str, at: Instant, **params: Param) -> None:
        super().__init__(code, changed_by=changed_by, at=at, **params)
        self.changed_by = changed_by
        self.at = at


class Unavailable(SupportError):
    """The outside world failed; what was asked for did not happen, or is unknown."""


class StoreUnavailable(Unavailable):
    """The database cannot be reached or did not answer in time; try again."""


class StoreUnfit(Unavailable):
    """The database is not ours, or its schema does not fit this program; do not try again."""


class ChannelFailed(Unavailable):
    """A notice could not be handed over; ``retry_after`` is in seconds."""

    def __init__(self, code: str, *, retry_after: int = 60, **params: Param) -> None:
        super().__init__(code, retry_after=retry_after, **params)
        self.retry_after = retry_after
