"""Which step is due when: waiting, answering, taking back, running out, downtime."""

from dataclasses import dataclass, field, replace

import pytest

from supporttui.domain.escalation.history import histories, kind_of, last_generation
from supporttui.domain.escalation.plan import (
    EscalationState,
    Exhaustion,
    Firing,
    Planned,
    by_hand,
    due,
    found_nobody,
    history,
    repeats,
    state_of,
    upcoming,
)
from supporttui.domain.escalation.policy import Policy, Silence, Step
from supporttui.domain.events import (
    Acknowledged,
    EscalationEnded,
    EscalationMoved,
    EscalationSnoozed,
    EscalationStarted,
    Event,
    Fact,
    Noted,
    PageWithdrawn,
    State,
    StateChanged,
    StepFired,
    Unacknowledged,
    Undone,
)
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import OperationId, PersonId, PolicyId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import AckResume, EscalationKind

pytestmark = pytest.mark.core

ANA, BEN = PersonId("ana"), PersonId("ben")
MINUTE = 60
POLICY = Policy(
    PolicyId("p"), "P", (Step("L1", 0, ()), Step("L2", 5 * MINUTE, ()), Step("manager", 15 * MINUTE, ())),
    rounds=2, repeat_wait=10 * MINUTE,
)  # fmt: skip
PATIENT = replace(POLICY, ack_timeout=30 * MINUTE)
RUNNING, ACKNOWLEDGED = EscalationState.running, EscalationState.acknowledged


@dataclass
class Story:
    """Facts of one ticket, told by minute; each is an operation named by its place."""

    policy: Policy = POLICY
    facts: list[Fact] = field(default_factory=list)

    def told(self, minute: float, event: Event) -> "Story":
        n = len(self.facts) + 1
        self.facts.append(Fact(TicketId(1), Instant(int(minute * MINUTE)), "ana", event, OperationId(f"op{n}"), seq=n))
        return self

    def started(self, minute: float = 0, generation: int = 1) -> "Story":
        return self.told(minute, EscalationStarted(POLICY.id, 1, generation))

    def acked(self, minute: float, by: PersonId = ANA) -> "Story":
        return self.told(minute, Acknowledged(by))

    def undone(self, minute: float, nth: int, **restores: object) -> "Story":
        return self.told(minute, Undone(self.facts[nth - 1].operation, restores))

    def fired(self, minute: float, *, paged: tuple[PersonId, ...] = (ANA,)) -> "Story":
        """The step that is due at this minute, as the watch takes it."""
        firing = self.due(minute)
        assert isinstance(firing, Firing)
        return self.told(minute, StepFired(firing.generation, firing.number, firing.step, firing.round, paged))

    def by_hand(self, minute: float, step: int | None = None) -> "Story":
        firing = by_hand(self.policy, self.past, at(minute), step=step)
        return self.told(
            minute, StepFired(firing.generation, firing.number, firing.step, firing.round, (BEN,), by_hand=True)
        )

    @property
    def past(self):
        return history(self.facts)

    def due(self, minute: float) -> Firing | Exhaustion | None:
        return due(self.policy, self.past, at(minute))

    def state(self, minute: float) -> EscalationState:
        return state_of(self.policy, self.past, at(minute)).state

    def next_minute(self, minute: float) -> float | None:
        instant = state_of(self.policy, self.past, at(minute)).due
        return None if instant is None else instant / MINUTE

    def forecast(self, minute: float) -> list[tuple[float, str, int]]:
        return [(p.at / MINUTE, p.name, p.round) for p in upcoming(self.policy, self.past, at(minute))]


def at(minute: float) -> Instant:
    return Instant(int(minute * MINUTE))


