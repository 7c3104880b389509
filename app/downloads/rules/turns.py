"""Whose part is made next: turns go round between accounts, so that nobody waits behind all of somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """A part that waits, and one of the accounts that want it, since when."""

    part_id: int
    account_id: int
    since: datetime


def order(waiting: Iterable[Waiting], served: Mapping[int, datetime]) -> list[int]:
    """Return the parts that wait, in the order in which they will be made if nobody asks for more.

    In each round every account has one turn: first whoever was never served, then whoever was served longest ago.
    ``served`` is when the last part that an account wanted was begun. A part that several want has the best of their
    places; the others' turns go on to their next one.
    """
    queues: dict[int, list[Waiting]] = {}
    for each in sorted(waiting, key=lambda each: (each.since, each.part_id)):
        queues.setdefault(each.account_id, []).append(each)
    accounts = sorted(
        queues, key=lambda account: (served.get(account, _NEVER), queues[account][0].since, account)
    )
    found: dict[int, None] = {}
    while accounts:
        for account in accounts:
            queue = queues[account]
            while queue and queue[0].part_id in found:
                queue.pop(0)
            if queue:
                found[queue.pop(0).part_id] = None
        accounts = [account for account in accounts if queues[account]]
    return list(found)
