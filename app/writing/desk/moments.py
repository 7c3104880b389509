"""Another moment for a text that waits for one, and the languages that are to go live together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs
from app.accreditation import queries as accreditation
from app.editorial import rules, service
from app.editorial.models import WAITING, Edition, State
from app.editorial.queries import early
from app.editorial.rules import moments as at_once
from app.refusals import Refusal
from app.text import moments
from app.writing.desk.decisions import fill_in, told_of, wanted
from app.writing.desk.door import about, both, desk
from app.writing.forms import MomentForm, TogetherForm
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/moment", methods=["GET", "POST"])
@needs("publish")
def moment(section: Section, item_id: int, language: str) -> Any:
    """Set another moment, or publish before it; what becomes public, and when, is read back first."""
    item, edition = both(section, item_id, language)
    form, status = MomentForm(), 422
    if not form.is_submitted() and edition.public_from is not None:
        form.seen.data = edition.public_from.isoformat()
        fill_in(form, edition.public_from)
    wanted_at, is_twice, is_read_back = None, bool(form.fold.data), False
    if form.validate_on_submit():
        seen = _seen(form)
        try:
            wanted_at = wanted(form)
            _check(form, edition, wanted_at, seen)
            if form.confirmed.data == _confirmation(wanted_at):
                flash(_change(form, edition, wanted_at, seen))
                return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
            form.confirmed.data = _confirmation(wanted_at)
            is_read_back = True
        except Refusal as refusal:
            is_twice = is_twice or isinstance(refusal, moments.TwiceHour)
            form.blame(told_of(refusal))
            wanted_at = None
            status = 409 if isinstance(refusal, rules.WrongState) else 422
    going = at_once.with_same_moment(edition, item.editions, edition.public_from)
    body = render_template(
        "writing/moment.html",
        form=form,
        wanted_at=wanted_at,
        is_read_back=is_read_back,
        is_twice=is_twice,
        is_embargo=edition.state is State.EMBARGO,
        is_waiting=edition.state in WAITING and (edition.public_from or clock.now()) > clock.now(),
        going=going,
        told=_told(edition, going),
        overtaken=rules.overtaken(edition.current, wanted_at),
        **about(section, item, edition, language),
    )
    return body, status if form.has_errors else 200


def _told(edition: Edition, going: list[Edition]) -> int:
    """Return how many newsrooms learn at once that the embargo of these texts is moved or lifted."""
    if edition.state is not State.EMBARGO:
        return 0
    return accreditation.newsrooms({group.id for each in going for group in early.groups_of(each.id)})


def _seen(form: MomentForm) -> datetime | None:
    """Return the moment that stood on the page, None for anything that is none."""
    try:
        seen = datetime.fromisoformat(form.seen.data or "")
    except ValueError:
        return None
    return seen if seen.tzinfo else None


def _check(form: MomentForm, edition: Edition, wanted_at: datetime | None, seen: datetime | None) -> None:
    """Raise what the act would, before anything is read back."""
    at_once.check_move(
        edition,
        by=me(),
        wanted_at=wanted_at,
        reason=form.reason.data or "",
        seen=seen,
        at=clock.now(),
    )


def _confirmation(wanted_at: datetime | None) -> str:
    return wanted_at.isoformat() if wanted_at else "now"


def _change(form: MomentForm, edition: Edition, wanted_at: datetime | None, seen: datetime | None) -> str:
    """Do it; return the sentence that says so."""
    reason = form.reason.data or ""
    if wanted_at is None:
        service.lift(edition, reason=reason, by=me(), seen=seen)
        return _("Published before its moment.")
    service.move(edition, to=wanted_at, reason=reason, by=me(), seen=seen)
    return _("The new moment is set.")


@desk.route("/<section:section>/<int:item_id>/<language>/together", methods=["GET", "POST"])
@needs("begin")
def together(section: Section, item_id: int, language: str) -> Any:
    """Choose the languages that are to go live at the same moment."""
    item, edition = both(section, item_id, language)
    form = TogetherForm()
    if not form.is_submitted():
        form.together.data = list(item.together)
    if form.validate_on_submit():
        try:
            service.ask_together(item, form.together.data or [], by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(
                _("These languages now go live together.")
                if form.together.data
                else _("Each language now goes live by itself.")
            )
            return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
    body = render_template("writing/together.html", form=form, **about(section, item, edition, language))
    return body, 422 if form.has_errors else 200
