"""``python -m supporttui`` and the command ``supporttui``: the first frame before anything heavy is loaded."""

import gc
import os
import sys
import time

from supporttui import early


def main() -> int:
    """Paint the last view if this start would show it, then load the program. Gives the exit code."""
    now = int(time.time())  # noqa: TID251  clock.py cannot be loaded yet; only the age of the early frame depends on it
    terminal = early.paint(sys.argv, os.environ, now)
    if terminal.painted:
        gc.disable()  # the desk switches it on again once it stands
        sys.stdout = early.LeavingFirst(sys.stdout, terminal)
        sys.stderr = early.LeavingFirst(sys.stderr, terminal)
    try:
        from supporttui.cli.main import main as run  # the first frame stands before this is loaded

        return run(sys.argv[1:], os.environ)
    except KeyboardInterrupt:  # while the program loads: there is no session yet that could tell it
        return 130
    finally:
        terminal.restore()


if __name__ == "__main__":
    sys.exit(main())
