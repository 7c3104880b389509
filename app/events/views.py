"""Where readers find events: what is coming, what took place, each event with its programme, and their calendars."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request

from app import clock
from app.editorial import naming, queries
from app.events import calendar, machine, presenting
from app.events import queries as events
from app.events.section import events as section
from app.languages import OWN_NAMES, current
from app.languages import gettext as _
from app.text import markup
from app.web import public as pages
from app.web.lasting import right_until
from app.web.paging import Paging, page_number
from app.writing.views import text_at

public = Blueprint("events", __name__)

PAGE = 20
KEPT_IN_CALENDARS = timedelta(days=30)  # what is over stays so long in the calendar that is followed


@public.route("/events/")
def index() -> Response:
    """List what is coming, next first, then what took place, last first and by year."""
    first = events.first_year(current())
    this = clock.now().astimezone(current_app.config["ZONE"]).year
    years = [str(year) for year in range(this, (first or this + 1) - 1, -1)]
    asked = pages.only(request.args, ("year",))
    if asked.get("year") not in years:
        asked.pop("year", None)
    year = int(asked["year"]) if asked else None
    count = events.how_many_past(current(), year=year)
    number = page_number(request.args.get("page"))
    paging = Paging(number or 0, count, PAGE, request.path, tuple(asked.items()))
    if not paging.exists:
        abort(404)
    coming = presenting.rows(events.coming(current()))
    past = presenting.rows(events.past(current(), year=year, skip=paging.skip, limit=PAGE))
    right_until(presenting.list_until(coming))
    return pages.page(
        "events/index.html",
        coming=coming if number == 1 and not asked else [],
        past=_by_year(past),
        year=asked.get("year"),
        years=years if first else [],
        pages=paging,
        names=OWN_NAMES,
        calendar_url=f"/{current()}/events.ics",
        webcal_url=_webcal(),
        alternates=None if not asked and number == 1 else {},
        canonical_path=paging.url(paging.number),
        is_indexed=not asked,
    )


def _by_year(rows: list[presenting.ListRow]) -> list[tuple[int, list[presenting.ListRow]]]:
    zone, found = current_app.config["ZONE"], {}  # type: ignore[var-annotated]
    for row in rows:
        found.setdefault(row.hours.starts_at.astimezone(zone).year, []).append(row)
    return list(found.items())


def _webcal() -> str:
    return "webcal://" + pages.absolute(f"/{current()}/events.ics").partition("://")[2]


@public.route("/events.ics")
def follow() -> Response:
    """What is coming, for calendars that follow it; what is just over stays, so that it does not vanish there."""
    found = events.near(current(), since=clock.now() - KEPT_IN_CALENDARS, limit=events.MOST_COMING)
    organisation = current_app.config["ORGANISATION"][current()]
    name = _("%(organisation)s: events", organisation=organisation)
    right_until(min((row.ends_at + KEPT_IN_CALENDARS for row in found), default=None))
    return _ics(calendar.several([presenting.line(row) for row in found], name=name))


@public.route("/events/<path:path>")
def show(path: str) -> Response:
    """Show an event, or give it to a calendar; lead on from an old address; say what became of one that ended."""
    if path.endswith(".ics"):
        slug, _slash, key = path.removesuffix(".ics").partition("/")
        return _calendar(slug, key)
    return text_at(section, path, _show)


def _calendar(slug: str, key: str) -> Response:
    """Give an event, or its entry ``key``, to a calendar; lead on from an old address of the event."""
    found = queries.page("event", current(), slug)
    if not found:
        ended = queries.elsewhere("event", current(), slug)
        if ended is None:
            abort(404)
        if ended.withdrawn_at is not None:  # gone from calendars, whatever its page says
            return pages.public(make_response("", 410))
        return _moved(ended.language, f"{ended.path}/{key}.ics" if key else f"{ended.path}.ics")
    event = presenting.page(found, current())
    if not key:
        return _ics(calendar.whole(event), name=event.path)
    entry = next((each for _day, several in event.days for each in several if each.key == key), None)
    if entry is None:
        abort(404)
    return _ics(calendar.one(event, entry), name=f"{event.path}-{key}")


def _ics(body: bytes, name: str = "events") -> Response:
    answer = make_response(body)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return pages.public(answer)


def _moved(language: str, path: str) -> Any:
    return pages.public(redirect(presenting.address(language, path), 301))  # type: ignore[arg-type]


def _show(row: Any, fallback_language: str | None = None) -> Response:
    event = presenting.page(row, current())
    alternates = {each.language: each.url for each in event.alternates} | {event.language: event.url}
    right_until(event.until)
    return pages.page(
        "events/show.html",
        alternates=alternates,
        canonical_path=event.url,
        event=event,
        fallback_language=fallback_language,
        description=event.lead or markup.excerpt(event.body, 160) or event.title,
        jsonld=pages.data_block(machine.event_data(event)),
        share=pages.shared_article(event.title, event.pictures),
        trail=(pages.Link(_("Events"), f"/{current()}/events/"),),
        office=naming.office(),
    )
