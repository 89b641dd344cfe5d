"""How a notice leaves the program."""