class TestWaiting:
    """Nobody answers."""

    def test_a_step_fires_from_its_due_instant_on_and_not_a_second_before(self):
        story = Story().started().fired(0)
        assert due(POLICY, story.past, Instant(5 * MINUTE - 1)) is None
        assert due(POLICY, story.past, Instant(5 * MINUTE)) == Firing(1, 2, 2, 1, at(5))

    def test_waits_are_measured_from_the_previous_firing_not_from_its_due_instant(self):
        assert Story().started().fired(0.5).next_minute(1) == 5.5

    def test_every_step_of_every_round_fires_once_then_the_last_resort_then_nothing(self):
        story, seen = Story().started(), []
        for minute in range(200):
            match story.due(minute):
                case Firing(number=number, step=step, round=round):
                    seen.append((minute, number, step, round))
                    story.fired(minute)
                case Exhaustion():
                    seen.append((minute, "exhausted"))
                    story.told(minute, EscalationEnded(1, exhausted=True))
        assert seen == [
            (0, 1, 1, 1), (5, 2, 2, 1), (20, 3, 3, 1), (30, 4, 1, 2), (35, 5, 2, 2), (50, 6, 3, 2), (60, "exhausted"),
        ]  # fmt: skip
        assert story.state(200) is EscalationState.exhausted

    def test_the_forecast_is_what_then_happens(self):
        assert Story().started().fired(0).forecast(2) == [
            (5, "L2", 1), (20, "manager", 1), (30, "L1", 2), (35, "L2", 2), (50, "manager", 2),
        ]  # fmt: skip

    def test_before_any_escalation_nothing_is_due_and_nothing_stands(self):
        story = Story().told(0, Noted("hello"))
        assert story.due(100) is None
        assert state_of(POLICY, story.past, at(1)).due is None
        assert story.state(1) is EscalationState.done
        assert story.forecast(1) == []

    def test_a_policy_without_steps_tells_the_last_resort_at_once(self):
        assert Story(replace(POLICY, steps=())).started(3).due(3) == Exhaustion(1, at(3))

    def test_standing_says_where_it_is(self):
        standing = state_of(POLICY, Story().started().fired(0).fired(5).past, at(6))
        assert (standing.state, standing.step, standing.round, standing.firing, standing.due) == (
            RUNNING,
            2,
            1,
            2,
            at(20),
        )


class TestAnswering:
    """Acknowledging pauses; what was left goes on."""

    def test_an_acknowledgement_stops_the_plan(self):
        story = Story().started().fired(0).acked(3)
        assert story.state(3) is ACKNOWLEDGED
        assert (story.due(500), story.next_minute(500), story.forecast(500)) == (None, None, [])

    def test_at_the_very_due_instant_the_acknowledgement_goes_first(self):
        assert Story().started().fired(0).acked(5).due(5) is None

    def test_undoing_it_goes_on_at_the_same_step_with_the_time_that_was_left(self):
        story = Story().started().fired(0).acked(3).undone(20, 3, acknowledged_by=None, acknowledged_at=None)
        assert story.state(20) is RUNNING
        assert story.next_minute(20) == 22
        assert story.due(22) == Firing(1, 2, 2, 1, at(22))

    def test_undoing_one_of_two_acknowledgements_leaves_the_other(self):
        story = (
            Story().started().fired(0).acked(2).acked(3, BEN).undone(4, 4, acknowledged_by="ana", acknowledged_at=120)
        )
        assert story.state(60) is ACKNOWLEDGED

    def test_each_acknowledgement_that_was_taken_back_counts_for_as_long_as_it_stood(self):
        story = Story().started().fired(0).acked(1).undone(2, 3, acknowledged_by=None).acked(3)
        assert story.undone(5, 5, acknowledged_by=None).next_minute(5) == 8

    def test_undoing_an_undo_acknowledges_again(self):
        story = (
            Story().started().fired(0).acked(2).undone(3, 3, acknowledged_by=None).undone(4, 4, acknowledged_by="ana")
        )
        assert story.state(60) is ACKNOWLEDGED

    def test_an_acknowledgement_that_runs_out_goes_on_likewise(self):
        story = Story(PATIENT).started().fired(0).acked(3)
        assert [story.state(m) for m in (3, 32.9, 33)] == [ACKNOWLEDGED, ACKNOWLEDGED, RUNNING]
        assert story.next_minute(10) == 35
        assert story.forecast(10)[:2] == [(35, "L2", 1), (50, "manager", 1)]

    def test_a_second_acknowledgement_counts_from_itself(self):
        assert Story(PATIENT).started().fired(0).acked(3).acked(20, BEN).next_minute(21) == 52

    def test_a_step_that_was_overdue_when_it_was_acknowledged_is_due_when_that_runs_out(self):
        story = Story(PATIENT).started().fired(0).acked(6)
        assert story.next_minute(7) == 36
        assert story.forecast(7)[0] == (36, "L2", 1)
        assert isinstance(story.due(36), Firing)

    def test_an_older_acknowledgement_does_not_silence_what_began_later(self):
        assert Story().acked(0).started(1).state(2) is RUNNING
        assert Story(PATIENT).started().fired(0).acked(1).fired(35).state(36) is RUNNING

    def test_exhausted_and_then_answered_is_answered(self):
        story = Story().started().fired(0).told(60, EscalationEnded(1, exhausted=True)).acked(61)
        assert story.state(62) is ACKNOWLEDGED


