"""What an answer of a mail server means, in words."""

from __future__ import annotations

from flask_babel import gettext as _


def answer_words(code: int | None, status: str) -> str:
    """Return what an answer means (RFC 3463), as far as it says: its ``code`` (550) and enhanced ``status`` (5.1.1)."""
    known = {
        "5.1.1": _("There is no such address."),
        "5.1.2": _("The domain of the address is not there."),
        "5.2.1": _("The mailbox is closed."),
        "5.2.2": _("The mailbox is full."),
        "4.2.2": _("The mailbox is full at present."),
        "5.7.1": _("The server does not want our mails."),
        "4.7.1": _("The server asks us to come again later."),
        "4.7.0": _("The server asks us to come again later."),
        "5.6.7": _("The server cannot take an address in these letters."),
    }
    if status in known:
        return known[status]
    if code and 400 <= code < 500:
        return _("Not now: it is tried again.")
    return _("Refused for good.")
