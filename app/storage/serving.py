"""Giving out a file of the store, whole or from anywhere in it, in constant memory.

Flask's send_file leaves ranges to the server, and one of those reads and drops whatever is before them: 20 seconds
for the end of a large film. Here the file itself moves to where the range begins.
"""

from __future__ import annotations

from flask import Response, abort, current_app, request
from werkzeug.wsgi import FileWrapper

from app.storage.contract import Away
from app.storage.store import store

BLOCK = 512 * 1024


def give(key: str, *, mimetype: str, etag: str) -> Response:
    """Answer this request with the file under ``key``, with the part of it that is asked for, or that it is unchanged.

    ``etag`` names the content: it changes when that does. Who may see the file was decided before. Answers 404
    when it is not there, 503 when the store is away.
    """
    try:
        file = store().open(key)
    except Away as away:
        current_app.logger.error("a file cannot be given: %s", away)
        abort(503)
    if file is None:
        abort(404)
    size = file.seek(0, 2)
    file.seek(0)
    answer = Response(FileWrapper(file, BLOCK), mimetype=mimetype, direct_passthrough=True)
    answer.call_on_close(file.close)
    answer.content_length = size
    answer.set_etag(etag)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.make_conditional(request, accept_ranges=True, complete_length=size)
    return answer
