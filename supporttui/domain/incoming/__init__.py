"""What comes in from outside: sources and beats as data, how their fields become a report, what a mail is about."""
