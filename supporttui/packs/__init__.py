"""Shipped data: import presets and starter policies."""
