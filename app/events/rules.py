"""What an event is kept as, what it cannot be reviewed without, and what is worth a warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.editorial.models import Revision
from app.editorial.rules import HOURS, NEEDS, TIDIES, NotReady, Typed
from app.events import times
from app.refusals import Refusal
from app.text import markup, typography
from app.text.characters import check_length
from app.text.slugs import fold
from app.web.days import end_of_day

MOST_ENTRIES = 500
LONGEST = timedelta(days=60)  # of an event: lists of what is coming look back no further
WORDS = {"title": 300, "place": 200, "people": 500, "conditions": 500, "note": 500}  # characters at most


class Seen(Refusal):
    """An entry that readers have seen was to disappear. ``keys`` are those of such entries."""

    field = "programme"

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(
            _l("Readers have seen this entry: it cannot be deleted. Cancel it; it then stays, and says so.")
        )
        self.keys = tuple(keys)


class EndFirst(Refusal):
    """Something ends before it begins, or as it begins."""

    message = _l("The end must come after the start.")


class TooManyEntries(Refusal):
    """A programme that is no programme any more."""

    field = "programme"
    message = _l("A programme has 500 entries at most. Make an event of each day.")


def check_span(starts_at: datetime | None, ends_at: datetime | None, *, field: str) -> None:
    """Raise unless what begins at ``starts_at`` ends after it, and not more than sixty days later."""
    if starts_at is None or ends_at is None:
        return
    if ends_at <= starts_at:
        raise EndFirst(field=field)
    if ends_at - starts_at > LONGEST:
        raise Refusal(_l("An event lasts 60 days at most. Check the year of both dates."), field=field)


def tidy(typed: Typed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts and the words of an event as they are kept.

    What was not typed stays: the programme is written on pages of its own. Raises Seen, TooManyCharacters, EndFirst,
    TooManyEntries.
    """
    seen, old, at = typed.seen or {}, typed.old_facts, typed.at
    programme = typed.facts.get("programme", old.get("programme", []))
    if len(programme) > MOST_ENTRIES:
        raise TooManyEntries
    keys = {entry["id"] for entry in programme}
    if gone := [entry["id"] for entry in seen.get("programme", []) if entry["id"] not in keys]:
        raise Seen(gone)
    known_seen = {entry["id"]: entry for entry in seen.get("programme", [])}
    known_old = {entry["id"]: entry for entry in old.get("programme", [])}
    facts = times.told({"state": "planned"} | typed.facts, seen=typed.seen, old=old or None, at=at)
    facts["programme"] = [
        _entry(entry, known_seen.get(entry["id"]), known_old.get(entry["id"]), at) for entry in programme
    ]
    check_span(times.moment(facts.get("starts_at")), times.moment(facts.get("ends_at")), field="ends_clock")
    words = typed.fields.get("programme", typed.old_fields.get("programme", {}))
    fields = typed.fields | {
        "note": _words(typed.fields.get("note", ""), typed.language, "note"),
        "programme": {key: _of_entry(words[key], typed.language) for key in words if key in keys},
    }
    return facts, fields


def _entry(new: dict[str, Any], seen: Any, old: Any, at: datetime) -> dict[str, Any]:
    if not new.get("starts_at"):
        raise Refusal(_l("Enter a time like 15:00"), field="programme")
    check_span(times.moment(new["starts_at"]), times.moment(new.get("ends_at")), field="programme")
    delivered = {each["kind"]: each for each in (old or {}).get("results", []) if each.get("at")}
    results = [
        each | {"at": delivered[each["kind"]]["at"] if each["kind"] in delivered else times.kept(at)}
        if each["state"] == "delivered"
        else each | {"at": None}
        for each in new.get("results", [])
    ]
    return times.told(new | {"results": results}, seen=seen, old=old, at=at)


def _of_entry(words: dict[str, str], language: str) -> dict[str, str]:
    return {name: _words(words.get(name, ""), language, name) for name in WORDS}


def _words(text: str, language: str, name: str) -> str:
    put_right = typography.put_right(markup.one_line(text), language)
    check_length(put_right, WORDS[name], name)
    return put_right


def missing(revision: Revision) -> list[NotReady]:
    """Return what an event lacks: its day, its place, the words of an entry in this language."""
    gaps = []
    if not revision.facts.get("starts_at"):
        gaps.append(NotReady(_l("Say on which day it begins."), field="starts_day"))
    if not revision.place and not revision.facts.get("stream_url"):
        gaps.append(NotReady(_l("Say where it takes place."), field="place"))
    words = revision.fields.get("programme", {})
    bare = sum(not words.get(entry["id"], {}).get("title") for entry in revision.facts.get("programme", []))
    if bare:
        sentence = _ln(
            "%(num)s entry of the programme has no title in this language.",
            "%(num)s entries of the programme have no title in this language.",
            bare,
        )
        gaps.append(NotReady(sentence, field="programme"))
    return gaps


def hours(revision: Revision) -> tuple[datetime | None, datetime | None]:
    """Return when an event begins and ends; one without an end ends with its programme, or with its day."""
    facts = revision.facts
    begins, ends = times.moment(facts.get("starts_at")), times.moment(facts.get("ends_at"))
    if begins is None or ends is not None:
        return begins, ends
    entries = [times.ends(entry) for entry in facts.get("programme", []) if entry["state"] != "cancelled"]
    last = max((each for each in entries if each), default=begins)
    return begins, last if last > begins else end_of_day(begins)


@dataclass(frozen=True)
class Clash:
    """Two entries of a programme in one room at the same time: their places in the list, from 1, and the room."""

    first: int
    second: int
    room: str


def overlaps(programme: Sequence[dict[str, Any]], words: dict[str, Any], most: int = 20) -> list[Clash]:
    """Return the entries that are in the same room at the same time, as ``words`` of one language name rooms.

    A warning, never an error: rooms are divided, and doors left open. At most ``most`` of them.
    """
    found: list[Clash] = []
    busy: dict[str, list[tuple[datetime, datetime, int, str]]] = {}
    for number, entry in enumerate(programme, 1):
        room, begins = words.get(entry["id"], {}).get("place", ""), times.moment(entry["starts_at"])
        if room and begins and entry["state"] != "cancelled":
            until = times.moment(entry.get("ends_at")) or begins + timedelta(minutes=1)
            busy.setdefault(fold(room), []).append((begins, until, number, room))
    for taken in busy.values():
        taken.sort()
        for place, (_, until, number, room) in enumerate(taken):
            for begins, _, other, _ in taken[place + 1 :]:
                if begins >= until:
                    break
                found.append(Clash(min(number, other), max(number, other), room))
                if len(found) == most:
                    return sorted(found, key=lambda clash: (clash.first, clash.second))
    return sorted(found, key=lambda clash: (clash.first, clash.second))


NEEDS["event"] = missing
TIDIES["event"] = tidy
HOURS["event"] = hours
