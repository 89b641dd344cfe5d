"""The field's terms: states, signs, priorities, kinds, people's roles, screens, by their code.

A code that a site made up itself is its own word.
"""

from collections.abc import Mapping

from supporttui.domain.marking import mark_in
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric, TimerState
from supporttui.domain.sla.segment import Sign
from supporttui.domain.states import AuthorityKind, Kind, ReplyKind, Role, State
from supporttui.i18n.catalogue import Words

Label = tuple[str, str]

_STATES: Mapping[State, Label] = {
    State.new: mark_in("state", "new"),
    State.active: mark_in("state", "active"),
    State.waiting_requester: mark_in("state", "waiting for requester"),
    State.waiting_vendor: mark_in("state", "waiting for vendor"),
    State.scheduled: mark_in("state", "scheduled"),
    State.resolved: mark_in("state", "resolved"),
    State.closed: mark_in("state", "closed"),
}
# Translators: what is missing in a reply and stands there between < and ?> until it is typed; at most 24 cells.
_PLACES: Mapping[str, Label] = {
    "ticket": mark_in("place", "number"),
    "title": mark_in("place", "title"),
    "requester": mark_in("place", "requester's name"),
    "me": mark_in("place", "your name"),
    "service": mark_in("place", "service"),
    "text": mark_in("place", "your text"),
}
# Translators: what a template of replies is for.
_REPLIES: Mapping[ReplyKind, Label] = {
    ReplyKind.acknowledged: mark_in("reply", "we are on it"),
    ReplyKind.need_info: mark_in("reply", "need information"),
    ReplyKind.solved: mark_in("reply", "solved"),
    ReplyKind.handed_over: mark_in("reply", "handed over"),
    ReplyKind.update: mark_in("reply", "how it stands"),
    ReplyKind.major: mark_in("reply", "major incident"),
    ReplyKind.major_over: mark_in("reply", "major incident over"),
    ReplyKind.other: mark_in("reply", "letter"),
}
# Translators: the state in a narrow column; at most 6 cells each.
_SHORT_STATES: Mapping[State, Label] = {
    State.new: mark_in("state, 6 cells", "new"),
    State.active: mark_in("state, 6 cells", "active"),
    State.waiting_requester: mark_in("state, 6 cells", "wait"),
    State.waiting_vendor: mark_in("state, 6 cells", "vendor"),
    State.scheduled: mark_in("state, 6 cells", "date"),
    State.resolved: mark_in("state, 6 cells", "solved"),
    State.closed: mark_in("state, 6 cells", "closed"),
}
_KINDS: Mapping[Kind, Label] = {
    Kind.incident: mark_in("kind", "incident"),
    Kind.request: mark_in("kind", "request"),
    Kind.question: mark_in("kind", "question"),
    Kind.change: mark_in("kind", "change"),
    Kind.requirement: mark_in("kind", "requirement"),
}
_METRICS: Mapping[Metric, Label] = {
    Metric.first_response: mark_in("metric", "first response"),
    Metric.update: mark_in("metric", "update"),
    Metric.resolution: mark_in("metric", "resolution"),
    Metric.ownership: mark_in("metric", "first owner"),
    Metric.ola: mark_in("metric", "team's time"),
    Metric.underpinning: mark_in("metric", "vendor's time"),
}
# Translators: what a countdown measures, in front of it; at most 8 cells each.
_SHORT_METRICS: Mapping[Metric, Label] = {
    Metric.first_response: mark_in("metric, 8 cells", "response"),
    Metric.update: mark_in("metric, 8 cells", "update"),
    Metric.resolution: mark_in("metric, 8 cells", "resolve"),
    Metric.ownership: mark_in("metric, 8 cells", "owner"),
    Metric.ola: mark_in("metric, 8 cells", "team"),
    Metric.underpinning: mark_in("metric, 8 cells", "vendor"),
}
_SIGNS: Mapping[Sign, Label] = {
    Sign.breached: mark_in("sign", "breached"),
    Sign.critical: mark_in("sign", "critical"),
    Sign.at_risk: mark_in("sign", "at risk"),
    Sign.running: mark_in("sign", "running"),
    Sign.paused: mark_in("sign", "paused"),
    Sign.met: mark_in("sign", "met"),
    Sign.none: mark_in("sign", "no target"),
}
_TIMER_STATES: Mapping[TimerState, Label] = {
    TimerState.running: mark_in("timer", "running"),
    TimerState.paused: mark_in("timer", "paused"),
    TimerState.met: mark_in("timer", "met"),
    TimerState.void: mark_in("timer", "no longer measured"),
}
_ROLES: Mapping[Role, Label] = {
    Role.agent: mark_in("role", "agent"),
    Role.lead: mark_in("role", "lead"),
    Role.admin: mark_in("role", "administrator"),
    Role.auditor: mark_in("role", "auditor"),
    Role.shadow: mark_in("role", "shadow"),
    Role.watch: mark_in("role", "watch"),
    Role.intake: mark_in("role", "intake"),
}
_AUTHORITIES: Mapping[AuthorityKind, Label] = {
    AuthorityKind.internal: mark_in("authority", "internal"),
    AuthorityKind.external: mark_in("authority", "external"),
}
_PRIORITIES: Mapping[int, Label] = {
    1: mark_in("priority", "critical"),
    2: mark_in("priority", "high"),
    3: mark_in("priority", "moderate"),
    4: mark_in("priority", "low"),
    5: mark_in("priority", "planning"),
}
_LEVELS: Mapping[int, Label] = {
    1: mark_in("level of impact or urgency", "high"),
    2: mark_in("level of impact or urgency", "medium"),
    3: mark_in("level of impact or urgency", "low"),
}
_ATTENTION: Mapping[int, Label] = {1: mark_in("attention", "raised"), 2: mark_in("attention", "high")}
_SCREENS: Mapping[str, Label] = {
    "queue": mark_in("screen", "Queue"),
    "ticket": mark_in("screen", "Ticket"),
    "rota": mark_in("screen", "Rota"),
    "escalations": mark_in("screen", "Escalations"),
    "handover": mark_in("screen", "Handover"),
    "maintenance": mark_in("screen", "Maintenance"),
    "references": mark_in("screen", "References"),
    "reports": mark_in("screen", "Reports"),
    "charter": mark_in("screen", "Charter"),
    "audit": mark_in("screen", "Audit"),
    "settings": mark_in("screen", "Settings"),
    "help": mark_in("screen", "Help"),
    "messages": mark_in("screen", "Messages"),
}
_VIEWS: Mapping[str, Label] = {
    "mine": mark_in("view", "Mine"),
    "team": mark_in("view", "Team"),
    "unassigned": mark_in("view", "Unassigned"),
    "breaching": mark_in("view", "Breaching"),
    "all": mark_in("view", "All"),
    # Translators: what falls due before one's shift ends; before the next one begins; while nobody is on duty.
    "this_shift": mark_in("view", "This shift"),
    "next_shift": mark_in("view", "Till next shift"),
    "unattended": mark_in("view", "Unattended"),
    "stagnation": mark_in("view", "Slow"),
    "attention": mark_in("view", "Attention"),
    "early": mark_in("view", "Early"),
    # Translators: the tickets whose requesters were promised an update.
    "promises": mark_in("view", "Promises"),
}
# Translators: a telephone, an e-mail: how somebody is paged; at most 12 cells each.
_CHANNELS: Mapping[str, Label] = {
    "phone": mark_in("way to reach somebody", "phone"),
    "mobile": mark_in("way to reach somebody", "mobile"),
    "mail": mark_in("way to reach somebody", "mail"),
    "email": mark_in("way to reach somebody", "mail"),
    "sms": mark_in("way to reach somebody", "SMS"),
    "chat": mark_in("way to reach somebody", "chat"),
    "pager": mark_in("way to reach somebody", "pager"),
    "fax": mark_in("way to reach somebody", "fax"),
}
_HOLD_REASONS: Mapping[str, Label] = {
    "requester": mark_in("hold reason", "needs an answer"),
    "user_info": mark_in("hold reason", "needs information"),
    "evidence": mark_in("hold reason", "needs evidence"),
    "vendor": mark_in("hold reason", "with the vendor"),
    "problem": mark_in("hold reason", "waits for a problem record"),
    "change": mark_in("hold reason", "waits for a change"),
    "parts": mark_in("hold reason", "waits for parts"),
    "date": mark_in("hold reason", "until a date"),
    "release": mark_in("hold reason", "fixed, awaiting release"),
}
_RESOLUTIONS: Mapping[str, Label] = {
    "fixed": mark_in("resolution", "fixed"),
    "workaround": mark_in("resolution", "workaround"),
    "answered": mark_in("resolution", "answered"),
    "duplicate": mark_in("resolution", "duplicate"),
    "not_reproducible": mark_in("resolution", "not reproducible"),
    "no_fault": mark_in("resolution", "no fault found"),
    "withdrawn": mark_in("resolution", "withdrawn"),
    "other": mark_in("resolution", "other"),
    "referred": mark_in("resolution", "referred"),
    "merged": mark_in("resolution", "merged"),
    "void": mark_in("resolution", "void"),
}
_GLYPHS: Mapping[Sign, tuple[str, str]] = {
    Sign.breached: ("✗", "X"),
    Sign.critical: ("▴", "!"),
    Sign.at_risk: ("▵", "~"),
    Sign.running: (" ", " "),
    Sign.paused: ("◌", "="),
    Sign.met: ("✓", "+"),
    Sign.none: ("-", "-"),
}
"""In Unicode none of ambiguous width, so that every terminal gives each one cell."""


