"""Policies and the plan of due steps."""
