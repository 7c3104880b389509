"""The media library for everybody (P6): films and photos in one list, narrowed, in three orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, request

from app.editorial import linking, naming
from app.editorial.remembered import home, remembered
from app.languages import current
from app.languages import gettext as _
from app.library import shelf
from app.library.cards import cards
from app.library.models import MediaKind
from app.library.shelf import PAGE, SORTS
from app.library.shelving import value_of
from app.library.sounds import sound_name
from app.text.sorting import dictionary_key
from app.web import public as pages
from app.web.narrowing import Select, active, selects
from app.web.paging import Paging, page_number

public = Blueprint("media", __name__)

MARKS = ("topic", "event", "place", "person", "year", "sound", "captions")
FILTERS = ("kind", *MARKS, "sort")


@public.route("/media/")
def index() -> Response:
    """List films and photos, narrowed by kind, topic, event, place, person, year, sound and captions."""
    asked = pages.only(request.args, FILTERS)
    if asked.get("kind") not in set(MediaKind):
        asked.pop("kind", None)
    if asked.get("sort") not in SORTS[1:]:
        asked.pop("sort", None)
    known = {name: _choices(name) for name in MARKS if name in asked}
    for name, choices in known.items():
        value = value_of(asked[name]) if name in ("place", "person") else asked[name]
        if value in choices:
            asked[name] = value
        else:
            del asked[name]
    marks = {name: asked[name] for name in MARKS if name in asked}
    kind = asked.get("kind", "")
    key = ("shelf", current(), kind, *sorted(marks.items()))
    count = remembered(key, lambda: shelf.how_many(current(), kind=kind, marks=marks), home=home())
    paging = Paging(
        page_number(request.args.get("page")) or 0, count, PAGE, request.path, tuple(asked.items())
    )
    if not paging.exists:
        abort(404)
    found = shelf.page(current(), kind=kind, marks=marks, sort=asked.get("sort", "newest"), skip=paging.skip)
    return pages.page(
        "library/index.html",
        cards=cards(found),
        count=count,
        pages=paging,
        kinds=_kinds(asked),
        kind=kind,
        selects=_selects(asked),
        active=active(request.path, marks, {name: _label(name) for name in MARKS}, **_kept(asked)),
        kept=tuple((name, asked[name]) for name in ("kind",) if name in asked),
        list_url=request.path,
        is_of_event="event" in asked,
        alternates=None if not asked and paging.number == 1 else {},
        canonical_path=paging.url(paging.number),
        is_indexed=not marks,
        share={"type": "website", "title": _("Media library"), "picture": None},
    )


def _kept(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in ("kind", "sort") if name in asked}


def _choices(name: str) -> dict[str, str]:
    """Return what a list can be narrowed by, in words, in the language of the page."""
    return remembered(("shelf choices", name, current()), lambda: _worded(name), home=home())


def _worded(name: str) -> dict[str, str]:
    found = dict(shelf.choices(current(), name))
    if name == "topic":
        return {key: topic.name for key, topic in naming.topics(current()).items() if key in found}
    if name == "event":
        named = linking.titles([int(key) for key in found], current())
        return {key: named[int(key)] for key in found if int(key) in named}
    if name == "sound":
        named_sounds = {code: sound_name(code) for code in found}
        return dict(sorted(named_sounds.items(), key=lambda each: dictionary_key(each[1], current())))
    if name == "captions":
        return {"yes": _("With captions")} if "yes" in found else {}
    if name == "year":
        return {year: year for year in sorted(found, reverse=True)}
    return dict(sorted(found.items(), key=lambda each: dictionary_key(each[1], current())))


def _label(name: str) -> Any:
    return lambda value: _choices(name).get(value, value)


def _kinds(asked: Mapping[str, str]) -> list[pages.Link]:
    """Return the switch between all, films and photos; filters stay."""
    words = {"": _("All"), "video": _("Video"), "photo": _("Photos")}
    rest = {name: value for name, value in asked.items() if name != "kind"}
    found = []
    for value, name in words.items():
        wanted = ({"kind": value} if value else {}) | rest
        url = Paging(1, 1, PAGE, request.path, tuple(wanted.items())).url(1)
        found.append(pages.Link(name, url, value, asked.get("kind", "") == value))
    return found


def _selects(asked: Mapping[str, str]) -> tuple[Select, ...]:
    words = {
        "topic": (_("Topic"), _("All topics")),
        "event": (_("Event"), _("All events")),
        "place": (_("Place"), _("All places")),
        "year": (_("Year"), _("All years")),
        "person": (_("Person"), _("All people")),
        "sound": (_("Language of the sound"), _("All languages")),
        "captions": (_("Captions"), _("With or without")),
    }
    offered = [
        (name, label, everything, tuple(choices.items()))
        for name, (label, everything) in words.items()
        if (choices := _choices(name))
    ]
    order = (("oldest", _("Oldest first")), ("longest", _("Longest first")))
    return selects(asked, [*offered, ("sort", _("Order"), _("Newest first"), order)])
