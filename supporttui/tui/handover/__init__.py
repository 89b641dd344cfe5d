"""The screen on which a shift gives to the next."""
