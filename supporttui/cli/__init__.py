"""The shell's commands: every action has a verb, with ``--json`` and fixed exit codes (``exits.py``)."""
