"""What the intake itself writes into tickets, in the site's language."""

from supporttui.i18n.catalogue import Words
from supporttui.usecases.incoming.taking import Wording


def wording(words: Words) -> Wording:
    """Titles of tickets that nobody reported in words, and what stands before the names of files."""
    return Wording(
        flood=words.t("Too much at once from {name}", name="{name}"),
        silence=words.t("No sign of life from {name}", name="{name}"),
        attached=words.t("Attached: {files}", files="{files}"),
    )
