"""Where somebody without an account reads a text that is not public, by a link of their own."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort, make_response

from app import clock
from app.editorial.models import Revision
from app.library import queries as library
from app.limits.limits import allow
from app.storage.serving import give
from app.teamwork import queries, rules, service
from app.teamwork.models import PreviewLink
from app.teamwork.showing import as_readers_see
from app.web.headers import keep_private
from app.web.hosts import visitor_network

OPENINGS_AN_HOUR = 600  # from one network, right or wrong: to keep the load down, nobody can guess a token

public = Blueprint("previews", __name__)


@public.after_request
def tell_nobody(response: Response) -> Response:
    """Let no search engine keep the page, and no other site learn the address by which it was opened."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@public.route("/preview/<token>")
def show(token: str) -> Response:
    """Show the text, and keep that it was opened. All links that are dead answer alike."""
    keep_private()
    allow("teamwork.preview", visitor_network(), amount=OPENINGS_AN_HOUR, seconds=3600, open_when_down=True)
    link, revision = _alive(token)
    service.note_opening(link, revision, network=visitor_network())
    page = as_readers_see(link.edition, revision, preview=link)
    # The pictures are not public either: whoever has the link gets them by it.
    return make_response(page.replace("/media/pictures/", f"/preview/{token}/pictures/"))


@public.route("/preview/<token>/pictures/<key>/<name>")
def picture(token: str, key: str, name: str) -> Response:
    """Give a picture's file to who has a link to a text that shows it."""
    keep_private()
    _link, revision = _alive(token)
    if not re.fullmatch(r"[0-9a-f]{32}", key) or not re.fullmatch(r"([0-9]{2,4}|hd)\.jpg", name):
        abort(404)
    found = library.by_key(key)
    if found is None or not (
        f"/media/pictures/{key}/" in revision.shown
        or found.id in {each["picture"] for each in revision.pictures}
    ):
        abort(404)
    return give(f"pictures/{key}/{name}", mimetype="image/jpeg", etag=f"{key}-{name}")


def _alive(token: str) -> tuple[PreviewLink, Revision]:
    """Return the living link with ``token`` and what it shows, or answer as to an address that never was."""
    link = queries.preview(service.digest(token))
    if link is None or rules.end_of(link, link.edition, at=clock.now()):
        abort(404)
    revision: Any = queries.last_saved(link.edition)
    return link, revision
