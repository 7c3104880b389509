"""Giving out a file of the store, whole or from anywhere in it, in constant memory.

Flask's send_file leaves ranges to the server, and one of those reads and drops whatever is before them: 20 seconds
for the end of a large film. Here the file itself moves to where the range begins.

By settings others do the carrying, after we have said who may: nginx, which is told where a file lies by a header
that it keeps to itself (X_ACCEL), or the bucket, at an address that it signs for some minutes (S3_SIGNED_MINUTES;
downloads only, as a page shows nothing of another site's).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from flask import Response, abort, current_app, request
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable
from werkzeug.http import parse_etags, quote_etag, unquote_etag

from app.storage.contract import Away
from app.storage.disk import Disk
from app.storage.places import Held, places
from app.storage.store import store
from app.text.filenames import disposition
from app.web.headers import keep_private, keep_tag

BLOCK = 512 * 1024
PIECE = 4 * 1024 * 1024  # bytes that a player gets at once
QUICK = 1024 * 1024  # bytes that no line is too slow for: the system's own buffers take them
# A file is never a page: opened on its own it may do nothing.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.IGNORECASE)


def give(
    key: str,
    *,
    mimetype: str,
    etag: str,
    name: str | None = None,
    is_guarded: bool = False,
    in_pieces: bool = False,
) -> Response:
    """Answer this request with the file under ``key``, with the part of it that is asked for, or that it is unchanged.

    ``etag`` names the content: it changes when that does. Who may see the file was decided before. With a ``name``
    it is a download, to be saved under that name. What ``is_guarded`` may be kept by nobody on the way. ``in_pieces``
    is for what a page plays: a player who asks for all of a film gets some megabytes of it and asks again, so that
    nobody holds a thread for as long as they watch.

    Answers 404 when it is not there, 503 when the store is away or all places for large files are taken.
    """
    if is_guarded:
        keep_private()
        keep_tag()
    files = store()
    if name is not None and (signed := _signed(key, mimetype, name)) is not None:
        return signed
    if current_app.config["X_ACCEL"] and isinstance(files, Disk):
        if files.size(key) is None:
            abort(404)
        answer = Response(status=200, mimetype=mimetype)
        answer.headers["X-Accel-Redirect"] = current_app.config["X_ACCEL"] + key
        return _said(answer, name)
    file = files.open(key)
    if file is None:
        abort(404)
    return _carried(file, mimetype, etag, in_pieces, name)


def give_made(file: BinaryIO, *, mimetype: str, etag: str, name: str, is_guarded: bool = False) -> Response:
    """Answer this request like ``give`` with a file that is put together while it is read; it is closed afterwards."""
    if is_guarded:
        keep_private()
        keep_tag()
    return _carried(file, mimetype, etag, False, name)


def is_beginning() -> bool:
    """Whether this request fetches a file from its beginning: not the rest of one, not only what is said of it."""
    wanted = request.headers.get("Range", "").replace(" ", "")
    is_new = "If-None-Match" not in request.headers
    return request.method == "GET" and is_new and (not wanted or wanted.startswith("bytes=0-"))


def _carried(file: BinaryIO, mimetype: str, etag: str, in_pieces: bool, name: str | None) -> Response:
    try:
        answer = _own(file, mimetype, etag, in_pieces)
    except BaseException:
        file.close()
        raise
    return _said(answer, name)


def _signed(key: str, mimetype: str, name: str) -> Response | None:
    minutes = current_app.config["S3_SIGNED_MINUTES"]
    if not minutes:
        return None
    said = disposition(name)
    address = store().signed(key, seconds=minutes * 60, disposition=said, mimetype=mimetype)
    if address is None:
        return None
    if store().size(key) is None:
        abort(404)
    answer = Response(status=302)
    answer.headers["Location"] = address
    answer.headers["Referrer-Policy"] = "no-referrer"
    keep_private()  # the address is for whoever asked
    return answer


def _said(answer: Response, name: str | None) -> Response:
    """Return ``answer`` with what every file says of itself."""
    answer.headers["Content-Security-Policy"] = POLICY
    if name is not None:
        answer.headers["Content-Disposition"] = disposition(name)
    return answer


def _own(file: BinaryIO, mimetype: str, etag: str, in_pieces: bool) -> Response:
    """Return the answer that we carry ourselves."""
    size = file.seek(0, 2)
    answer = Response(status=200, mimetype=mimetype)
    answer.set_etag(etag)
    answer.headers["Accept-Ranges"] = "bytes"
    if _is_refused(etag):
        raise PreconditionFailed
    if request.if_none_match and request.if_none_match.contains_weak(etag):
        file.close()
        answer.status_code = 304
        del answer.headers["Content-Type"]
        return answer
    start, end = 0, size
    part = _part(size, etag)
    if part is not None:
        start, end = part
        if in_pieces:
            end = min(end, start + PIECE)
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer.content_length = end - start
    if request.method == "HEAD":
        file.close()
        return answer
    place = places().take() if end - start > QUICK else None
    file.seek(start)
    answer.response = Held(_blocks(file, end - start), place)
    answer.call_on_close(file.close)
    answer.direct_passthrough = True
    return answer


def _is_refused(etag: str) -> bool:
    """Say whether this was asked for on the condition that it is another file (RFC 9110, 13.1.1)."""
    wanted = request.headers.get("If-Match")
    return wanted is not None and not parse_etags(wanted).is_strong(etag) and wanted.strip() != "*"


def _part(size: int, etag: str) -> tuple[int, int] | None:
    """Return where the part that is asked for begins, and where it ends (exclusive); None: the whole file.

    Several parts at once, and what is no range, are passed over, as RFC 9110 (14.2) lets us: the whole file answers
    both. Raises RequestedRangeNotSatisfiable for a part that begins behind the end.
    """
    wanted = request.headers.get("Range")
    if wanted is None or request.method != "GET" or not _is_still(etag):
        return None
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or (not found[1] and not found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start = int(found[1])
        if found[2] and int(found[2]) < start:
            return None
        end = min(size, int(found[2]) + 1) if found[2] else size
    if start >= size:
        raise RequestedRangeNotSatisfiable(size)
    return start, end


def _is_still(etag: str) -> bool:
    """Say whether the file of which somebody has the beginning is still this one (If-Range; a weak tag never is)."""
    told = request.headers.get("If-Range")
    return told is None or (unquote_etag(told) == (etag, False) and told.strip() == quote_etag(etag))


def _blocks(file: BinaryIO, left: int) -> Iterator[bytes]:
    """Yield ``left`` bytes of ``file`` from where it stands."""
    with file:
        while left:
            block = file.read(min(BLOCK, left))
            if not block:
                raise Away("a file ended before its end")
            left -= len(block)
            yield block
