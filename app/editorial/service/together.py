"""Which languages of an item are to go live at the same moment."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.editorial.models import Item
from app.editorial.rules import moments
from app.editorial.service.turns import wait_our_turn
from app.languages import LANGUAGES


@act
def ask_together(item: Item, languages: Sequence[str], *, by: Account) -> None:
    """Ask that these languages of ``item`` go live together; none takes the wish back.

    What is public or set already stays as it is. Raises NotAllowed, or Refusal for one language alone.
    """
    wait_our_turn()
    moments.check_together(languages, by=by)
    wanted = [code for code in LANGUAGES if code in languages]
    if wanted == list(item.together):
        return
    before, item.together = list(item.together), wanted
    label = next((each.current.title for each in item.editions if each.current), "")
    record(by, "together", item, label=label, before=before, after=wanted)
