"""tus 1.0.0: what its headers say, and how its answers look. https://tus.io/protocols/resumable-upload

Extensions: creation, termination, expiration, and checksum (SHA-256). A piece has 16 MB at most: so much may be lost
with a broken connection, and no more memory than a block is ever needed for it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import lazy_gettext as _l
from werkzeug.http import http_date

from app.library.uploads import rules
from app.library.uploads.models import Upload, UploadState
from app.refusals import Missing, Refusal
from app.storage.keeping import NoRoom

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration,checksum"
LARGEST_PIECE = 16 * 1024 * 1024  # bytes
CONTENT = "application/offset+octet-stream"
LONGEST_METADATA = 8000

# What each refusal is in HTTP; 460 is the protocol's own.
STATUS: dict[type[Refusal], int] = {
    Missing: 404,
    rules.Empty: 422,
    rules.TooLarge: 413,
    rules.NotTaken: 415,
    rules.TooManyOpen: 429,
    rules.WrongOffset: 409,
    rules.InUse: 423,
    rules.Spoiled: 460,
    rules.Lost: 410,
    rules.Ended: 403,
    NoRoom: 507,
}


class Garbled(Refusal):
    """A header of the protocol is missing, or says what it cannot say."""

    message = _l("This upload was not understood. Reload the page and choose the file again.")


class OtherVersion(Refusal):
    """Somebody speaks another version of the protocol."""

    message = _l(
        "This browser speaks another version of the upload. Reload the page and choose the file again."
    )


STATUS |= {Garbled: 400, OtherVersion: 412}


def check_version(headers: Mapping[str, str]) -> None:
    """Raise OtherVersion unless it is ours that is spoken."""
    if headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion


def number(headers: Mapping[str, str], name: str) -> int:
    """Return the number in the header called ``name``; raise Garbled if it is missing or none."""
    told = headers.get(name, "")
    if not (told.isascii() and told.isdigit()) or len(told) > 18:
        raise Garbled
    return int(told)


def metadata(told: str) -> dict[str, str]:
    """Return what an Upload-Metadata header says: pairs of a key and a value in Base64, with commas between."""
    if len(told) > LONGEST_METADATA:
        raise Garbled
    known: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in told.split(","))):
        key, _space, value = pair.partition(" ")
        if not key.isascii() or key in known:
            raise Garbled
        try:
            known[key] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise Garbled from None
    return known


def checksum(told: str | None) -> bytes | None:
    """Return the SHA-256 that an Upload-Checksum header says, None without one; raise Garbled for another kind."""
    if told is None:
        return None
    kind, _space, value = told.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise Garbled from None
    if kind != "sha256" or len(digest) != 32:
        raise Garbled
    return digest


def answer(status: int, words: Any = "", **headers: str) -> Response:
    """Return an answer of the protocol; ``words`` are for people, who may be shown them."""
    made = Response(str(words), status, mimetype="text/plain")
    made.headers["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        made.headers[name.replace("_", "-")] = value
    return made


def refused(refusal: Refusal) -> Response:
    """Return what a refusal is in the protocol."""
    status = next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 400)
    return answer(status, refusal.message or "")


def progress(upload: Upload) -> dict[str, str]:
    """Return the headers that say how far ``upload`` is."""
    told = {"Upload_Offset": str(upload.received_bytes)}
    if upload.state is UploadState.RECEIVING:
        told["Upload_Expires"] = _date(upload.expires_at)
    return told


def _date(moment: datetime) -> str:
    return http_date(moment)
