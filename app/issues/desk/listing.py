"""The list of issues, beginning one, throwing one away."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.forms import Form
from app.issues import presenting, queries, rules, service
from app.issues.desk.door import desk, issue_of, told_taken
from app.newsletter.models import IssueKind, IssueState
from app.newsletter.words import ISSUE_WORDS
from app.web.paging import Paging, page_number


@desk.route("/")
@needs("newsletter")
def index() -> str:
    """List the issues: drafts first, then the newest."""
    kind = request.args.get("kind", "")
    kind = kind if kind in set(IssueKind) else ""
    paging = Paging(
        page_number(request.args.get("page")) or 0, queries.how_many(kind=kind), queries.PAGE,
        url_for(".index"), (("kind", kind),) if kind else (),
    )  # fmt: skip
    if not paging.exists:
        abort(404)
    return render_template(
        "issues/desk/index.html",
        rows=presenting.rows(queries.page(skip=paging.skip, kind=kind)),
        pages=paging,
        kind=kind,
        kind_words=ISSUE_WORDS,
        state_words=presenting.STATES,
        looks=presenting.LOOKS,
        form=Form(),
    )


@desk.route("/new", methods=["POST"])
@needs("newsletter")
def new() -> Any:
    """Begin an issue."""
    issue = service.start(by=me())
    return redirect(url_for(".compose", issue_id=issue.id), 303)


@desk.route("/<int:issue_id>/delete", methods=["GET", "POST"])
@needs("newsletter")
def delete(issue_id: int) -> Any:
    """Throw a draft away; what that does is said first."""
    issue, form = issue_of(issue_id), Form()
    if issue.state != IssueState.DRAFT:
        return told_taken(issue_id)
    if form.validate_on_submit():
        try:
            service.delete(issue, by=me())
        except rules.Taken as taken:
            return told_taken(issue_id, taken)
        flash(_("The draft is deleted."))
        return redirect(url_for(".index"), 303)
    subject, code = presenting.named(queries.subjects([issue_id]).get(issue_id, {}))
    return render_template(
        "issues/desk/delete.html", form=form, issue=issue, subject=subject, subject_language=code
    )
