"""What is said of a message that left, waits or did not leave, and why."""

from collections.abc import Iterator, Mapping

from supporttui.domain.events import CriterionHeld
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import cause_labels, references, rota_labels, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.notice_states import notice_state
from supporttui.i18n.notices import subject_of
from supporttui.usecases.ports import Notice, NoticeState
from supporttui.usecases.post import Called, Posted


def heads(words: Words) -> tuple[str, ...]:
    """Of a table of messages."""
    return (
        words.t("Key"), words.t("State"), words.t("Time"), words.t("Ticket"), words.t("Person"), words.t("Channel"),
        words.t("Why"),
    )  # fmt: skip


def row(words: Words, notice: Notice, names: Mapping[str, str]) -> tuple[str, ...]:
    """One message; ``names`` are those of people."""
    number = "-" if notice.ticket is None else f"{notice.params.get('prefix', '')}{notice.ticket}"
    return (
        _safe(notice.key), notice_state(words, notice.state),
        times.stamp(notice.sent_at or notice.not_before, words.zone), number,
        _safe(names.get(notice.person, notice.person) or "-"),
        _safe(terms.channel(words, notice.channel) or "-"), cause(words, notice) or _led(words, notice) or "-",
    )  # fmt: skip


def _led(words: Words, notice: Notice) -> str:
    return _safe(words.t("As part of {key}", key=notice.bundle)) if notice.bundle else ""


def cause(words: Words, notice: Notice) -> str:
    """Why it stands so; empty if nothing is to be said."""
    return cause_labels.cause(words, notice.error) if notice.error else ""


def why(words: Words, found: Posted) -> tuple[SafeText, ...]:
    """Line by line: what it is, who called whom by which step of which policy, and why it left or waits."""
    return tuple(_safe(line) for line in _lines(words, found))


def _lines(words: Words, found: Posted) -> Iterator[str]:
    notice = found.notice
    person = found.names.get(notice.person, notice.person) or "-"
    channel = terms.channel(words, notice.channel) or "-"
    yield words.t("{key}: {state}", key=notice.key, state=notice_state(words, notice.state))
    yield words.t("To {person} by {channel} ({address})", person=person, channel=channel, address=notice.address or "-")
    if int(notice.params.get("rank", 1)) > 1:
        yield words.t("Contact point of rank {rank}, tried because nobody had answered", rank=notice.params["rank"])
    if found.called is not None:
        yield from _called(words, found.called, found)
    if notice.sent_at is not None:
        yield words.t("Sent at {time}", time=times.stamp(notice.sent_at, words.zone))
    elif notice.state in (NoticeState.pending, NoticeState.failed):
        yield words.t("Leaves at {time}", time=times.stamp(notice.not_before, words.zone))
    if told := cause(words, notice):
        yield words.t("Because: {cause}", cause=told)
    if found.leading is not None:
        yield words.t("As part of {key}", key=found.leading.key)
    if found.parts:
        yield words.n("{n} other leaves as part of it", "{n} others leave as part of it", len(found.parts))
        yield from (f"- {subject_of(words, one)}" for one in found.parts)


def _called(words: Words, called: Called, found: Posted) -> Iterator[str]:
    step = {"step": called.step, "name": called.step_name, "round": called.round}
    yield words.t("Policy {policy}, version {version}", policy=called.policy, version=called.version)
    at = times.stamp(called.at, words.zone)
    yield words.t("Step {step} {name}, round {round}, at {time}", **step, time=at)
    if called.by_hand:
        yield words.t("Taken by hand by {person}", person=called.by)
    if called.criterion is not None:
        yield _criterion(words, called.criterion)
    elif called.cause:
        yield words.t("Because: {cause}", cause=cause_labels.cause(words, called.cause))
    for target in called.targets:
        yield words.t("Target: {target}", target=references.target(words, target, {}))
    for reason in called.duty:
        yield f"- {rota_labels.reason(words, reason, found.names)}"


def _criterion(words: Words, held: CriterionHeld) -> str:
    return words.t(
        "Criterion {criterion} held: {value} of {limit}", criterion=held.criterion, value=held.value, limit=held.limit
    )


def _safe(text: str) -> SafeText:
    return safe_text(text, one_line=True, limit=200)
