"""Leaving: a page with one button for people, one POST for mail programs (RFC 8058); and coming back."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from flask_babel import gettext as _

from app import clock
from app.languages import current
from app.newsletter import queries, rules, service, tokens
from app.newsletter.forms import AddressForm, ReasonForm
from app.newsletter.models import State, Subscriber
from app.newsletter.presenting import topic_names
from app.newsletter.rules import Wish
from app.newsletter.tokens import Purpose
from app.newsletter.views.door import (
    SEEN_VERSION,
    lost,
    newsletter,
    page,
    private,
    read_token,
    refused,
    seen_text,
)
from app.newsletter.words import wish_words
from app.proving.rules import half_hidden
from app.refusals import Refusal
from app.web.hosts import visitor_network

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # what the body of the POST says, RFC 8058 section 3.1


def leave_token(subscriber: Subscriber) -> str:
    """Return a token by which ``subscriber`` leaves."""
    return tokens.make(Purpose.UNSUBSCRIBE, subscriber.id, at=clock.now())


@newsletter.route("/unsubscribe/<token>", methods=["GET", "POST"])
def unsubscribe(token: str) -> Any:
    """Ask whether to stop, and stop. A mail program's POST acts at once: no cookie, no page, no redirect."""
    read = read_token(token, Purpose.UNSUBSCRIBE)
    subscriber = queries.subscriber(read.id) if read is not None else None
    is_one_click = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if read is not None and subscriber is None:  # erased since: nothing is sent there any more
        return _plain() if is_one_click else page("newsletter/unsubscribe.html", state="erased", status=200)
    if subscriber is None:
        return lost()
    if request.method == "POST" and is_one_click:
        service.leave(subscriber, how="one click")
        return _plain()
    if request.method == "POST":
        return _act(subscriber, token)
    return _page(subscriber, token)


def _plain() -> Response:
    answer = make_response(_("You will receive no more e-mails. One already on its way may still arrive."))
    answer.mimetype = "text/plain"
    return private(answer)


def _act(subscriber: Subscriber, token: str) -> Any:
    action = request.form.get("action", "")
    if action == "reason":
        given = service.give_reason(subscriber, request.form.get("reason", ""))
        return _to(token, "thanks" if given else "left")
    if action == "again":
        try:
            service.come_back(
                subscriber, text=seen_text(), version=SEEN_VERSION,
                page=f"/{current()}/newsletter/unsubscribe/", language=current(),
            )  # fmt: skip
        except Refusal:
            return _to(token, "")  # where it says what is the matter
        return _to(token, "again")
    if action == "preferences":
        return _send_link(subscriber, token)
    if action != "leave":  # no button of ours: a program that posts whatever it finds
        return _page(subscriber, token)
    service.leave(subscriber, how="link")
    return _to(token, "left")


def _send_link(subscriber: Subscriber, token: str) -> Any:
    form = AddressForm(formdata=None)
    try:
        asked = service.ask_preferences(
            subscriber.email, page=f"/{current()}/newsletter/unsubscribe/", language=current(),
            network=visitor_network(), is_typed=False,
        )  # fmt: skip
    except Refusal as refusal:
        return refused(form, refusal, lambda: _page(subscriber, token, form=form))
    return redirect(url_for(".check", token=asked), 303)


def _to(token: str, done: str) -> Response:
    answer: Any = redirect(url_for(".unsubscribe", token=token, **({"done": done} if done else {})), 303)
    return private(answer)


def _page(subscriber: Subscriber, token: str, *, form: AddressForm | None = None) -> Response:
    states = {State.LEFT: "left", State.REFUSED: "refused"}
    wish = Wish(subscriber.kinds, queries.topics_of(subscriber.id), subscriber.language)
    return page(
        "newsletter/unsubscribe.html",
        form=form if form is not None and form.errors else None,
        state=states.get(State(subscriber.state), "asking"),
        subscriber=subscriber,
        token=token,
        address=half_hidden(subscriber.email),
        wish=wish_words(wish, topic_names(wish.topics)) if wish.kinds else "",
        may_come_back=rules.may_come_back(subscriber, at=clock.now()),
        reasons=ReasonForm(formdata=None),
        text=seen_text(),
        organisation=current_app.config["ORGANISATION"][current()],
    )
