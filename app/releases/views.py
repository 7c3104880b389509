"""Where readers find releases: the list, and each release in its languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request

from app.editorial import naming, queries
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES, OWN_NAMES, current
from app.languages import gettext as _
from app.releases import machine, presenting
from app.releases.models import Kind
from app.releases.rules import KIND_NAMES
from app.releases.section import releases
from app.text import markup
from app.web import public as pages
from app.web.narrowing import Select, active, selects
from app.web.paging import Paging, page_number
from app.writing.views import otherwise, text_at

public = Blueprint("releases", __name__)

PAGE = 20
FILTERS = ("kind", "topic", "year", "language")


@public.route("/news/")
def index() -> Response:
    """List releases, newest first, narrowed by kind, topic, year and language of the text."""
    asked = pages.only(request.args, FILTERS)
    topics = naming.topics(current())
    first, last = remembered("years", lambda: queries.years("release"), home=home()) or (0, -1)
    if asked.get("kind") not in KIND_NAMES:
        asked.pop("kind", None)
    if asked.get("topic") not in topics:
        asked.pop("topic", None)
    if asked.get("year") not in {str(year) for year in range(first, last + 1)}:
        asked.pop("year", None)
    if asked.get("language") not in LANGUAGES or asked.get("language") == current():
        asked.pop("language", None)
    language = asked.get("language", current())
    wanted: dict[str, Any] = {"kind": asked.get("kind")}
    if topic := topics.get(asked.get("topic", "")):
        wanted["topic_id"] = topic.id
    if asked.get("year"):
        zone, year = current_app.config["ZONE"], int(asked["year"])
        wanted["start"] = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
        wanted["end"] = datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    key = ("count", language, *sorted(asked.items()))
    count = remembered(key, lambda: queries.how_many("release", language, **wanted), home=home())
    number = page_number(request.args.get("page"))
    paging = Paging(number or 0, count, PAGE, request.path, tuple(asked.items()))
    if not paging.exists:
        abort(404)
    rows = presenting.rows(queries.newest("release", language, skip=paging.skip, limit=PAGE, **wanted))
    choices = remembered(
        ("selects", current(), *sorted(asked.items())),
        lambda: _selects(asked, topics, range(last, first - 1, -1)),
        home=home(),
    )
    return pages.page(
        "releases/index.html",
        rows=rows,
        count=count,
        pages=paging,
        selects=choices,
        active=_active(asked, topics),
        list_url=request.path,
        names=OWN_NAMES,
        alternates=None if not asked and number == 1 else {},
        canonical_path=paging.url(paging.number),
        is_indexed=not asked,
    )


def _selects(asked: dict[str, str], topics: dict[str, Any], years: range) -> tuple[Select, ...]:
    """Return what the list can be narrowed by."""
    return selects(
        asked,
        (
            ("kind", _("Kind"), _("All kinds"), presenting.kind_names(current()).items()),
            ("topic", _("Topic"), _("All topics"), ((topic.key, topic.name) for topic in topics.values())),
            ("year", _("Year"), _("All years"), ((str(year), str(year)) for year in years)),
            (
                "language",
                _("Language of the text"),
                OWN_NAMES[current()],
                ((code, OWN_NAMES[code]) for code in LANGUAGES if code != current()),
            ),
        ),
    )


def _active(asked: dict[str, str], topics: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the filters in force, each with the address of the list without it."""
    words: dict[str, Any] = {
        "kind": lambda value: KIND_NAMES[Kind(value)],
        "topic": lambda value: topics[value].name,
        "year": str,
        "language": OWN_NAMES.__getitem__,
    }
    return active(request.path, asked, words)


@public.route("/news/<path:path>")
def show(path: str) -> Response:
    """Show a release; lead on from an old address; say what became of one that ended, and how it changed."""
    if path.endswith(".txt"):
        return plain(path.removesuffix(".txt"))
    return text_at(releases, path, _show)


def plain(path: str) -> Response:
    """Give a release as plain text, for a wire or a note."""
    found = queries.page("release", current(), path)
    if not found:
        answer = otherwise(releases, path)
        if answer is None or answer.status_code == 410:
            abort(404)
        if answer.status_code != 200:
            return answer
        return pages.public(redirect(presenting.address(current(), path), 301))  # type: ignore[arg-type]
    release = presenting.page(found, current())
    answer = make_response(machine.plain_text(release))
    answer.content_type = "text/plain; charset=utf-8"
    answer.headers["X-Robots-Tag"] = "noindex"
    return pages.public(answer)


def _show(row: Any, fallback_language: str | None = None) -> Response:
    release = presenting.page(row, current())
    related = presenting.related(release)
    alternates = {each.language: each.url for each in release.alternates} | {release.language: release.url}
    return pages.page(
        "releases/show.html",
        alternates=alternates,
        canonical_path=release.url,
        release=release,
        related=related,
        fallback_language=fallback_language,
        plain_url=f"{release.url}.txt",
        description=release.lead or markup.excerpt(release.body, 160),
        jsonld=pages.data_block(machine.news_article(release)),
        share=pages.shared_article(release.title, release.pictures),
        trail=_trail(),
        office=naming.office(),
    )


def _trail() -> tuple[pages.Link, ...]:
    return (pages.Link(_("Releases"), f"/{current()}/news/"),)
