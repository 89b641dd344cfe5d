"""The desk itself, on Textual."""
