"""Atom (RFC 4287), the site map (sitemaps.org) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from feedgenerator import Atom1Feed
from flask import Blueprint, Response, abort, current_app, make_response, render_template
from markupsafe import escape

from app.database import db
from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.queries import afterwards
from app.editorial.remembered import remembered
from app.languages import LANGUAGES, current
from app.languages import gettext as _
from app.releases import presenting
from app.releases.rules import KIND_NAMES
from app.web import public as pages
from app.web.filters import clock_time, day
from app.writing.sections import every, of_type

public = Blueprint("feeds", __name__)
bare = Blueprint("maps", __name__)

MOST, LEAST = 30, 10  # entries of a feed
TEXT_BYTES = 32_000  # of all its texts: feed readers ask again every few minutes, and keep what they have had
ENDED = 10  # of them, at most, that say that a release is gone
MAP_ROWS = 10_000  # addresses in one site map; the standard allows 50,000 and 50 MB
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """Atom as we mean it: what a body links to is ours, and an empty feed was not changed this very moment."""

    def root_attributes(self) -> dict[str, str]:
        """Say what the addresses in the bodies begin with: a feed reader is on another site."""
        return super().root_attributes() | {"xml:base": pages.absolute("/")}

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@public.route("/news.atom")
def news() -> Response:
    """The latest releases in this language, with their whole text: fewer of them when they are long."""
    home = current_app.config["SQLALCHEMY_DATABASE_URI"]
    answer = make_response(remembered(("feed", current()), _written, home=home))
    answer.content_type = "application/atom+xml; charset=utf-8"
    return pages.public(answer)


def _written() -> str:
    """Return the feed in this language as it stands; readers fetch it more often than all pages together."""
    feed = Feed(
        title=_("%(organisation)s: releases", organisation=current_app.config["ORGANISATION"][current()]),
        link=pages.absolute(f"/{current()}/news/"),
        description="",
        language=current(),
        feed_url=pages.absolute(f"/{current()}/news.atom"),
        author_name=current_app.config["ORGANISATION"][current()],
        feed_guid=pages.absolute(f"/{current()}/news.atom"),
    )
    entries = sorted([*_released(), *_gone()], key=lambda each: each["pubdate"], reverse=True)[:MOST]
    for entry in entries[: _fitting([each["content"] for each in entries])]:
        feed.add_item(**entry)
    return feed.writeString("utf-8")


def _released() -> list[dict[str, Any]]:
    """Return an entry for each of the newest releases, with its whole text."""
    found = queries.newest("release", current(), limit=MOST)
    bodies = _bodies(row.id for row in found)
    corrections = afterwards.corrections(row.id for row in found if row.updated_at)
    return [
        {
            "title": row.title,
            "link": pages.absolute(presenting.address(row.language, row.path)),
            "description": row.lead,
            "content": _corrected(corrections.get(row.id)) + bodies.get(row.id, ""),
            "unique_id": _identity(row.id, row.first_public_at or row.public_from),
            "pubdate": row.public_from,
            "updateddate": row.updated_at or row.public_from,
            "categories": [str(KIND_NAMES[row.public_kind])],
        }
        for row in found
    ]


def _gone() -> list[dict[str, Any]]:
    """Return an entry for each of the last releases that ended, in the place of the one that feed readers keep.

    It has the same identity, so they put it over the text that they have. Turned down: "deleted entries"
    (RFC 6721), which hardly any of them knows: the text would stand there for ever.
    """
    return [_notice(row) for row in afterwards.ended("release", current(), limit=ENDED)]


def _notice(row: Any) -> dict[str, Any]:
    """Return the entry that says how a release ended. What was removed has no title and no text any more."""
    link, kind = presenting.address(current(), row.path), KIND_NAMES[row.kind]
    when = day(row.withdrawn_at)
    if row.ending == "withdrawn":
        title = _("Withdrawn: %(title)s", title=row.title)
        said = _("Withdrawn on %(date)s. %(reason)s", date=when, reason=row.withdrawal_reason)
    elif row.ending == "merged" and (there := afterwards.leads_to(row.merged_into_id, current())):
        title = _("Moved: %(title)s", title=row.title)
        said = _("This page is now part of another one.")
        link = of_type(there.type).address(there.language, there.path)
    else:
        link = f"/{current()}/news/"  # its own address is made of the words of its title
        title = (
            _("Removed: %(kind)s", kind=kind)
            if row.date is None
            else _("Removed: %(kind)s of %(date)s", kind=kind, date=day(row.date))
        )
        said = " ".join(
            filter(None, (_("It was removed from this site on %(date)s.", date=when), row.withdrawal_reason))
        )
    return {
        "title": title,
        "link": pages.absolute(link),
        "description": said,
        "content": f"<p>{escape(said)}</p>",
        "unique_id": _identity(row.id, row.first_public_at),
        "pubdate": row.withdrawn_at,
        "updateddate": row.withdrawn_at,
        "categories": [str(kind)],
    }


def _identity(edition_id: int, first_public_at: datetime) -> str:
    """Return what an entry is known by, whatever becomes of the release."""
    return f"tag:{_authority()},{first_public_at:%Y-%m-%d}:edition-{edition_id}"


def _fitting(texts: Sequence[str]) -> int:
    """Return how many of ``texts``, newest first, the feed has room for; a few in any case."""
    sizes = accumulate(len(text.encode()) for text in texts)
    return sum(1 for number, size in enumerate(sizes, 1) if number <= LEAST or size <= TEXT_BYTES)


def _corrected(correction: Any) -> str:
    """Return the paragraph that opens the text of a corrected release: when, what was wrong, what is right."""
    if correction is None:
        return ""
    when = _("Corrected on %(date)s at %(time)s.", date=day(correction.at), time=clock_time(correction.at))
    return f"<p><strong>{escape(when)}</strong> {escape(correction.note)}</p>"


def _bodies(edition_ids: Iterable[int]) -> dict[int, str]:
    wanted = queries.public(Edition.id, Revision.shown).where(Edition.id.in_(list(edition_ids)))
    return {row.id: linking.body(row.shown, row.id) for row in db.session.execute(wanted)}


def _authority() -> str:
    return current_app.config["PUBLIC_URL"].partition("://")[2].partition(":")[0]


@bare.route("/robots.txt")
def robots() -> Response:
    """Let everybody read what is public, and tell where the map is.

    Which photos of a set somebody chose stands in the address: of twenty photos, a million addresses of one page.
    """
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /*photo=",
        f"Sitemap: {pages.absolute('/sitemap.xml')}",
        "",
    ]
    answer = make_response("\n".join(lines))
    answer.content_type = "text/plain; charset=utf-8"
    return pages.public(answer)


@bare.route("/sitemap.xml")
def index_of_maps() -> Response:
    """One map for each language and ten thousand addresses."""
    maps = [(code, number) for code in LANGUAGES for number in range(1, queries.last_id() // MAP_ROWS + 2)]
    return _xml(
        "feeds/maps.xml", maps=[pages.absolute(f"/sitemap-{code}-{number}.xml") for code, number in maps]
    )


@bare.route("/sitemap-<any(fr, en, uk):code>-<int:number>.xml")
def one_map(code: str, number: int) -> Response:
    """The public addresses of one language, with their other languages."""
    if not 1 <= number <= queries.last_id() // MAP_ROWS + 1:
        abort(404)
    rows = queries.everything(code, after=(number - 1) * MAP_ROWS, until=number * MAP_ROWS)
    lists = (
        f"/{code}/",
        *dict.fromkeys(f"/{code}/{section.listing or section.segment}/" for section in every()),
    )
    first = [{"url": pages.absolute(path), "at": None} for path in lists]
    listed = [
        {
            "url": pages.absolute(of_type(row.type).address(row.language, row.path)),
            "at": row.updated_at or row.public_from,
        }
        for row in rows
    ]
    return _xml("feeds/map.xml", rows=(first if number == 1 else []) + listed)


def _xml(template: str, **values: Any) -> Response:
    answer = make_response(render_template(template, **values))
    answer.content_type = "application/xml; charset=utf-8"
    return pages.public(answer)
