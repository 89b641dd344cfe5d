"""The fixed words of the field as enumerations; apart, so that a list loads no rule and no value behind them."""

from enum import StrEnum


class State(StrEnum):
    """The seven states; finer words are a hold reason, which is data."""

    new = "new"
    active = "active"
    waiting_requester = "waiting_requester"
    waiting_vendor = "waiting_vendor"
    scheduled = "scheduled"
    resolved = "resolved"
    closed = "closed"


OPEN_STATES = frozenset(State) - {State.resolved, State.closed}
WAITING_STATES = frozenset({State.waiting_requester, State.waiting_vendor, State.scheduled})


class Kind(StrEnum):
    """What was asked for."""

    incident = "incident"
    request = "request"
    question = "question"
    change = "change"
    requirement = "requirement"


class Relation(StrEnum):
    """What a ticket is to another one: it is its ``parent``, it ``blocks`` it, it is its ``duplicate``."""

    related = "related"
    duplicate = "duplicate"
    parent = "parent"
    child = "child"
    blocks = "blocks"
    blocked_by = "blocked_by"


class ReplyKind(StrEnum):
    """What a template is for; words in ``i18n/terms.py``."""

    acknowledged = "acknowledged"
    need_info = "need_info"
    solved = "solved"
    handed_over = "handed_over"
    update = "update"
    """How it stands, as was promised."""
    major = "major"
    """A major incident is under way."""
    major_over = "major_over"
    other = "other"


class StepResult(StrEnum):
    """What became of a step of a procedure."""

    done = "done"
    skipped = "skipped"
    failed = "failed"


class EscalationKind(StrEnum):
    """To whom an escalation goes; a ticket may have one of each kind at once."""

    functional = "functional"
    """To somebody who knows more."""
    hierarchical = "hierarchical"
    """To somebody who decides more."""


class AckResume(StrEnum):
    """How an escalation goes on whose acknowledgement was taken back, or ran out."""

    resume = "resume"
    """At the same step, with the time that was left."""
    next = "next"
    """With the next step, at once."""
    top = "top"
    """From the first step on."""


class EscalationState(StrEnum):
    """Where the escalation of a ticket stands."""

    running = "running"
    acknowledged = "acknowledged"
    snoozed = "snoozed"
    """Told to be quiet until an instant; then it goes on with the time that was left."""
    exhausted = "exhausted"
    done = "done"


class Origin(StrEnum):
    """Where a fact came from."""

    desk = "desk"
    watch = "watch"
    imported = "import"
    demo = "demo"
    intake = "intake"
    """Another system reported it."""


class Role(StrEnum):
    """What a person is to the desk; ``access.py`` says what each may do."""

    agent = "agent"
    lead = "lead"
    admin = "admin"
    auditor = "auditor"
    shadow = "shadow"
    """Learns: stands on the rota beside others, sees everything, writes notes, and is never called."""
    watch = "watch"
    intake = "intake"


class AuthorityKind(StrEnum):
    """Inside the company, or outside with a desk of its own."""

    internal = "internal"
    external = "external"


class Need(StrEnum):
    """What a ticket can be asked to say before an authority takes it."""

    text = "text"
    category = "category"
    requester = "requester"
    language = "language"
    reference = "reference"
    """A number under which another system knows it."""


class MajorRole(StrEnum):
    """Who runs a major incident."""

    commander = "commander"
    """Decides."""
    communication = "communication"
    """Tells requesters and management how it stands."""
    scribe = "scribe"
    """Writes down what happens."""


class MajorEntry(StrEnum):
    """What is written into the log of a major incident beside everything else that is done."""

    said = "said"
    """It was told how it stands, by another way than a reply."""
    degraded = "degraded"
    """Something works only in part, or another way."""


class FixStep(StrEnum):
    """How a fix comes to production, in this order, each by somebody else than the step before."""

    tested = "tested"
    approved = "approved"
    deployed = "deployed"
