"""What one shift gives to the next: whose hands change, what follows from the tickets, and what may be done with it."""
