"""How a video is kept, and what it cannot be reviewed without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.database import db
from app.editorial.models import Revision
from app.editorial.rules import NEEDS, TIDIES, NotReady, Typed
from app.library import timeline
from app.library.models import Master, MasterState
from app.library.rules import CAPTIONS_KEY
from app.library.shotlist import (
    MOST_RESTRICTIONS,
    MOST_SHOTS,
    RESTRICTION_KEY,
    RESTRICTION_WORDS,
    SHOT_KEY,
    WORDS,
    ShotKind,
)
from app.library.sounds import known_sounds
from app.refusals import Refusal
from app.text import markup, typography
from app.text.characters import check_length

CREDIT = 200  # characters at most
SOURCE = 200
PERSON = 120
MOST_PEOPLE = 40

FACTS: dict[str, Any] = {
    "master": None,
    "recorded_on": None,
    "source": "",
    "event": None,
    "sound": [],
    "shots": [],
    "restrictions": [],
}
FIELDS: dict[str, Any] = {
    "credit": "",
    "people": [],
    "shots": {},
    "restrictions": {},
    "captions": "",
    "transcript": "",
    "links": [],
}


class TooManyShots(Refusal):
    """A shotlist that nobody can read."""

    field = "shots"
    message = _l("A shotlist has 500 shots at most.")


class BadInterval(Refusal):
    """Frames that are no interval: a form says so next to the times, this holds whoever else keeps a shotlist."""

    message = _l("The out point must be after the in point.")


def tidy(typed: Typed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts and the words of a video as they are kept.

    What was not typed stays: the shotlist and the captions are written on pages of their own. Raises TooManyShots,
    BadInterval, TooManyCharacters.
    """
    facts = {name: typed.facts.get(name, typed.old_facts.get(name, value)) for name, value in FACTS.items()}
    fields = {
        name: typed.fields.get(name, typed.old_fields.get(name, value)) for name, value in FIELDS.items()
    }
    facts["source"] = _line(facts["source"], "en", SOURCE, "source")
    facts["sound"] = [code for code in dict.fromkeys(facts["sound"]) if code in known_sounds()][:12]
    facts["recorded_on"] = (
        date.fromisoformat(facts["recorded_on"]).isoformat() if facts["recorded_on"] else None
    )
    facts["shots"] = _shots(facts["shots"])
    facts["restrictions"] = _restrictions(facts["restrictions"])
    language = typed.language
    fields["credit"] = _line(fields["credit"], language, CREDIT, "credit")
    people = [_line(each, language, PERSON, "people") for each in fields["people"]]
    fields["people"] = list(dict.fromkeys(filter(None, people)))[:MOST_PEOPLE]
    fields["shots"] = {
        each["id"]: _words(fields["shots"].get(each["id"], {}), language) for each in facts["shots"]
    }
    fields["restrictions"] = {
        each["id"]: _line(
            fields["restrictions"].get(each["id"]) or "", language, RESTRICTION_WORDS, "restrictions"
        )
        for each in facts["restrictions"]
    }
    if not CAPTIONS_KEY.fullmatch(fields["captions"]):
        fields["captions"] = fields["transcript"] = ""
    return facts, fields


def _line(text: str, language: str, limit: int, field: str) -> str:
    put_right = typography.put_right(markup.one_line(text), language)
    check_length(put_right, limit, field)
    return put_right


def _words(words: Mapping[str, str], language: str) -> dict[str, str]:
    found = {name: _line(words.get(name) or "", language, most, "shots") for name, most in WORDS.items()}
    return {name: text for name, text in found.items() if text}


def _shots(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return shots as they are kept, in the order of the film."""
    found: dict[str, dict[str, Any]] = {}
    for each in rows:
        begins, ends = each["in"], each["out"]
        if not 0 <= begins < ends or not SHOT_KEY.fullmatch(each["id"]):
            raise BadInterval(field="shots")
        shot = {
            "id": each["id"],
            "in": begins,
            "out": ends,
            "kind": ShotKind(each.get("kind") or "scene").value,
        }
        if each.get("language") in known_sounds():
            shot["language"] = each["language"]
        found[each["id"]] = shot
    if len(found) > MOST_SHOTS:
        raise TooManyShots
    return sorted(found.values(), key=lambda shot: (shot["in"], shot["out"]))


def _restrictions(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in rows:
        begins, ends = each.get("in"), each.get("out")
        if not 0 <= (begins or 0) < (2**31 if ends is None else ends) or not RESTRICTION_KEY.fullmatch(
            each["id"]
        ):
            raise BadInterval(field="restrictions")
        found[each["id"]] = {"id": each["id"], "in": begins, "out": ends}
    return list(found.values())[:MOST_RESTRICTIONS]


def _of_the_file(facts: Mapping[str, Any]) -> list[NotReady]:
    """Return what readers could not use of a video with these facts: its film, or shots that it does not have."""
    master = db.session.get(Master, facts["master"])
    if master is None or master.state is not MasterState.READY:
        words = _l("The video file is not ready yet. It can be reviewed once it has been prepared.")
        return [NotReady(words, field="master")]
    line = timeline.of(master.technical or {})
    if line and any(each["out"] > line.frames for each in facts.get("shots", [])):
        return [NotReady(_l("A shot ends after the end of the video file."), field="shots")]
    return []


def missing(revision: Revision) -> list[NotReady]:
    """Return what a video lacks: its file, where and when it was taken, whom to name, what it shows."""
    gaps, facts, fields = [], revision.facts, revision.fields
    if not facts.get("master"):
        gaps.append(NotReady(_l("Choose the video file."), field="master"))
    else:
        gaps += _of_the_file(facts)
    if not revision.place:
        gaps.append(NotReady(_l("Say where it was recorded."), field="place"))
    if not facts.get("recorded_on"):
        gaps.append(NotReady(_l("Say on which day it was recorded."), field="recorded_on"))
    if not fields.get("credit"):
        gaps.append(NotReady(_l("Say whom users have to name."), field="credit"))
    if not revision.body and not revision.lead:
        gaps.append(NotReady(_l("Say what the video shows."), field="body"))
    words = fields.get("shots", {})
    bare = sum(
        not any(words.get(each["id"], {}).get(name) for name in ("description", "speaker", "words"))
        for each in facts.get("shots", [])
    )
    if bare:
        sentence = _ln(
            "%(num)s shot has no words in this language.",
            "%(num)s shots have no words in this language.",
            bare,
        )
        gaps.append(NotReady(sentence, field="shots"))
    unsaid = sum(not fields.get("restrictions", {}).get(each["id"]) for each in facts.get("restrictions", []))
    if unsaid:
        sentence = _ln(
            "%(num)s restriction has no words in this language.",
            "%(num)s restrictions have no words in this language.",
            unsaid,
        )
        gaps.append(NotReady(sentence, field="restrictions"))
    return gaps


NEEDS["video"] = missing
TIDIES["video"] = tidy
