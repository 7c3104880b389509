"""What can be done to a text, one act for each decision.

The acts stand by what they are about: ``writing`` (begin, save, file), ``reviewing`` (send for review, approve,
return), ``publishing`` (publish), ``checklist`` (let pass, put
right), ``embargo`` (move, lift, open to other groups), ``together`` (languages that go live at once),
``urgent`` (publish alone, confirm afterwards), ``ending`` (withdraw, remove, merge), ``settling`` (what a
moment that has come brings with it), ``reading`` (what is under embargo), ``pruning`` (what nobody asked to keep)
``keeping`` (subjects and contacts) and ``wording`` (the house's words). ``turns`` is how decisions wait
for each other.
"""

from app.editorial.service.checklist import let_pass
from app.editorial.service.correcting import put_right
from app.editorial.service.embargo import lift, move, regroup
from app.editorial.service.ending import merge, remove, withdraw
from app.editorial.service.keeping import (
    add_contact,
    add_subject,
    change_contact,
    change_subject,
    keep_contact,
    keep_topic,
    move_subject,
    relist,
)
from app.editorial.service.pruning import prune
from app.editorial.service.publishing import publish
from app.editorial.service.reading import note_reading
from app.editorial.service.reviewing import approve, send_back, submit, take_back
from app.editorial.service.settling import settle
from app.editorial.service.snapshots import Shared, Text
from app.editorial.service.together import ask_together
from app.editorial.service.urgent import confirm, publish_urgently
from app.editorial.service.wording import drop_word, keep_word
from app.editorial.service.writing import add_topic, begun_by, by_itself, claim, save, save_fields, start

__all__ = [
    "Shared",
    "Text",
    "add_contact",
    "add_subject",
    "add_topic",
    "approve",
    "ask_together",
    "begun_by",
    "by_itself",
    "change_contact",
    "change_subject",
    "claim",
    "confirm",
    "drop_word",
    "keep_contact",
    "keep_topic",
    "keep_word",
    "let_pass",
    "lift",
    "merge",
    "move",
    "move_subject",
    "note_reading",
    "prune",
    "publish",
    "publish_urgently",
    "put_right",
    "regroup",
    "relist",
    "remove",
    "save",
    "save_fields",
    "send_back",
    "settle",
    "start",
    "submit",
    "take_back",
    "withdraw",
]
