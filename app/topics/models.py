"""A topic page is an item that belongs to a subject; everything else of it is in its editions."""

from __future__ import annotations

from typing import ClassVar

from app.editorial.models import Item


class TopicPage(Item):
    """The page of one subject, ``subject_id``."""

    __mapper_args__ = {"polymorphic_identity": "topic"}
    is_dated: ClassVar[bool] = False
