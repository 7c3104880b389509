"""What can be done with media accounts, one act for each decision.

The acts stand by what they are about: ``registering`` (what somebody asks for, and what becomes of it when the address
is proven), ``consenting`` (what somebody says yes to), ``profile`` (who somebody is, and at which address), ``leaving``
(deletion, and coming back before it) and ``export`` (what is kept of somebody).
"""

from app.media_users.service.consenting import Wish, subscribe, withdraw
from app.media_users.service.export import export
from app.media_users.service.leaving import come_back, erase, leave, owe_erasures, report
from app.media_users.service.profile import ask_new_address, change_profile, move
from app.media_users.service.registering import choose_password, confirm, register

__all__ = [
    "Wish",
    "ask_new_address",
    "change_profile",
    "choose_password",
    "come_back",
    "confirm",
    "erase",
    "export",
    "leave",
    "move",
    "owe_erasures",
    "register",
    "report",
    "subscribe",
    "withdraw",
]
