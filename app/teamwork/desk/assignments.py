"""Asking somebody to do something with a text."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from app.accounts import queries as accounts
from app.accounts.guards import me, officers_only
from app.accounts.models import Account
from app.accounts.rules import may
from app.refusals import Refusal
from app.teamwork import queries, service
from app.teamwork.desk.door import desk
from app.teamwork.forms import AssignForm
from app.text import moments
from app.writing.desk.door import about, item_of
from app.writing.sections import Section, at_desk

END_OF_WORK = time(18)  # when a day is over for who is asked until that day

PLACE = "/<section:section>/<int:item_id>/<language>/assignments"


@desk.route(PLACE, methods=["GET", "POST"])
@officers_only
def assign(section: Section, item_id: int, language: str) -> Any:
    """Ask somebody to write, translate, review or publish; or take that on oneself."""
    item = item_of(section, item_id)
    edition = next((each for each in item.editions if each.language == language), None)
    values = about(section, item, edition, language)
    form = AssignForm(task=request.args.get("task", "write"), to=me().id)
    known = who_can_be_asked()
    form.to.choices = [SelectChoice(key, each.name) for key, each in known.items()]
    if form.validate_on_submit():
        try:
            made = service.assign(
                item,
                language,
                task=form.task.data,
                to=known[form.to.data],
                until=until_of(form),
                note=form.note.data or "",
                by=me(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("%(name)s is asked to do this.", name=made.to.name))
            return redirect(at_desk(item.type, item.id, language), 303)
    title = queries.title_of(item.id, language)
    body = render_template("teamwork/assign.html", form=form, text_title=title, **values)
    return body, 422 if form.has_errors else 200


def who_can_be_asked() -> dict[int, Account]:
    """Return whom this officer may ask for something, by id: everybody, or nobody but themselves."""
    known = {each.id: each for each in accounts.officers() if each.is_active} if may(me(), "assign") else {}
    return known or {me().id: me()}


def until_of(form: AssignForm) -> datetime | None:
    """Return the moment that was typed, None when there is none; a day without an hour ends with the day's work."""
    if form.day.day is None:
        return None
    zone = current_app.config["ZONE"]
    return moments.moment_in_zone(form.day.day, form.clock.clock or END_OF_WORK, zone, choice="winter")


@desk.route(f"{PLACE}/<int:assignment_id>/<any(done, withdraw):verb>", methods=["POST"])
@officers_only
def close(section: Section, item_id: int, language: str, assignment_id: int, verb: str) -> Any:
    """Say that what was asked for is done, or no longer asked for."""
    item = item_of(section, item_id)
    found = queries.assignment(item.id, assignment_id)
    if found is None or found.language != language:
        abort(404)
    (service.finish if verb == "done" else service.unassign)(found, by=me())
    flash(_("Done.") if verb == "done" else _("This is no longer asked for."))
    if request.form.get("page") == "dashboard":
        return redirect(url_for("desk.home"), 303)
    return redirect(at_desk(item.type, item.id, language), 303)
