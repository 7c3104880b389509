"""The newsletter, offered once to whoever has just got an account: yes and no weigh the same."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import me
from app.languages import current
from app.media_users import service
from app.media_users.forms import NewsletterForm
from app.media_users.guards import logged_in
from app.media_users.views.door import account, late, page, say_expired, way_back
from app.media_users.words import CONSENT_VERSION, consent_text, wish_words

ASKED = "newsletter_asked"


@account.route("/newsletter", methods=["GET", "POST"])
@logged_in
def newsletter() -> Any:
    """Take a yes or a no, then ask which e-mails, and keep what was agreed to."""
    if request.form.get("answer") == "no":
        session[ASKED] = True
        flash(_("We will send you no newsletter."))
        return redirect(url_for(".created", next=way_back()), 303)
    if request.form.get("answer") == "yes":
        return redirect(url_for(".newsletter", next=way_back()), 303)
    form = NewsletterForm(data=None if request.method == "POST" else {"language": me().language})
    if request.method != "POST" or not form.validate():
        return _page(form)
    wish = service.Wish(
        text=_text(), version=CONSENT_VERSION, kinds=tuple(form.kinds.data), language=form.language.data
    )
    service.subscribe(me(), wish, page=request.path, seen_in=current())
    flash(_("Saved. You will receive: %(list)s.", list=wish_words(wish.kinds, wish.language)))
    return redirect(url_for(".created", next=way_back()), 303)


@late("account.newsletter")
def _late() -> Response:
    form = NewsletterForm()
    say_expired(form)
    return _page(form, status=400)


def _text() -> str:
    return consent_text(current_app.config["ORGANISATION"][current()])


def _page(form: NewsletterForm, *, status: int | None = None) -> Response:
    form.next.data = way_back() or ""
    return page(
        "media_users/newsletter.html",
        form=form,
        status=status,
        text=_text(),
        back_url=url_for(".created", next=way_back()),
    )