def glyph(sign: Sign, *, unicode: bool = True) -> str:
    """The sign in one cell; always shown with its word or beside its countdown, never by colour alone."""
    return _GLYPHS[sign][0 if unicode else 1]


def sign(words: Words, sign: Sign) -> str:
    """The sign as a word."""
    return words.p(*_SIGNS[sign])


def state(words: Words, state: State) -> str:
    """The state of a ticket."""
    return words.p(*_STATES[state])


def state_short(words: Words, state: State) -> str:
    """The state in at most 6 cells."""
    return words.p(*_SHORT_STATES[state])


def kind(words: Words, kind: Kind) -> str:
    """What was asked for."""
    return words.p(*_KINDS[kind])


def metric(words: Words, metric: Metric) -> str:
    """What a timer measures."""
    return words.p(*_METRICS[metric])


def metric_short(words: Words, metric: Metric) -> str:
    """What a timer measures, in at most 8 cells."""
    return words.p(*_SHORT_METRICS[metric])


def promise(words: Words, metric: Metric, authority: str = "") -> str:
    """What a timer measures; of an OLA or an underpinning contract also whose time, by name."""
    if not authority:
        return words.p(*_METRICS[metric])
    # Translators: a promise and the team or vendor whose time it is, such as "team's time (Network)".
    return words.t("{promise} ({authority})", promise=words.p(*_METRICS[metric]), authority=authority)


