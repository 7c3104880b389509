"""What may be uploaded: how large, of which kind, and in which order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.library.studio import kinds
from app.library.studio.kinds import Kind
from app.library.uploads.models import Upload, UploadState
from app.refusals import Refusal

LONGEST = {
    "title": 300, "caption": 2000, "alt": 500, "persons": 4000, "place": 200, "credit": 200, "usage_terms": 500,
}  # fmt: skip
MOST_OPEN = 50  # uploads that one officer may have begun and not ended


class Empty(Refusal):
    """There is nothing in the file."""

    field = "files"
    message = _l("This file is empty. Choose another one, or export it again.")


class TooLarge(Refusal):
    """The file is larger than one of its kind may be."""

    field = "files"


class NotTaken(Refusal):
    """The file is, by its content, none that the library takes."""

    field = "files"
    message = _l(
        "This is no video or photo that can be used. Send MP4, MOV, MXF, MKV, WebM or MPEG-TS;"
        " for photos JPEG, PNG, WebP, TIFF, HEIC or AVIF."
    )


class TooManyOpen(Refusal):
    """Somebody begins one upload after the other, and ends none."""

    message = _l("50 uploads are begun and not finished. Finish or discard some of them first.")


class WrongOffset(Refusal):
    """The piece does not begin where the last one ended."""

    message = _l("This piece does not fit: the upload stands elsewhere. It goes on from there.")


class InUse(Refusal):
    """Another piece of the same file is being written at this moment."""

    message = _l("Another part of this file is being received. It goes on in a moment.")


class Spoiled(Refusal):
    """The piece is not what its checksum says."""

    message = _l("This piece was damaged on its way. It is sent again.")


class Lost(Refusal):
    """What had come of the file is not on this machine's disk any more."""

    message = _l("What was received of this file is no longer there. Choose the file again.")


class Ended(Refusal):
    """All of the file has come, or it was refused: nothing can be added, or taken back."""

    message = _l("This upload has ended.")


def limit_of(what: str, settings: Any) -> int:
    """Return how many bytes a file of this kind ("video", "photo") may have."""
    if what == "video":
        return settings["VIDEO_GB"] * 1000**3
    return settings["PHOTO_MB"] * 1000**2


def largest(settings: Any) -> int:
    """Return how many bytes any file may have."""
    return max(limit_of("video", settings), limit_of("photo", settings))


def check_size(size: int, settings: Any, what: str = "") -> None:
    """Raise Empty or TooLarge unless a file of ``size`` bytes may come; ``what`` it is need not be known yet."""
    if size <= 0:
        raise Empty
    if what == "photo" and size > limit_of(what, settings):
        raise TooLarge(_l("A photo may have at most %(mb)s MB.", mb=settings["PHOTO_MB"]))
    if size > (limit_of(what, settings) if what else largest(settings)):
        raise TooLarge(_l("A video may have at most %(gb)s GB.", gb=settings["VIDEO_GB"]))


def check_offset(upload: Upload, offset: int) -> None:
    """Raise Ended or WrongOffset unless a piece may be added at ``offset``."""
    if upload.state is not UploadState.RECEIVING:
        raise Ended
    if offset != upload.received_bytes:
        raise WrongOffset


def kind_of(head: bytes, size: int, settings: Any) -> Kind:
    """Return what a file of ``size`` bytes is that begins with ``head``; raise NotTaken or TooLarge."""
    kind = kinds.of(head)
    if kind is None:
        raise NotTaken
    check_size(size, settings, kind.what)
    return kind


def by_extension(extension: str) -> Kind:
    """Return the kind whose files have this ``extension``; raise KeyError if there is none."""
    return {kind.extension: kind for kind in kinds.ALL}[extension]


def embargo_of(told: Iterable[Mapping[str, Any]]) -> datetime | None:
    """Return the moment (aware) before which nothing may be shown of files of which this was ``told``, or None.

    Of several it is the last one.
    """
    ends = (datetime.fromisoformat(each["embargo_until"]) for each in told if each.get("embargo_until"))
    return max(ends, default=None)


def fingerprint(told: str) -> str:
    """Return what is kept of a browser's own words for a file, whatever they are: a digest."""
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest() if told else ""
