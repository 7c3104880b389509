"""Pages for when something went wrong: what happened, what to do now, in the reader's language.

What a person can mend gets the newsroom's own page. When our own house is at fault (500) or the
database cannot be reached (503), the page is one that needs neither: no session, no database,
no layout. A fault of ours is logged once, with its trace, under a reference that the page shows.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request, url_for
from flask_babel import LazyString
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException, InternalServerError

from app import clock, languages
from app.here import notes
from app.languages import gettext as _
from app.limits.limits import TooMany
from app.refusals import Missing, Refusal
from app.storage.contract import Away, Full
from app.storage.keeping import NoRoom
from app.storage.places import NoPlace
from app.web.filters import clock_time, filesize
from app.web.headers import is_desk
from app.web.hosts import ForeignHost
from app.web.public import Link, public

AGAIN_SECONDS = 60  # when to try again, if nobody knows better
UNREACHABLE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, sqlite3.OperationalError)
PUBLIC_LAYOUT, DESK_LAYOUT = "layouts/public.html", "layouts/desk.html"
_OF_ERRORS = ("Allow", "Retry-After", "WWW-Authenticate", "Content-Range")


def error_page(
    code: int,
    text: str | None = None,
    *,
    heading: str | None = None,
    links: Iterable[dict[str, str]] | None = None,
    until: datetime | None = None,
    layout: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
) -> Response:
    """Return the page for the status ``code``.

    ``text`` replaces our usual words; its first sentence becomes the heading unless there is a
    ``heading``. ``links`` ({text, url}) replace the usual ways on. ``until`` is when to try again
    (429), for people and for machines.
    """
    heading, sentence = (heading, text or "") if heading else _split(text or _words(code, until))
    if _wants_json():
        answer = jsonify(status=code, heading=heading, sentence=sentence)
    else:
        layout = layout or (DESK_LAYOUT if is_desk(request.path) else PUBLIC_LAYOUT)
        answer = Response(
            render_template(
                "errors/error.html",
                layout=layout,
                code=code,
                heading=heading,
                sentence=sentence,
                incident=None,
                links=_ways_on(code) if links is None else list(links),
                language_links=_homes() if layout == PUBLIC_LAYOUT else [],
                is_indexed=False,
            ),
            mimetype="text/html",
        )
    answer.status_code = code
    answer.headers.extend(headers)
    if until is not None:
        answer.headers["Retry-After"] = retry_after(until)
    if code == 404 and request.method in ("GET", "HEAD") and languages.from_address(request.path):
        # The same for everybody at this address, until something is published here.
        public(answer)
    return answer


def plain_page(code: int, *, incident: str | None = None, again_seconds: int = AGAIN_SECONDS) -> Response:
    """Return the page that needs nothing: three languages, no session, no database, no layout."""
    until = clock.now() + timedelta(seconds=again_seconds)
    if _wants_json():
        answer = jsonify(status=code, heading=HTTPStatus(code).phrase, incident=incident)
    else:
        # Not render_template: whatever the desk tells its templates may be what is broken.
        page = current_app.jinja_env.get_template("errors/plain.html").render(
            code=code,
            incident=incident,
            phone=current_app.config["PRESS_PHONE"],
            until=clock_time(until),
        )
        answer = Response(page, mimetype="text/html")
    answer.status_code = code
    if code == 503:
        answer.headers["Retry-After"] = str(again_seconds)
    return answer


def _words(code: int, until: datetime | None) -> str:
    """Return what we usually say for ``code``."""
    contact = current_app.config["PRESS_EMAIL"]
    if code == 413:
        return _too_large()
    if code == 429:
        moment = clock_time(until or clock.now() + timedelta(seconds=AGAIN_SECONDS))
        return _("Too many requests. You can try again at %(time)s.", time=moment)
    return {
        403: lambda: _(
            "You do not have access to this page. Log in with another account, or ask %(contact)s.",
            contact=contact,
        ),
        404: lambda: _("Page not found. Check the address, search, or start from the latest releases."),
        405: lambda: _("This address cannot do that. Go back, reload the page and try again."),
        409: lambda: _("This has changed in the meantime. Go back, reload the page and look at it again."),
        410: lambda: _("This page was removed. Start from the latest releases."),
        422: lambda: _("This could not be accepted. Go back, correct what you typed and send it again."),
    }.get(code, lambda: _("This request could not be understood. Go back, reload the page and try again."))()


def _too_large() -> str:
    """Name both sizes when a file must be the reason: no text that we take is as long."""
    if is_too_large_a_file():
        said = _("The file is too large: %(size)s, for a limit of %(max)s.", **sizes())
        return f"{said} {_('Go back and choose a smaller one.')}"
    return _("The text is too long. Go back, shorten it or send it in parts.")


def is_too_large_a_file() -> bool:
    """Say whether this request is larger than all that a form of ours may send."""
    limit = notes().get("largest_file") or current_app.config["MAX_CONTENT_LENGTH"] or 0
    return (request.content_length or 0) > limit


def sizes() -> dict[str, str]:
    """Return how large this request is, and how large a file may be, in words."""
    limit = notes().get("largest_file") or current_app.config["UPLOAD_MB"] * 1000 * 1000
    return {"size": filesize(request.content_length or 0), "max": filesize(limit)}


def _split(text: str) -> tuple[str, str]:
    """Return the first sentence of ``text`` as a heading, and the rest."""
    heading, _dot, sentence = str(text).partition(". ")
    return heading.removesuffix("."), sentence


def _ways_on(code: int) -> list[dict[str, str]]:
    """Return the links to go on from the error ``code``."""
    if is_desk(request.path):
        return [{"text": _("Go to the desk"), "url": url_for("desk.home")}]
    ways = [{"text": _("Latest releases"), "url": url_for("releases.index")}]
    return ways if code in (404, 410) else [{"text": _("Home page"), "url": url_for("front.home")}, *ways]


def _homes() -> list[Link]:
    """Return the home pages in our languages: the page that failed has no other language."""
    now = languages.current()
    return [
        Link(name, url_for("front.home", speaks=code), code, code == now)
        for code, name in languages.OWN_NAMES.items()
    ]


def _wants_json() -> bool:
    return request.path.endswith(".json")


def retry_after(until: datetime) -> str:
    """Return how many full seconds it takes ``until`` then, as a header says it."""
    return str(max(1, ceil((until - clock.now()).total_seconds())))


def _until(error: HTTPException) -> datetime | None:
    """Return when a visitor who came too often may come again."""
    if error.code != 429:
        return None
    again = getattr(error, "retry_after", None)
    if isinstance(again, datetime):
        return again
    return clock.now() + timedelta(seconds=AGAIN_SECONDS if again is None else again)


def _http(error: HTTPException) -> Any:
    """Answer an error of HTTP: our own words, unless whoever raised it chose a sentence of ours."""
    if error.response is not None:
        return error.response
    code = error.code or 500
    if isinstance(error, NoPlace):
        said = _("Many large files are being sent at this moment. Try again in a few seconds.")
        return error_page(code, said, headers=[("Retry-After", str(error.retry_after))])
    if code >= 500:
        return plain_page(code, again_seconds=int(getattr(error, "retry_after", None) or AGAIN_SECONDS))
    text = str(error.description) if isinstance(error.description, LazyString) else None
    kept = [(name, value) for name, value in error.get_headers(request.environ) if name in _OF_ERRORS]
    until = _until(error)
    if isinstance(error, ForeignHost):
        ours = {"text": _("The newsroom’s own address"), "url": current_app.config["PUBLIC_URL"] + "/"}
        return error_page(code, text, links=[ours], layout=PUBLIC_LAYOUT)
    return error_page(code, text, until=until, headers=[] if until else kept)


def _refused(refusal: Refusal) -> Response:
    """Answer a refusal that no form could show."""
    if isinstance(refusal, Missing):
        return error_page(404)
    if isinstance(refusal, TooMany):
        return error_page(429, str(refusal), until=refusal.until)
    if isinstance(refusal, NoRoom):
        return error_page(507, str(refusal), heading=_("There is no room left"))
    return error_page(422 if refusal.field else 409, str(refusal), heading=_("This could not be done"))


def _away(error: Away) -> Response:
    """Answer when the store of files does not do what it is asked."""
    current_app.logger.error("The files cannot be reached: %s", error)
    if isinstance(error, Full):
        return _refused(NoRoom())
    said = _("The files cannot be reached at this moment. Nothing is lost: try again in a minute.")
    return error_page(503, said, headers=[("Retry-After", str(AGAIN_SECONDS))])


def _unreachable(error: Exception) -> Response:
    """Answer when the database does not."""
    reason = getattr(error, "orig", None) or error
    current_app.logger.error("The database does not answer: %s: %s", type(reason).__name__, reason)
    return plain_page(503)


def _broken(error: InternalServerError) -> Response:
    """Answer a fault of ours: the log has it under the reference that the page shows."""
    if isinstance(error.original_exception, UNREACHABLE):
        return _unreachable(error.original_exception)
    if "incident" not in g:
        g.incident = _reference()
        current_app.logger.error("Incident %s at %s: the app gave up", g.incident, request.path)
    try:
        return plain_page(500, incident=g.incident)
    except Exception:
        current_app.logger.exception("Incident %s: its page could not be shown", g.incident)
        return Response(f"{HTTPStatus(500).phrase} ({g.incident})", 500, mimetype="text/plain")


def _reference() -> str:
    """Return a short reference that can be read out over the telephone."""
    return "".join(secrets.choice("23456789BCDFGHJKMNPQRSTVWXYZ") for _place in range(8))


def init_errors(app: Flask) -> None:
    """Give ``app`` its error pages, and its faults a reference in the log."""

    def log_exception(exc_info: Any) -> None:
        if isinstance(exc_info[1], UNREACHABLE):
            return  # _unreachable says it in one line
        g.incident = _reference()
        app.logger.error("Incident %s at %s %s", g.incident, request.method, request.path, exc_info=exc_info)

    app.log_exception = log_exception  # type: ignore[method-assign]
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _broken)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Away, _away)
    for unreachable in UNREACHABLE:
        app.register_error_handler(unreachable, _unreachable)
