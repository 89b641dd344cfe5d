"""The verb ``doctor``, one file for each that it looks at."""
