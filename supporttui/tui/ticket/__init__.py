"""The ticket screen."""
