"""How the watch paces itself, and what one turn of it did."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from supporttui.domain.paging.caps import Caps
from supporttui.usecases.pacing import Pace


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """``[watch]`` of the settings; all in seconds, by the database's clock."""

    lease: int = field(default=15, metadata={"least": 2, "most": 3600})
    """After so much silence another watch takes over."""
    renew: int = field(default=5, metadata={"least": 1, "most": 3600})
    """So often the one that leads says that it is there."""
    claim: int = field(default=25, metadata={"least": 1, "most": 3600})
    """For so long a claimed notice is nobody else's; longer than any channel may take."""
    pause: int = field(default=2, metadata={"least": 1, "most": 60})
    """The longest sleep: what is due is never later than this."""
    batch: int = field(default=50, metadata={"least": 1, "most": 10_000})
    """Tickets whose steps are taken between two hand-overs of notices."""
    per_minute: int = field(default=5, metadata={"least": 0, "most": 1_000_000})
    """Messages that one contact point gets at most in a minute; what is more waits, and leaves together. 0: no cap."""
    per_quarter: int = field(default=12, metadata={"least": 0, "most": 1_000_000})
    """The same in a quarter of an hour."""
    per_hour: int = field(default=30, metadata={"least": 0, "most": 1_000_000})
    """The same in an hour."""
    hold: int = field(default=14_400, metadata={"least": 0, "most": 1_000_000})
    """A page so much too late waits for a person, as after a restore; ``notice list`` shows it. 0: it leaves."""

    heartbeat_url: str = ""
    """Asked for each minute while all is well, so that somebody outside notices when it stays away."""
    heartbeat_command: Sequence[str] = ()
    """A program with its arguments that is started instead."""

    @property
    def pace(self) -> Pace:
        """What may leave, and when."""
        return Pace(Caps(self.per_minute, self.per_quarter, self.per_hour), self.hold)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of the watch did."""

    leading: bool
    fired: int = 0
    sent: int = 0
    failed: int = 0
    warned: int = 0
    """Timers that were looked at because some of their time had passed."""
    dropped: int = 0
    """Looked at before sending and found needless, or passed on to somebody else."""

    def __add__(self, other: "Turn") -> "Turn":
        """Both together."""
        return Turn(
            self.leading or other.leading,
            self.fired + other.fired,
            self.sent + other.sent,
            self.failed + other.failed,
            self.warned + other.warned,
            self.dropped + other.dropped,
        )

    @property
    def worked(self) -> bool:
        """There may be more to do at once."""
        return bool(self.fired or self.sent or self.failed or self.warned or self.dropped)
