"""Special periods: times in which other hours, promises, people and rules hold for some services."""
