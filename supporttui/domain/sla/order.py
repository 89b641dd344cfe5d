"""What a timer measures, where it stands and the place that gives in the queue, as stored; a list loads no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """What is measured.

    First response: creation to the first public reply of a person. Update: oldest unanswered message of the
    requester (creation counts) to the next public reply. Resolution: creation to resolved. Ownership: creation
    to the first owner. OLA: each assignment to a team or resolver inside until it hands the ticket over or it
    is resolved. Underpinning: the same of a resolver outside, as far as the ticket waits for the vendor.
    """

    first_response = "first_response"
    update = "update"
    resolution = "resolution"
    ownership = "ownership"
    ola = "ola"
    underpinning = "underpinning"


class AgreementKind(StrEnum):
    """Between whom a promise holds: with the business, inside the company, with a supplier."""

    sla = "sla"
    ola = "ola"
    uc = "uc"


_KINDS: Mapping[Metric, AgreementKind] = {
    **dict.fromkeys(Metric, AgreementKind.sla),
    Metric.ola: AgreementKind.ola,
    Metric.underpinning: AgreementKind.uc,
}


def agreement_of(metric: Metric) -> AgreementKind:
    """The kind of agreement that a metric belongs to.

    >>> str(agreement_of(Metric.underpinning))
    'uc'
    """
    return _KINDS[metric]


class TimerState(StrEnum):
    """What events alone decide; whether a running timer is late depends on the instant one asks at."""

    running = "running"
    paused = "paused"
    met = "met"
    """Stopped by its event, in time or late: see ``Timer.late``."""
    void = "void"
    """No longer measured: the target went away, or the ticket was resolved without its event."""


class SortBucket(StrEnum):
    """First key of the queue's order, as stored: earliest due, then paused, never due, without target."""

    due = "0due"
    paused = "1paused"
    never = "2never"
    none = "3none"


@dataclass(frozen=True, slots=True)
class SortKey:
    """Order of the queue without asking the clock; ties go by ticket number."""

    bucket: SortBucket = SortBucket.none
    key: int = 0
    """Due instant, or remaining seconds while paused, else 0."""
