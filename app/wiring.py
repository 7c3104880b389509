"""What follows what: each event, and the jobs that it sets off."""

from __future__ import annotations

from flask import Flask

from app.jobs.ledger import init_jobs

FOLLOWS: dict[str, tuple[str, ...]] = {
    "address.change_wanted": ("proving.tell_change",),
    "code.wanted": ("proving.send_code",),
    "edition.published": ("search.index",),
    "edition.updated": ("search.index",),
    "edition.withdrawn": ("search.forget",),
    "officer.invited": ("accounts.invite",),
    "officer.roles_changed": ("accounts.tell_roles",),
    "officer.factor_changed": ("accounts.tell_factor",),
    "account.signed_in_oddly": ("accounts.tell_signed_in",),
    "account.browser_copied": ("accounts.tell_copied",),
    "media_user.confirmed": ("accreditation.admit",),
    "media_user.decided": ("accreditation.tell",),
    "account.password_changed": ("accounts.tell_password",),
    "edition.urgent": ("writing.tell_urgent",),
    "edition.moved": (),
    "edition.lifted": (),
    "edition.held": ("writing.tell_held",),
}
ROOMS_WITH_JOBS = (
    "app.accounts.jobs",
    "app.accreditation.jobs",
    "app.editorial.jobs",
    "app.proving.jobs",
    "app.search.jobs",
    "app.writing.jobs",
)


def wire(app: Flask) -> None:
    """Let jobs follow events, and let the sweep look for what is due."""
    init_jobs(app, follows=FOLLOWS, modules=ROOMS_WITH_JOBS)
