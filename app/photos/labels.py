"""What is written into the files of a photo: what its public sets say of it, in every language that they say it in.

The words of an office reach newsrooms in the files, too, which are copied from system to system long after the page
was read. XMP keeps each language ("lang alternatives"), IIM the first of ours that there is. What the file said of
itself and no set knows (keywords, codes of a country) stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.languages import LANGUAGES
from app.photos import queries, rules

BY_LANGUAGE = {"title": "title", "caption": "caption", "alt": "alt", "terms": "usage_terms"}
OURS = ("place", "city", "country", "country_code")


def of_master(master_id: int) -> dict[str, Any] | None:
    """Return the fields (library.studio.labels) of a photo, or None while no set with it is public.

    Of several sets, the one that was published last says them.
    """
    rows = queries.public_sets(master_id)
    if not rows:
        return None
    same = {row.language: row for row in rows if row.item_id == rows[0].item_id}
    return composed(master_id, queries.iptc(master_id), [same[code] for code in LANGUAGES if code in same])


def composed(master_id: int, iptc: Mapping[str, Any], rows: Sequence[Any]) -> dict[str, Any]:
    """Return the fields that the editions ``rows`` of a set give, over those that the file had."""
    fields: dict[str, Any] = dict(iptc)
    several: dict[str, dict[str, str]] = {name: {} for name in BY_LANGUAGE}
    for row in rows:
        photo = next(each for each in row.facts["photos"] if each["master"] == master_id)
        said = row.fields.get("photos", {}).get(photo["id"], {})
        words = {name: said.get(name) or "" for name in BY_LANGUAGE}
        words["title"] = words["title"] or row.title
        words["terms"] = words["terms"] or row.fields.get("terms", "")
        for name, text in words.items():
            if text:
                several[name][row.language] = text
    first = rows[0]
    photo = next(each for each in first.facts["photos"] if each["master"] == master_id)
    said = first.fields.get("photos", {}).get(photo["id"], {})
    for name, field in BY_LANGUAGE.items():
        fields[field] = several[name] or iptc.get(field, "")
    fields["headline"] = first.title
    fields["persons"] = list(said.get("people", ()))
    for name in rules.FACTS:
        fields[name] = photo.get(name) or first.facts.get(name) or iptc.get(name, "")
    place = said.get("place") or first.place
    if place and place != rules.begun_place(iptc):
        fields |= dict.fromkeys(OURS, "") | {"place": place}
    day = photo.get("taken_on") or (first.date.isoformat() if first.date else "")
    if day and not str(iptc.get("date", "")).startswith(day):
        fields["date"] = day
    return {name: value for name, value in fields.items() if value}
