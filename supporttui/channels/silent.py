"""A channel that goes nowhere: for the demo's made-up people, and for drills."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SilentOptions:
    """``[channels.NAME]`` of kind ``silent`` has none."""


class SilentChannel:
    """Takes every notice as handed over."""

    def __init__(self, name: str, _: SilentOptions | None = None) -> None:
        self.name = name

    def send(self, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]) -> None:
        """Nobody is told."""
