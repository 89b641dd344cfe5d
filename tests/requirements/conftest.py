"""Requirements are tried as a person would: at a shell on the small desk, or through use cases."""

from tests.cli.conftest import Shell, desk, shell

__all__ = ["Shell", "desk", "shell"]
