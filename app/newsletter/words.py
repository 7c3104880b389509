"""What people read of the newsletter: kinds, states, reasons."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.languages import OWN_NAMES
from app.media_users.words import CONSENT_VERSION, KINDS, consent_text
from app.newsletter.rules import Wish

__all__ = ["CONSENT_VERSION", "KINDS", "consent_text"]

STATE_WORDS = {
    "waiting": _l("Waiting for confirmation"),
    "active": _l("Active"),
    "paused": _l("Paused"),
    "left": _l("Unsubscribed"),
    "refused": _l("Refused"),
}
SOURCE_WORDS = {
    "page": _l("Form on the site"),
    "account": _l("Media account"),
    "import": _l("Imported file"),
}
IF_MISSING_WORDS = {
    "english": _l("Send it to me in English, marked as such"),
    "wait": _l("Wait until it is there in my language"),
    "skip": _l("Leave it out"),
}
REASON_WORDS = {
    "too_many": _l("Too many e-mails"),
    "not_for_me": _l("The subjects do not concern me"),
    "never_asked": _l("I never asked for them"),
    "elsewhere": _l("I follow the news in another way"),
}
LEFT_WORDS = {
    "link": _l("by the link in an e-mail"),
    "one click": _l("by the button of the mail program"),
    "preferences": _l("on the page of preferences"),
    "desk": _l("by the press office"),
    "moved": _l("another address took its place"),
    "replaced": _l("replaced by a newer one"),
    "bounce": _l("the address refuses mails"),
    "complaint": _l("called unwanted"),
    "administrator": _l("blocked by the press office"),
}
HOW_WORDS = {  # what a consent keeps of how an address was proven; an imported one keeps what an officer typed
    "link in an e-mail": _l("by the link in an e-mail"),
    "media account, address proven": _l("by a media account whose address was proven"),
}
SUPPRESSION_WORDS = {
    "bounce": _l("The address refuses mails"),
    "complaint": _l("Its reader called our mails unwanted"),
    "administrator": _l("Blocked by the press office"),
    "erased": _l("Erased: its owner wants to stay unknown"),
}
REFUSED_LINES = {
    "no_address": _l("no address"),
    "bad_address": _l("not an e-mail address"),
    "no_date": _l("no day of consent, or one that has not come yet"),
    "suppressed": _l("this address is blocked"),
    "left": _l("has unsubscribed here"),
}
ISSUE_WORDS = {
    "alert": _l("Alert"),
    "daily": _l("Daily summary"),
    "weekly": _l("Friday summary"),
    "handmade": _l("Newsletter"),
    "correction": _l("Correction"),
}
DELIVERY_WORDS = {
    "queued": _l("waiting to be sent"),
    "leased": _l("waiting to be sent"),
    "sending": _l("being sent"),
    "deferred": _l("put off by the mail server, tried again later"),
    "accepted": _l("accepted by the mail server"),
    "refused": _l("refused by the mail server"),
    "suppressed": _l("not sent: the address is blocked"),
    "left": _l("not sent: had unsubscribed before"),
    "stopped": _l("not sent: stopped"),
}
BOUNCE_WORDS = {
    "hard": _l("refused for good"),
    "soft": _l("refused for the moment"),
    "complaint": _l("called unwanted"),
}


def wish_words(wish: Wish, topics: Iterable[str] = ()) -> str:
    """Return what somebody will receive, as one reads it: "A summary on Fridays, on: Enlargement (Français)"."""
    kinds = ", ".join(str(KINDS[kind]) for kind in KINDS if kind in wish.kinds)
    named = list(topics)
    if named:
        kinds = _("%(kinds)s, on: %(topics)s", kinds=kinds, topics=", ".join(named))
    return f"{kinds} ({OWN_NAMES[wish.language]})"
