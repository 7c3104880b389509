"""What can be done with an issue on its way."""

from app.mailings.service.carrying import Ended, Key, Leased, give_back, note, note_refusal, recover, take
from app.mailings.service.planning import again, count, first_addresses, plan_later, plan_window, start
from app.mailings.service.steering import finish, look_at_refusals, pause, resume, stop

__all__ = [
    "Ended",
    "Key",
    "Leased",
    "again",
    "count",
    "finish",
    "first_addresses",
    "give_back",
    "look_at_refusals",
    "note",
    "note_refusal",
    "pause",
    "plan_later",
    "plan_window",
    "recover",
    "resume",
    "start",
    "stop",
    "take",
]
