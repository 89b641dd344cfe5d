"""Calendars that go out and come in: duty is published, holidays and absences are taken in and reviewed."""
