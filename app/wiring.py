"""What follows what: each event, and the jobs that it sets off."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from app.jobs.ledger import init_jobs

FOLLOWS: dict[str, tuple[str, ...]] = {
    "address.change_wanted": ("proving.tell_change",),
    "code.wanted": ("proving.send_code",),
    "edition.published": (
        "search.index",
        "downloads.look_at_film",
        "photos.label",
        "issues.alert",
        "issues.read_again",
    ),
    "edition.updated": (
        "search.index",
        "downloads.look_at_film",
        "downloads.look_again",
        "photos.label",
        "issues.correct",
        "issues.read_again",
    ),
    "edition.withdrawn": ("search.forget", "downloads.look_again", "issues.take_back", "issues.read_again"),
    "officer.invited": ("accounts.invite",),
    "officer.roles_changed": ("accounts.tell_roles",),
    "officer.factor_changed": ("accounts.tell_factor",),
    "account.signed_in_oddly": ("accounts.tell_signed_in",),
    "account.browser_copied": ("accounts.tell_copied",),
    "media_user.confirmed": ("accreditation.admit",),
    "media_user.moved": ("accreditation.look_again",),
    "media_user.decided": ("accreditation.tell",),
    "media_user.agreed": ("newsletter.take_in",),
    "newsletter.asked": ("newsletter.answer",),
    "newsletter.subscribed": ("newsletter.give_receipt",),
    "newsletter.address_wanted": ("newsletter.confirm_address",),
    "newsletter.moved": ("newsletter.tell_moved",),
    "newsletter.import_wanted": ("newsletter.import",),
    "account.password_changed": ("accounts.tell_password",),
    "media_user.leaving": ("media_users.tell_leaving",),
    "media_user.left": ("media_users.erase",),
    "edition.urgent": ("writing.tell_urgent",),
    "edition.moved": ("embargoes.tell_moved",),
    "edition.lifted": ("embargoes.tell_lifted",),
    "interval.told": ("downloads.tell_holders",),
    "part.ended": ("downloads.tell_ended",),
    "edition.held": ("writing.tell_held",),
    "master.received": ("library.prepare",),
    "upload.received": ("library.take_in",),
}
ROOMS_WITH_JOBS = (
    "app.photos.jobs",
    "app.accounts.jobs",
    "app.accreditation.jobs",
    "app.media_users.jobs",
    "app.editorial.jobs",
    "app.library.jobs",
    "app.proving.jobs",
    "app.embargoes.jobs",
    "app.library.uploads.jobs",
    "app.newsletter.jobs",
    "app.mailings.jobs",
    "app.downloads.jobs",
    "app.issues.jobs",
    "app.search.jobs",
    "app.writing.jobs",
)

# What each room keeps of media users: an export tells it, an erasure forgets it.
ROOMS_THAT_KEEP_PEOPLE = (
    "app.media_users.own",
    "app.accreditation.own",
    "app.embargoes.own",
    "app.downloads.own",
    "app.newsletter.own",
)

# Which files each room counts on: `flask storage check` tells what is missing, and what nobody knows.
ROOMS_THAT_KEEP_FILES = ("app.library.files", "app.downloads.files")


def wire(app: Flask) -> None:
    """Let jobs follow events, let the sweep look for what is due, and know what is kept of people and in files."""
    for name in (*ROOMS_THAT_KEEP_PEOPLE, *ROOMS_THAT_KEEP_FILES):
        import_module(name)
    init_jobs(app, follows=FOLLOWS, modules=ROOMS_WITH_JOBS)
