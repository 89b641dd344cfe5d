"""Drills: tickets that run through queue, escalation and hand-off, by a clock of their own or by the real one."""
