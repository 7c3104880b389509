"""What follows a decision of the office about somebody of the media: a mail to them."""

from __future__ import annotations

from app.accounts.models import Account
from app.accreditation import service
from app.accreditation.letters import letter
from app.accreditation.models import Group
from app.audit.models import Entry
from app.database import db
from app.jobs.registry import job
from app.jobs.turns import Progress
from app.mail.service import post_each


@job("accreditation.tell")
def tell(progress: Progress, *, entry: int) -> None:
    """Tell somebody what was decided, as the log has it: what was decided since is told by a mail of its own."""
    told = db.session.get_one(Entry, entry)
    person = db.session.get_one(Account, told.thing_id)
    group = db.session.get(Group, told.details["group_id"]) if "group_id" in told.details else None
    reason = told.details.get("reason", "")
    post_each([letter(told.verb, person, group=group, reason=reason, key=f"accreditation/{entry}")])


@job("accreditation.look_again")
def look_again(progress: Progress, *, account: int) -> None:
    """Look at somebody's groups again, whose address is another one since."""
    person = db.session.get(Account, account)
    if person is not None:
        service.look_again(person)


@job("accreditation.admit")
def admit(progress: Progress, *, account: int) -> None:
    """Let somebody in whose address was just proven, by its domain."""
    person = db.session.get(Account, account)
    if person is not None:
        service.admit_by_domain(person)
