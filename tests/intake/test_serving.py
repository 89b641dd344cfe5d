"""Server and mailboxes live beside each other: what goes wrong in one ends no other, and all end when told."""

import threading

import pytest

from supporttui.domain.faults import Refused
from supporttui.intake.serve.options import Mailbox
from supporttui.intake.serve.serving import LONGEST_PAUSE, Intake, Round, listening
from tests.builders import refuses

BOX = Mailbox("mail.example.org", "desk", every=30)


class Ending:
    """Stands in for the event that ends it: remembers the waits, and is set after some of them."""

    def __init__(self, rounds: int) -> None:
        self.waits: list[float] = []
        self._rounds = rounds
        self._event = threading.Event()

    def is_set(self) -> bool:
        return len(self.waits) >= self._rounds

    def wait(self, seconds: float | None = None) -> bool:
        if seconds is None:
            return self._event.wait(60)
        self.waits.append(seconds)
        if self.is_set():
            self._event.set()
        return self.is_set()

    def set(self) -> None:
        self._event.set()


def gone_round(look, rounds: int) -> list[float]:
    intake = Intake(None, [Round("post", BOX, look)])
    ending = intake._ending = Ending(rounds)
    intake.run()
    return ending.waits


def test_a_mailbox_is_looked_at_again_and_again():
    looks: list[int] = []
    assert gone_round(lambda: looks.append(1) or 0, 3) == [30, 30, 30]
    assert len(looks) == 3


@pytest.mark.parametrize("fault", [Refused("intake.mailbox", mailbox="x", reason="y"), ZeroDivisionError()])
def test_one_that_fails_is_tried_again_ever_more_rarely_and_as_usual_once_it_answers(fault, caplog, monkeypatch):
    answers = [fault] * 6 + [None]

    def look() -> int:
        answer = answers.pop(0)
        if answer is not None:
            raise answer
        return 0

    monkeypatch.setattr(threading, "excepthook", lambda _: None)  # as the log has it
    waits = gone_round(look, 7)
    assert waits == [60, 120, 240, 480, LONGEST_PAUSE, LONGEST_PAUSE, 30]
    assert "post" in caplog.text


def test_one_mailbox_that_hangs_holds_up_neither_the_other_nor_the_end():
    hangs, looked = threading.Event(), threading.Event()
    rounds = [
        Round("slow", BOX, lambda: hangs.wait(60) or 0),
        Round("quick", BOX, lambda: looked.set() or 0),
    ]
    intake = Intake(None, rounds)
    thread = threading.Thread(target=intake.run)
    thread.start()
    assert looked.wait(60)
    intake.stop()
    hangs.set()
    thread.join(60)
    assert not thread.is_alive()


def test_where_nothing_can_listen_is_told():
    def taken() -> None:
        raise OSError(98, "Address already in use")

    with refuses("intake.address", Refused):
        listening(taken, "127.0.0.1", 80)
