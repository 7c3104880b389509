"""Where somebody without an account reads a text that is not public, by a link of their own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response

from app import clock
from app.editorial.models import Revision
from app.library import showing
from app.limits.limits import allow
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
    return make_response(showing.readdressed(page, f"/preview/{token}"))


@public.route("/preview/<token>/pictures/<key>/<name>")
def picture(token: str, key: str, name: str) -> Response:
    """Give a picture's file to who has a link to a text that shows it."""
    keep_private()
    return showing.picture(_alive(token)[1], key, name)


@public.route("/preview/<token>/masters/<int:master_id>/<name>")
def made_of(token: str, master_id: int, name: str) -> Response:
    """Give what is made of a film or a photo to who has a link to a text that shows it."""
    keep_private()
    return showing.made_of(_alive(token)[1], master_id, name)


@public.route("/preview/<token>/captions/<int:edition_id>/<name>")
def captions(token: str, edition_id: int, name: str) -> Response:
    """Give the captions of a film to who has a link to the text that shows it."""
    keep_private()
    return showing.captions(_alive(token)[1], edition_id, name)


def _alive(token: str) -> tuple[PreviewLink, Revision]:
    """Return the living link with ``token`` and what it shows, or answer as to an address that never was."""
    link = queries.preview(service.digest(token))
    if link is None or rules.end_of(link, link.edition, at=clock.now()):
        abort(404)
    revision: Any = queries.last_saved(link.edition)
    return link, revision