class TestByHand:
    """Somebody does not want to wait."""

    def test_the_next_step_is_taken_now_and_its_successor_is_measured_from_it(self):
        story = Story().started().fired(0).by_hand(2)
        assert state_of(POLICY, story.past, at(2)).step == 2
        assert story.next_minute(2) == 17

    def test_it_ends_an_acknowledgement(self):
        story = Story().started().fired(0).acked(1).by_hand(2)
        assert story.state(2) is RUNNING

    def test_a_step_can_be_named(self):
        story = Story().started().fired(0).by_hand(2, step=3)
        assert (story.past.last.step, story.next_minute(2)) == (3, 12)

    def test_a_named_step_that_is_not_after_the_last_one_belongs_to_the_next_round(self):
        story = Story().started().fired(0).fired(5)
        assert [by_hand(POLICY, story.past, at(6), step=step).round for step in (1, 2, 3)] == [2, 2, 1]
        story.by_hand(6, step=1)
        assert [by_hand(POLICY, story.past, at(7), step=step).round for step in (1, 2)] == [2, 2]

    def test_after_the_rounds_the_last_step_is_taken_again(self):
        story = Story().started().fired(0).by_hand(1, step=3)
        story.facts[-1] = replace(story.facts[-1], event=StepFired(1, 2, 3, 2, (BEN,), by_hand=True))
        story.told(12, EscalationEnded(1, exhausted=True))
        assert by_hand(POLICY, story.past, at(13)) == Firing(1, 3, 3, 2, at(13))
        assert story.by_hand(13).state(13) is RUNNING

    @pytest.mark.parametrize("step", [0, 4])
    def test_a_step_that_does_not_exist_is_refused(self, step):
        with pytest.raises(Refused) as refused:
            by_hand(POLICY, Story().started().past, at(1), step=step)
        assert refused.value.code == "escalation.no_step"

    @pytest.mark.parametrize("story", [Story(), Story().started().told(1, EscalationEnded(1))])
    def test_where_none_runs_it_is_refused(self, story):
        with pytest.raises(Refused) as refused:
            by_hand(POLICY, story.past, at(2))
        assert refused.value.code == "escalation.not_running"

    def test_withdrawn_it_did_not_happen_but_its_number_stays_used(self):
        story = Story().started().fired(0).by_hand(2).told(2.1, PageWithdrawn(1, 2))
        assert story.next_minute(3) == 5
        assert story.due(5) == Firing(1, 3, 2, 1, at(5))

    def test_withdrawn_from_an_acknowledged_ticket_it_is_acknowledged_again(self):
        assert Story().started().fired(0).acked(1).by_hand(2).told(2.1, PageWithdrawn(1, 2)).state(3) is ACKNOWLEDGED

    def test_undone_is_withdrawn(self):
        story = Story().started().fired(0).acked(1).by_hand(2).undone(2.1, 4, acknowledged_by="ana", acknowledged_at=60)
        assert (story.state(3), state_of(POLICY, story.past, at(3)).step) == (ACKNOWLEDGED, 1)

    def test_pages_taken_back_from_a_step_of_the_plan_leave_the_step_taken(self):
        story = Story().started().fired(0).told(0.1, PageWithdrawn(1, 1))
        assert story.due(1) is None
        assert story.next_minute(1) == 5


