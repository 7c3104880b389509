"""What can be done with subscribers and issues, one act for each decision.

The acts stand by what they are about: ``asking`` (what somebody types on a page, and what comes of it), ``confirming``
(an address that is proven), ``changing`` (what somebody wants, and where to), ``pausing``, ``leaving`` (and coming
back, and being erased), ``suppressing`` (whom nobody writes to, and mails that come back), ``importing``.
"""

from app.newsletter.service.asking import (
    Answer,
    Seen,
    answer,
    ask,
    ask_again,
    ask_preferences,
    forget_requests,
)
from app.newsletter.service.changing import ask_address, move, save
from app.newsletter.service.confirming import confirm, take_in
from app.newsletter.service.importing import (
    ask_import,
    begin_import,
    forget_imports,
    import_lines,
    set_up_import,
)
from app.newsletter.service.leaving import come_back, erase, give_reason, leave
from app.newsletter.service.pausing import pause, resume, wake
from app.newsletter.service.suppressing import lift, note_bounce, note_export, suppress

__all__ = [
    "Answer",
    "Seen",
    "answer",
    "ask",
    "ask_address",
    "ask_again",
    "ask_import",
    "ask_preferences",
    "begin_import",
    "come_back",
    "confirm",
    "erase",
    "forget_imports",
    "forget_requests",
    "give_reason",
    "import_lines",
    "leave",
    "lift",
    "move",
    "note_bounce",
    "note_export",
    "pause",
    "resume",
    "save",
    "set_up_import",
    "suppress",
    "take_in",
    "wake",
]
