"""What can be done about proofs, one act for each decision.

The acts stand by what they are about: ``sending`` (beginning, and codes on their way), ``checking`` (the one check of
a code), ``resetting`` (what a right code is worth to who forgot a password) and ``ending``.
"""

from app.proving.service.checking import check
from app.proving.service.ending import end, end_others, erase
from app.proving.service.resetting import set_new_password
from app.proving.service.sending import (
    Made,
    ask_reset,
    begin,
    make,
    note_mail,
    send_again,
    take_up,
    waits_until,
)

__all__ = [
    "Made",
    "ask_reset",
    "begin",
    "check",
    "end",
    "end_others",
    "erase",
    "make",
    "note_mail",
    "send_again",
    "set_new_password",
    "take_up",
    "waits_until",
]
