"""What can be reached from everywhere: the newsroom's name, the sections of the site and of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from flask_babel import gettext as _

from app.accounts.guards import me
from app.editorial.editor_words import editor_words
from app.editorial.words import STATE_WORDS, VERB_WORDS
from app.front.views import STANDING_PAGES
from app.languages import LANGUAGES, current
from app.releases.presenting import office
from app.web.headers import is_desk


@dataclass(frozen=True)
class Newsroom:
    """Whose newsroom this is, in the language of the page."""

    name: str
    organisation: str
    press_phone: str
    press_email: str
    zone_name: str
    is_demo: bool


def newsroom() -> Newsroom:
    """Return the newsroom, named in the language of this request."""
    settings = current_app.config
    return _newsroom(
        _("Newsroom"), settings["ORGANISATION"][current()], settings["PRESS_PHONE"], settings["PRESS_EMAIL"],
        settings["ZONE"].key, settings["DEMO"],
    )  # fmt: skip


_newsroom = lru_cache(Newsroom)


def addresses() -> dict[str, Any]:
    """Return the public addresses that every page links to, in the language of this request."""
    code = current()
    names = {
        "accessibility": _("Accessibility"),
        "privacy": _("Personal data"),
        "conditions": _("Conditions of use"),
    }
    return {
        "home": f"/{code}/",
        "news": f"/{code}/news/",
        "feed": f"/{code}/news.atom",
        "about": [{"name": names[page], "url": f"/{code}/about/{page}"} for page in STANDING_PAGES],
    }


def sections() -> list[dict[str, Any]]:
    """Return the sections of the public site."""
    news = f"/{current()}/news/"
    return [{"name": _("Releases"), "url": news, "is_current": request.path.startswith(news)}]


def desk_sections() -> list[dict[str, Any]]:
    """Return the rooms of the desk, the same for every officer."""
    rooms = [
        (_("Dashboard"), "/desk/"),
        (_("Releases"), "/desk/releases/"),
        (_("Work in progress"), "/desk/jobs"),
    ]
    return [
        {
            "name": name,
            "url": url,
            "is_current": request.path == url or (url != "/desk/" and request.path.startswith(url)),
            "count": None,
        }
        for name, url in rooms
    ]


DESK_ADDRESSES = {"home": "/desk/", "settings": "/desk/settings", "sign_out": "/desk/sign-out"}


def init_menus(app: Flask) -> None:
    """Give every template what stands around its page."""

    @app.context_processor
    def around() -> dict[str, Any]:
        known = {
            "language": current(),
            "languages": LANGUAGES,
            "newsroom": newsroom(),
            "addresses": addresses(),
            "sections": sections(),
            "trail": [],
        }
        return known | desk_surroundings() if is_desk(request.path) else known


def desk_surroundings() -> dict[str, Any]:
    """Return what stands around a page of the desk; ``me`` is None before sign-in."""
    person = me()
    creating = [{"name": _("Release"), "url": "/desk/releases/new"}] if person else []
    return {
        "me": person,
        "desk_sections": desk_sections() if person else [],
        "desk_addresses": DESK_ADDRESSES,
        "create_links": creating,
        "state_words": STATE_WORDS,
        "verb_words": VERB_WORDS,
        "editor_words": editor_words() if person else {},
        "office": office(),
        "upload_mb": current_app.config["UPLOAD_MB"],
    }
