"""Sending a text for review, taking it back, and the review itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial import checking, rules, service
from app.editorial.models import Edition
from app.languages import current
from app.refusals import Refusal
from app.text.numbers import number
from app.writing import beside, history
from app.writing.desk.checklist import checks_page
from app.writing.desk.door import about, both, desk
from app.writing.desk.form_page import edit_page, form_of
from app.writing.forms import ReturnForm
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/submit", methods=["POST"])
@needs("write")
def submit(section: Section, item_id: int, language: str) -> Any:
    """Send the working text for review."""
    return do(
        section, item_id, language, lambda edition: service.submit(edition, by=me()), _("Sent for review.")
    )


@desk.route("/<section:section>/<int:item_id>/<language>/take-back", methods=["POST"])
@needs("write")
def take_back(section: Section, item_id: int, language: str) -> Any:
    """Make a draft of it again."""
    done = _("This is a draft again.")
    return do(section, item_id, language, lambda edition: service.take_back(edition, by=me()), done)


def do(section: Section, item_id: int, language: str, change: Callable[[Edition], object], done: str) -> Any:
    """Do ``change`` to the edition and say ``done``, or show the page again with what the rules said."""
    item, edition = both(section, item_id, language)
    try:
        change(edition)
    except rules.NeedsReason as refusal:
        return checks_page(section, item, edition, language, refusal)
    except Refusal as refusal:
        form = form_of(section, item, edition)
        gaps = [refusal]
        if isinstance(refusal, rules.NotReady) and edition.current is not None:
            gaps = list(rules.missing(edition.type, edition.current))
        for gap in gaps:
            form.blame(gap)
        body, _status = edit_page(section, item, edition, language, form)
        return body, 409 if isinstance(refusal, rules.WrongState) else 422
    flash(done)
    return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)


@desk.route("/<section:section>/<int:item_id>/<language>/review", methods=["GET", "POST"])
@needs("review")
def review(section: Section, item_id: int, language: str) -> Any:
    """Approve a text that somebody else wrote, or return it with what should change."""
    item, edition = both(section, item_id, language)
    form, status = ReturnForm(), 422
    if not form.is_submitted():
        form.seen.data = str(edition.current.number)
    if form.validate_on_submit():
        try:
            if "approve" in request.form:
                service.approve(edition, by=me(), seen=number(form.seen.data))
                flash(_("Approved. It can be published now."))
                return redirect(url_for(".publish", section=section, item_id=item_id, language=language), 303)
            service.send_back(edition, comment=form.comment.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
        else:
            flash(_("Returned to its writers with your comment."))
            return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
    page = section.draft(edition, current(), beside.dressed(edition))
    values = about(section, item, edition, language)
    changed = history.compared(section, edition.approved, edition.current) if edition.approved else None
    values |= {"findings": checking.findings(edition), "reasons": checking.waivers(edition.id)}
    body = render_template("writing/review.html", page=page, form=form, changed=changed, **values)
    return body, status if form.has_errors else 200
