"""What the checks found, mended by machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.accounts.models import Account
from app.acts import act
from app.editorial import checking, rules
from app.editorial.models import Edition, Revision
from app.editorial.service.snapshots import shared_of, text_of
from app.editorial.service.turns import hold
from app.editorial.service.writing import save


@act
def put_right(
    edition: Edition, *, keys: Sequence[str] | None = None, base: int, by: Account
) -> Revision | None:
    """Make the corrections of typography that these findings propose (None: all of them), as a new revision.

    ``base`` is the number of the version in which they were found. Returns None when nothing is left to
    correct. Raises Stale when somebody saved another version since.
    """
    rules.check_may(by, "write")
    hold(edition)
    if edition.current is None:
        raise rules.WrongState
    if edition.current.number != base:
        raise rules.Stale(edition.current)
    changed: dict[str, Any] = dict(checking.corrected(edition, keys))
    text = text_of(edition.current)
    if "pictures" in changed:
        words = {
            row["picture"]: {name: value for name, value in row.items() if name != "picture"}
            for row in changed.pop("pictures")
        }
        text = replace(text, picture_words=words)
    rows = {name: changed.pop(name) for name in ("quotes", "links", "faq") if name in changed}
    text = replace(text, **changed, fields=text.fields | rows)
    return save(edition, text, shared_of(edition.current), base=base, by=by)
