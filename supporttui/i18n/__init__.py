"""Words, numbers and dates in the person's language."""
