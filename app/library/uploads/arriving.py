"""What is done with a large request before anything else looks at it: how much of it is taken, and where it goes.

A form's token is in the form, so Flask reads all of a form before it is known whether that is one of ours. What is
larger than an ordinary form is read from officers who may upload, and from nobody else; and it goes to the staging
folder, whose room was looked at, never to the machine's own folder for temporary files, which may be memory.
"""

from __future__ import annotations

import tempfile
from typing import Any

from flask import Flask, current_app, g

from app.accounts.guards import me
from app.accounts.rules import may
from app.here import asked
from app.library.uploads.tus import LARGEST_PIECE
from app.storage.disk import told
from app.storage.keeping import check_room, staging

PAGE = "/desk/media/upload"
UPLOADS = "/desk/media/uploads/"


class Staged:
    """A file of a form while it comes, without a name: it is gone with its process, whatever happens."""

    def __init__(self, *_told: Any, **_more: Any) -> None:
        with told():
            self._file = tempfile.TemporaryFile(dir=staging())  # noqa: SIM115 (the request closes it)

    def write(self, data: bytes) -> int:
        """Write ``data``; raise Full when there is no room for it."""
        with told():
            return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def largest_form() -> int:
    """Return how many bytes the files of a plain form may have together."""
    return current_app.config["PLAIN_UPLOAD_MB"] * 1000**2


def init_arriving(app: Flask) -> None:
    """Look at large requests first; whoever reads forms (the check of their tokens) has to come after."""

    @app.before_request
    def take() -> None:
        request = asked()
        if request.method == "PATCH" and request.path.startswith(UPLOADS):
            request.max_content_length = LARGEST_PIECE
        elif request.method == "POST" and request.path == PAGE and may(me(), "media"):
            g.largest_file = largest_form()
            request.max_content_length = largest_form() + 1024 * 1024
            size = request.content_length or 0
            if size <= request.max_content_length:
                check_room(size)
                request._get_file_stream = Staged  # type: ignore[method-assign, assignment]
