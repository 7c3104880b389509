"""What a template is given of events: plain values, worked out once for a language and a moment.

``programme`` is the lines of a programme, ``pages`` an event as its page shows it, ``lists`` events among others: in
the list of what is coming and past, and on the home page.
"""

from app.events.presenting.lists import ListRow, RailRow, list_until, rail, rows
from app.events.presenting.pages import Page, address, draft, line, page
from app.events.presenting.programme import Entry, entries, hours_of, status

__all__ = [
    "Entry",
    "ListRow",
    "Page",
    "RailRow",
    "address",
    "draft",
    "entries",
    "hours_of",
    "line",
    "list_until",
    "page",
    "rail",
    "rows",
    "status",
]
