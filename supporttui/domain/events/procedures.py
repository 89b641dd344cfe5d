"""What happens of a procedure on a ticket."""

from dataclasses import dataclass

from supporttui.domain.states import StepResult


@dataclass(frozen=True, slots=True)
class ProcedureStepped:
    """A step of a version of a procedure was done, skipped or did not work."""

    procedure: str
    version: int
    step: int
    """1 is the first."""
    result: StepResult = StepResult.done
    text: str = ""
    """Why it was skipped or failed; what was seen."""
    run: str = ""
    """The operation of the run's first step; empty: this is it."""
