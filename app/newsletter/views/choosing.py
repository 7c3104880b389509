"""Preferences, by a link from a mail: what is sent, when nothing is, and to where; without an account."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from app.languages import current
from app.newsletter import queries, rules, service
from app.newsletter.forms import AddressForm, NewAddressForm, PauseForm, PreferencesForm
from app.newsletter.models import IfMissing, State, Subscriber
from app.newsletter.presenting import last_week, topic_choices, topic_names
from app.newsletter.rules import Wish
from app.newsletter.telling import told
from app.newsletter.views.door import holder, lost, newsletter, page, private, refused
from app.newsletter.views.leaving import leave_token
from app.newsletter.words import wish_words
from app.proving.rules import half_hidden
from app.refusals import Refusal
from app.web.hosts import visitor_network


@newsletter.route("/preferences/<token>", methods=["GET", "POST"])
def preferences(token: str) -> Any:
    """Show what somebody is sent, and change it; with a link that is too old, send a new one."""
    subscriber, is_fresh = holder(token)
    if subscriber is None:
        return lost()
    if not is_fresh:
        return _expired(subscriber, token)
    if subscriber.state not in (State.ACTIVE, State.PAUSED):
        return _not_subscribed(subscriber)
    if request.method != "POST":
        return _page(subscriber, token)
    acts = {"save": _save, "look": _look, "pause": _pause, "resume": _resume, "move": _move, "leave": _leave}
    return acts.get(request.form.get("action", ""), _look)(subscriber, token)


def wish_of(subscriber: Subscriber) -> Wish:
    """Return what ``subscriber`` is sent."""
    return Wish(
        subscriber.kinds,
        queries.topics_of(subscriber.id),
        subscriber.language,
        IfMissing(subscriber.if_missing),
    )


def _form(subscriber: Subscriber) -> PreferencesForm:
    wish = wish_of(subscriber)
    known = {
        "kinds": [str(kind) for kind in wish.kinds], "topics": [str(topic) for topic in wish.topics],
        "language": wish.language, "if_missing": str(wish.if_missing),
    }  # fmt: skip
    form = PreferencesForm(formdata=None, data=known)
    form.offer_topics(topic_choices())
    return form


def _typed() -> PreferencesForm:
    form = PreferencesForm(formdata=request.form)
    form.offer_topics(topic_choices())
    return form


def _typed_wish(form: PreferencesForm) -> Wish:
    known = [topic.id for topic in queries.all_topics()]
    return rules.check_wish(
        form.kinds.data or (), form.topic_ids, form.language.data or "", form.if_missing.data or "",
        known_topics=known, needs_kind=False,
    )  # fmt: skip


def _page(
    subscriber: Subscriber, token: str, *, form: Any = None, pause: Any = None, move: Any = None
) -> Response:
    kept = wish_of(subscriber)
    form = form or _form(subscriber)
    pause = pause or _pause_form(formdata=None)
    move = move or NewAddressForm(formdata=None)
    try:
        looked = _typed_wish(form)
    except Refusal:
        looked = kept
    wrong = next((each for each in (form, pause, move) if each.errors), None)
    return page(
        "newsletter/preferences.html",
        form=wrong,
        wishes=form,
        pause=pause,
        move=move,
        subscriber=subscriber,
        token=token,
        address=half_hidden(subscriber.email),
        wish=wish_words(kept, topic_names(kept.topics)) if kept.kinds else "",
        week=last_week(looked),
        leave=leave_token(subscriber),
        status=422 if wrong else 200,
    )


def _pause_form(**known: Any) -> PauseForm:
    form = PauseForm(**known)
    form.months.choices = [
        SelectChoice(str(count), ngettext("Pause for %(num)s month", "Pause for %(num)s months", count))
        for count in rules.PAUSES
    ]
    return form


def _done(token: str, what: str) -> Response:
    answer: Any = redirect(url_for(".preferences", token=token, done=what), 303)
    return private(answer)


def _save(subscriber: Subscriber, token: str) -> Response:
    form = _typed()
    if not form.validate():
        return _page(subscriber, token, form=form)
    try:
        service.save(subscriber, _typed_wish(form))
    except Refusal as refusal:
        return refused(form, refusal, lambda: _page(subscriber, token, form=form))
    return _done(token, "saved")


def _look(subscriber: Subscriber, token: str) -> Response:
    return _page(subscriber, token, form=_typed())


def _pause(subscriber: Subscriber, token: str) -> Response:
    form = _pause_form(formdata=request.form)
    try:
        service.pause(subscriber, form.count)
    except Refusal as refusal:
        return refused(form, refusal, lambda: _page(subscriber, token, pause=form))
    return _done(token, "paused")


def _resume(subscriber: Subscriber, token: str) -> Response:
    service.resume(subscriber)
    return _done(token, "resumed")


def _move(subscriber: Subscriber, token: str) -> Response:
    form = NewAddressForm(formdata=request.form)
    if not form.validate():
        return _page(subscriber, token, move=form)
    try:
        service.ask_address(subscriber, form.email.data or "", network=visitor_network())
    except Refusal as refusal:
        return refused(form, refusal, lambda: _page(subscriber, token, move=form))
    return _done(token, "asked")


def _leave(subscriber: Subscriber, token: str) -> Response:
    service.leave(subscriber, how="preferences")
    answer: Any = redirect(url_for(".unsubscribe", token=leave_token(subscriber), done="left"), 303)
    return private(answer)


def _expired(subscriber: Subscriber, token: str) -> Any:
    form = AddressForm(formdata=None)
    if request.method == "POST" and request.form.get("action") == "again":
        try:
            asked = service.ask_preferences(
                subscriber.email,
                page=f"/{current()}/newsletter/preferences/",
                language=current(),
                network=visitor_network(),
                is_typed=False,
            )
        except Refusal as refusal:
            return refused(form, refusal, lambda: _show_expired(subscriber, token, form))
        return redirect(url_for(".check", token=asked), 303)
    return _show_expired(subscriber, token, form)


def _show_expired(subscriber: Subscriber, token: str, form: AddressForm) -> Response:
    return page(
        "newsletter/expired.html", form=form if form.errors else None, token=token,
        address=half_hidden(subscriber.email), status=410,
    )  # fmt: skip


def _not_subscribed(subscriber: Subscriber) -> Response:
    """Answer a right link of somebody who gets nothing (any more)."""
    return page(
        "newsletter/nothing.html", address=half_hidden(subscriber.email), leave=leave_token(subscriber)
    )


@newsletter.route("/preferences/<token>/consent.json")
def receipt(token: str) -> Any:
    """Give the record of what somebody agreed to, and all else that is kept of them, as JSON."""
    subscriber, is_fresh = holder(token)
    if subscriber is None:
        return lost()
    if not is_fresh:
        return redirect(url_for(".preferences", token=token), 303)
    answer = jsonify(told(subscriber))
    answer.headers["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    return private(answer)


@newsletter.route("/preferences/<token>/erase", methods=["GET", "POST"])
def erase(token: str) -> Any:
    """Say what is erased and what is not, and erase it."""
    subscriber, is_fresh = holder(token)
    if subscriber is None:
        return lost()
    if not is_fresh:
        return redirect(url_for(".preferences", token=token), 303)
    if request.method == "POST":
        service.erase(subscriber)
        return page("newsletter/erased.html", title=_("Everything is erased"))
    return page("newsletter/erase.html", address=half_hidden(subscriber.email), token=token)
