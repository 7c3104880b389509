"""What can be done with issues, one act for each decision.

``telling`` (alerts, corrections, and what a withdrawal takes back), ``summaries``, ``composing`` (drafts), ``sending``.
``archiving`` keeps what they are found by; ``counting`` how often their links were followed. ``drawing`` makes the
editions of an issue, for all of them.
"""

from app.issues.service.archiving import read_again, read_issue
from app.issues.service.composing import (
    Draft,
    Words,
    add,
    arrange,
    correct_by_hand,
    delete,
    remove,
    save,
    start,
)
from app.issues.service.counting import count_click
from app.issues.service.sending import (
    go_when_due,
    note_opened,
    schedule,
    send,
    test,
    unschedule,
)
from app.issues.service.summaries import summarise
from app.issues.service.telling import alert, correct, take_back

__all__ = [
    "Draft",
    "Words",
    "add",
    "alert",
    "arrange",
    "correct",
    "correct_by_hand",
    "count_click",
    "delete",
    "go_when_due",
    "note_opened",
    "read_again",
    "read_issue",
    "remove",
    "save",
    "schedule",
    "send",
    "start",
    "summarise",
    "take_back",
    "test",
    "unschedule",
]
