"""Ending a page that readers know: withdrawing, removing, or merging it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.models import Edition, Item
from app.editorial.queries import afterwards as known
from app.editorial.rules import afterwards
from app.languages import LANGUAGES, OWN_NAMES
from app.refusals import Refusal
from app.text.numbers import number
from app.web.filters import day
from app.writing.desk.door import about, both, desk
from app.writing.forms import EndForm
from app.writing.sections import Section, every, of_type


@desk.route("/<section:section>/<int:item_id>/<language>/withdraw", methods=["GET", "POST"])
@needs("withdraw")
def withdraw(section: Section, item_id: int, language: str) -> Any:
    """Withdraw, remove or merge a public page; what readers will find is shown before it is done."""
    item, edition = both(section, item_id, language)
    form, status = EndForm(), 422
    into: Item | None = None
    is_read_back = False
    if not form.is_submitted():
        form.how.data = "withdraw"
    if form.validate_on_submit():
        try:
            into = _target(form, item) if form.how.data == "merge" else None
            if form.how.data != "merge" or into is not None or not form.into.choices:
                _check(form, edition, into)
                if form.confirmed.data == _confirmation(form, into):
                    flash(_end(form, edition, into))
                    return redirect(
                        url_for(".edit", section=section, item_id=item_id, language=language), 303
                    )
                form.confirmed.data = _confirmation(form, into)
                is_read_back = True
        except Refusal as refusal:
            form.blame(refusal)
            status = 409 if isinstance(refusal, rules.WrongState) else 422
    there = known.leads_to(into.id, language) if into is not None and is_read_back else None
    body = render_template(
        "writing/withdraw.html",
        form=form,
        is_read_back=is_read_back,
        there=of_type(there.type).address(there.language, there.path) if there else "",
        staying=[each for each in item.editions if each.id != edition.id and _is_public(each)],
        mentions=known.mentions(item.id),
        **about(section, item, edition, language),
    )
    return body, status if form.has_errors else 200


def _is_public(edition: Edition) -> bool:
    return edition.public_from is not None and edition.public_from <= clock.now()


def _target(form: EndForm, item: Item) -> Item | None:
    """Return the page that takes this one's place: chosen, or typed as its address.

    Anything else that was typed is looked for in titles; what is found becomes the choices of the form.
    """
    typed = form.target.data or ""
    if chosen := number(form.into.data):
        found = known.public_item(chosen)
        if found is None:
            raise Refusal(_("Readers cannot see that page. Choose one that is public."), field="target")
        form.into.choices = [SelectChoice(str(found.id), typed)]
        return found
    if not typed:
        return None
    path = unquote(urlsplit(typed.removeprefix(current_app.config["PUBLIC_URL"])).path)
    if typed.startswith(("/", "http://", "https://")):
        return _at(path, is_ours=typed.startswith(("/", current_app.config["PUBLIC_URL"] + "/")))
    rows = known.with_words(typed[:200], besides=item.id)
    if not rows:
        raise Refusal(_("No public page has these words in its title."), field="target")
    form.into.choices = [
        SelectChoice(str(row.item_id), f"{row.title} ({OWN_NAMES[row.language]}, {day(row.public_from)})")
        for row in {row.item_id: row for row in reversed(rows)}.values()
    ]
    return None


def _at(path: str, *, is_ours: bool) -> Item:
    language, _slash, rest = path.strip("/").partition("/")
    segment, _slash, rest = rest.partition("/")
    section = next((each for each in every() if each.segment == segment), None)
    found = None
    if is_ours and language in LANGUAGES and section is not None and rest:
        found = known.item_at(section.type, language, rest)
    if found is None:
        raise Refusal(_("No public page of this site has this address."), field="target")
    return found


def _check(form: EndForm, edition: Edition, into: Item | None) -> None:
    """Raise what the act would, before anything is read back."""
    at, by = clock.now(), me()
    if form.how.data == "withdraw":
        afterwards.check_withdrawal(edition, by=by, reason=form.reason.data or "", at=at)
    elif form.how.data == "remove":
        afterwards.check_removal(
            edition, by=by, reason=form.log_reason.data or "", sentence=form.sentence.data or "", at=at
        )
    elif form.how.data == "merge":
        afterwards.check_merge(
            edition,
            into,
            by=by,
            at=at,
            is_known=into is not None and known.leads_to(into.id, edition.language) is not None,
            is_circular=into is not None and known.is_merged_into(into.id, edition.item_id),
        )
    else:
        raise Refusal(_("Say what becomes of the page."), field="how")


def _confirmation(form: EndForm, into: Item | None) -> str:
    """Return what must have been read back: the sentence that readers will find, or the page."""
    told = {"withdraw": form.reason.data, "remove": form.sentence.data}.get(form.how.data or "")
    return f"{form.how.data}: {told or ''}{into.id if into else ''}"


def _end(form: EndForm, edition: Edition, into: Item | None) -> str:
    """Do it; return the sentence that says so."""
    if form.how.data == "withdraw":
        service.withdraw(edition, reason=form.reason.data or "", by=me())
        return _("Withdrawn. Its page now says when and why.")
    if form.how.data == "remove":
        service.remove(edition, reason=form.log_reason.data or "", sentence=form.sentence.data or "", by=me())
        return _("Removed. Its address now says so.")
    service.merge(edition, into=into, by=me())
    return _("Merged. Its address now leads to the other page.")
