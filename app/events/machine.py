"""An event for machines: JSON-LD (schema.org Event, with its programme as sub-events)."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.events.hours import Hours
from app.events.presenting import Entry, Page
from app.languages import current
from app.text import markup
from app.web.filters import iso
from app.web.public import absolute

SCHEMA = "https://schema.org/"


def event_data(event: Page) -> dict[str, Any]:
    """Return the Event of ``event`` (schema.org/Event; Google asks for name, startDate, location)."""
    url = absolute(event.url)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "url": url,
    }
    data |= {"inLanguage": event.language, "organizer": _organisation()}
    data |= _state(event.state, event.was, event.hours)
    data |= _hours(event.hours)
    data |= _where(event.place, event.stream_url)
    if event.lead or event.body:
        data["description"] = event.lead or markup.excerpt(event.body, 300)
    if event.pictures:
        data["image"] = [absolute(picture.src) for picture in event.pictures]
    if entries := [_entry(event, entry) for _day, several in event.days for entry in several]:
        data["subEvent"] = entries
    return data


def _organisation() -> dict[str, Any]:
    settings = current_app.config
    name = settings["ORGANISATION"][current()]
    return {"@type": "Organization", "name": name, "url": settings["PUBLIC_URL"]}


def _entry(event: Page, entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Event",
        "name": entry.title,
        "url": f"{absolute(event.url)}#{entry.key}",
    }
    data |= _state(entry.state, entry.was, entry.hours)
    data |= _hours(entry.hours)
    data |= _where(", ".join(filter(None, [entry.place, event.place])), entry.stream_url)
    if entry.people:
        data["description"] = entry.people
    return data


def _state(state: str, was: Hours | None, hours: Hours | None) -> dict[str, Any]:
    """Say whether it takes place; who moved it says from when."""
    known = {"cancelled": "EventCancelled", "moved": "EventRescheduled"}.get(state, "EventScheduled")
    told: dict[str, Any] = {"eventStatus": SCHEMA + known}
    if was and hours and was.starts_at != hours.starts_at:
        told["previousStartDate"] = _moment(was, "starts_at")
    return told


def _hours(hours: Hours | None) -> dict[str, Any]:
    if hours is None:
        return {}
    told = {"startDate": _moment(hours, "starts_at")}
    return told | ({"endDate": _moment(hours, "ends_at")} if hours.ends_at else {})


def _moment(hours: Hours, name: str) -> str:
    moment = getattr(hours, name)
    zone = current_app.config["ZONE"]
    return iso(moment.astimezone(zone).date()) if hours.is_days else iso(moment)


def _where(place: str, stream_url: str) -> dict[str, Any]:
    """Say where, and whether one can be there from afar."""
    places: list[dict[str, Any]] = []
    if place:
        places.append({"@type": "Place", "name": place, "address": place})
    if stream_url:
        url = absolute(stream_url) if stream_url.startswith("/") else stream_url
        places.append({"@type": "VirtualLocation", "url": url})
    if not places:
        return {}
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}[
        bool(place), bool(stream_url)
    ]
    location = places[0] if len(places) == 1 else places
    return {"location": location, "eventAttendanceMode": f"{SCHEMA}{mode}EventAttendanceMode"}
