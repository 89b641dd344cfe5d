"""The group ``rota``, one file a part of it."""
