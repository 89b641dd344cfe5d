"""From a request to an answer: what each path takes, and each fault as a status with one clear sentence."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from supporttui.domain.faults import (
    BadInput,
    Conflict,
    Forbidden,
    NotFound,
    StoreUnavailable,
    StoreUnfit,
    SupportError,
    Unavailable,
)
from supporttui.domain.incoming.source import SourceKind
from supporttui.intake.serve.reception import Reception
from supporttui.usecases.incoming.taking import Outcome, Taken

_LOG = logging.getLogger("supporttui.intake")
UNKNOWN = "store.outcome_unknown"
AGAIN_SECONDS = 10
"""After so long a sender may try again where the database is away."""
_KINDS: Mapping[str, frozenset[SourceKind]] = {
    "alerts": frozenset({SourceKind.alertmanager}),
    "tickets": frozenset({SourceKind.json}),
    "messages": frozenset({SourceKind.mail, SourceKind.command}),
}
"""First part of the path → what the source behind the second may be."""
_STATUS: tuple[tuple[type[SupportError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.SERVICE_UNAVAILABLE),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreUnfit, HTTPStatus.SERVICE_UNAVAILABLE),
)
_STATUS_OF_CODE: Mapping[str, HTTPStatus] = {
    "intake.token": HTTPStatus.UNAUTHORIZED,
    "intake.method": HTTPStatus.METHOD_NOT_ALLOWED,
    "intake.length": HTTPStatus.LENGTH_REQUIRED,
    "intake.cut_off": HTTPStatus.REQUEST_TIMEOUT,
    "intake.too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "intake.defect": HTTPStatus.INTERNAL_SERVER_ERROR,
}
Sentence = Callable[[SupportError], str]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, once it was let in."""

    method: str
    target: str
    body: bytes = b""
    key: str = ""
    """Of the header ``Idempotency-Key``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what is sent as JSON."""

    status: HTTPStatus
    content: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def path_of(target: str) -> tuple[str, ...]:
    """The parts of the path, decoded."""
    return tuple(unquote(part) for part in urlsplit(target).path.split("/") if part)


def answer(reception: Reception, request: Request, sentence: Sentence) -> Answer:
    """Do what a request asks for."""
    try:
        return _answered(reception, request)
    except SupportError as fault:
        return refusal(fault, sentence)


def refusal(fault: SupportError, sentence: Sentence, status: HTTPStatus | None = None) -> Answer:
    """A fault as a status, its code and a sentence; where our database is and what it said is for the log alone."""
    if isinstance(fault, Unavailable):
        _LOG.warning("%s", fault)
        hidden = type(fault)(fault.code if fault.code == UNKNOWN else "store.unreachable")
        return Answer(_status(fault), {"error": sentence(hidden), "code": fault.code}, dict(_headers(fault)))
    return Answer(status or _status(fault), {"error": sentence(fault), "code": fault.code}, dict(_headers(fault)))


def _status(fault: SupportError) -> HTTPStatus:
    if fault.code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[fault.code]
    found = (status for kind, status in _STATUS if isinstance(fault, kind))
    return next(found, HTTPStatus.UNPROCESSABLE_ENTITY)


def _headers(fault: SupportError) -> Iterator[tuple[str, str]]:
    if isinstance(fault, StoreUnavailable | Conflict):  # Alertmanager sends again only what a 5xx refuses
        yield "Retry-After", str(AGAIN_SECONDS)
    if fault.code == "intake.token":
        yield "WWW-Authenticate", 'Bearer realm="supporttui"'
    if fault.code == "intake.method":
        yield "Allow", str(fault.params["allowed"])


def _answered(reception: Reception, request: Request) -> Answer:
    match request.method, path_of(request.target):
        case ("GET" | "HEAD", ("health",)):
            reception.look()
            return Answer(HTTPStatus.OK, {"status": "ok"})
        case ("POST", ("beats", beat)):
            return _told(reception.prefix(), (reception.beat(beat),))
        case ("POST", (first, source)) if first in _KINDS:
            prefix = reception.prefix()  # asked before: once it is stored nothing may fail
            return _told(prefix, reception.take(source, request.body, kinds=_KINDS[first], key=request.key))
        case (_, ("health",)):
            raise BadInput("intake.method", allowed="GET")
        case (_, (first, _)) if first in (*_KINDS, "beats"):
            raise BadInput("intake.method", allowed="POST")
        case (_, parts):
            raise NotFound("intake.path", path="/" + "/".join(parts)[:80])


def _told(prefix: str, taken: tuple[Taken, ...]) -> Answer:
    status = HTTPStatus.CREATED if any(one.outcome is Outcome.opened for one in taken) else HTTPStatus.OK
    return Answer(status, {"taken": [shape(one, prefix) for one in taken]})


def shape(taken: Taken, prefix: str) -> dict[str, Any]:
    """What became of a report, as JSON."""
    reference = None if taken.ticket is None else f"{prefix}{taken.ticket}"
    known = {"outcome": taken.outcome.value, "ticket": taken.ticket, "reference": reference, "key": taken.key}
    return {**known, **({"count": taken.count} if taken.count else {}), **({"why": taken.why} if taken.why else {})}
