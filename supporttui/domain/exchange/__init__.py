"""What is exchanged with other calendars: slots of duty that go out, holidays and absences that come in."""
