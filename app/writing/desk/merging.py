"""When two people have changed the same text: both versions side by side, or put together."""

from __future__ import annotations

from typing import Any

from flask import request

from app.editorial import queries
from app.editorial.models import Edition, Item, Revision
from app.text import markup, merging
from app.text.numbers import number
from app.writing import history
from app.writing.desk.form_page import edit_page
from app.writing.sections import Section

OWN = ("csrf_token", "once", "base", "body")  # no value of the text, or put together in another way


def conflict_page(
    section: Section, item: Item | None, edition: Edition, language: str, form: Any, newer: Revision
) -> tuple[str, int]:
    """Show both texts to the second of two who saved; saving again keeps theirs as a version of its own."""
    mine = _mine(section, form, newer)
    began_with = number(request.form.get("before")) or number(form.base.data)
    form.base.data = str(newer.number)
    body, _status = edit_page(
        section,
        item,
        edition,
        language,
        form,
        newer=newer,
        began_with=began_with,
        compared=history.compared(section, newer, mine),
        is_unsaved=True,
    )
    return body, 409


def _mine(section: Section, form: Any, newer: Revision) -> Revision:
    """Return what was typed as a version beside ``newer``, neither kept nor checked; what no form holds is newer's."""
    text, shared = section.text(form), section.shared(form)
    return Revision(
        title=text.title,
        lead=text.lead,
        body=text.body,
        place=text.place,
        date=shared.date,
        fields=newer.fields | text.fields,
        facts=newer.facts | shared.facts,
    )


def merged_page(section: Section, item: Item | None, edition: Edition, language: str, form: Any) -> Any:
    """Show the form with both versions in it, to be looked through and saved."""
    newer = edition.current
    assert newer is not None
    base = queries.revision(edition.id, number(request.form.get("before"))) or newer
    old, theirs = (_typed(section, revision) for revision in (base, newer))
    mine = _filled(form)
    values, both = {}, []
    for name, value in theirs.items():
        if name in OWN:
            continue
        taken, is_conflict = merging.values(_plain(old[name]), _plain(mine.get(name)), _plain(value))
        values[name] = mine.get(name) if taken == _plain(mine.get(name)) else value
        if is_conflict:
            both.append(str(form[name].label.text))
    clean = markup.clean(mine.get("body") or "", language=language)
    values["body"], conflicts = merging.bodies(base.body, clean, newer.body)
    values["base"] = str(newer.number)
    made = section.form(formdata=None, data=values)
    section.prepare(made)
    if conflicts:
        both.append(str(form.body.label.text))
    return edit_page(section, item, edition, language, made, merged=newer, both=both, is_unsaved=True)


def _typed(section: Section, revision: Revision) -> dict[str, Any]:
    """Return ``revision`` as the form gives it back: every field, in the form's own shape."""
    return _filled(section.form(formdata=None, data=section.typed(revision)))


def _filled(form: Any) -> dict[str, Any]:
    """Return what ``form`` holds, without rows that nobody filled in."""
    known = dict(form.data)
    for name, filled in form.rows:
        known[name] = [row for row in known[name] if row[filled]]
    return known


def _plain(value: Any) -> Any:
    """Return ``value`` without what is empty: a row that nobody filled in is none."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if _plain(each)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value if _plain(each)]
    return value or ""
