"""The sentences of faults with other calendars."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

EXCHANGE: Mapping[str, str] = {
    "import.not_calendar": mark("{file} is no iCalendar file: line {line} is not BEGIN:VCALENDAR."),
    "import.calendar_line": mark(
        "{file}, line {line}: this is no line of iCalendar (NAME:value). Nothing was taken in."
    ),
    "import.calendar_nesting": mark(
        "{file}, line {line}: this ends what was not begun, or begins too much. Nothing was taken in."
    ),
    "import.calendar_cut_off": mark(
        "{file} ends too early, at line {line}: {missing} is missing. Nothing was taken in; fetch it again."
    ),
    "import.calendar_large": mark("{file} has more than {most} lines; nothing was taken in. Take a part of it."),
    "import.event_same_id": mark(
        "{file}, line {line}: the event in line {before} has the id {found} too; only one of the two is read."
    ),
    "import.event_backwards": mark("{file}, line {line}: this event ends before it begins; look at it in the review."),
    "import.event": mark("{file}, line {line}: this cannot be read as part of an event. Nothing was taken in."),
    "import.event_no_start": mark("{file}, line {line}: this event has no start (DTSTART). Nothing was taken in."),
    "import.event_zone": mark(
        "{file}, line {line}: nobody knows the time zone {zone}, and the file does not define it. Nothing was taken in."
    ),
    "import.event_too_often": mark(
        "{file}, line {line}: this repeats more than once a day, which no holiday or absence does. "
        "Nothing was taken in."
    ),
    "import.event_too_long": mark(
        "{file}, line {line}: from here on there is too much that repeats from long ago. Nothing was taken in; take "
        "a part of the file."
    ),
    "import.event_too_many": mark(
        "{file}, line {line}: with this event there are more than {most} entries. Nothing was taken in; give an "
        "earlier --until."
    ),
    "holidays.country": mark("The holidays of {found} are not known. Give a country's code, such as DE or JP."),
    "holidays.region": mark("{country} has no region {found}. Known: {allowed}."),
    "holidays.years": mark("Holidays are known for years from {first} to {last}."),
    "holidays.years_text": mark("{found} is no year and no range of years, such as 2027 or 2026-2028."),
    "calendar.unknown": mark("There are no service hours {calendar}."),
    "calendar.until": mark("{found} is in the past, or more than 20 years ahead."),
    "receiver.unknown": mark("There are no service hours and no person called {found}."),
    "receiver.two": mark("{found} is a name of service hours and of a person. Give the id of the one that you mean."),
    "review.unknown": mark("There is no entry {entry} on the review list."),
    "review.decided": mark(
        "{entry} counts already. Take it back where it stands: in the service hours, or as absence."
    ),
    "review.which": mark("Which entries? Give their ids, or --all, and not both."),
    "publish.window": mark("A calendar needs an end after its start, and at most {days} days between them."),
    "caldav.url": mark("{url} is no address of a calendar; it must begin with https:// and have nothing behind a ?."),
    "caldav.secret": mark(
        "An address must not contain a password: others on this machine could read it. Give --user and --password-file."
    ),
    "caldav.insecure": mark("To {host} the password would travel unencrypted. Use https://."),
    "caldav.password_missing": mark("No password for the CalDAV server. Set {variable}, or give --password-file."),
    "caldav.password_file": mark("The password file {file} cannot be read: {reason}."),
    "caldav.unreachable": mark("{url} does not answer ({reason}). The next time everything is sent again."),
    "caldav.denied": mark("{url} does not let you write there (status {status}). Look at the name and the password."),
    "caldav.no_calendar": mark("There is no calendar at {url} (status {status}). Make it on the server first."),
    "caldav.refused": mark("{url} did not take an event: {status} {reason}. The next time everything is sent again."),
}
