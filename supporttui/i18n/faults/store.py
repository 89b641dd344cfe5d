"""The sentences of faults of databases and files; ``texts.py`` joins them to the others."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

STORE: Mapping[str, str] = {
    "store.unreachable": mark(
        "The database cannot be reached: {reason}. Nothing was saved; check the address and login, or try again."
    ),
    "store.locked": mark("The database is busy. Nothing was saved; try again in a moment."),
    "store.outcome_unknown": mark("The connection broke while saving. Look whether it was saved before you repeat it."),
    "store.disk_full": mark("The disk is full. Nothing was saved; make room, then try again."),
    "store.timeout": mark("The database took too long and was stopped. Nothing was saved; try again."),
    "store.forbidden": mark("The database does not allow this to your login."),
    "store.read_only": mark(
        "The database cannot be written to ({reason}). Nothing was changed; look at the rights of its file and "
        "folder, or whether it is a standby."
    ),
    "store.missing": mark("There is no database at {path}. Create one with: supporttui --db {path} init"),
    "store.not_ours": mark("This is no database of supporttui: {path}. Nothing was written to it."),
    "store.damaged": mark("The database is damaged: {path}. Restore it from a backup."),
    "store.too_new": mark(
        "The database is newer than this program (schema {found}, known {known}). Update supporttui."
    ),
    "store.too_old": mark(
        "The database is older than this program (schema {found}, needed {known}). Run: supporttui db upgrade"
    ),
    "store.network_file": mark(
        "{path} lies on a network file system ({kind}), where SQLite can lose data. Use PostgreSQL or a local disk."
    ),
    "store.no_full_text": mark(
        "The SQLite of this Python has no full text search (FTS5), and this database was made with it. "
        "Install pysqlite3."
    ),
    "store.library_too_old": mark(
        "A newer SQLite has this file open; SQLite {version} here could damage it. Close it there first, "
        "or use SQLite 3.51.3 or newer."
    ),
    "store.driver_missing": mark(
        "The PostgreSQL driver is missing. Install it with: pip install 'supporttui[{extra}]'"
    ),
    "store.url": mark("This is no address of a database: {url}. Give a file, or postgresql://host/name"),
    "store.option": mark("The address of the database has a wrong option: {reason}."),
    "store.password_in_url": mark(
        "A password does not belong on the command line. Put it in ~/.pgpass or use PGPASSFILE."
    ),
    "store.host_unknown": mark(
        "There is no host called {host}. Look at the spelling of the address, and whether you are in the right network."
    ),
    "store.refused": mark(
        "Nothing takes connections at {where}. Look at host and port, and whether PostgreSQL runs there."
    ),
    "store.no_answer": mark(
        "{where} did not answer in time. Look at host and port; a firewall or a missing VPN often does this."
    ),
    "store.too_many": mark("The server has no connection left. Try again in a moment, or ask whoever looks after it."),
    "store.password_wrong": mark(
        "{where} does not take the password of {user}. Look at ~/.pgpass, password_command, or type it again."
    ),
    "store.password_missing": mark(
        "{where} wants a password of {user}, and there is none. Put it in ~/.pgpass (mode 0600), set password_command, "
        "or start supporttui in a terminal: it asks."
    ),
    "store.password_command": mark("The program that gives the password, {program}, did not: {reason}."),
    "store.no_login": mark(
        "{where} knows no login {user}, or it may not be used. Look at the name, or ask whoever looks after the server."
    ),
    "store.not_admitted": mark(
        "{where} does not let {user} into the database {database}. Ask whoever looks after the server for the right to "
        "connect."
    ),
    "store.no_database": mark(
        "There is no database {database} at {where}. Look at its name, or ask for it to be made."
    ),
    "store.no_tables": mark("The database {path} is empty. Make the tables with: supporttui --db {path} db upgrade"),
    "store.revision": mark(
        "Another version of supporttui changed the tables (revision {found}), and this one does not know it. Update "
        "supporttui."
    ),
    "store.tls_required": mark(
        "{where} takes no connection of {user} without TLS. Put ?sslmode=require behind the address; if that does not "
        "help, ask whoever looks after the server."
    ),
    "store.tls_missing": mark(
        "{where} speaks no TLS, and the address asks for it. Ask whoever looks after the server; without TLS, others "
        "can read along."
    ),
    "store.tls_failed": mark("No TLS with {where} came about: {reason}. Look whether host and port are right."),
    "store.certificate": mark(
        "The certificate of {where} could not be trusted: {reason}. Look at the host's name and at sslrootcert; do not "
        "go on without knowing why."
    ),
    "store.chain_broken": mark(
        "{path} is not as it was written: its journal was changed from number {seq} on. Use another copy."
    ),
    "store.in_use": mark(
        "{path} is open in another program. Leave every desk and watch that uses it, then do it again."
    ),
}
FILES: Mapping[str, str] = {
    "file.exists": mark("{file} is there already; nothing was written. Take another name, or --force to replace it."),
    "file.unwritable": mark("{file} cannot be written: {reason}."),
    "export.no_target": mark("Where to? Give a file, such as {example}, or - for the screen or a pipe."),
    "export.whole": mark("A snapshot holds everything; a filter does not fit it. Give --format csv, json or jsonl."),
    "export.past": mark("A snapshot shows the present. With --as-of, give --format csv, json or jsonl."),
    "restore.replaces": mark(
        "The database {path} has {facts} facts; nothing was changed. --force replaces it and keeps it as {kept}."
    ),
    "backup.postgres": mark("A database of a server is copied by PostgreSQL's own program: {command}"),
    "snapshot.not_one": mark("{file} is no snapshot of supporttui. Make one with: supporttui export FILE.jsonl"),
    "snapshot.newer": mark(
        "{file} was made by a newer supporttui (form {found}, known {known}). Update supporttui, then import it."
    ),
    "snapshot.line": mark("{file}, line {line}: this is no line of a snapshot ({reason}). Nothing was taken in."),
    "snapshot.fact": mark(
        "{file}, line {line}: this program knows no fact {found}; a newer supporttui made it. Nothing was taken in."
    ),
    "snapshot.cut_off": mark("{file} ends too early: its last line is missing. Nothing was taken in; copy it again."),
    "snapshot.changed": mark(
        "{file} is not as it was written: its lines do not fit its hash. Nothing was taken in; copy it again."
    ),
    "snapshot.chain": mark(
        "The journal in this snapshot was changed from number {seq} on. Nothing was taken in; use another one."
    ),
    "snapshot.value": mark("A row of the snapshot ({kind}) has no such value: {column}. Nothing was taken in."),
}
