"""Publishing alone when nothing else is possible, and looking at it afterwards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.queries import afterwards as known
from app.forms import Form
from app.languages import current
from app.refusals import Refusal
from app.text.numbers import number
from app.writing import history
from app.writing.desk.door import about, both, desk
from app.writing.forms import UrgentForm
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/urgent", methods=["GET", "POST"])
@needs("urgent")
def urgent(section: Section, item_id: int, language: str) -> Any:
    """Publish the working text without a second person, with the reason; it stays marked until one has looked."""
    item, edition = both(section, item_id, language)
    form, status = UrgentForm(), 422
    if not form.is_submitted():
        form.seen.data = str(edition.current.number)
    if form.validate_on_submit():
        try:
            service.publish_urgently(
                edition,
                reason=form.reason.data or "",
                by=me(),
                kind=form.kind.data or "",
                note=form.note,
                seen=number(form.seen.data),
            )
        except Refusal as refusal:
            form.blame(refusal)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
        else:
            flash(_("Published. It stays marked until a second person has approved it."), "important")
            return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
    page = section.draft(edition, current())
    body = render_template(
        "writing/urgent.html", form=form, page=page, **about(section, item, edition, language)
    )
    return body, status if form.has_errors else 200


@desk.route("/<section:section>/<int:item_id>/<language>/confirm", methods=["GET", "POST"])
@needs("review")
def confirm(section: Section, item_id: int, language: str) -> Any:
    """Approve afterwards what one person published alone."""
    item, edition = both(section, item_id, language)
    form, status = Form(), 422
    if form.validate_on_submit():
        try:
            service.confirm(edition, by=me())
        except Refusal as refusal:
            form.blame(refusal)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
        else:
            flash(_("Approved. The mark is gone."))
            return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
    urgency = known.open_urgency(edition.id)
    values = about(section, item, edition, language)
    page = changed = None
    if urgency is not None:
        revision = known.revisions_by_id([urgency.revision_id])[urgency.revision_id]
        page = section.draft(edition, current(), revision)
        changed = history.compared(section, edition.approved, revision) if edition.approved else None
        values["is_own"] = me().id in known.writers_until(edition, revision.id) | {urgency.by_id}
    body = render_template(
        "writing/confirm.html", form=form, urgency=urgency, page=page, changed=changed, **values
    )
    return body, status if form.has_errors else 200
