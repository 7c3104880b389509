"""A set of photos is an item; everything else of it is in its editions."""

from __future__ import annotations

from typing import ClassVar

from app.editorial.models import Item


class Gallery(Item):
    """Photos that are published together: one, or many in an order."""

    __mapper_args__ = {"polymorphic_identity": "gallery"}
    is_dated: ClassVar[bool] = False
