"""A change that was agreed to: done, told, and a step that ``u`` takes back and ``U`` does again."""

from collections.abc import Callable
from dataclasses import dataclass

from supporttui.domain.faults import SupportError
from supporttui.tui.asking.asker import Asker
from supporttui.tui.undo import Here, Step
from supporttui.usecases.ports import Call, Transaction

Put = Callable[[Call, Transaction], str]
End = Callable[[Call, Transaction, str], object]


@dataclass
class Reversible:
    """Something that is put, under a key of its own each time, and can be ended by that key."""

    screen: Asker
    put: Put
    """Gives the key."""
    end: End
    key: str = ""

    def do(
        self, said: str, *, ending: bool = False, refused: Callable[[SupportError], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Put it, or end what is there under the key, and say so."""

        def done() -> None:
            if then is not None:
                then()
            back, again = (self._put, self._end) if ending else (self._end, self._put)
            self.screen.frame.undo.push(Step(said, here=Here(back, again)))
            self.screen.frame.say(f"{said}  {self.screen.words.t('u undo')}")

        (self._end if ending else self._put)(done, refused)

    def _put(
        self, then: Callable[[], None] | None = None, refused: Callable[[SupportError], None] | None = None
    ) -> None:
        def known(key: str) -> None:
            self.key = key
            if then is not None:
                then()

        self.screen.desk.do(self.put, then=known, refused=refused or self.screen.frame.refuse)

    def _end(
        self, then: Callable[[], None] | None = None, refused: Callable[[SupportError], None] | None = None
    ) -> None:
        self.screen.desk.do(
            self.end, self.key, then=lambda _: then() if then is not None else None,
            refused=refused or self.screen.frame.refuse,
        )  # fmt: skip
