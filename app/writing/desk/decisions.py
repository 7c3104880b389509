"""Publishing a text, now or at its moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me, needs
from app.accreditation import queries as accreditation
from app.accreditation.models import Group
from app.editorial import checking, rules, service
from app.editorial.models import WAITING, Edition, State
from app.editorial.queries import early
from app.editorial.rules import afterwards
from app.editorial.rules import moments as at_once
from app.languages import current
from app.refusals import Refusal
from app.text import moments
from app.text.numbers import number
from app.web.filters import day, moment_zone
from app.writing.desk.door import about, both, desk
from app.writing.forms import PublishForm, WhenForm
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/publish", methods=["GET", "POST"])
@needs("publish")
def publish(section: Section, item_id: int, language: str) -> Any:
    """Publish the approved text now, or at its moment.

    A later moment, and what readers are told of a new version, are read back before they are set.
    """
    item, edition = both(section, item_id, language)
    form = PublishForm()
    if edition.state in WAITING and not form.is_submitted():
        return redirect(url_for(".moment", section=section, item_id=item_id, language=language), 303)
    values = about(section, item, edition, language)
    groups = offer_groups(form)
    _begin(form, edition)
    wanted_at, is_twice, status = None, bool(form.fold.data), 422
    is_read_back = False
    if form.validate_on_submit():
        try:
            wanted_at = wanted(form)
            if values["is_public"]:
                form.when.data, wanted_at = "now", None
            _check(form, edition, wanted_at)
            if form.confirmed.data == _confirmation(form, wanted_at, is_public=values["is_public"]):
                service.publish(
                    edition,
                    by=me(),
                    wanted_at=wanted_at,
                    is_embargo=form.when.data == "embargo",
                    groups=chosen(form, groups),
                    kind=form.kind.data or "",
                    note=form.note,
                    anyway=form.anyway.data or "",
                    seen=number(form.seen.data),
                )
                flash(_done(form, wanted_at, is_public=values["is_public"]))
                return redirect(url_for(".edit", section=section, item_id=item_id, language=language), 303)
            form.confirmed.data = _confirmation(form, wanted_at, is_public=values["is_public"])
            is_read_back = True
        except Refusal as refusal:
            form.blame(told_of(refusal))
            wanted_at, is_twice = None, is_twice or isinstance(refusal, moments.TwiceHour)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
    body = render_template(
        "writing/publish.html",
        form=form,
        wanted_at=wanted_at,
        overtaken=rules.overtaken(edition.current, wanted_at),
        is_read_back=is_read_back,
        is_twice=is_twice,
        early=Early.of(chosen(form, groups)),
        unanswered=checking.unanswered(edition) if edition.state is State.APPROVED else [],
        **values,
    )
    return body, status if form.has_errors else 200


def _begin(form: PublishForm, edition: Edition) -> None:
    """Fill in the moment that was set or wanted, and which version is looked at."""
    if form.is_submitted():
        return
    form.seen.data = str(edition.current.number)
    form.groups.data = [str(group.id) for group in early.groups_of(edition.id)]
    if edition.wanted_at and edition.wanted_at > clock.now():
        form.when.data = "at"
        fill_in(form, edition.wanted_at)


@dataclass(frozen=True)
class Early:
    """Who reads a text under embargo before its hour: groups by name, and how many newsrooms are in them."""

    names: str
    newsrooms: int

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Early:
        """Return it for ``groups``, in the language of the page."""
        names = ", ".join(group.name(current()) for group in groups)
        return cls(names, accreditation.newsrooms([group.id for group in groups]))


def offer_groups(form: Any) -> Sequence[Group]:
    """Give ``form`` its choice of groups that are open; return these."""
    groups = accreditation.groups(is_open=True)
    form.groups.choices = [SelectChoice(str(group.id), group.name(current())) for group in groups]
    return groups


def chosen(form: Any, groups: Sequence[Group]) -> list[Group]:
    """Return those of ``groups`` that are chosen."""
    return [group for group in groups if str(group.id) in (form.groups.data or ())]


def fill_in(form: WhenForm, moment: datetime) -> None:
    """Write ``moment`` into the form as people type it."""
    local = moment.astimezone(current_app.config["ZONE"])
    form.day.data, form.clock.data = day(local), f"{local:%H:%M}"


def wanted(form: WhenForm) -> datetime | None:
    """Return the moment that was typed, None for now; raise Refusal when there is none, or two."""
    if form.when.data == "now":
        return None
    zone = current_app.config["ZONE"]
    return moments.moment_in_zone(form.day.day, form.clock.clock, zone, choice=form.fold.data or None)


def told_of(refusal: Refusal) -> Refusal:
    """Return ``refusal`` with the moment that stands now, if it is about another one."""
    if not isinstance(refusal, at_once.Moved) or refusal.moment is None:
        return refusal
    now = moment_zone(refusal.moment)
    return Refusal(_("While this page was open, the moment was set to %(moment)s.", moment=now))


def _check(form: PublishForm, edition: Edition, wanted_at: datetime | None) -> None:
    """Raise what the act would, before anything is read back."""
    at = clock.now()
    at_once.check_not_moved(edition, None, at=at)
    rules.check_seen(edition, number(form.seen.data))
    rules.check_publish(edition, by=me(), wanted_at=wanted_at, at=at)
    found = at_once.company(edition, edition.item.editions, wanted_at=wanted_at)
    at_once.check_company(found, anyway=form.anyway.data or "")
    afterwards.check_telling(edition, kind=form.kind.data or "", note=form.note, at=at)


def _confirmation(form: PublishForm, wanted_at: datetime | None, *, is_public: bool) -> str:
    """Return what must have been read back: a later moment, a public sentence; nothing for the rest."""
    if is_public:
        return f"{form.kind.data}: {form.note}" if form.note else ""
    if wanted_at is None:
        return ""
    groups = sorted(form.groups.data or ()) if form.when.data == "embargo" else []
    return " ".join([wanted_at.isoformat(), *groups])


def _done(form: PublishForm, wanted_at: datetime | None, *, is_public: bool) -> str:
    if is_public:
        said = {
            "correction": _("Published with its correction, which stands above the text."),
            "update": _("Published as an update."),
        }
        return said.get(form.kind.data or "", _("Published. Readers are not told of this edit."))
    return _("Published.") if wanted_at is None else _("The moment is set. It becomes public by itself.")
