"""What can be done with media accounts, one act for each decision.

The acts stand by what they are about: ``registering`` (what somebody asks for, and what becomes of it when the address
is proven) and ``consenting`` (what somebody says yes to).
"""

from app.media_users.service.consenting import Wish, subscribe
from app.media_users.service.registering import confirm, register

__all__ = ["Wish", "confirm", "register", "subscribe"]
