"""Small files of the shapes that imports meet: an event log as the real one has it, and a plain table."""

import gzip
from pathlib import Path

LOG_HEADER = (
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,"
    "opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,"
    "subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,"
    "u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at"
)
_NAMES = LOG_HEADER.split(",")
_USUAL = {
    "active": "true", "reassignment_count": "0", "reopen_count": "0", "sys_mod_count": "0", "made_sla": "true",
    "caller_id": "Caller 2403", "opened_by": "Opened by  8", "opened_at": "29/2/2016 01:16",
    "sys_created_by": "?", "sys_created_at": "?", "sys_updated_by": "Updated by 21", "contact_type": "Phone",
    "location": "Location 143", "category": "Category 55", "subcategory": "Subcategory 170",
    "u_symptom": "Symptom 72", "cmdb_ci": "?", "impact": "2 - Medium", "urgency": "2 - Medium",
    "priority": "3 - Moderate", "assignment_group": "Group 56", "assigned_to": "?", "knowledge": "true",
    "u_priority_confirmation": "false", "notify": "Do Not Notify", "problem_id": "?", "rfc": "?", "vendor": "?",
    "caused_by": "?", "closed_code": "code 5", "resolved_by": "Resolved by 149",
    "resolved_at": "29/2/2016 11:29", "closed_at": "5/3/2016 12:00",
}  # fmt: skip


def row(number: str, state: str, at: str, **cells: str) -> str:
    """One update of an incident; everything not said is as usual."""
    values = {**_USUAL, "number": number, "incident_state": state, "sys_updated_at": at, **cells}
    return ",".join(values[name] for name in _NAMES)


CALM = (
    row("INC0000045", "New", "29/2/2016 01:23"),
    row("INC0000045", "Resolved", "29/2/2016 08:53", sys_mod_count="2", sys_updated_by="Updated by 642"),
    row("INC0000045", "Resolved", "29/2/2016 11:29", sys_mod_count="3"),
    row("INC0000045", "Closed", "5/3/2016 12:00", active="false", sys_mod_count="4"),
)
"""The first ticket of the real log: solved at once, closed by itself days later."""

RESTLESS = (
    row("INC0000047", "New", "29/2/2016 05:05"),
    row("INC0000047", "Active", "29/2/2016 07:14", assigned_to="Resolver 89", assignment_group="Group 70"),
    row("INC0000047", "Awaiting User Info", "29/2/2016 09:45", assigned_to="Resolver 89", assignment_group="Group 70"),
    row("INC0000047", "Awaiting Problem", "1/3/2016 10:00", assigned_to="Resolver 89", assignment_group="Group 70"),
    row("INC0000047", "Awaiting Vendor", "1/3/2016 11:00", vendor="code 8s", assignment_group="Group 24"),
    row("INC0000047", "-100", "1/3/2016 12:00", assignment_group="Group 24"),
    row("INC0000047", "Resolved", "2/3/2016 12:06", assignment_group="Group 24", priority="2 - High"),
    row("INC0000047", "Active", "3/3/2016 08:00", reopen_count="1", assignment_group="Group 24", priority="2 - High"),
    row("INC0000047", "Awaiting Evidence", "3/3/2016 09:00", assignment_group="Group 24", priority="2 - High"),
)
"""Through every state, with two groups, a vendor, another priority, and a reopening."""


def write_log(path: Path, *rows: str, header: str = LOG_HEADER, packed: bool = False) -> Path:
    """An event log on disk."""
    data = "\n".join([header, *rows, ""]).encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    return path
