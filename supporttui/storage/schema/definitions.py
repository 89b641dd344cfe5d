"""People, teams, services, everything with versions, and the settings of the site."""

from sqlalchemy import Column

from supporttui.storage.schema.base import Text, Whole, table, whole

definitions = table(
    "definitions",
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Whole, primary_key=True, autoincrement=False),
    Column("valid_from", Whole),
    Column("body", Text, nullable=False),
)
"""People, teams and services in one version each; calendars, targets, matrices, rotas and policies in
all of them. ``body`` is JSON of ``domain/plain.py``."""

overrides = table(
    "overrides",
    Column("rota", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    whole("start"),
    whole("end"),
    whole("created_at"),
    Column("body", Text, nullable=False),
    Column("removed_at", Whole),
)
"""One that was removed holds up to then, so that the past stays as it was."""

logins = table(
    "logins",
    Column("login", Text, primary_key=True),
    Column("person", Text, nullable=False),
)
"""Which person a database login stands for: for whoever reads the journal's ``login`` by SQL, and for the rules of the
database itself. The program reads it from the person's body, as it needs everybody's names at the same time."""

memberships = table(
    "memberships",
    Column("person", Text, primary_key=True),
    Column("team", Text, primary_key=True),
)

site = table("site", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
