"""How what an action does is taken back, in words: for the help of keys and of commands."""

from supporttui.actions import Action, by_id
from supporttui.i18n.catalogue import Words


def way_back(words: Words, action: Action, *, told_once: bool = False) -> str:
    """By which action, or why by none; empty for what only looks or moves.

    ``told_once``: the reader has the line of the undo before their eyes, and needs only what it does not take back.
    """
    if action.lasting:
        return words.t(action.lasting)
    back = "app.undo" if action.undoable else action.back
    if back == "app.undo" and told_once:
        return ""
    if back == action.id:
        return words.t("Taken back by doing it anew.")
    return words.t("Taken back by: {action}.", action=words.t(by_id()[back].label)) if back else ""
