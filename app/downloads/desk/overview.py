"""What is taken of all videos and photos in a period: which texts, and by which organisations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import needs
from app.downloads import overall
from app.downloads.desk.door import desk
from app.downloads.forms import PeriodForm
from app.library.timeline import lasting
from app.text import tables
from app.text.characters import kept
from app.web.days import bounds, day_of
from app.web.filters import day
from app.web.public import Link
from app.writing.sections import of_type

USUAL_DAYS = 30
LONGEST_TABLE = 100_000  # rows


@desk.route("/downloads/")
@needs("media_accounts")
def overview() -> Any:
    """Show which texts were taken most in a period, and by which organisations."""
    form, asked, query = _asked()
    is_right = not form.errors
    texts = overall.texts(asked) if is_right else []
    item_ids = [row.item_id for row in texts]
    body = render_template(
        "downloads/desk/overview.html",
        form=form,
        total=overall.total(asked) if is_right else None,
        texts=texts,
        called=overall.called(item_ids),
        seconds=overall.seconds(asked, item_ids),
        organisations=overall.organisations(asked) if is_right else [],
        organisation=asked.organisation,
        of_type=of_type,
        lasting=lasting,
        periods=_periods(query),
        everybody_url=_at({name: value for name, value in query.items() if name != "organisation"}),
        organisation_url=lambda name: _at(query | {"organisation": name}),
        table_url=f"/desk/downloads.csv?{urlencode(query)}",
        most=overall.MOST,
    )
    return body, 200 if is_right else 422


@desk.route("/downloads.csv")
@needs("media_accounts")
def overview_table() -> Any:
    """Give the texts of a period as a table for other programs; what is wrong with the period is said on the page."""
    form, asked, _query = _asked()
    if form.errors:
        return overview()
    rows, ids = overall.texts(asked, limit=LONGEST_TABLE), overall.ids(asked)
    called, seconds = overall.called(ids), overall.seconds(asked, ids)
    head = [
        "item",
        "type",
        "language",
        "title",
        "files",
        "parts",
        "seconds of parts",
        "organisations",
        "last",
    ]
    lines = [
        [
            row.item_id, text.type, text.language, text.title, row.times, row.parts,
            round(seconds.get(row.item_id, 0), 2), row.organisations, row.last.isoformat(),
        ]
        for row in rows
        if (text := called.get(row.item_id))
    ]  # fmt: skip
    answer = Response(tables.table([head, *lines]), mimetype="text/csv; charset=utf-8")
    name = "-".join(["downloads", *(str(each.date()) for each in (asked.start, asked.end) if each)])
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return answer


def _asked() -> tuple[PeriodForm, overall.Asked, dict[str, str]]:
    """Return the form of the period, what is counted, and what says the same in an address."""
    form = PeriodForm(request.args, meta={"csrf": False})
    if not {"start", "end"} & set(request.args):
        form.start.data = _since(USUAL_DAYS)
    is_right = form.validate()
    query = {name: form[name].data or "" for name in ("start", "end")}
    organisation = request.args.get("organisation")
    if organisation is not None:
        organisation = query["organisation"] = kept(organisation)[:160]
    period = bounds(form.start.day, form.end.day) if is_right else {}
    return form, overall.Asked(organisation=organisation, **period), query


def _since(days: int) -> str:
    """Return the first of so many days up to today, as it is typed."""
    return day(day_of(clock.now()) - timedelta(days=days - 1))


def _periods(query: dict[str, str]) -> list[Link]:
    """Return the usual periods; an organisation that is looked at stays."""
    words = {
        7: _("Last 7 days"),
        USUAL_DAYS: _("Last 30 days"),
        365: _("Last 12 months"),
        0: _("All the time"),
    }
    found = []
    for days, name in words.items():
        wanted = {"start": _since(days) if days else "", "end": ""}
        is_current = all(query[field] == value for field, value in wanted.items())
        found.append(Link(name, _at(query | wanted), is_current=is_current))
    return found


def _at(query: dict[str, str]) -> str:
    return f"/desk/downloads/?{urlencode(query)}"
