"""What is said of faults at the intake; by ``texts.py`` with all the others."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

INTAKE: Mapping[str, str] = {
    "intake.raced": mark("{changed_by} reported the same at this moment. Send it again."),
    "intake.token": mark("A token is needed: send the header Authorization: Bearer TOKEN."),
    "intake.path": mark(
        "There is nothing at {path}. Known: /alerts/SOURCE, /tickets/SOURCE, /messages/SOURCE, /beats/ID."
    ),
    "intake.method": mark("Only {allowed} is answered here."),
    "intake.length": mark("The length cannot be read: send Content-Length, and not in pieces."),
    "intake.too_large": mark("It is too large. At most {most} bytes are taken in."),
    "intake.cut_off": mark("It ended too early. Nothing was taken in; send it again."),
    "intake.defect": mark("A fault of ours; the log of the intake says where. Send it again."),
    "intake.request": mark("This is no request that can be read."),
    "intake.json": mark("Line {line}, column {column}: this is not JSON ({problem}). Nothing was taken in."),
    "intake.form": mark("One JSON object is needed, not {found}. Nothing was taken in."),
    "intake.version": mark("The form has the version {found}; only {wanted} is understood. Nothing was taken in."),
    "intake.field": mark("{field} cannot be {problem}. Nothing was taken in."),
    "intake.empty": mark("It says nothing. Nothing was taken in."),
    "secret.file": mark("The file {file} cannot be read: {reason}."),
    "secret.open": mark("Others may read {file}. Allow it to you alone: chmod 600 {file}"),
    "intake.no_token": mark("{file} holds no token. Write one on a line of its own."),
    "grants.no_logins": mark("A database in a file has no logins: whoever may write the file may take reports in."),
    "grants.role": mark("{role} can be no name of a login: it has 1 to {most} bytes."),
    "intake.no_token_file": mark(
        "No token file is named. Write a token into a file of mode 600 and name it: --token-file, or intake.token_file."
    ),
    "intake.no_password_file": mark(
        "The mailbox of {source} has no password. Write it into a file of mode 600 and name that as password_file."
    ),
    "intake.short_token": mark("A token in {file} is too short. Take at least {least} characters."),
    "intake.address": mark("Nothing can listen on {host}, port {port}: {reason}."),
    "intake.mailbox": mark("The mailbox {mailbox} cannot be read: {reason}."),
    "source.unknown": mark("There is no source {source}. Known: {allowed}."),
    "source.which": mark("Which source? Name one: {allowed}."),
    "intake.acknowledged": mark("{person} sees to {ticket} already."),
    "source.kind": mark("The source {source} is of the kind {kind}; here go only: {wanted}."),
    "beat.unknown": mark("There is no sign of life {beat}. Known: {allowed}."),
}
INTAKE_BARE: Mapping[str, str] = {
    "source.which": mark("No source is defined yet. Define one in a pack, under sources."),
    "source.unknown": mark("There is no source {source}."),
    "beat.unknown": mark("There is no sign of life {beat}."),
}
"""Where nothing is known that could be named."""
