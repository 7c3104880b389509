"""What readers find where a text was: its earlier versions, why it went, where it leads now.

Each type of page answers for its own public texts; when it has none at an address, it asks here. All of it is
the same for every type, and for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Response, abort, redirect, request

from app.database import db
from app.editorial import naming, queries
from app.editorial.models import Edition, Revision
from app.editorial.queries import afterwards
from app.languages import current
from app.languages import gettext as _
from app.web import public as pages
from app.writing import history
from app.writing.sections import Section, of_type

_HISTORY = re.compile(r"(?P<path>.+)/history(?:/(?P<number>[1-9][0-9]{0,3}))?")


def text_at(section: Section, path: str, show: Callable[..., Response]) -> Response:
    """Answer for ``path`` of ``section``: ``show`` the text that is public there, or say where it is or how it ended.

    ``show`` is given the row of ``queries.page``. A text that this language lacks is shown in one that exists, with
    its ``fallback_language``. Anything that readers may not see answers like an address that never existed.
    """
    row = queries.page(section.type, current(), path)
    if row:
        return show(row)
    if (answer := otherwise(section, path)) is not None:
        return answer
    other = queries.in_another_language(section.type, current(), path)
    if other is None:
        abort(404)
    if other.own_path:
        return _lead_on(section.address(current(), other.own_path))
    row = queries.page(section.type, other.language, other.path)
    return show(row, fallback_language=other.language)


def otherwise(section: Section, path: str) -> Response | None:
    """Answer for an address of ``section`` at which no text is public; None if there never was one.

    An old address leads on. A page that ended says so. "…/history" shows the versions of a page, and
    "…/history/2" the second of them; with the address of another language it leads to those in this one.
    """
    if asked := _HISTORY.fullmatch(path):
        known = queries.elsewhere(section.type, current(), asked["path"])
        if known is not None:
            return _of_the_past(section, known, asked["path"], asked["number"])
        other = queries.in_another_language(section.type, current(), asked["path"])
        if other is not None:  # the versions of each language have numbers of their own
            own = (current(), other.own_path) if other.own_path else (other.language, other.path)
            return _lead_on(f"{section.address(*own)}/history")
    known = queries.elsewhere(section.type, current(), path)
    if known is None:
        return None
    if known.withdrawn_at is None:
        return _lead_on(section.address(known.language, known.path))
    return _ended(section, known, path)


def _lead_on(url: str) -> Response:
    return pages.public(redirect(url, 301))  # type: ignore[arg-type]


def _ended(section: Section, known: Any, path: str) -> Response:
    """Say how the page ended; one that was merged leads to the other."""
    if known.ending == "merged":
        there = afterwards.leads_to(known.merged_into_id, current())
        if there is not None:
            return _lead_on(of_type(there.type).address(there.language, there.path))
    if known.path != path:
        return _lead_on(section.address(known.language, known.path))
    edition = db.session.get_one(Edition, known.id)
    revision = db.session.get_one(Revision, afterwards.last_seen(edition.id))
    page = section.as_seen(edition, current(), revision)
    if known.ending == "withdrawn":
        return _kept(section, edition, page, known)
    return pages.page(
        "writing/public/removed.html",
        status=410,
        alternates={},
        is_indexed=False,
        kind_name=getattr(page, "kind_name", section.words.one),
        date=getattr(page, "date", None),
        withdrawn_at=known.withdrawn_at,
        reason=known.withdrawal_reason,
        trail=_trail(section),
        list_url=_list_url(section),
        list_name=section.words.many,
    )


def _kept(section: Section, edition: Edition, page: Any, known: Any) -> Response:
    """Show the text of a withdrawn page as readers saw it last, under the notice that says why."""
    here = section.address(known.language, known.path)
    if hasattr(page, "history"):
        page.history = history.of_edition(edition.id, here)
    return pages.page(
        "writing/public/kept.html",
        alternates={},
        is_indexed=False,
        page=page,
        section=section,
        withdrawn_at=known.withdrawn_at,
        reason=known.withdrawal_reason,
        office=naming.office(),
        trail=_trail(section),
    )


def _of_the_past(section: Section, known: Any, path: str, number: str | None) -> Response:
    here = section.address(known.language, known.path)
    if known.withdrawn_at is not None and known.ending != "withdrawn":
        return _ended(section, known, path)
    if known.path != path:
        return _lead_on(f"{here}/history/{number}" if number else f"{here}/history")
    edition = db.session.get_one(Edition, known.id)
    versions = history.versions(edition.id)
    if not versions:  # its moment has just come, and nobody has settled it yet
        abort(404)
    if number is None:
        return _history(section, edition, here, versions)
    if int(number) > len(versions):
        abort(404)
    return _version(section, edition, here, versions, versions[int(number) - 1])


def _history(section: Section, edition: Edition, here: str, versions: list[history.Version]) -> Response:
    """List every version that readers saw, and show how one became another: the last two, unless told."""
    newest = versions[-1].number
    first, second = _number("from", max(1, newest - 1), newest), _number("to", newest, newest)
    revisions = afterwards.revisions_by_id(
        each.revision_id for each in versions if each.number in (first, second, newest)
    )
    by_number = {each.number: revisions.get(each.revision_id) for each in versions}
    old, new = by_number[first], by_number[second]
    return pages.page(
        "writing/public/history.html",
        alternates={},
        is_indexed=False,
        title=by_number[newest].title,
        url=here,
        text_language=edition.language,
        versions=versions[::-1],
        first=first,
        second=second,
        changes=history.seen(section, old, new) if first != second else [],
        trail=(*_trail(section), pages.Link(by_number[newest].title, here)),
    )


def _number(name: str, otherwise: int, most: int) -> int:
    """Return the number of a version in the query; anything that is none counts as nothing asked."""
    value = request.args.get(name, "")
    return int(value) if re.fullmatch("[1-9][0-9]{0,3}", value) and int(value) <= most else otherwise


def _version(
    section: Section, edition: Edition, here: str, versions: list[history.Version], version: history.Version
) -> Response:
    """Show one version as readers saw it, without its pictures, marked as an earlier one."""
    revision = afterwards.revisions_by_id([version.revision_id])[version.revision_id]
    return pages.page(
        "writing/public/version.html",
        alternates={},
        is_indexed=False,
        canonical_path=here,
        url=here,
        title=revision.title,
        version=version,
        is_last=version.number == len(versions),
        page=section.as_seen(edition, current(), revision),
        section=section,
        office=naming.office(),
        trail=(*_trail(section), pages.Link(_("See what changed"), f"{here}/history")),
    )


def _list_url(section: Section) -> str:
    return f"/{current()}/{section.listing or section.segment}/"


def _trail(section: Section) -> tuple[pages.Link, ...]:
    return (pages.Link(str(section.words.many), _list_url(section)),)
