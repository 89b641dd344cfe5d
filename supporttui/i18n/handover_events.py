"""What happened to a ticket between two shifts, for its history."""

from collections.abc import Mapping

from supporttui.domain.events.handover import HandedOver, NextStepNoted
from supporttui.i18n.catalogue import Words


def told(words: Words, event: NextStepNoted | HandedOver, names: Mapping[str, str]) -> str:
    """One line."""
    if isinstance(event, NextStepNoted):
        return words.t("next step: {text}", text=event.text)
    giver, taker = (names.get(person, person) for person in (event.giver, event.taker))
    return words.t("handed over from {giver} to {taker}", giver=giver, taker=taker)
