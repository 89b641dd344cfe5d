"""The screen of running escalations."""