class TestEnding:
    """Resolved, reopened, stopped."""

    @pytest.mark.parametrize("state", [State.resolved, State.closed])
    def test_resolving_ends_it(self, state):
        story = Story().started().fired(0).told(2, StateChanged(state))
        assert (story.state(2), story.due(90), story.next_minute(3)) == (EscalationState.done, None, None)

    def test_closing_what_is_resolved_changes_nothing(self):
        story = Story().started().told(2, StateChanged(State.resolved)).told(3, StateChanged(State.closed))
        assert story.state(4) is EscalationState.done

    def test_undoing_the_resolution_goes_on_with_the_time_that_was_left(self):
        story = Story().started().fired(0).told(3, StateChanged(State.resolved)).undone(20, 3, state="active")
        assert (story.state(20), story.next_minute(20)) == (RUNNING, 22)

    def test_reopening_begins_a_new_generation_from_the_top(self):
        story = (
            Story()
            .started()
            .fired(0)
            .fired(5)
            .told(6, StateChanged(State.resolved))
            .told(60, StateChanged(State.active))
        )
        assert story.state(60) is EscalationState.done
        assert story.started(60, generation=2).due(60) == Firing(2, 1, 1, 1, at(60))

    def test_undoing_a_reopening_leaves_it_done(self):
        story = Story().started().fired(0).told(6, StateChanged(State.resolved)).told(60, StateChanged(State.active))
        assert story.undone(61, 4, state="resolved").state(62) is EscalationState.done
        assert story.undone(63, 3, state="active").state(63) is RUNNING

    def test_undoing_what_began_it_ends_it(self):
        story = Story().started().fired(0).undone(1, 1, priority=3)
        assert (story.state(2), story.due(90)) == (EscalationState.done, None)

    def test_stopped_by_hand_it_is_done(self):
        assert Story().started().fired(0).told(1, EscalationEnded(1)).state(2) is EscalationState.done

    def test_waiting_for_somebody_does_not_stop_it(self):
        assert Story().started().fired(0).told(1, StateChanged(State.waiting_vendor)).next_minute(2) == 5

    def test_undoing_a_resolution_that_was_undone_ends_it_again(self):
        story = Story().started().fired(0).told(3, StateChanged(State.resolved)).undone(4, 3, state="active")
        assert story.undone(5, 4, state="resolved").state(6) is EscalationState.done

    def test_facts_of_an_older_generation_say_nothing(self):
        story = Story().started(generation=2).told(1, StepFired(1, 9, 3, 1)).told(1, EscalationEnded(1))
        assert (story.state(2), story.past.last, story.past.last_number) == (RUNNING, None, 0)
        story = Story().started(generation=2).told(1, StepFired(1, 9, 3, 1, by_hand=True)).told(2, PageWithdrawn(1, 9))
        assert story.past.last_number == 0


class TestNobodyThere:
    """A step that reached nobody is not waited for, but never passed over in silence."""

    def test_the_next_step_follows_at_once(self):
        assert Story().started().fired(0, paged=()).due(0) == Firing(1, 2, 2, 1, at(0))

    def test_between_rounds_it_is_waited_for_all_the_same(self):
        story = Story().started().fired(0, paged=()).fired(0, paged=()).fired(0, paged=())
        assert (story.due(1), story.next_minute(1)) == (None, 10)

    def test_a_round_that_found_nobody_is_known_at_its_last_step(self):
        empty = Story().started().fired(0, paged=()).fired(0, paged=())
        heard = Story().started().fired(0).fired(5, paged=())
        assert found_nobody(empty.past, empty.due(0))
        assert not found_nobody(heard.past, heard.due(5))


