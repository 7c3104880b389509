"""What can be done about groups and media accounts, one act for each decision.

The acts stand by what they are about: ``grouping`` (make, change and close groups), ``joining`` (ask, let in, turn
down, take out) and ``suspending``; ``looking`` is noted, too.
"""

from app.accreditation.service.grouping import change, close, make, reopen
from app.accreditation.service.joining import (
    admit_by_domain,
    approve,
    ask,
    look_again,
    put_in,
    refuse,
    take_out,
)
from app.accreditation.service.suspending import lift, note_look, suspend

__all__ = [
    "admit_by_domain",
    "approve",
    "ask",
    "change",
    "close",
    "lift",
    "look_again",
    "make",
    "note_look",
    "put_in",
    "refuse",
    "reopen",
    "suspend",
    "take_out",
]
