"""The archive (N5): what was sent, month by month, as pages of the site, without anybody's links.

Besides, where links of mails lead that are counted (app/issues/leading.py).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from app.issues import queries, service
from app.issues.leading import way
from app.issues.sheets import Piece, Sheet, of_issue
from app.languages import LANGUAGES, current
from app.newsletter.models import Issue
from app.web.days import midnight
from app.web.headers import keep_private
from app.web.public import Link, page

archive = Blueprint("archive", __name__)
links = Blueprint("issue_links", __name__)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """A text of an issue as it reads now, and what was corrected in it since it was sent."""

    piece: Piece
    corrections: tuple[Any, ...]


def _months(moments: Any) -> list[date]:
    """Return the months in which issues were sent, by the office's clock, the newest first."""
    zone = current_app.config["ZONE"]
    days = (each.astimezone(zone).date().replace(day=1) for each in moments)
    return list(dict.fromkeys(days))


def _bounds(month: date) -> tuple[datetime, datetime]:
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return midnight(month), midnight(after)


def _trail() -> tuple[Link, ...]:
    return (
        Link(_("Newsletter"), url_for("newsletter.subscribe")),
        Link(_("Past issues"), url_for("archive.index")),
    )


@archive.route("/")
def index() -> Any:
    """Show the newest month, or what was looked for."""
    typed = " ".join(request.args.get("q", "").replace("\0", "").split())[:200]
    months = _months(queries.archive_moments(current()))
    if typed:
        found = queries.found_in_archive(current(), typed)
        return _list(months, None, found, typed=typed)
    if not months:
        return _list([], None, [])
    return _list(months, months[0], queries.in_archive(current(), *_bounds(months[0])))


@archive.route("/<string:year>/<string:month>/")
def month(year: str, month: str) -> Any:
    """Show a month; one without issues leads to the nearest that has some."""
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2):
        abort(404)
    if not (1990 <= int(year) <= 2999 and 1 <= int(month) <= 12):
        abort(404)
    wanted = date(int(year), int(month), 1)
    months = _months(queries.archive_moments(current()))
    if not months:
        return redirect(url_for(".index"))
    nearest = min(months, key=lambda each: (abs((each - wanted).days), each))
    if nearest != wanted or len(month) != 2:
        return redirect(url_for(".month", year=f"{nearest:%Y}", month=f"{nearest:%m}"))
    return _list(months, wanted, queries.in_archive(current(), *_bounds(wanted)))


def _list(months: list[date], shown: date | None, rows: Any, typed: str = "") -> Response:
    return page(
        "issues/archive.html",
        trail=_trail()[:1],
        months=[
            Link(f"{each:%Y-%m}", url_for(".month", year=f"{each:%Y}", month=f"{each:%m}"), "", each == shown)
            for each in months
        ],
        days={f"{each:%Y-%m}": each for each in months},
        shown=shown,
        typed=typed,
        rows=[
            {
                "url": f"/{current()}/newsletter/archive/{row[0].path}",
                "subject": row[1].subject,
                "at": row[0].started_at,
            }
            for row in rows
        ],
        is_indexed=not typed,
    )


@archive.route("/<string:year>/<string:month>/<string:name>")
def show(year: str, month: str, name: str) -> Any:
    """Show an issue as it reads now: corrected where it was corrected, and without what was withdrawn."""
    path = f"{year}/{month}/{name}"
    issue = queries.archived(path)
    if issue is None:
        abort(404)
    sheets = of_issue(issue, at=None)
    code = next((each for each in (current(), "en", *LANGUAGES) if each in sheets), None)
    if code is None:
        abort(404)
    sheet, there = (
        sheets[code],
        {each: f"/{each}/newsletter/archive/{path}" for each in LANGUAGES if each in sheets},
    )
    return page(
        "issues/archived.html",
        alternates=there,
        canonical_path=there[code],
        trail=_trail(),
        sheet=sheet,
        issue=issue,
        told=_told(issue, sheet),
        gone=_gone(issue, code, sheet),
        follow_ups=_follow_ups(issue, code),
        fallback_language=code if code != current() else None,
        description=sheet.preheader,
    )


def _told(issue: Issue, sheet: Sheet) -> list[Told]:
    since = issue.started_at or datetime(1970, 1, 1, tzinfo=UTC)
    corrections = queries.corrections_since((each.edition_id for each in sheet.pieces), since)
    return [Told(each, tuple(corrections.get(each.edition_id, ()))) for each in sheet.pieces]


def _gone(issue: Issue, code: str, sheet: Sheet) -> int:
    """Return how many texts stood in the edition when it was sent, and are not public any more."""
    here = {each.item_id for each in sheet.pieces}
    away = [each for each in queries.items(issue.id) if each.item_id not in here]
    known = queries.states_of(each.item_id for each in away)
    return sum(
        # What was withdrawn while it was sent is in no language of the issue any more, as it was drawn anew.
        code in (each.languages or {})
        or any(one.withdrawn_at and one.language in (code, "en") for one in known.get(each.item_id, ()))
        for each in away
    )


def _follow_ups(issue: Issue, code: str) -> list[dict[str, Any]]:
    found = []
    for each in queries.follow_ups(issue.id):
        edition = queries.editions(each.id).get(code)
        if edition is not None and edition.intro:
            found.append({"at": each.started_at, "text": edition.intro})
    return found


@links.route("/<int:issue_id>/<int:number>")
def follow(issue_id: int, number: int) -> Any:
    """Lead from a link of a mail to its page, and count it, where the office counts.

    Whoever only looks where it leads (HEAD) is not counted. Links of mails lead on when counting was switched off
    since, and when the database cannot be written.
    """
    found = way(issue_id, number)
    if found.is_known and request.method == "GET" and current_app.config["COUNT_CLICKS"]:
        try:
            service.count_click(issue_id, number)
        except SQLAlchemyError as error:
            log.warning("a click could not be counted: %s", type(error).__name__)
    answer = redirect(found.address, 302)
    keep_private()
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
