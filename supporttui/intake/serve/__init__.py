"""What takes in reports while nobody looks: an HTTP server, mailboxes, and what they share."""
