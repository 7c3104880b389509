"""What somebody has here, and what they may change about it."""

from __future__ import annotations

from typing import Any

from app.accounts.guards import me
from app.media_users import queries
from app.media_users.guards import logged_in
from app.media_users.views.door import account, page


@account.route("/settings")
@logged_in
def settings() -> Any:
    """Show the account, each part of it on its own."""
    return page("media_users/settings.html", media_user=queries.media_user(me().id))
