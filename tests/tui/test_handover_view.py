"""A handover in cells: nothing is wider than the window, and nobody can miss what is missing."""

from dataclasses import replace

import pytest

from supporttui.domain.handover.handover import Handover, HandoverState, Item, Promise, Reason, ReasonKind, Remark, Step
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.states import State
from supporttui.i18n.catalogue import Words, load
from supporttui.i18n.cells import cell_width
from supporttui.i18n.handover_texts import document
from supporttui.tui.handover import view
from supporttui.usecases.handover.reading import HandoverView, Side
from tests.builders import NOW
from tests.domain.handover.making import at, handover, joint
from tests.i18n import pseudo

WORDS = load("en", "Europe/Berlin", {})
ITEMS = (
    Item("ticket:7", (Reason(ReasonKind.pressing), Reason(ReasonKind.late, at(-1), detail="resolution")), 7,
         "注文管理：倉庫からの出荷指示が送信されない", 1, State.active, "ana"),
    Item("ticket:8", (Reason(ReasonKind.escalating), Reason(ReasonKind.outside, at(9), detail="scheduled")), 8, "Move", 3),
    Item("ticket:9", (Reason(ReasonKind.promised, at(3), detail="update"), Reason(ReasonKind.owned, detail="ana")), 9, "[b]"),
    Item("ticket:10", (Reason(ReasonKind.ending, at(3), detail="ola"), Reason(ReasonKind.reminded, at(4))), 10, "Late"),
    Item("ticket:13", (Reason(ReasonKind.hushed, at(2)),), 13, "Quiet"),
    Item("promise:p1", (Reason(ReasonKind.promise, at(4), detail="ana"),), title="call Shop Ltd"),
    Item("fault:dead", (Reason(ReasonKind.fault, detail="dead", count=2),)),
    Item("fault:watch_silent", (Reason(ReasonKind.fault, at(-2), detail="watch_silent"),)),
    Item("period:x", (Reason(ReasonKind.period, at(3), at(4), "freeze"),), title="Year end"),
    Item("entry:1", (Reason(ReasonKind.entry, at(3), at(4)),), title="Holiday"),
    Item("draft:7:reply", (Reason(ReasonKind.draft, at(-1), detail="reply"),), 7),
    Item("changed", (Reason(ReasonKind.changed, count=2),), also=(11, 12)),
    Item("more", (Reason(ReasonKind.more, detail="is:open", count=9),)),
)  # fmt: skip


def seen(value: Handover | None = None, side: Side = Side.giving, **deviations) -> HandoverView:
    value = replace(value or handover(), items=ITEMS)
    names = {"ana": "Ana", "ben": "Ben"}
    sheet = Sheet(value, NOW, names, rota="Night", to_rota="Night", **deviations)
    return HandoverView(sheet, 1, side, {8: "call again"})


def rows(shown: HandoverView, *, words: Words = WORDS, width: int = 80) -> list[str]:
    look = view.Look(words, width, shown)
    return ["".join(text for _, text in look.runs(item, now=NOW, cursor=False, marked=False)) for item in ITEMS]


def below(shown: HandoverView, place: int = 0, *, words: Words = WORDS, width: int = 80) -> str:
    lines = view.detail(view.Look(words, width, shown), ITEMS[place])
    return "\n".join("".join(text for _, text in line) for line in lines)


def test_what_needs_a_step_says_so_until_it_has_one() -> None:
    first = rows(seen(), width=120)[0]
    assert first.startswith(" ![x] T-7 P1 ")
    assert "next: MISSING  active, resolution late since 02:20" in first
    look = view.Look(WORDS, 80, seen())
    assert look.standing()[0] == ("warning", " 1 ticket needs a next step".ljust(80))
    told = rows(seen(handover(steps=(Step(7, "call the bridge", "ana", at(0)),))))[0]
    assert told.startswith("  [x] T-7")
    assert "next: call the bridge  active" in told


def test_each_reason_has_its_words() -> None:
    told = [" ".join(row.split()) for row in rows(seen(), width=120)]
    assert told[1].endswith("people are being called, scheduled until 12:20")
    assert told[2].endswith("update promised by 06:20, owner: Ana")
    assert told[3].endswith("team's time due 06:20, reminder at 07:20")
    assert told[4].endswith("escalation quiet until 05:20")
    assert told[5].endswith("promised by Ana, due 07:20")
    assert told[6:8] == ["[x] 2 notices could not be delivered", "[x] the watch is silent since 01:20"]
    assert told[8].endswith("freeze, 06:20 to 07:20")
    assert told[10] == "[x] T-7 draft not sent: reply, 02:20"
    assert told[11:13] == ["[x] 2 other tickets changed in this shift", "[x] 9 more tickets, not looked at: is:open"]


