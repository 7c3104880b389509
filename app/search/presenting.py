"""Results as a page shows them: the rows of each kind's own list, with the words looked for marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from app.editorial import linking
from app.events import presenting as events
from app.releases import presenting as releases
from app.search import queries
from app.search.asking import Question
from app.search.marking import excerpt, marked
from app.web.lasting import right_until


class Result(NamedTuple):
    """A page with a title and a lead, or an answer on one: ``page`` is what that page is called, ``looked_at`` when
    it was checked, None of photos, which nobody checks again.
    """

    title: Markup
    url: str
    lead: Markup | str
    language: str
    page: str
    looked_at: datetime | None


class Group(NamedTuple):
    """The results of one kind: their number (``is_more``: more than are counted), and those that are shown."""

    kind: str
    name: str
    # A tuple counts, too; nobody asks this one to.
    count: int  # type: ignore[assignment]
    is_more: bool
    rows: Sequence[Any]
    url: str


def rows(ids: Sequence[int], kind: str, question: Question) -> Sequence[Any]:
    """Return the rows of ``kind`` with these ids as their list draws them."""
    found = queries.rows(ids, kind)
    if kind == "release":
        return [
            row._replace(title=marked(row.title, question, row.language), lead=_lead(known, question))
            for row, known in zip(releases.rows(found), found, strict=True)
        ]
    if kind == "event":
        listed = events.rows(found)
        right_until(events.list_until(listed))
        return [
            replace(
                row,
                title=marked(row.title, question, row.language),
                lead=_lead(known, question),
                place=marked(row.place, question, row.language),
            )
            for row, known in zip(listed, found, strict=True)
        ]
    return [_result(row, question) for row in found]


def _result(row: Any, question: Question) -> Result:
    """Return a page, or where in it an answer stands."""
    url, looked_at = linking.address(row.type, row.language, row.path), row.updated_at or row.public_from
    if row.part:
        title = marked(row.heading, question, row.language)
        lead = excerpt(row.text, question, row.language) or row.text
        return Result(title, f"{url}#{row.part}", lead, row.language, row.title, looked_at)
    title = marked(row.title, question, row.language)
    is_checked = row.type == "topic"
    return Result(title, url, _lead(row, question), row.language, "", looked_at if is_checked else None)


def _lead(row: Any, question: Question) -> Markup | str:
    """Return the lead, or the words around what was looked for where that stands elsewhere."""
    return excerpt(row.lead, question, row.language) or excerpt(row.text, question, row.language) or row.lead
