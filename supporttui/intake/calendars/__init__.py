"""Calendars as files: iCalendar in and out, public holidays, and a CalDAV server to which they are sent."""
