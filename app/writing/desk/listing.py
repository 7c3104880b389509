"""Finding a text again: all there are, or those of one type, narrowed by what officers remember of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, render_template, request
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, officers_only
from app.editorial import naming, rules
from app.editorial.models import State
from app.editorial.queries import afterwards
from app.editorial.words import STATE_WORDS
from app.forms import offer
from app.languages import LANGUAGES, OWN_NAMES, current
from app.web.days import bounds
from app.web.paging import Paging, page_number
from app.writing import beside, queries, sections
from app.writing.desk.door import desk
from app.writing.forms import ListForm
from app.writing.sections import Section

NARROWING = ("type", "state", "language", "missing", "by", "topic")
LONGEST = 200  # characters of what is typed


@desk.route("/texts/")
@officers_only
def every_text() -> Any:
    """List the texts of all types, last written first."""
    return _list(None)


@desk.route("/<section:section>/")
@officers_only
def index(section: Section) -> Any:
    """List the texts of one type, last written first."""
    return _list(section)


def _list(section: Section | None) -> Any:
    form = _form(section)
    is_right = form.validate()
    known = {name: form[name].data for name in NARROWING if form[name].data}
    typed = {name: form[name].data for name in ("q", "start", "end") if form[name].data}
    asked = queries.Asked(
        type=section.type if section else known.get("type", ""),
        state=State(known["state"]) if "state" in known and known["state"] != "urgent" else None,
        is_urgent=known.get("state") == "urgent",
        language=known.get("language", ""),
        missing=known.get("missing", ""),
        by=int(known["by"]) if "by" in known else None,
        topic=known.get("topic", ""),
        words=typed.get("q", ""),
        **(bounds(form.start.day, form.end.day) if is_right else {}),
    )
    count, number = queries.count(asked), page_number(request.args.get("page")) or 1
    query = known | typed
    paging = Paging(
        number, min(count, queries.MOST_COUNTED), queries.PAGE, request.path, tuple(query.items())
    )
    if not paging.exists:
        abort(404)
    rows = queries.page(asked, number)
    body = render_template(
        "writing/index.html",
        section=section,
        form=form,
        rows=rows,
        marks=afterwards.marks(row[0].id for row in rows),
        said=beside.listed([row[0].id for row in rows]),
        count=min(count, queries.MOST_COUNTED),
        is_more=count > queries.MOST_COUNTED,
        pages=paging,
        active=_active(form, query),
        at=clock.now(),
        list_url=request.path,
        here=paging.url(paging.number),
        doings=beside.doings(),
        beginnings=_beginnings() if section is None else (),
    )
    return body, 200 if is_right else 422


def _beginnings() -> list[dict[str, Any]]:
    """Return where this officer can begin a first text, of each type."""
    if not rules.may(me(), "begin"):
        return []
    return [{"text": each.words.new, "url": f"/desk/{each.folder}/new"} for each in sections.every()]


def _form(section: Section | None) -> ListForm:
    form = ListForm(formdata=request.args, meta={"csrf": False})
    form.q.data = (form.q.data or "")[:LONGEST]
    languages = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    choices: dict[str, list[tuple[str, Any]]] = {
        "type": [(each.type, each.words.many) for each in sections.every()],
        "state": [
            *((state.value, STATE_WORDS[state]) for state in State),
            ("urgent", _("Urgent, to be confirmed")),
        ],
        "language": languages,
        "missing": languages,
        "by": [(str(row.id), row.name) for row in queries.writers()],
        "topic": [(topic.key, topic.name) for topic in naming.topics(current()).values()],
    }
    everything = {
        "type": _("All types"),
        "state": _("All states"),
        "language": _("All languages"),
        "missing": _("None"),
        "by": _("Everybody"),
        "topic": _("All topics"),
    }
    offer(form, choices, everything)
    if section:
        form.type.data = ""
    return form


def _active(form: ListForm, query: dict[str, Any]) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address of the list without it."""
    found = []
    for name, value in query.items():
        if name in NARROWING:
            said = str(next(choice.label for choice in form[name].choices if choice.value == value))
        else:
            said = str(value)
        rest = urlencode({key: other for key, other in query.items() if key != name})
        label = said if name == "q" else _("%(label)s: %(value)s", label=form[name].label.text, value=said)
        found.append({"label": label, "remove_url": f"{request.path}?{rest}" if rest else request.path})
    return found