class TestDowntime:
    """The watch was away: the current level is paged once."""

    def test_of_the_steps_that_were_missed_only_the_current_one_is_taken_and_names_the_others(self):
        firing = Story().started().fired(0).due(31)
        assert (firing.number, firing.step, firing.round, firing.due) == (2, 1, 2, at(30))
        assert firing.skipped == (Planned(at(5), 2, 1, "L2"), Planned(at(20), 3, 1, "manager"))

    def test_after_it_waits_are_measured_from_the_step_taken(self):
        story = Story().started().fired(0)
        assert story.forecast(31)[:2] == [(31, "L1", 2), (36, "L2", 2)]
        assert story.fired(31).next_minute(31) == 36

    def test_a_little_late_is_not_downtime(self):
        brisk = replace(POLICY, steps=(Step("a", 0, ()), Step("b", 10, ()), Step("c", 10, ())))
        assert Story(brisk).started().due(0.5).step == 1

    def test_rounds_never_end_without_a_page(self):
        story = Story().started().fired(0)
        firing = story.due(10_000)
        assert (firing.step, firing.round, len(firing.skipped)) == (3, 2, 4)
        assert story.fired(10_000).due(10_000 + 9) is None
        assert isinstance(story.due(10_000 + 10), Exhaustion)

    def test_steps_that_go_together_are_taken_one_after_the_other(self):
        both = replace(POLICY, steps=(Step("L1", 0, ()), Step("L2", 300, ()), Step("manager", 0, ())), rounds=1)
        story = Story(both).started()
        firing = story.due(60)
        assert (firing.step, [p.name for p in firing.skipped]) == (2, ["L1"])
        assert story.fired(60).due(60).step == 3


class TestAsleep:
    """Somebody wants it quiet for a while."""

    def test_it_goes_on_with_the_time_that_was_left_and_says_when_it_wakes(self):
        story = Story().started().fired(0).told(3, EscalationSnoozed(at(20)))
        assert (story.state(3), story.state(19), story.state(20)) == (EscalationState.snoozed,) * 2 + (RUNNING,)
        assert (story.next_minute(4), state_of(POLICY, story.past, at(4)).changes) == (22, at(20))
        assert story.forecast(4)[0] == (22, "L2", 1)

    def test_another_moment_takes_the_place_of_the_first_and_none_wakes_it(self):
        story = Story().started().fired(0).told(1, EscalationSnoozed(at(60))).told(2, EscalationSnoozed(at(5)))
        assert story.next_minute(3) == 9
        assert story.told(4, EscalationSnoozed()).next_minute(4) == 8

    def test_undoing_it_brings_back_the_moment_before(self):
        story = Story().started().fired(0).told(1, EscalationSnoozed(at(60))).told(2, EscalationSnoozed(at(5)))
        assert story.undone(3, 4).next_minute(3) == 64
        assert story.undone(4, 5).state(4) is EscalationState.snoozed

    def test_a_step_by_hand_wakes_it(self):
        assert Story().started().fired(0).told(1, EscalationSnoozed(at(60))).by_hand(2).state(2) is RUNNING

    def test_of_the_other_kind_it_says_nothing(self):
        story = Story().started().fired(0).told(1, EscalationSnoozed(at(60), EscalationKind.hierarchical))
        assert story.next_minute(2) == 5


