"""A program on the caldav library of Python: makes a calendar, searches by time, edits one instance of a series."""
import sys
from datetime import datetime, timezone

import caldav

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Python//caldav//EN\r\n"
TAIL = "END:VCALENDAR\r\n"
SERIES = (
    "BEGIN:VEVENT\r\nUID:series@python\r\nDTSTAMP:20260301T000000Z\r\nDTSTART;TZID=Europe/Paris:20260302T090000\r\n"
    "DURATION:PT1H\r\nSUMMARY:Stand-up\r\nRRULE:FREQ=WEEKLY;COUNT=10\r\nEND:VEVENT\r\n"
)
INSTANCE = (
    "BEGIN:VEVENT\r\nUID:series@python\r\nRECURRENCE-ID;TZID=Europe/Paris:20260309T090000\r\nDTSTAMP:20260301T000000Z\r\n"
    "DTSTART;TZID=Europe/Paris:20260310T140000\r\nDURATION:PT1H\r\nSUMMARY:Stand-up, moved\r\nEND:VEVENT\r\n"
)
TODO = "BEGIN:VTODO\r\nUID:todo@python\r\nDTSTAMP:20260301T000000Z\r\nDUE:20260310T100000Z\r\nSUMMARY:Buy bread\r\nSTATUS:NEEDS-ACTION\r\nEND:VTODO\r\n"


def at(day, month=3):
    return datetime(2026, month, day, tzinfo=timezone.utc)


def lines_of(found, name):
    return sorted(line.split(":", 1)[1] for event in found for line in event.data.replace("\r\n", "\n").split("\n") if line.split(":")[0].split(";")[0] == name)


def starts(calendar, start, end):
    found = calendar.date_search(start=start, end=end, expand=True)
    return [line for line in lines_of(found, "DTSTART")]


client = caldav.DAVClient(url=sys.argv[1], username=sys.argv[2], password=sys.argv[3])
principal = client.principal()
known = [calendar.name for calendar in principal.calendars()]
assert known == ["Calendar"], known

calendar = principal.make_calendar(name="Python")
assert sorted(c.name for c in principal.calendars()) == ["Calendar", "Python"]

calendar.save_event(HEAD + SERIES + TAIL)
calendar.save_todo(HEAD + TODO + TAIL)
assert len(calendar.events()) == 1
assert len(calendar.todos()) == 1
assert len(calendar.date_search(start=at(1), end=at(2))) == 0
assert starts(calendar, at(1), at(17)) == ["20260302T080000Z", "20260309T080000Z", "20260316T080000Z"], starts(calendar, at(1), at(17))
# The clocks are changed on the 29th: it stays at nine.
assert starts(calendar, at(30), at(31)) == ["20260330T070000Z"]

event = calendar.event_by_uid("series@python")
event.data = HEAD + SERIES + INSTANCE + TAIL
event.save()
assert starts(calendar, at(1), at(17)) == ["20260302T080000Z", "20260310T130000Z", "20260316T080000Z"], starts(calendar, at(1), at(17))
again = calendar.event_by_uid("series@python")
assert "RRULE:FREQ=WEEKLY;COUNT=10" in again.data and "TZID=Europe/Paris:20260302T090000" in again.data, again.data

token = calendar.objects_by_sync_token().sync_token
todo = calendar.todo_by_uid("todo@python")
todo.complete()
assert len(calendar.todos()) == 0
assert len(calendar.todos(include_completed=True)) == 1
changed = list(calendar.objects_by_sync_token(sync_token=token))
assert len(changed) == 1, changed

busy = calendar.freebusy_request(at(1), at(5)).data
assert "FREEBUSY" in busy and "20260302T080000Z/20260302T090000Z" in busy, busy

again.delete()
assert len(calendar.events()) == 0
calendar.delete()
assert [c.name for c in principal.calendars()] == ["Calendar"]
print("everything went as it should")
