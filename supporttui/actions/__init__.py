"""Every action there is, once: keys, footer, help, ``:`` commands and CLI verbs are made from this table.

What is not here is which key runs an action (``tui/keymap.py``) and how a screen shows it.
"""

from collections.abc import Mapping

# One door to all of it: whoever uses the table needs its types too.
from supporttui.action import Action as Action
from supporttui.action import Arg as Arg
from supporttui.action import ArgKind as ArgKind
from supporttui.action import Scope as Scope
from supporttui.actions.announcements import ANNOUNCEMENT_ACTIONS as ANNOUNCEMENT_ACTIONS
from supporttui.actions.announcements import ANNOUNCEMENT_READING
from supporttui.actions.attention import ATTENTION_ACTIONS as ATTENTION_ACTIONS
from supporttui.actions.attention import ATTENTION_REPORTS
from supporttui.actions.authorities import AUTHORITY_ACTIONS
from supporttui.actions.charters import CHARTER_ACTIONS
from supporttui.actions.drills import DRILL_ACTIONS
from supporttui.actions.escalation import ESCALATION_ACTIONS as ESCALATION_ACTIONS
from supporttui.actions.escalation import POLICY_ACTIONS
from supporttui.actions.handover import HANDOVER_ACTIONS
from supporttui.actions.major import MAJOR_ACTIONS as MAJOR_ACTIONS
from supporttui.actions.major import MAJOR_READING
from supporttui.actions.major import PROMISE_ACTIONS as PROMISE_ACTIONS
from supporttui.actions.post import POST_ACTIONS
from supporttui.actions.procedures import PROCEDURE_ACTIONS as PROCEDURE_ACTIONS
from supporttui.actions.procedures import PROCEDURE_READING
from supporttui.actions.processes import PROCESS_ACTIONS
from supporttui.actions.reading import READ_ACTIONS
from supporttui.actions.rota import DECIDING_ACTIONS, PEOPLE_ACTIONS, ROTA_ACTIONS
from supporttui.actions.standing import STANDING_ACTIONS as STANDING_ACTIONS
from supporttui.actions.tickets import TICKET_ACTIONS as TICKET_ACTIONS
from supporttui.actions.views import VIEW_ACTIONS

ACTIONS: tuple[Action, ...] = (
    *TICKET_ACTIONS, *READ_ACTIONS, *VIEW_ACTIONS, *ROTA_ACTIONS, *PEOPLE_ACTIONS, *DECIDING_ACTIONS, *PROCESS_ACTIONS,
    *ATTENTION_ACTIONS, *ATTENTION_REPORTS, *PROCEDURE_ACTIONS, *PROCEDURE_READING,
    *ESCALATION_ACTIONS, *POLICY_ACTIONS, *HANDOVER_ACTIONS, *CHARTER_ACTIONS,
    *DRILL_ACTIONS, *AUTHORITY_ACTIONS, *STANDING_ACTIONS, *PROMISE_ACTIONS,
    *MAJOR_ACTIONS, *MAJOR_READING, *POST_ACTIONS, *ANNOUNCEMENT_ACTIONS, *ANNOUNCEMENT_READING,
)  # fmt: skip


def by_id() -> Mapping[str, Action]:
    """Id → action."""
    return {action.id: action for action in ACTIONS}


def by_verb() -> Mapping[str, Action]:
    """Verb → action, for those that have one."""
    return {action.verb: action for action in ACTIONS if action.verb is not None}
