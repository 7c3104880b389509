"""A video is an item with a number; everything else of it is in its editions."""

from __future__ import annotations

from typing import ClassVar

from app.editorial.models import Item


class Video(Item):
    """A film of the library, described for those who use it."""

    __mapper_args__ = {"polymorphic_identity": "video"}
    is_numbered: ClassVar[bool] = True
    reference_form: ClassVar[str] = "V-{year}-{number:04}"
    is_dated: ClassVar[bool] = False
