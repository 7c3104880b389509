"""What a page of this site is called, by its address: for the buttons that lead back to it.

Asked are the queries that readers' pages ask, so that no button tells of a text before its hour; and nothing of an
address is ever shown as words, whoever made it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.editorial import queries
from app.front.views import standing_names
from app.languages import gettext as _

TEXTS = {
    "releases.show": "release",
    "events.show": "event",
    "topics.show": "topic",
    "videos.show": "video",
    "photos.show": "gallery",
}


def init_pagenames(app: Flask) -> None:
    """Let ``app`` name its pages."""
    ways = app.url_map.bind("")

    def page_name(path: str) -> str | None:
        """Return what the page at ``path`` (with its query) is called in the language of this request."""
        try:
            endpoint, values = ways.match(path.partition("?")[0], method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return _name(endpoint, values)

    app.extensions["page_name"] = page_name


def _name(endpoint: str, values: Any) -> str | None:
    if endpoint in TEXTS:
        found = queries.page(TEXTS[endpoint], values["speaks"], values["path"])
        if found is None and endpoint == "photos.show":  # the page of one photo, or of what is taken
            found = queries.page("gallery", values["speaks"], values["path"].partition("/")[0])
        return found.title if found else None
    if endpoint == "front.about":
        return standing_names().get(values["name"])
    known = {
        "front.home": _("Home page"),
        "newsletter.subscribe": _("Newsletter"),
        "releases.index": _("Releases"),
        "events.index": _("Events"),
        "topics.index": _("Topics"),
        "media.index": _("Media library"),
        "search.index": _("Search"),
        "account.settings": _("Your account"),
        "downloads.index": _("Your downloads"),
        "downloads.prepare": _("Your selection"),
        "photo_downloads.prepare": _("Your selection"),
        "desk.home": _("Press desk"),
    }
    return known.get(endpoint)
