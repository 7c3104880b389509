"""What the kinds, the access and the states of events are called."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l

from app.events.models import Access, EntryKind, Kind, Planned, Yield
from app.languages import current
from app.languages import gettext as _

FLOOR = "floor"  # what is spoken in the room, not interpreted

KIND_NAMES = {
    Kind.MEETING: _l("Meeting"),
    Kind.PRESS_CONFERENCE: _l("Press conference"),
    Kind.BRIEFING: _l("Briefing"),
    Kind.CONFERENCE: _l("Conference"),
    Kind.VISIT: _l("Visit"),
    Kind.CEREMONY: _l("Ceremony"),
}
ENTRY_NAMES = {
    EntryKind.WORKING_SESSION: _l("Working session"),
    EntryKind.ARRIVAL_DOORSTEP: _l("Arrivals and doorstep statements"),
    EntryKind.FAMILY_PHOTO: _l("Family photo"),
    EntryKind.OPENING_REMARKS: _l("Opening remarks"),
    EntryKind.BILATERAL: _l("Bilateral meeting"),
    EntryKind.PRESS_CONFERENCE: _l("Press conference"),
    EntryKind.SIGNING: _l("Signing"),
    EntryKind.MEAL: _l("Working meal"),
    EntryKind.VISIT: _l("Visit"),
    EntryKind.OTHER: _l("Other"),
}
ACCESS_NAMES = {
    Access.OPEN: _l("Open to media"),
    Access.POOL: _l("Pool only"),
    Access.BY_INVITATION: _l("By invitation"),
    Access.CLOSED: _l("Closed to media"),
}
# What officers choose among, and what readers are told: "planned" is "confirmed" to them.
PLANNED_NAMES = {
    Planned.PLANNED: _l("Planned"),
    Planned.MOVED: _l("Changed"),
    Planned.CANCELLED: _l("Cancelled"),
}
STATUS_NAMES = {
    "planned": _l("Confirmed"),
    "moved": _l("Changed"),
    "cancelled": _l("Cancelled"),
    "over": _l("Over"),
    "now": _l("Now"),
}
YIELD_NAMES = {
    Yield.VIDEO: _l("Video"),
    Yield.PHOTOS: _l("Photos"),
    Yield.TRANSCRIPT: _l("Transcript"),
    Yield.TEXT: _l("Text"),
}


def spoken(code: str) -> str:
    """Return what the language ``code`` is called in the language of the page; "floor" is the room's own."""
    return _("language of the room") if code == FLOOR else _spoken(code, current())


@cache
def _spoken(code: str, language: str) -> str:
    return Locale.parse(language).languages.get(code, code)


@cache
def known_languages() -> frozenset[str]:
    """Return the codes of the languages that an entry may be held in."""
    codes: Any = Locale.parse("en").languages
    return frozenset(code for code in codes if code.isalpha() and len(code) == 2) | {FLOOR}
