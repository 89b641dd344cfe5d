"""The sentence of each fault code. ``tests/i18n`` holds every code in the tree against this table.

What happened, what it means, what to do: in that order, in words that one can act on at 3 a.m.
"""

from collections.abc import Mapping

from supporttui.domain.marking import mark
from supporttui.i18n.store_texts import FILES, STORE

_TICKETS: Mapping[str, str] = {
    "ticket.unknown": mark("There is no ticket {ticket}, or you may not see it."),
    "ticket.unknown_number": mark("There is no ticket {number}, or you may not see it."),
    "ticket.changed": mark("Not saved: {changed_by} changed {ticket} at {at}. Look again, then repeat."),
    "ticket.forbidden": mark("You may not change {ticket}."),
    "ticket.not_open": mark("{ticket} is {state}; reopen it first."),
    "ticket.is_open": mark("{ticket} is open already."),
    "ticket.already_acknowledged": mark("You have acknowledged {ticket} already."),
    "ticket.already_yours": mark("{ticket} is yours already."),
    "ticket.already_in_state": mark("{ticket} is already {state}."),
    "ticket.not_a_waiting_state": mark("A ticket cannot wait in the state {state}."),
    "ticket.not_waiting": mark("{ticket} does not wait for anything."),
    "ticket.until_missing": mark("Until when? A scheduled ticket needs a date."),
    "ticket.until_past": mark("The date for {ticket} has passed; give a later one."),
    "ticket.no_opening": mark("The history of this ticket has no beginning."),
    "ticket.void": mark("{ticket} is void; nothing more can be done to it."),
    "ticket.merged": mark("{ticket} goes on as {into}; work there."),
    "follow.already": mark("You follow {ticket} already."),
    "follow.not": mark("You do not follow {ticket}."),
    "snooze.until_missing": mark("When shall you be reminded of {ticket}? Give a moment, such as 2h or fri 9:00."),
    "snooze.same": mark("You are reminded of {ticket} at that moment already."),
    "relate.itself": mark("{ticket} cannot be related to itself."),
    "relate.already": mark("{ticket} and {other} are related like that already."),
    "relate.not": mark("{ticket} and {other} are not related like that."),
    "merge.itself": mark("{ticket} cannot be merged into itself."),
    "merge.loop": mark("{into} goes on as {ticket} already; the two cannot go on as each other."),
    "merge.closed": mark("{ticket} is {state}, so nothing can go on there. Reopen it, or choose another."),
    "void.word": mark("Not voided. To void {ticket} type its own number: {word}"),
    "void.one": mark("One ticket at a time is voided, not {n}."),
    "void.reason_missing": mark("Not voided: say why {ticket} should never have been."),
    "refer.empty": mark("A reference needs a system and a number there."),
    "refer.already": mark("{ticket} has the reference {system} {key} already."),
    "refer.url": mark("{url} is no web address; it must begin with https:// or http://."),
    "edit.field": mark("There is no field {field} to change. Fields: {allowed}."),
    "edit.value": mark("{field} cannot be {found}. Allowed: {allowed}."),
    "edit.missing": mark("{field} is missing. Allowed: {allowed}."),
    "edit.empty": mark("{field} cannot be empty."),
    "edit.nothing": mark("{ticket} is like that already."),
    "transfer.nobody": mark("To whom? Give a team or a person. Teams: {allowed}."),
    "transfer.owner_outside": mark(
        "{team} is outside: it works on the ticket, and the owner stays. Leave the person out."
    ),
    "cli.not_fields": mark("{found} is not field=value. Fields: {allowed}."),
    "text.empty": mark("Nothing was written, so nothing was saved."),
    "assign.nothing": mark("{ticket} is assigned like that already."),
    "priority.level": mark("The matrix has no priority for impact {impact} and urgency {urgency}."),
    "priority.unknown": mark("There is no priority {priority} here. Known: {allowed}."),
    "priority.same": mark("{ticket} already has this priority: {priority}."),
    "priority.reason_missing": mark("A priority set by hand needs a reason."),
    "priority.nothing": mark("Which priority? Give one, or impact and urgency."),
    "template.unknown": mark("There is no template {template}. There are: {allowed}."),
    "reply.unfilled": mark("Not sent: the reply on {ticket} still has places without a text: {places}."),
    "undo.nothing": mark("There is nothing to undo on {ticket}."),
    "undo.touched": mark("Not undone: {ticket} was changed afterwards."),
    "undo.merged": mark("Not undone: a merge stays, and {ticket} with it."),
    "undo.void": mark("Not undone: {ticket} was deleted by a typed word, and stays so. The journal keeps it."),
    "undo.withdrawn": mark("Not undone: those who were told that the page of {ticket} is withdrawn would not know."),
    "undo.imported": mark("Not undone: what an import brought to {ticket} stays."),
    "undo.opened": mark("Not undone: {ticket} was opened; close it, or delete it."),
    "undo.text_old": mark("Not undone: what was written on {ticket} is older than {minutes} minutes and stays."),
    "undo.reply_left": mark("Not undone: the reply on {ticket} has left. Write another one."),
    "undo.is_undo": mark("This took something back on {ticket}. To do it again: redo {operation}"),
    "redo.nothing": mark("Nothing was undone on {ticket}, so nothing can be done again."),
    "redo.sent": mark("Not done again: it would reach people a second time. Do it anew on {ticket}."),
    "operation.known": mark("This was done already; it was not done twice."),
    "operation.unknown": mark("Nothing was found that could be taken back."),
}
_PEOPLE: Mapping[str, str] = {
    "access.denied": mark("{person} may not do this: the role {role} lacks the right {permission}."),
    "access.unknown_login": mark("The login {login} belongs to nobody this desk knows."),
    "access.unknown_person": mark("{person} is nobody this desk knows. Say who you are with --as."),
    "person.unknown": mark("There is no person {person}."),
    "team.unknown": mark("There is no team {team}."),
    "service.unknown": mark("There is no service {service}."),
    "language.unreadable": mark("{language} is not the code of a language, such as pt or pt-BR."),
    "calendar.unknown": mark("There is no calendar {calendar}."),
    "matrix.unknown": mark("There is no priority matrix {matrix}."),
    "policy.unknown": mark("There is no escalation policy {policy}."),
    "escalation.not_running": mark("No escalation runs for this ticket."),
    "escalation.no_policy": mark("The service {service} of {ticket} has no escalation policy."),
    "escalation.nobody": mark("Step {step} for {ticket} reaches nobody; choose another, or call by telephone."),
    "escalation.withdrawn": mark("The page for {ticket} was withdrawn already."),
    "escalation.no_step": mark("There is no step {step}; the policy has {steps}."),
    "escalation.fired": mark("This step of {ticket} was taken by somebody else at the same time."),
    "lease.lost": mark("Another watch has taken over; this one stops."),
}
_INPUT: Mapping[str, str] = {
    "zone.unknown": mark("There is no time zone {zone}. Give a name such as Europe/Berlin."),
    "moment.unreadable": mark("{text} is no time I can read. Try 17:00, fri 9:00, 2h or 2026-03-02T09:00."),
    "cli.as_of_only_reads": mark("With --as-of nothing can be changed: the past is only for reading."),
    "cli.as_of_future": mark("{moment} has not come yet; --as-of shows the past."),
    "language.unknown": mark("There is no language {language}. There are: {allowed}."),
    "command.empty": mark("Which command? Type one; ? lists them."),
    "command.unknown": mark("There is no command {word}."),
    "command.missing": mark("{verb} needs {argument}."),
    "command.too_much": mark("{verb} takes no {word}."),
    "cli.watch_writes": mark("A watch writes; it cannot run on the past or read-only."),
    "cli.ticket_ambiguous": mark("{number} is the number of several tickets; give the number of this desk."),
    "cli.version_of_one": mark("A version can be given for one ticket only."),
    "cli.no_ticket": mark("Which ticket? Give its number."),
    "cli.not_a_choice": mark("{name} cannot be {found}. Allowed: {allowed}."),
    "cli.not_a_number": mark("{name} must be a number, not {found}."),
    "plain.unknown": mark("{where} is not known here. Allowed: {allowed}."),
    "plain.missing": mark("{where} is missing."),
    "plain.type": mark("{where} must be of type {expected}, not {found}."),
    "plain.choice": mark("{where} cannot be {found}. Allowed: {allowed}."),
    "filter.bad_date": mark("{value} is no date. Try today, yesterday or 2026-11-23..2026-11-30."),
    "filter.bad_duration": mark("{value} is no length of time. Try 30m, 2h or 3d."),
    "filter.bad_number": mark("{value} is no number."),
    "filter.bad_operator": mark("{field} cannot be compared with {operator}."),
    "filter.missing_value": mark("{field} needs a value."),
    "filter.too_deep": mark("The filter is nested too deeply; {most} levels are allowed."),
    "filter.too_long": mark("The filter is too long; {most} characters are allowed."),
    "filter.unclosed_group": mark("A closing parenthesis is missing."),
    "filter.unclosed_quote": mark("A closing quotation mark is missing."),
    "filter.unexpected": mark("{word} does not belong here."),
    "filter.unknown_field": mark("There is no field {field}."),
    "filter.unknown_value": mark("{field} knows no {value}."),
}
_WRITING: Mapping[str, str] = {
    "draft.unwritten": mark("What you type cannot be kept on disk ({reason}). Save it before you leave."),
    "editor.none": mark(
        "No editor is set. Set VISUAL or EDITOR, for example: export EDITOR=nano. Your text stays here."
    ),
    "editor.unreadable": mark("The command line {line} cannot be read. Look at VISUAL, EDITOR and PAGER."),
    "editor.failed": mark("{program} ended with {status}; your text is as it was. What it wrote is kept in {path}"),
    "editor.file": mark("The file for the editor cannot be used ({reason}). Your text stays here."),
    "program.missing": mark(
        "{program} could not be started ({reason}). Look at VISUAL, EDITOR and PAGER. Your text stays here."
    ),
    "program.failed": mark("{program} ended with {status}; your text is as it was."),
    "terminal.taken": mark("This terminal cannot be given to another program. Your text stays here."),
    "form.missing": mark("This is needed."),
    "form.unknown": mark("There is no {found} here. Up and Down show what there is."),
    "form.unclear": mark("{found} can mean several: {allowed}."),
}
_VIEWS: Mapping[str, str] = {
    "filter.no_shift": mark("No rota says whose shift it is; name a day or a time instead."),
    "view.unknown": mark("There is no view {view}."),
    "view.name": mark("A view needs a name on one line, of at most {most} characters."),
    "view.column": mark("There is no column {column}."),
    "view.exists": mark("You have a view {view} already. Give another name, or say that it is to be replaced."),
    "view.built_in": mark("{view} is built in; save what you want under another name."),
    "view.not_yours": mark("The view {view} belongs to {owner}; save it under a name of your own to change it."),
    "view.changed": mark("Not saved: the view {view} was changed meanwhile. Look at it, then repeat."),
}
_SETTINGS: Mapping[str, str] = {
    "settings.missing_file": mark("There is no configuration file {file}."),
    "settings.unreadable": mark("The configuration {file} cannot be read: {reason}."),
    "settings.unwritable": mark("The configuration {file} cannot be written: {reason}."),
    "settings.not_toml": mark("{file}, line {line}, column {column}: this is not TOML ({reason})."),
    "settings.unknown_key": mark("{place}: {key} is not known. Allowed: {allowed}."),
    "settings.missing_key": mark("{place}: {key} is missing."),
    "settings.wrong_type": mark("{place}: {key} must be of type {expected}, not {found}."),
    "settings.not_allowed": mark("{place}: {key} cannot be {found}. Allowed: {allowed}."),
    "settings.word_taken": mark("{place}: {key} gives the word {word}, which means something else already."),
    "custom.no_value": mark("{command} was not run: the ticket has nothing for {name}."),
    "custom.option": mark("{command} was not run: {name} is {found}, which would be taken for an option."),
    "custom.not_started": mark("{program} could not be started ({reason})."),
    "custom.timeout": mark("{command} was ended after {seconds} seconds."),
    "custom.read_only": mark("This desk only reads; own commands do not run on it."),
    "config.exists": mark("There is a file {file} already. It was not touched; --force replaces it."),
    "config.preset_unseen": mark(
        "Nobody is here to agree to the programs, addresses or secrets of this preset. Read them; --yes takes them."
    ),
    "theme.unknown": mark("There is no theme {theme}. There are: {allowed}."),
    "channel.unknown": mark("There is no channel {channel} in the configuration."),
    "channel.not_started": mark("The program {program} of the channel {channel} could not be started: {reason}."),
    "channel.timeout": mark("The program {program} of the channel {channel} did not end within {seconds} seconds."),
    "channel.refused": mark("The program {program} of the channel {channel} ended with {status}: {said}"),
}
_DEFINITIONS: Mapping[str, str] = {
    "definition.missing": mark("{where} is missing."),
    "definition.unknown": mark("{where}: there is no {name}. Known: {allowed}."),
    "definition.zone": mark("{where}: there is no time zone {zone}."),
    "definition.too_small": mark("{where}: {found} is too small; it must be at least {least}."),
    "pack.toml": mark("The pack is not TOML: {problem}."),
    "pack.unknown": mark("There is no pack {pack}. Shipped: {allowed}."),
    "hours.day": mark("Calendar {calendar}, {where}: {found} is no day of the week; 1 is Monday, 7 Sunday."),
    "hours.range": mark("Calendar {calendar}, {where}: {last} is before {first}, or more than a year after it."),
    "hours.time": mark("Calendar {calendar}, {where}: {found} is no time; write 08:00, at most 24:00."),
    "override.person_missing": mark("The override {override} names nobody."),
    "override.span": mark("The override {override} ends before it begins."),
    "policy.positive": mark("{field} of an escalation policy must be above zero, not {value}."),
    "policy.wait": mark("Step {step} cannot wait {seconds} seconds; the least is 0."),
    "rota.active_days_unit": mark("A rotation by active days needs the unit day, not {unit}."),
    "rota.anchor_zone": mark("The anchor {anchor} is a time on the rota's own clock; leave the offset out."),
    "rota.every": mark("A rotation cannot advance every {every} units; the least is 1."),
    "rota.layer_twice": mark("Two layers of the rota are called {layer}."),
    "rota.weekday": mark("{day} is no day of the week; 1 is Monday, 7 Sunday."),
}
_IMPORT: Mapping[str, str] = {
    "import.file_missing": mark("There is no file {file}."),
    "import.file_unreadable": mark("{file} cannot be read: {problem}."),
    "import.file_changed": mark("{file} changed while it was read. Import it again when it is complete."),
    "import.damaged": mark("{file} is damaged from line {line} on. Nothing more was read from it."),
    "import.not_text": mark("{file}, line {line}: this is not text in {encoding}."),
    "import.not_csv": mark("{file}, line {line}: this is not a table ({problem})."),
    "import.empty": mark("{file} is empty."),
    "import.not_json": mark("{file}, line {line}: this is not JSON as expected here ({reason})."),
    "import.no_rows": mark(
        "{file} has no list at {rows}. Set rows in the mapping to the path of the list, such as issues."
    ),
    "import.document_too_large": mark(
        "{file} is a document of more than {most} million characters. Write one object a line instead."
    ),
    "import.not_gzip": mark("{file} is not compressed by gzip, though its name says so."),
    "import.delimiter": mark(
        "{file}, line {line}: its columns seem to be divided by {found}, the preset reads {expected}. "
        "Copy the preset and set its delimiter."
    ),
    "import.not_that_file": mark(
        "{file} is not what the preset {preset} reads: these columns are missing: {missing}. "
        "Give another --preset, or a mapping file of your own."
    ),
    "import.header_twice": mark("{file}, line {line}: the column {column} is there twice."),
    "import.line_too_long": mark("{file}, line {line}: longer than {most} characters."),
    "import.quote_open": mark("{file}, line {line}: a quotation mark is never closed."),
    "import.preset_unknown": mark("There is no preset {preset}. Shipped: {allowed}."),
    "import.mapping_unreadable": mark("The mapping {file} cannot be read: {problem}."),
    "import.mapping_toml": mark("The mapping {file} is not TOML: {problem}."),
    "import.mapping_key": mark("The mapping {file} has an unknown key {key}. Allowed: {allowed}."),
    "import.mapping_missing": mark("The mapping {file} lacks {key}."),
    "import.mapping_value": mark("The mapping {file}: {key} cannot be {found}. Allowed: {allowed}."),
    "import.service_unknown": mark("The mapping {file}: there is no service {service}. Known: {allowed}."),
    "import.row_width": mark("The row has {found} cells instead of {expected}."),
    "import.number_missing": mark("The ticket's number is missing."),
    "import.time_missing": mark("The time is missing."),
    "import.bad_date": mark("{found} is no date of these forms: {allowed}."),
    "import.state_unknown": mark("The mapping does not know the state {found}. Known: {allowed}."),
    "import.level": mark("{found} is no priority, impact or urgency from 1 to 9."),
    "import.value_unknown": mark("The mapping does not know {found}. Known: {allowed}."),
}

BARE: Mapping[str, str] = {
    "store.unreachable": mark("The database does not answer. Nothing was saved; try again in a moment."),
    "store.read_only": mark("This desk only reads; nothing was changed."),
    "store.missing": mark("There is no such database."),
    "store.not_ours": mark("This is no database of supporttui. Nothing was written to it."),
    "store.damaged": mark("The database is damaged. Restore it from a backup."),
}
"""Instead of the sentence above where the place that noticed it cannot tell its particulars."""

FAULTS: Mapping[str, str] = {
    **_TICKETS, **_PEOPLE, **STORE, **FILES, **_INPUT, **_VIEWS, **_WRITING, **_SETTINGS, **_DEFINITIONS, **_IMPORT,
}  # fmt: skip
