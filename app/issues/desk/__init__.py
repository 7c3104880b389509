"""The newsletter at the desk: what is made, looked at, sent, and watched."""

from app.issues.desk import composing, listing, previewing, sending
from app.issues.desk.door import desk

__all__ = ["composing", "desk", "listing", "previewing", "sending"]
