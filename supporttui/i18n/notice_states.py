"""Where a message stands, in words."""

from collections.abc import Mapping

from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words
from supporttui.usecases.ports import NoticeState

_STATES: Mapping[NoticeState, tuple[str, str]] = {
    NoticeState.pending: mark_in("notice", "waits to be sent"),
    NoticeState.sending: mark_in("notice", "is being sent"),
    NoticeState.sent: mark_in("notice", "sent"),
    NoticeState.failed: mark_in("notice", "failed, will be tried again"),
    NoticeState.bundled: mark_in("notice", "leaves together with another one"),
    NoticeState.held: mark_in("notice", "held: somebody must release it"),
    NoticeState.dead: mark_in("notice", "could not be delivered"),
    NoticeState.suppressed: mark_in("notice", "not sent"),
    NoticeState.withdrawn: mark_in("notice", "withdrawn"),
}


def notice_state(words: Words, state: NoticeState) -> str:
    """One of them."""
    return words.p(*_STATES[state])