def test_an_item_on_which_the_other_side_waits_for_a_reaction_is_marked() -> None:
    asked = Remark("ticket:8", "ben", at(0), "whom?")
    given = handover(state=HandoverState.signed, signed_by="ana", signed_at=at(0), remarks=(asked,))
    assert [row[1] for row in rows(seen(given))[:2]] == ["!", "?"]
    assert rows(seen(given, Side.taking))[1][1] == " "
    answered = replace(given, remarks=(asked, Remark("ticket:8", "ana", at(1), "Zoe")))
    assert [rows(seen(answered, side))[1][1] for side in (Side.giving, Side.taking)] == [" ", "?"]


def test_before_it_is_given_the_box_says_what_goes_and_after_that_what_was_read() -> None:
    draft = rows(seen(handover(kept=("ticket:7", "ticket:9"))))
    assert [row[2:5] for row in draft[:3]] == ["[x]", "[x]", "[ ]"]
    given = handover(state=HandoverState.signed, signed_by="ana", signed_at=at(0), understood=("ticket:9",))
    assert [row[2:5] for row in rows(seen(given, Side.taking))[:3]] == ["[ ]", "[ ]", "[x]"]
    look = view.Look(WORDS, 80, seen(given, Side.taking))
    assert "".join(text for _, text in look.heading()).split()[-6:] == ["13", "items,", "12", "to", "read", "signed"]
    assert "Signed at 03:20. Ana answers for it until it is accepted." in look.standing()[0][1]


def test_below_stands_all_that_is_known_of_the_item_and_what_was_written() -> None:
    value = handover(
        note="quiet", risks="storm", steps=(Step(7, "call", "ana", at(-1)),),
        remarks=(Remark("ticket:7", "ben", at(0), "whom?"),), promises=(Promise("p1", "call", "ana"),),
    )  # fmt: skip
    shown = below(seen(value, changed=("ticket:7",)))
    assert "next: call (Ana, 02:20)" in shown
    assert "03:20 Ben: whom?" in shown
    assert "It was changed since this was signed." in shown
    assert shown.endswith(" Risks: storm\n Note: quiet")
    assert "said last time: call again" in below(seen(), 1)
    assert "T-11, T-12" in below(seen(), 11)


def test_who_answers_for_it_is_told_in_every_state() -> None:
    over = joint(span=replace(joint().span, end=at(-1)))
    done = handover(
        state=HandoverState.accepted, accepted_by="ben", accepted_at=at(0), signed_by="ana", signed_at=at(-1)
    )
    texts = [
        view.Look(WORDS, 120, seen(value, Side.reading)).standing()[0][1]
        for value in (handover(joint=over), done, handover(state=HandoverState.lapsed))
    ]
    assert texts == [
        f" {text}".ljust(120)
        for text in (
            "Not signed yet. Ana answers for it. Calls go by the rota: to the next shift.",
            "Ben accepted it at 03:20 and answers for it. Calls go by the rota: to Ana until 05:20.",
            "Nobody accepted it before the next handover.",
        )
    ]


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("language", ["en", "de", "ja", *pseudo.KINDS])
def test_no_line_is_wider_than_the_window(language: str, width: int) -> None:
    words = pseudo.words(language, "Europe/Berlin") if language in pseudo.KINDS else load(language, "Europe/Berlin", {})
    shown = seen(handover(note="x" * 300, steps=(Step(7, "y" * 300, "ana", at(0)),)))
    look = view.Look(words, width, shown)
    lines = [*rows(shown, words=words, width=width), *below(shown, words=words, width=width).split("\n")]
    lines += ["".join(text for _, text in line) for line in (look.heading(), look.standing())]
    assert max(map(cell_width, lines)) <= width


def test_as_markdown_what_people_typed_stays_text() -> None:
    sheet = replace(seen().sheet, handover=replace(handover(note="# not a title\n*calm*"), items=ITEMS))
    told = document(WORDS, sheet, markdown=True)
    assert "## Note\n\\# not a title\n\\*calm\\*" in told
    assert "- [ ] T-9 \\[b\\] (update promised by 06:20, owner: Ana)" in told
    assert "## To know\n- [ ] 2 notices could not be delivered\n" in told
