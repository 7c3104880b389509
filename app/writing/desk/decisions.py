"""Publishing a text, now or at its moment, and taking a public page away."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.models import WAITING, State
from app.refusals import Refusal
from app.text import moments
from app.web.filters import day
from app.writing.desk.door import about, both, desk, hour
from app.writing.forms import PublishForm, WithdrawForm
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/publish", methods=["GET", "POST"])
@needs("publish")
def publish(section: Section, item_id: int, language: str) -> Any:
    """Publish the approved text now, or at its moment; a later moment is read back before it is set."""
    item, edition = both(section, item_id, language)
    form = PublishForm()
    zone = current_app.config["ZONE"]
    waits_for = edition.public_from if edition.state in WAITING else edition.wanted_at
    if request.method == "GET" and waits_for:
        local = waits_for.astimezone(zone)
        form.when.data = "embargo" if edition.state is State.EMBARGO else "at"
        form.day.data, form.clock.data = day(local), f"{local:%H:%M}"
    wanted_at, is_twice = None, bool(form.fold.data)
    if form.validate_on_submit():
        try:
            if form.when.data != "now":
                wanted_at = moments.moment_in_zone(
                    form.day.day, form.clock.clock, zone, choice=form.fold.data or None
                )
                rules.check_publish(edition, by=me(), wanted_at=wanted_at, at=clock.now(), now_words=hour())
            if wanted_at is None or form.confirmed.data == wanted_at.isoformat():
                service.publish(edition, by=me(), wanted_at=wanted_at, is_embargo=form.when.data == "embargo")
                flash(
                    _("Published.")
                    if wanted_at is None
                    else _("The moment is set. It becomes public by itself.")
                )
                return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
            form.confirmed.data = wanted_at.isoformat()
        except Refusal as refusal:
            form.blame(refusal)
            wanted_at, is_twice = None, is_twice or isinstance(refusal, moments.TwiceHour)
    body = render_template(
        "writing/publish.html",
        form=form,
        wanted_at=wanted_at,
        is_twice=is_twice,
        **about(section, item, edition, language),
    )
    return body, 422 if form.has_errors else 200


@desk.route("/<section:section>/<int:item_id>/<language>/withdraw", methods=["GET", "POST"])
@needs("withdraw")
def withdraw(section: Section, item_id: int, language: str) -> Any:
    """Take a public page away, with a reason that readers see."""
    item, edition = both(section, item_id, language)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            service.withdraw(edition, reason=form.reason.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Withdrawn. Its address now says why."))
            return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
    body = render_template("writing/withdraw.html", form=form, **about(section, item, edition, language))
    return body, 422 if form.has_errors else 200
