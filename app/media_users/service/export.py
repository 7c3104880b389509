"""What is kept of somebody, told to them."""

from __future__ import annotations

from typing import Any

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.media_users import queries
from app.media_users.belongings import BELONGINGS


@act
def export(account: Account) -> dict[str, Any]:
    """Return all that is kept of ``account`` as plain values for JSON, and note that it was taken along.

    Moments are ISO 8601, in UTC. The password is not in it: of that only a hash is kept, which tells nobody anything.
    """
    person = queries.media_user(account.id)
    told: dict[str, Any] = {
        "made": clock.now().isoformat(),
        "account": {
            "name": account.name,
            "email": account.email,
            "language": account.language,
            "opened": account.created_at.isoformat(),
            "last_seen": account.last_seen_at and account.last_seen_at.isoformat(),
        },
    }
    if person is not None:
        told["account"] |= {
            "organisation": person.organisation,
            "country": person.country,
            "conditions": person.conditions,
            "conditions_accepted": person.accepted_at.isoformat(),
            "address_confirmed": person.confirmed_at.isoformat(),
        }
    told |= {each.name: each.tell(account.id) for each in BELONGINGS}
    record(account, "exported own data", account)
    return told
