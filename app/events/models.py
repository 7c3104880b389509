"""An event is an item without a number and without a date in its address; the rest is in its editions."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from app.editorial.models import Item


class Kind(StrEnum):
    """What an event is."""

    MEETING = "meeting"
    PRESS_CONFERENCE = "press_conference"
    BRIEFING = "briefing"
    CONFERENCE = "conference"
    VISIT = "visit"
    CEREMONY = "ceremony"


class EntryKind(StrEnum):
    """What an entry of a programme is."""

    WORKING_SESSION = "working_session"
    ARRIVAL_DOORSTEP = "arrival_doorstep"
    FAMILY_PHOTO = "family_photo"
    OPENING_REMARKS = "opening_remarks"
    BILATERAL = "bilateral"
    PRESS_CONFERENCE = "press_conference"
    SIGNING = "signing"
    MEAL = "meal"
    VISIT = "visit"
    OTHER = "other"


class Access(StrEnum):
    """Whom of the media an entry is for."""

    OPEN = "open"
    POOL = "pool"
    BY_INVITATION = "by_invitation"
    CLOSED = "closed"


class Planned(StrEnum):
    """What officers say of an event or an entry; that it is over, or on now, is told by the clock."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Yield(StrEnum):
    """What an entry leaves for the media."""

    VIDEO = "video"
    PHOTOS = "photos"
    TRANSCRIPT = "transcript"
    TEXT = "text"


class Event(Item):
    """Something that takes place, to which the media may come."""

    __mapper_args__ = {"polymorphic_identity": "event"}
    is_dated: ClassVar[bool] = False
