"""Settings of a site by name; of some the program keeps itself, and no pack sets or carries them (``KEPT``)."""

TZ_VERSION = "tz_version"
"""By which release of the zone rules the timers were counted."""
DEMO_OFFSET = "demo_offset"
"""Seconds by which a demo's night is ahead of the machine's clock."""
HANDOVER_MINUTES = "handover_minutes"
"""A setting that packs carry: so long after a shift began its lead hears that nobody took it over; 0: never."""
CONTINUITY_PLAN = "continuity_plan"
"""What is done while nothing works, in the site's own words; kept on every machine."""
KEPT = frozenset({TZ_VERSION, DEMO_OFFSET})
