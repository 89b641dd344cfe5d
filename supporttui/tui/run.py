"""The desk from its parts to its exit code."""

import os
import sys

from supporttui.i18n import labels
from supporttui.tui import terminal
from supporttui.tui.app import SupportApp
from supporttui.tui.crash import crash_text
from supporttui.tui.parts import AppParts


def run(parts: AppParts) -> int:
    """Show the desk until the person leaves; gives the exit code. The terminal is as it was afterwards.

    70 is a defect of ours, 128 + n a signal, 1 a database that will not do (its sentence is printed).
    """
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # empty means unset by its convention; Textual only looks whether it is there
    app = SupportApp(parts)
    app.run(mouse=parts.options.mouse and not terminal.over_ssh(os.environ))
    app.desk.close()
    if app.crash is not None:
        print(crash_text(app.words, parts.options.log), file=sys.stderr)  # noqa: T201
    elif app.fault is not None:
        print(f"supporttui: {labels.fault(app.words, app.fault)}", file=sys.stderr)  # noqa: T201
    return app.return_code or 0
