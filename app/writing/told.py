"""A version in words, field by field, for people who compare two: labels, names and hours instead of keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.core import UnknownLocaleError
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.editorial import naming
from app.editorial.models import Revision
from app.languages import current
from app.text import differences
from app.text.facts import Fact, fields
from app.text.markup import plain
from app.web.filters import day, language_name, moment_zone
from app.writing.sections import Section

# What a key is called; each room of texts adds its own. What has no name here is one of the "other details".
LABELS: dict[str, Any] = {
    "kind": _l("Kind"),
    "topics": _l("Topics"),
    "contact_id": _l("Press contact"),
    "slug": _l("Words of the address"),
    "links": _l("Find out more"),
    "links.title": _l("Find out more: text of the link"),
    "links.url": _l("Find out more: address"),
    "links.language": _l("Find out more: language of the page"),
    "pictures": _l("Pictures"),
    "pictures.alt": _l("Picture: alternative text"),
    "pictures.caption": _l("Picture: caption"),
    "pictures.is_decorative": _l("Picture: decorative"),
}
# How a value is said, for keys of a type ("release:kind") whose values are names of something.
SAID: dict[str, Any] = {}
# What a section's parts tell already, in words of their own.
COVERED: set[str] = {"quotes"}
LONGEST = 160  # characters of a value that stands in a table; what is longer is shown by its words
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Differences:
    """How one version became another, title and lead first.

    ``lines`` are longer words, each with its label; ``facts`` short ones: label, how it was, how it is ("–"
    is nothing). The body is compared by itself.
    """

    lines: list[tuple[str, list[differences.Change]]]
    facts: list[tuple[str, str, str]]


def compared(section: Section, old: Revision, new: Revision) -> Differences:
    """Return what is not the same besides the body."""
    before, after = ({part.label: part for part in section.parts(each)} for each in (old, new))
    lines, facts = [], []
    for place, label in enumerate(dict.fromkeys((*after, *before))):
        one, two = before.get(label), after.get(label)
        mine, theirs = (each.text if each else "" for each in (one, two))
        is_html = any(each.is_html for each in (one, two) if each)
        if mine == theirs or (is_html and (mine, theirs) == (old.body, new.body)):
            continue
        if place < 2 or is_html or "\n" in mine + theirs or max(len(mine), len(theirs)) > LONGEST:
            lines.append((label, differences.words(mine, theirs, is_html=is_html)))
        else:
            facts.append((label, mine or "–", theirs or "–"))
    return Differences(lines, facts + changed(old, new))


def changed(old: Revision, new: Revision) -> list[tuple[str, str, str]]:
    """Return which fields are not the same, of those that no section's parts tell: label, how it was, how it is."""
    type_ = new.edition.type
    return [_row(type_, fact) for fact in fields(_known(old), _known(new))]


def _known(revision: Revision) -> dict[str, Any]:
    """Return the fields of ``revision`` that its section's parts do not tell."""
    known = {name: getattr(revision, name) for name in ("kind", "topics", "contact_id", "slug")}
    pictures = [{"id": each["picture"], **each} for each in revision.pictures]
    more = {
        name: value for name, value in {**revision.fields, **revision.facts}.items() if name not in COVERED
    }
    return known | {"pictures": pictures} | more


def _row(type_: str, fact: Fact) -> tuple[str, str, str]:
    label = LABELS.get(fact.key) or _("Other details")
    number = next((part for part in fact.path[1:] if isinstance(part, int)), None)
    label = f"{label} {number}" if number and not fact.key.startswith("pictures") else str(label)
    if fact.kind == "moved":
        return label, _("place %(n)s", n=fact.old), _("place %(n)s", n=fact.new)
    return label, said(type_, fact.key, fact.old), said(type_, fact.key, fact.new)


def said(type_: str, key: str, value: Any) -> str:
    """Return ``value`` of the field ``key`` of a text of that type in words; "–" for nothing."""
    if value is None or value in ("", [], {}) or value is False:
        return "–"
    if value is True:
        return _("yes")
    if f"{type_}:{key}" in SAID:
        return str(SAID[f"{type_}:{key}"](value))
    if key == "topics":
        names = naming.topics(current())
        return ", ".join(names[each].name if each in names else each for each in value)
    if key == "contact_id":
        known = naming.contacts(current()).get(value)
        return known.name if known else str(value)
    if key.endswith("language") and isinstance(value, str):
        return _language(value)
    if key.endswith("picture") and isinstance(value, int):
        return _("picture %(n)s", n=value)
    return _worded(type_, key, value)


def _language(code: str) -> str:
    try:
        return language_name(code)
    except (UnknownLocaleError, ValueError):
        return code


def _worded(type_: str, key: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment_zone(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        if _MOMENT.fullmatch(value):
            return _moment(value)
        if _DAY.fullmatch(value):
            return day(date.fromisoformat(value))
        return plain(value) if value.startswith("<") else value
    if isinstance(value, Mapping):
        parts = [
            said(type_, f"{key}.{name}", each)
            for name, each in value.items()
            if name not in ("id", "picture")
        ]
        return ", ".join(part for part in parts if part != "–") or "–"
    if isinstance(value, (list, tuple)):
        return "; ".join(said(type_, key, each) for each in value)
    return str(value)


def _moment(value: str) -> str:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment_zone(found) if found.tzinfo else value
