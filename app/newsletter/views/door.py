"""The door of the newsletter: no cookie, no token of a form, and nothing that anybody may keep."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.extensions import csrf
from app.languages import LANGUAGES, OWN_NAMES, current
from app.limits.limits import TooMany, allow
from app.newsletter import queries, rules, tokens
from app.newsletter.models import Subscriber
from app.newsletter.tokens import Maker, Purpose, Read
from app.newsletter.words import CONSENT_VERSION, consent_text
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.headers import keep_private
from app.web.hosts import visitor_network
from app.web.public import Link

newsletter = Blueprint("newsletter", __name__)

# Forms that look at nothing a browser brings along need no token against other sites: see the room's plate.
TOKENLESS = (
    "newsletter.subscribe",
    "newsletter.check",
    "newsletter.confirm",
    "newsletter.confirm_address",
    "newsletter.ask_preferences",
    "newsletter.preferences",
    "newsletter.erase",
    "newsletter.unsubscribe",
    "newsletter_reports.bounces",
)
OPENINGS_AN_HOUR = 1200  # from one network, right or wrong: to keep the load down, nobody can guess a link


def open_newsletter(app: Flask) -> None:
    """Let the forms of the newsletter come without a token."""
    for endpoint in TOKENLESS:
        csrf.exempt(app.view_functions[endpoint])


@newsletter.before_request
def slow_down() -> None:
    """Keep programs that open links by the thousand from wearing us out."""
    if request.endpoint == "newsletter.unsubscribe" and request.method == "POST":
        return  # a mail provider sends these for thousands of its users, from one network
    allow("newsletter.pages", visitor_network(), amount=OPENINGS_AN_HOUR, seconds=3600, open_when_down=True)


def private(answer: Response) -> Response:
    """Let no search engine keep the page, and no other site learn the address by which it was opened."""
    keep_private()
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def page(template: str, *, form: Any = None, status: int | None = None, **values: Any) -> Response:
    """Render a page of the newsletter for one person: 422 when ``form`` has errors, unless told otherwise."""
    if status is None:
        status = 422 if form is not None and form.errors else 200
    shown = render_template(
        template,
        form=form,
        language_links=_languages(),
        is_indexed=False,
        done=request.args.get("done", ""),
        **values,
    )
    return private(make_response(shown, status))


def refused(form: Any, refusal: Refusal, show: Any) -> Response:
    """Show the page of ``form`` again with what the rules refuse; 429 with its hour for one that came too often."""
    form.blame(refusal)
    answer: Response = show()
    if isinstance(refusal, TooMany):
        answer.status_code = 429
        answer.headers["Retry-After"] = retry_after(refusal.until)
    return answer


def seen_text() -> str:
    """Return the words that somebody agrees to, in the language of this page."""
    return consent_text(current_app.config["ORGANISATION"][current()])


SEEN_VERSION = CONSENT_VERSION


def read_token(token: str, purpose: Purpose) -> Read | None:
    """Return what ``token`` says of a row without a version, if we made it for ``purpose``."""
    read = tokens.read(token)
    return read if read is not None and Maker(purpose).is_right(read, 0) else None


def holder(token: str) -> tuple[Subscriber | None, bool]:
    """Return whose preferences ``token`` opens, and whether it still does: (None, False) for no link of ours."""
    read = tokens.read(token)
    subscriber = queries.subscriber(read.id) if read is not None else None
    if read is None or subscriber is None:
        return None, False
    if not Maker(Purpose.PREFERENCES).is_right(read, subscriber.token_version):
        return None, False
    return subscriber, rules.is_fresh(read, at=clock.now())


def lost() -> Response:
    """Answer a link that is none of ours, or whose row is gone: all of them alike."""
    return page("newsletter/lost.html", status=404)


def new_preferences_token(subscriber: Subscriber) -> str:
    """Return a token for the preferences of ``subscriber``."""
    return tokens.make(Purpose.PREFERENCES, subscriber.id, subscriber.token_version, at=clock.now())


def _languages() -> list[Link]:
    endpoint, known = request.endpoint or "newsletter.subscribe", request.view_args or {}
    return [
        Link(OWN_NAMES[code], url_for(endpoint, speaks=code, **known), code, code == current())
        for code in LANGUAGES
    ]
