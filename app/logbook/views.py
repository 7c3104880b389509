"""The page of the log, and the log as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request, stream_with_context
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs
from app.accounts.rules import may
from app.accreditation import queries as accreditation
from app.accreditation.service import note_look
from app.forms import Form, offer
from app.logbook import queries, service
from app.logbook.folding import folded
from app.logbook.forms import LogForm
from app.logbook.words import DETAILS, THINGS, VERBS, said
from app.text import tables
from app.web.days import bounds
from app.web.filters import iso

desk = Blueprint("logbook", __name__, url_prefix="/desk/log")

NARROWING = ("by", "verb", "thing", "q", "start", "end")
COLUMNS = (
    "entry",
    "at",
    "who",
    "account",
    "verb",
    "thing",
    "thing_id",
    "label",
    "details",
    "network",
    "digest",
)


@desk.route("/")
@needs("audit")
def index() -> Any:
    """Show who did what, newest first, narrowed by who, what, to what and when."""
    form, is_right, asked, query = _asked()
    before, after = _number("before"), _number("after")
    rows, has_older, has_newer = queries.page(asked, before=before, after=after)
    body = render_template(
        "logbook/index.html",
        form=form,
        lines=folded(rows, current_app.config["ZONE"]),
        verbs=VERBS,
        things=THINGS,
        details=DETAILS,
        said=said,
        may_export=may(me(), "export_audit"),
        query=urlencode(query),
        older_url=_at(query, before=rows[-1][0].id) if rows and has_older else None,
        newer_url=_at(query, after=rows[0][0].id) if rows and has_newer else None,
        clear_url=request.path,
        at=clock.now(),
    )
    return body, 200 if is_right else 422


@desk.route("/of/<int:account_id>", methods=["GET", "POST"])
@needs("media_accounts")
def activity(account_id: int) -> Any:
    """Show what a media user did, to who says that they want to look: that is an entry of the log, each time."""
    user = accreditation.media_user(account_id)
    if user is None:
        abort(404)
    form, rows = Form(), None
    if form.validate_on_submit():
        note_look(user.account, by=me())
        rows = queries.activity(account_id)
    return render_template(
        "logbook/activity.html",
        form=form,
        person=user.account,
        rows=rows,
        verbs=VERBS,
        things=THINGS,
        details=DETAILS,
        said=said,
    )


@desk.route("/log.csv")
@needs("export_audit")
def export() -> Any:
    """Give the entries that are asked for as a file; it is written while it is read, however long the log is."""
    _form, _is_right, asked, query = _asked()
    service.note_export(query, by=me())
    answer = Response(stream_with_context(_lines(asked)), mimetype="text/csv; charset=utf-8")
    name = f"log-{clock.now().astimezone(current_app.config['ZONE']):%Y-%m-%d-%H%M}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked() -> tuple[LogForm, bool, queries.Asked, dict[str, str]]:
    form = LogForm(formdata=request.args, meta={"csrf": False})
    form.q.data = (form.q.data or "")[:200]
    verbs, things = queries.known()
    choices: dict[str, list[tuple[str, Any]]] = {
        "by": [("0", _("The newsroom")), *((str(row.id), row.name) for row in queries.people())],
        "verb": [(verb, VERBS.get(verb, verb)) for verb in verbs],
        "thing": [(thing, THINGS.get(thing, thing)) for thing in things],
    }
    everything = {"by": _("Everybody"), "verb": _("Everything"), "thing": _("Everything")}
    offer(form, choices, everything)
    is_right = form.validate()
    query = {name: str(form[name].data) for name in NARROWING if form[name].data}
    asked = queries.Asked(
        by=int(query["by"]) if "by" in query else None,
        verb=query.get("verb", ""),
        thing=query.get("thing", ""),
        words=query.get("q", ""),
        **(bounds(form.start.day, form.end.day) if is_right else {}),
    )
    return form, is_right, asked, query


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None


def _at(query: dict[str, str], **place: int) -> str:
    return f"{request.path}?{urlencode(query | {name: str(number) for name, number in place.items()})}"


def _lines(asked: queries.Asked) -> Iterator[str]:
    yield tables.BYTE_ORDER + tables.line(COLUMNS)
    for entry, name in queries.everything(asked):
        details = "; ".join(f"{key}: {value}" for key, value in sorted(entry.details.items()))
        yield tables.line(
            (
                entry.id, iso(entry.at), name or "", entry.account_id or "", entry.verb, entry.thing,
                entry.thing_id or "", entry.label, details, entry.network, entry.digest,
            )
        )  # fmt: skip
