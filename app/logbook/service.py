"""What can be done with the log: handing it on, which is itself an entry."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.rules import may
from app.acts import act
from app.audit.log import record
from app.audit.models import Head
from app.database import db
from app.editorial.rules import NotAllowed


@act
def note_export(narrowed: Mapping[str, str], *, by: Account) -> None:
    """Write down that ``by`` took entries of the log, so ``narrowed``, along; raise NotAllowed if they may not."""
    if not may(by, "export_audit"):
        raise NotAllowed
    head = db.session.scalars(select(Head)).one()
    record(by, "exported", head, filters=[f"{name}: {value}" for name, value in sorted(narrowed.items())])
