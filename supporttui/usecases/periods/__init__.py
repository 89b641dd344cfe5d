"""Special periods as people meet them: what is coming, what holds, what is to be looked back on when one ends."""

from supporttui.usecases.periods.coming import Coming, PromiseChange, coming, preview
from supporttui.usecases.periods.holding import Frozen, frozen, staffing, told_of
from supporttui.usecases.periods.review import Decision, Review, decide, homeless, rehome, review, unreviewed

__all__ = [
    "Coming", "Decision", "Frozen", "PromiseChange", "Review", "coming", "decide", "frozen", "homeless", "preview",
    "rehome", "review", "staffing", "told_of", "unreviewed",
]  # fmt: skip
