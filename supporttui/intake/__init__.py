"""How tickets come in from files."""
