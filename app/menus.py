"""What can be reached from everywhere: the newsroom's name, the sections of the site and of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, current_app, request

from app.accounts.guards import me
from app.accounts.rules import may
from app.editorial.naming import office
from app.editorial.words import STATE_WORDS, VERB_WORDS
from app.front.views import STANDING_PAGES, standing_names
from app.here import asked
from app.languages import LANGUAGES, current
from app.languages import gettext as _
from app.web.headers import is_desk
from app.web.public import Link
from app.writing.sections import at_desk, every


@dataclass(frozen=True)
class Newsroom:
    """Whose newsroom this is, in the language of the page."""

    name: str
    organisation: str
    press_phone: str
    press_email: str
    zone_name: str
    is_demo: bool


# What a page for readers may say in its head; what it does not say stays as it is here.
HEAD: dict[str, Any] = {
    "description": None,
    "canonical": None,
    "alternates": (),
    "x_default": None,
    "share": None,
    "jsonld": None,
    "is_indexed": True,
}


@cache
def _surroundings(app: Flask, code: str) -> dict[str, dict[str, Any]]:
    """Return what stands around the pages in a language, by the address of their section; "" is for the others.

    Worked out once, as it never changes.
    """
    settings, names = app.config, standing_names()
    sections = (
        (_("Releases"), f"/{code}/news/"),
        (_("Events"), f"/{code}/events/"),
        (_("Topics"), f"/{code}/topics/"),
        (_("Media library"), f"/{code}/media/"),
        (_("Search"), f"/{code}/search/"),
    )
    everywhere = HEAD | {
        "language": code,
        "languages": LANGUAGES,
        "newsroom": Newsroom(
            name=_("Newsroom"),
            organisation=settings["ORGANISATION"][code],
            press_phone=settings["PRESS_PHONE"],
            press_email=settings["PRESS_EMAIL"],
            zone_name=settings["ZONE"].key,
            is_demo=settings["DEMO"],
        ),
        "addresses": {
            "home": f"/{code}/",
            "account": f"/{code}/account/",
            "news": f"/{code}/news/",
            "feed": f"/{code}/news.atom",
            "newsletter": f"/{code}/newsletter/",
            "about": [{"name": names[page], "url": f"/{code}/about/{page}"} for page in STANDING_PAGES],
        },
        "trail": (),
    }
    return {
        here: everywhere
        | {"sections": tuple([Link(name, url, is_current=url == here) for name, url in sections])}
        for here in ("", *(url for _name, url in sections))
    }


def desk_sections(person: Any) -> list[dict[str, Any]]:
    """Return the rooms of the desk, in the same order for everybody; one that is not ``person``'s is absent."""
    rooms = [
        (_("Dashboard"), "/desk/"),
        (_("Calendar"), "/desk/calendar/"),
        *((section.words.many, f"/desk/{section.folder}/") for section in every()),
        *([(_("Upload"), "/desk/media/upload")] if may(person, "media") else []),
        *(
            ((_("Contacts"), "/desk/contacts/"), (_("Subjects"), "/desk/subjects/"))
            if may(person, "contacts")
            else ()
        ),
        *(
            ((_("Media accounts"), "/desk/media-accounts/"), (_("Downloads"), "/desk/downloads/"))
            if may(person, "media_accounts")
            else ()
        ),
        *(
            (
                (_("Newsletter"), "/desk/newsletter/issues/"),
                (_("Subscribers"), "/desk/newsletter/subscribers/"),
            )
            if may(person, "newsletter")
            else ()
        ),
        *([(_("Words of the house"), "/desk/words/")] if may(person, "write") else []),
        (_("Work in progress"), "/desk/jobs"),
        *([(_("Log"), "/desk/log/")] if may(person, "audit") else []),
    ]
    if may(person, "people"):
        rooms.append((_("People"), "/desk/people/"))
        if not current_app.config["MAIL_SERVER"]:
            rooms.append((_("Mailbox"), "/dev/mail"))
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
    app.jinja_env.globals["at_desk"] = at_desk

    def around() -> dict[str, Any]:
        known, path = _surroundings(app, current()), asked().path
        return known.get(path[: path.find("/", 4) + 1]) or known[""]

    app.extensions["surroundings"] = around
    app.context_processor(lambda: around() | desk_surroundings() if is_desk(asked().path) else around())


def desk_surroundings() -> dict[str, Any]:
    """Return what stands around a page of the desk; ``me`` is None before sign-in."""
    person = me()
    creating = [{"name": each.words.one, "url": f"/desk/{each.folder}/new"} for each in every()]
    return {
        "me": person,
        "desk_sections": desk_sections(person) if person else [],
        "desk_addresses": DESK_ADDRESSES,
        "create_links": creating if may(person, "begin") else [],
        "state_words": STATE_WORDS,
        "verb_words": VERB_WORDS,
        "office": office(),
        "upload_mb": current_app.config["UPLOAD_MB"],
    }
