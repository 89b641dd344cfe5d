"""Service hours, targets and timers."""
