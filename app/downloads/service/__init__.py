"""What can be done: asking for parts and changing one's mind, making them, giving them, telling who holds a fault.

asking: by whoever wants a part · making: by the worker · keeping: what is due and what is over · giving: the log.
"""

from app.downloads.service.asking import Wish, ask_again, cancel, request_part, want_mail
from app.downloads.service.giving import note_whole, open_part
from app.downloads.service.keeping import drop_unwanted, expire, forget_file, give_up, look_again, owe_missing
from app.downloads.service.making import begin, fail, finish, keep_index, name_file, note_progress, owe_index
from app.downloads.service.telling import tell_holders

__all__ = [
    "Wish",
    "ask_again",
    "begin",
    "cancel",
    "drop_unwanted",
    "expire",
    "fail",
    "finish",
    "forget_file",
    "give_up",
    "keep_index",
    "look_again",
    "name_file",
    "note_progress",
    "note_whole",
    "open_part",
    "owe_index",
    "owe_missing",
    "request_part",
    "tell_holders",
    "want_mail",
]
