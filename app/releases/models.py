"""A release is an item with a reference number; everything else of it is in its editions."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from app.editorial.models import Item


class Kind(StrEnum):
    """What a release is."""

    NEWS_RELEASE = "news_release"
    STATEMENT = "statement"
    SPEECH = "speech"
    MEDIA_ADVISORY = "media_advisory"


class Release(Item):
    """One thing that the office announces."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"polymorphic_identity": "release"}
    is_numbered: ClassVar[bool] = True
