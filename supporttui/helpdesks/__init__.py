"""Links to other systems."""
