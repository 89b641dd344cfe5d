"""supporttui: the desk of an on-call support team, in a terminal."""

__version__ = "0.1.0"
