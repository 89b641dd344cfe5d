"""Handovers: what a shift has to give, giving it, taking it, and what happens when nobody does.

Nothing is loaded with the package: the first line of the desk asks its ``news`` alone.
"""
