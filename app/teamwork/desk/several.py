"""Doing the same with several texts: chosen in a list, named once more, then done text by text.

What can be done with one text is done, whatever becomes of the others; the page that answers says which were
left as they are, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me, needs
from app.accounts.rules import same_site_path
from app.editorial import naming
from app.editorial import queries as editorial
from app.editorial import service as texts
from app.editorial.queries import afterwards
from app.editorial.rules import filing
from app.languages import current
from app.refusals import Refusal
from app.teamwork import rules, service
from app.teamwork.desk.assignments import until_of, who_can_be_asked
from app.teamwork.desk.door import desk
from app.teamwork.forms import AssignSeveralForm, SeveralForm, TopicForm
from app.text import numbers
from app.web.filters import number
from app.writing import queries

MOST = 60  # texts at once: two pages of the list
DOINGS = ("assign", "topic")


@dataclass(frozen=True)
class Outcome:
    """A row of the list, and why it was left as it is; no ``reason`` when it was changed."""

    row: Any
    reason: Any = ""


@desk.route("/texts/several")
@needs("write")
def several() -> Any:
    """Name the texts that were chosen in a list, and ask what belongs to what is to be done with them."""
    doing = request.args.get("do", "")
    if doing not in DOINGS:
        abort(404)
    ids = _ids(request.args.getlist("id"))
    back = _list(request.args.get("list"))
    if not queries.chosen(ids):
        flash(_("Choose at least one text, then what should be done."))
        return redirect(back, 303)
    kind = AssignSeveralForm if doing == "assign" else TopicForm
    form = kind(formdata=None, data={"id": ids, "list": back, "to": me().id})
    return _page(doing, form)


@desk.route("/texts/several/assign", methods=["POST"])
@needs("write")
def assign_several() -> Any:
    """Ask somebody to do something with each of the texts."""
    form = AssignSeveralForm()
    known = who_can_be_asked()
    form.to.choices = [SelectChoice(key, each.name) for key, each in known.items()]
    if not form.validate_on_submit():
        return _page("assign", form)
    to, until = known[form.to.data], until_of(form)
    told: dict[str, Any] = {"task": form.task.data, "to": to, "until": until, "note": form.note.data or ""}
    try:
        rules.check_assignment(**told, by=me(), at=clock.now())  # what is wrong for one is wrong for all
    except Refusal as refusal:
        form.blame(refusal)
        return _page("assign", form)

    def assign(row: Any) -> None:
        service.assign(row.Item, form.language.data or row.Edition.language, **told, by=me())

    return _done("assign", form, assign)


@desk.route("/texts/several/topic", methods=["POST"])
@needs("write")
def add_topic_to_several() -> Any:
    """File each of the texts under a topic, too."""
    form = TopicForm()
    if not form.validate_on_submit() or form.topic.data not in naming.topics(current()):
        if not form.has_errors:
            form.blame(Refusal(_("Choose a topic."), field="topic"))
        return _page("topic", form)
    return _done("topic", form, lambda row: texts.add_topic(row.Edition, form.topic.data, by=me()))


def _page(doing: str, form: Any) -> Any:
    """Show the texts, what becomes of each, and the fields."""
    if doing == "assign":
        form.to.choices = [SelectChoice(key, each.name) for key, each in who_can_be_asked().items()]
    else:
        topics = naming.topics(current()).values()
        form.topic.choices = [
            SelectChoice("", _("Choose a topic")),
            *(SelectChoice(each.key, each.name) for each in topics),
        ]
    rows = queries.chosen(_ids(form.id.data))
    if not rows:
        form.blame(Refusal(_("Choose at least one text.")))
    body = render_template(
        f"teamwork/several_{doing}.html",
        form=form,
        rows=rows,
        # A topic is one of the facts that all languages of a text share.
        voided={row.Edition.id: filing.voided(editorial.editions_of(row.Item.id)) for row in rows}
        if doing == "topic"
        else {},
        marks=afterwards.marks(row.Edition.id for row in rows),
        at=clock.now(),
        back=_list(form.list.data),
    )
    return body, 422 if form.has_errors else 200


def _done(doing: str, form: SeveralForm, do: Callable[[Any], object]) -> Any:
    """Do it with each text, and say what was done and what was not."""
    rows = queries.chosen(_ids(form.id.data))
    if not rows:
        return _page(doing, form)
    outcomes = [_tried(row, do) for row in rows]
    changed = sum(not each.reason for each in outcomes)
    if doing == "assign":
        said = ngettext("%(n)s text was assigned.", "%(n)s texts were assigned.", changed, n=number(changed))
    else:
        said = ngettext("%(n)s text was changed.", "%(n)s texts were changed.", changed, n=number(changed))
    back = _list(form.list.data)
    if changed == len(outcomes):
        flash(said)
        return redirect(back, 303)
    left = [each for each in outcomes if each.reason]
    body = render_template("teamwork/several_left.html", said=said, changed=changed, left=left, back=back)
    return body, 200 if changed else 422


def _tried(row: Any, do: Callable[[Any], object]) -> Outcome:
    try:
        do(row)
    except Refusal as refusal:
        return Outcome(row, refusal.message)
    return Outcome(row)


def _ids(typed: Sequence[Any] | None) -> list[int]:
    """Return the ids of editions that were chosen, as many as are done at once."""
    known = [numbers.number(str(each)) for each in typed or ()]
    return list(dict.fromkeys(filter(None, known)))[:MOST]


def _list(typed: str | None) -> str:
    """Return the address of the list from which the texts were chosen; nobody is led anywhere but to a list."""
    path = same_site_path(typed)
    return path if path and path.startswith("/desk/") else url_for("writing.every_text")
