"""What people read of the newsletter, and agree to: changed words are a new version of the consent."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.languages import OWN_NAMES

CONSENT_VERSION = "2026-11"
KINDS = {
    "every": _l("Every release as it is published"),
    "daily": _l("A summary at the end of each day"),
    "friday": _l("A summary on Fridays"),
    "advisories": _l("Media advisories"),
}


def consent_text(organisation: str) -> str:
    """Return what somebody agrees to with "Subscribe", in the language of the page."""
    return _(
        "%(organisation)s sends me the newsletter by e-mail, of the kinds and in the language that I choose here. Each"
        " e-mail has a link by which I leave at once. My address is used for nothing else.",
        organisation=organisation,
    )


def wish_words(kinds: Iterable[str], language: str) -> str:
    """Return what somebody will receive: "A summary on Fridays, Media advisories (Français)"."""
    return f"{', '.join(str(KINDS[kind]) for kind in KINDS if kind in kinds)} ({OWN_NAMES[language]})"