class TestTakenBack:
    """An acknowledgement that was none after all."""

    @pytest.mark.parametrize(
        ("resume", "expected"),
        [(None, (22, "L2", 1)), (AckResume.next, (20, "L2", 1)), (AckResume.top, (20, "L1", 2))],
    )
    def test_it_goes_on_as_was_chosen(self, resume, expected):
        story = Story().started().fired(0).acked(3).told(20, Unacknowledged(resume))
        assert story.forecast(20)[0] == expected

    def test_the_policy_says_how_where_nobody_chose_and_when_it_runs_out(self):
        onward = Story(replace(PATIENT, ack_resume=AckResume.next)).started().fired(0).acked(3)
        assert onward.forecast(10)[0] == (33, "L2", 1)
        assert onward.told(20, Unacknowledged()).forecast(20)[0] == (20, "L2", 1)

    def test_an_undo_resumes_whatever_the_policy_says(self):
        story = Story(replace(POLICY, ack_resume=AckResume.top)).started().fired(0).acked(3).undone(20, 3)
        assert story.forecast(20)[0] == (22, "L2", 1)

    def test_undoing_it_acknowledges_again_for_as_long_as_it_was_meant(self):
        story = Story(PATIENT).started().fired(0).acked(3).told(4, Unacknowledged()).undone(5, 4)
        assert [story.state(m) for m in (5, 32.9, 33)] == [ACKNOWLEDGED, ACKNOWLEDGED, RUNNING]

    def test_from_the_top_it_begins_even_after_the_last_resort_was_told(self):
        story = Story().started().fired(0).told(60, EscalationEnded(1, exhausted=True)).acked(61)
        assert story.told(70, Unacknowledged(AckResume.top)).forecast(70)[0] == (70, "L1", 2)


class TestSeveral:
    """One answer is not enough."""

    def both(self, acks: int, **deviations: object) -> Story:
        steps = (Step("L1", 0, (), acks=acks, **deviations), Step("L2", 5 * MINUTE, ()))
        return Story(replace(POLICY, steps=steps)).started().fired(0, paged=(ANA, BEN))

    @pytest.mark.parametrize("acks", [0, 2])
    def test_it_stands_still_only_when_all_that_are_asked_have_acknowledged(self, acks):
        story = self.both(acks).acked(1)
        assert (story.state(2), story.next_minute(2)) == (RUNNING, 5)
        assert story.acked(3, BEN).state(3) is ACKNOWLEDGED
        assert story.undone(10, 4).next_minute(10) == 12

    def test_of_all_it_is_those_who_were_paged(self):
        assert self.both(0).acked(1).acked(2, PersonId("zoe")).state(3) is RUNNING
        assert self.both(2).acked(1).acked(2, PersonId("zoe")).state(3) is ACKNOWLEDGED

    def test_more_than_were_called_are_not_asked_for(self):
        assert self.both(5).acked(1).acked(2, BEN).state(3) is ACKNOWLEDGED

    def test_what_is_repeated_leaves_those_out_who_have_acknowledged_and_counts_them(self):
        story = self.both(2, silence=Silence.repeat).acked(1)
        again = story.due(5)
        assert (again.step, again.round, repeats(story.past, again)) == (1, 1, True)
        story.told(5, StepFired(1, 2, 1, 1, (BEN,), answered=(ANA,)))
        assert story.acked(6, BEN).state(6) is ACKNOWLEDGED

    @pytest.mark.parametrize("acks", [0, 2])
    def test_who_was_called_once_is_still_asked_where_the_step_is_repeated_and_reaches_nobody(self, acks):
        story = self.both(acks, silence=Silence.repeat).acked(1)
        story.told(5, StepFired(1, 2, 1, 1, (), answered=(ANA,)))
        assert story.state(6) is RUNNING
        assert story.acked(7, BEN).state(7) is ACKNOWLEDGED


