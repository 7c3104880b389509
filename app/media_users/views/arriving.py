"""Coming in with the token of a session that has just begun, at whichever page it was earned; and going out."""

from __future__ import annotations

from flask import flash, url_for
from flask_babel import gettext as _

from app.accounts import presence, rules, service
from app.media_users import service as keeping


def let_in(token: str, *, is_remembered: bool = False) -> None:
    """Let this browser hold ``token``, out of the session that it had; whoever was leaving stays after all."""
    leave()
    presence.begin(token)
    presence.remember(service.remember(token) if is_remembered else None)
    if (found := presence.anybody()) is not None and keeping.come_back(found.account):
        flash(_("Your account is kept. Nothing was deleted."))


def leave() -> None:
    """End the session that this browser has, if any."""
    if (before := presence.anybody()) is not None:
        service.sign_out(before.session, by=before.account)
        presence.end()


def onward(wanted: str | None) -> str:
    """Return where to go from here: to what is still asked of an officer, or to where the visitor was going."""
    path = rules.same_site_path(wanted)
    found = presence.anybody()
    if found is not None and found.stage is not rules.Stage.FULL:
        return url_for("accounts.sign_in", next=path)
    return path or url_for("account.settings")
