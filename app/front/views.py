"""The home page in three languages, the way to it, and the office's standing pages."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request

from app import clock
from app.editorial import naming, queries
from app.events import presenting as happening
from app.events import queries as events
from app.languages import OWN_NAMES, current, preferred
from app.languages import gettext as _
from app.library.cards import newest_films
from app.releases import presenting
from app.web import public as pages
from app.web.lasting import right_until

public = Blueprint("front", __name__)
bare = Blueprint("bare", __name__)

LATEST = 10
FILMS = 4
TOPICS = 6
RAIL = 8  # hours of today and tomorrow
STANDING_PAGES = ("accessibility", "privacy", "conditions")


def standing_names() -> dict[str, str]:
    """Return what the office's standing pages are called."""
    return {
        "accessibility": _("Accessibility"),
        "privacy": _("Personal data"),
        "conditions": _("Conditions of use"),
    }


@bare.route("/")
def choose() -> Response:
    """Lead from the bare address to the language that the browser prefers."""
    answer = make_response(redirect(f"/{preferred()}/", 302))
    answer.headers["Vary"] = "Accept-Language"
    answer.headers["Cache-Control"] = "private, max-age=0"
    return answer


@public.route("/")
def home() -> Response:
    """What is new, at a glance: the top story, the latest releases, the newest films, the topics."""
    rows = presenting.rows(queries.newest("release", current(), limit=LATEST + 1), with_pictures=True)
    topics = naming.topics(current()).values()
    near = events.near(current(), since=clock.now(), limit=RAIL)
    today, until = happening.rail(near, most=RAIL)
    right_until(until)
    top = next((row for row in rows[:3] if row.picture), rows[0] if rows else None)
    return pages.page(
        "front/home.html",
        top=top,
        latest=[row for row in rows if row is not top][:LATEST],
        names=OWN_NAMES,
        today=today,
        next_event=None if today else next(iter(happening.rows(events.coming(current(), limit=1))), None),
        films=newest_films(current(), limit=FILMS),
        topics=list(topics)[:TOPICS],
        office=naming.office(),
        share={"type": "website", "title": _("Newsroom"), "picture": None},
    )


@public.route("/about/<name>")
def about(name: str) -> Response:
    """A standing page: accessibility, personal data, conditions of use."""
    if name not in STANDING_PAGES or request.query_string:
        abort(404)
    return pages.page("front/about.html", page=name, counts_clicks=current_app.config["COUNT_CLICKS"])
