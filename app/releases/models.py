"""A release is an item with a reference number; everything else of it is in its editions."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from app.editorial.models import Item


class Kind(StrEnum):
    """What a release is."""

    NEWS_RELEASE = "news_release"
    STATEMENT = "statement"
    SPEECH = "speech"
    MEDIA_ADVISORY = "media_advisory"


class Release(Item):
    """One thing that the office announces."""

    __mapper_args__ = {"polymorphic_identity": "release"}
    is_numbered: ClassVar[bool] = True