class TestSilence:
    """What follows when nobody answers."""

    def course(self, *steps: Step, rounds: int = 2) -> list[tuple[float, str, int]]:
        return Story(replace(POLICY, steps=steps, rounds=rounds)).started().forecast(0)

    def test_a_step_is_repeated_so_often_after_the_wait_of_the_one_behind_it(self):
        course = self.course(
            Step("L1", 0, (), silence=Silence.repeat, repeats=2), Step("L2", 5 * MINUTE, ()), rounds=1
        )  # fmt: skip
        assert course == [(0, "L1", 1), (5, "L1", 1), (10, "L1", 1), (15, "L2", 1)]

    def test_a_jump_back_is_a_round_and_ends_with_them(self):
        steps = (Step("L1", 0, ()), Step("L2", 5 * MINUTE, (), silence=Silence.jump, jump_to=1), Step("boss", 60, ()))
        assert self.course(*steps) == [(0, "L1", 1), (5, "L2", 1), (6, "L1", 2), (11, "L2", 2), (12, "boss", 2)]

    def test_a_jump_ahead_leaves_steps_out(self):
        steps = (Step("L1", 0, (), silence=Silence.jump, jump_to=3), Step("L2", 5 * MINUTE, ()), Step("boss", 60, ()))
        assert self.course(*steps, rounds=1) == [(0, "L1", 1), (5, "boss", 1)]

    def test_what_reached_nobody_is_neither_repeated_nor_jumped_from(self):
        for silence in (Silence.repeat, Silence.jump):
            steps = (Step("L1", 0, (), silence=silence, jump_to=1), Step("L2", 300, ()))
            assert Story(replace(POLICY, steps=steps)).started().fired(0, paged=()).due(0).step == 2

    def test_an_empty_step_may_be_waited_for_all_the_same_but_not_one_that_does_not_apply(self):
        patient = replace(POLICY, steps=(Step("L1", 0, (), skip_if_empty=False), Step("L2", 300, ())))
        assert Story(patient).started().fired(0, paged=()).next_minute(0) == 5
        story = Story(patient).started()
        assert story.told(0, StepFired(1, 1, 1, 1, cause="filtered.hours")).next_minute(0) == 0


class TestTwoKinds:
    """To those who know more, and to those who decide."""

    def both(self) -> Story:
        story = Story().started().fired(0)
        story.told(1, EscalationStarted(POLICY.id, 1, 2, EscalationKind.hierarchical))
        return story.told(1, StepFired(2, 1, 1, 1, (BEN,), kind=EscalationKind.hierarchical))

    def management(self, story: Story, minute: float) -> EscalationState:
        return state_of(POLICY, history(story.facts, EscalationKind.hierarchical), at(minute)).state

    def test_each_has_its_own_steps_and_generation(self):
        story = self.both()
        functional, management = histories(story.facts)
        assert [(one.generation, one.last.at) for one in (functional, management)] == [(1, at(0)), (2, at(1))]
        assert (last_generation(story.facts), kind_of(story.facts, 2)) == (2, EscalationKind.hierarchical)

    def test_the_hierarchical_one_is_stopped_only_by_those_whom_it_paged(self):
        story = self.both().acked(2)
        assert (story.state(3), self.management(story, 3)) == (ACKNOWLEDGED, RUNNING)
        assert self.management(story.acked(4, BEN), 4) is ACKNOWLEDGED

    def test_resolving_ends_both(self):
        story = self.both().told(2, StateChanged(State.resolved))
        assert (story.state(3), self.management(story, 3)) == (EscalationState.done,) * 2


def test_another_version_of_the_policy_counts_until_that_is_undone():
    story = Story().started().fired(0).told(1, EscalationMoved(2))
    assert story.past.policy_version == 2
    assert story.undone(2, 3).past.policy_version == 1


def test_facts_of_one_instant_follow_their_number_and_those_not_yet_stored_come_last():
    story = Story().started().fired(0)
    fresh = Fact(TicketId(1), at(0), "ana", Acknowledged(ANA), OperationId("new"))
    assert history([fresh, *reversed(story.facts)]).acks[0].by == ANA


def test_a_firing_number_that_comes_twice_counts_once():
    story = Story().started().fired(0)
    story.told(1, story.facts[-1].event)
    assert len(story.past.fired) == 1


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Step("x", -1, ()), "policy.wait"),
        (lambda: replace(POLICY, rounds=0), "policy.positive"),
        (lambda: replace(POLICY, repeat_wait=0), "policy.positive"),
        (lambda: replace(POLICY, ack_timeout=0), "policy.positive"),
    ],
)
def test_what_would_never_end_cannot_be_made(make, code):
    with pytest.raises(BadInput) as refused:
        make()
    assert refused.value.code == code
