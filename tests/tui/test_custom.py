"""Own commands: an argv with placeholders, held against what there is, filled in, run with little, told when it fails."""

import os
import select
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.faults import Refused, Unavailable
from supporttui.tui import custom, running_own
from supporttui.tui.custom import CommandScope, CustomCommand, Shows
from supporttui.usecases import custom as facts
from supporttui.usecases import tickets
from tests.builders import Desk, opened

VALUES = {"ticket": "T-42", "title": "Disk full", "service": "erp", "ref.jira": "OPS-7", "me": "ana", "site": "Berlin"}


def command(*argv, **options):
    return CustomCommand(options.pop("name", "Logs"), argv, **options)


def python(code, *args, **options):
    """A command that runs a piece of Python."""
    return command(sys.executable, "-c", code, *args, **options)


# --- held against what there is --------------------------------------------------------------------------


def test_every_placeholder_that_is_told_of_is_known_and_has_a_value_somewhere():
    whole = command("x", *(f"{{{name}}}" for name in custom.PLACEHOLDERS), "{ref.jira}", "{url.jira}", "{{plain}}")
    assert list(custom.flaws(whole)) == []


@pytest.mark.parametrize(
    "template", ["{titel}", "{}", "{0}", "{ticket.x}", "{ref}", "{ref.}", "{title!r}", "{title:>9}", "{", "}"]
)
def test_an_unknown_placeholder_is_a_flaw_of_its_argument(template):
    (flaw,) = custom.flaws(command("x", "{ticket}", template))
    assert (flaw.field, flaw.code) == ("argv[2]", "settings.not_allowed")


def test_a_slip_is_told_with_the_nearest_name():
    (flaw,) = custom.flaws(command("x", "{titel}"))
    assert flaw.params["suggestion"] == "{title}"


def test_what_belongs_to_a_ticket_is_unknown_where_there_is_none():
    (flaw,) = custom.flaws(command("x", "{me}", "{title}", scope=CommandScope.everywhere))
    assert flaw.field == "argv[2]"


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (command(), "argv"), (command(" "), "argv"), (command("x", name="!!"), "name"),
        (command("x", name="Note"), "name"), (command("x", timeout=0), "timeout"), (command("x", timeout=3601), "timeout"),
    ],
)  # fmt: skip
def test_other_flaws(one, field):
    assert [flaw.field for flaw in custom.flaws(one, taken=("note",))] == [field]


def test_the_word_after_the_colon_comes_of_the_name():
    assert command("x", name="Show the Logs!").word == "show-the-logs"
    assert command("x", name="Überblick").word == "überblick"


# --- filled in -------------------------------------------------------------------------------------------


def test_values_stand_in_their_arguments_whole():
    one = command("kubectl", "logs", "{ref.jira}", "--title={title}", "{{x}}")
    assert custom.filled(one, VALUES) == ("kubectl", "logs", "OPS-7", "--title=Disk full", "{x}")


def test_a_value_that_is_missing_stops_the_command():
    with pytest.raises(Refused) as caught:
        custom.filled(command("x", "{ref.github}"), VALUES)
    assert (caught.value.code, caught.value.params["name"]) == ("custom.no_value", "ref.github")


def test_a_value_is_never_taken_for_an_option():
    with pytest.raises(Refused) as caught:
        custom.filled(command("x", "{title}"), {"title": "--delete-everything"})
    assert caught.value.code == "custom.option"
    assert custom.filled(command("x", "--title={title}"), {"title": "-x"}) == ("x", "--title=-x")


@given(st.text())
def test_whatever_a_stranger_writes_is_one_argument_without_control_characters(text):
    try:
        argv = custom.filled(command("x", "a {title}"), {"title": text})
    except Refused:
        return
    assert len(argv) == 2
    assert argv[1].startswith("a ")
    assert not [char for char in argv[1] if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "\u202e\u2028"]
    argv[1].encode()


# --- run -------------------------------------------------------------------------------------------------


async def test_it_is_run_without_a_shell_and_what_it_writes_is_kept_clean():
    one = python("import sys; print('\\x1b[31m' + sys.argv[1]); print('oops', file=sys.stderr)", "$(reboot); `id`")
    outcome = await running_own.run(one, one.argv, {})
    assert outcome.code == 0
    assert sorted(outcome.lines) == ["oops", "␛[31m$(reboot); `id`"]


async def test_its_environment_is_cut_down_to_what_it_may_know():
    env = {"PATH": "/bin", "LC_ALL": "C", "PGPASSWORD": "s3", "API_TOKEN": "s4", "KUBECONFIG": "/k"}
    one = python("import os; print('\\n'.join(sorted(os.environ)))", env=("KUBECONFIG",))
    outcome = await running_own.run(one, one.argv, running_own.environment(one, env, VALUES))
    assert {"PATH", "LC_ALL", "KUBECONFIG", "SUPPORTTUI_TICKET", "SUPPORTTUI_TITLE"} <= set(outcome.lines)
    assert not {"PGPASSWORD", "API_TOKEN"} & set(outcome.lines)


async def test_a_failure_is_told_by_its_exit_code_and_its_last_lines():
    one = python("print('a'); print('b'); print('c'); print('d'); raise SystemExit(3)")
    outcome = await running_own.run(one, one.argv, {})
    assert (outcome.code, outcome.last) == (3, "b / c / d")


async def test_a_program_that_is_not_there():
    one = command("/nowhere/program")
    with pytest.raises(Unavailable) as caught:
        await running_own.run(one, one.argv, {})
    assert caught.value.code == "custom.not_started"


