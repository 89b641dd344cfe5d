"""Settings of a site that the program keeps itself: no pack sets or carries them."""

TZ_VERSION = "tz_version"
"""By which release of the zone rules the timers were counted."""
DEMO_OFFSET = "demo_offset"
"""Seconds by which a demo's night is ahead of the machine's clock."""
KEPT = frozenset({TZ_VERSION, DEMO_OFFSET})
