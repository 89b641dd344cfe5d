"""The screen of the procedures for a ticket."""