async def test_one_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path):
    pipe = tmp_path / "held"
    os.mkfifo(pipe)
    code = (
        f"import os, subprocess, sys, time; held = os.open({str(pipe)!r}, os.O_WRONLY); os.set_inheritable(held, True);"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], close_fds=False);"
        "os.write(held, b'x'); time.sleep(600)"
    )
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    one = python(code, timeout=2)
    with pytest.raises(Unavailable) as caught:
        await running_own.run(one, one.argv, {})
    assert (caught.value.code, caught.value.params["seconds"]) == ("custom.timeout", 2)
    assert os.read(reading, 1) == b"x"
    assert select.select([reading], [], [], 10)[0]
    assert os.read(reading, 1) == b"", "the end, once nobody holds the other side"
    os.close(reading)


async def test_a_flood_of_output_is_cut():
    one = python("import sys; sys.stdout.write('x' * 3_000_000)")
    outcome = await running_own.run(one, one.argv, {})
    assert (outcome.code, outcome.cut) == (0, True)
    assert sum(map(len, outcome.lines)) <= running_own.MOST_BYTES


# --- values ----------------------------------------------------------------------------------------------


def test_every_placeholder_has_its_value_in_codes(site_store, clock):
    desk = Desk(site_store, clock)
    done = desk.do(tickets.open_ticket, opened(title="Disk full"))
    with desk.store.read() as tx:
        (found,) = facts.values(tx, [done.id], "ana")
    assert set(custom.PLACEHOLDERS) <= set(found)
    assert (found["ticket"], found["title"], found["state"], found["me"]) == ("T-1", "Disk full", "new", "ana")


# --- at the desk -----------------------------------------------------------------------------------------

ECHO = python("import sys; print('logs of', *sys.argv[1:])", "{ticket}", "{title}", key="ctrl+g")
FAILS = python(
    "print('no route'); raise SystemExit(4)", name="Fail", scope=CommandScope.everywhere, shows=Shows.nothing
)
ASKS = python("print('done')", "{ticket}", name="Wipe", key="f6", confirm=True)


async def idle(desk):
    await desk.until(lambda: not [worker for worker in desk.app.workers if not worker.is_finished])
    await desk.settle()


async def test_its_key_runs_it_on_the_ticket_under_the_cursor_and_shows_what_it_wrote(night) -> None:
    async with night(commands=(ECHO,)) as desk:
        current = desk.current
        await desk.press("ctrl+g")
        await idle(desk)
        desk.expect(f"logs of T-{current}")
        await desk.press("escape")
        assert desk.app.screen is desk.queue


async def test_marks_run_it_once_for_each(night) -> None:
    async with night(commands=(ECHO,)) as desk:
        first, second = desk.ids[:2]
        await desk.press("space", "space", "ctrl+g")
        await idle(desk)
        desk.expect(f"logs of T-{first}").expect(f"logs of T-{second}")


async def test_its_word_runs_it_after_the_colon_on_the_ticket_that_is_named(night) -> None:
    async with night(commands=(ECHO,)) as desk:
        last = desk.ids[-1]
        await desk.press("colon")
        await desk.type(f"logs {last}")
        await desk.press("enter")
        await idle(desk)
        desk.expect(f"logs of T-{last}")


async def test_a_key_that_means_something_already_is_told_at_the_start(night) -> None:
    async with night(commands=(python("1", name="Mine", key="a"),), size=(160, 45)) as desk:
        desk.expect("ticket.acknowledge, custom.mine")


async def test_the_palette_offers_it_and_runs_it(night) -> None:
    async with night(commands=(ECHO,)) as desk:
        current = desk.current
        await desk.press("ctrl+p")
        await desk.type("logs")
        await desk.press("enter")
        await idle(desk)
        desk.expect(f"logs of T-{current}")


async def test_the_command_line_completes_its_word(night) -> None:
    async with night(commands=(ECHO,)) as desk:
        await desk.press("colon")
        await desk.type("lo")
        await desk.press("tab")
        desk.expect(":logs") if ":logs" in desk.text else desk.expect("logs")


async def test_a_failure_is_said_with_its_code_and_its_last_words(night) -> None:
    async with night(commands=(FAILS,)) as desk:
        await desk.press("colon")
        await desk.type("fail")
        await desk.press("enter")
        await idle(desk)
        desk.expect_message("Fail ended with exit code 4. no route")


async def test_one_that_wants_to_be_confirmed_is_shown_first_and_runs_only_then(night) -> None:
    async with night(commands=(ASKS,), size=(160, 45)) as desk:
        await desk.press("f6")
        desk.expect(f"T-{desk.current}?")
        await desk.press("enter", "n")
        await idle(desk)
        assert "done" not in desk.message
        await desk.press("f6", "y")
        await idle(desk)
        desk.expect("done")


async def test_a_value_that_is_missing_is_said_and_nothing_runs(night) -> None:
    async with night(commands=(python("1/0", "{ref.nowhere}", key="f6"),)) as desk:
        await desk.press("f6")
        await idle(desk)
        desk.expect_message("nothing for ref.nowhere")


@pytest.mark.parametrize("options", [{"read_only": True}])
async def test_nothing_runs_at_a_desk_that_only_reads(night, options) -> None:
    async with night(commands=(ECHO,), **options) as desk:
        await desk.press("ctrl+g")
        await idle(desk)
        desk.expect_message("only reads")


async def test_help_lists_it_with_its_key_and_what_it_runs(night) -> None:
    async with night(commands=(ECHO,), size=(160, 45)) as desk:
        await desk.press("question_mark")
        desk.expect("Your commands").expect(":logs")