def timer_state(words: Words, state: TimerState) -> str:
    """Whether a timer runs."""
    return words.p(*_TIMER_STATES[state])


def role(words: Words, role: Role) -> str:
    """What a person is to the desk."""
    return words.p(*_ROLES[role])


def authority(words: Words, kind: AuthorityKind) -> str:
    """Inside or outside."""
    return words.p(*_AUTHORITIES[kind])


def priority(words: Words, priority: Priority, labels: Mapping[str, str] | None = None) -> str:
    """``P1 critical``; ``labels`` are the site's own words (``PriorityMatrix.labels``)."""
    own = (labels or {}).get(str(priority))
    shipped = _PRIORITIES.get(priority)
    word = own or (words.p(*shipped) if shipped else "")
    return f"{priority_short(priority)} {word}".rstrip()


def priority_short(priority: Priority) -> str:
    """``P1``, the same in every language."""
    return f"P{priority}"


def level(words: Words, level: int) -> str:
    """A level of impact or urgency."""
    label = _LEVELS.get(level)
    return words.p(*label) if label else str(level)


def attention(words: Words, level: int) -> str:
    """The word of an attention level; empty for none."""
    label = _ATTENTION.get(level)
    return words.p(*label) if label else ""


def screen(words: Words, screen: str) -> str:
    """The name of a screen in the bar of screens."""
    return _word(words, _SCREENS, screen)


def view(words: Words, code: str) -> str:
    """The name of a built-in view of the queue."""
    return _word(words, _VIEWS, code)


def channel(words: Words, name: str) -> str:
    """A way to reach somebody; a name that a site made up is its own word."""
    return _word(words, _CHANNELS, name)


def hold_reason(words: Words, code: str) -> str:
    """Why a ticket waits; a code of the site is its own label."""
    return _word(words, _HOLD_REASONS, code)


def resolution(words: Words, code: str) -> str:
    """How a ticket ended; a code of the site is its own label."""
    return _word(words, _RESOLUTIONS, code)


def place(words: Words, name: str) -> str:
    """What is to be put into a place of a template."""
    return _word(words, _PLACES, name)


def template(words: Words, kind: ReplyKind, name: str = "") -> str:
    """What a template of replies is called: its own name, else what it is for."""
    return name or words.p(*_REPLIES[kind])


def _word(words: Words, table: Mapping[str, Label], code: str) -> str:
    label = table.get(code)
    return words.p(*label) if label else code
